//! Tables against serde's derive: the same models, the same document, one run, rounds in turn.
//!
//! `cargo bench -p specwright-runtime --no-default-features --bench decode`

#![allow(missing_docs, unreachable_pub, reason = "the models are not an interface")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use specwright_runtime::wire;

/// Defines every model twice: `derived` and `table`.
macro_rules! models {
    ($($model:ident { $($field:ident: $type:ty = $name:literal,)* })*) => {
        mod derived {
            use super::BTreeMap;
            $(
                #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
                #[serde(default)]
                pub struct $model {
                    $(
                        #[serde(rename = $name, skip_serializing_if = "Option::is_none")]
                        pub $field: Option<$type>,
                    )*
                }
            )*
        }
        mod table {
            use super::BTreeMap;
            $(
                specwright_runtime::model! {
                    pub struct $model = "model" {
                        $($field: Option<$type> = $name,)*
                    }
                }
            )*
        }
    };
}

models! {
    Response {
        view: Box<View> = "appEntitlementView",
        expanded: Vec<serde_json::Value> = "expanded",
    }
    View {
        entitlement: Box<Entitlement> = "appEntitlement",
        app_path: String = "appPath",
        resource_path: String = "appResourcePath",
        resource_type_path: String = "appResourceTypePath",
    }
    Entitlement {
        alias: String = "alias",
        app_id: String = "appId",
        resource_id: String = "appResourceId",
        resource_type_id: String = "appResourceTypeId",
        certify_policy_id: String = "certifyPolicyId",
        frameworks: Vec<String> = "complianceFrameworkValueIds",
        created_at: String = "createdAt",
        default_values_applied: bool = "defaultValuesApplied",
        deleted_at: String = "deletedAt",
        deprovisioner_policy: Box<Policy> = "deprovisionerPolicy",
        description: String = "description",
        display_name: String = "displayName",
        duration_grant: String = "durationGrant",
        emergency_grant_enabled: bool = "emergencyGrantEnabled",
        emergency_grant_policy_id: String = "emergencyGrantPolicyId",
        grant_count: String = "grantCount",
        grant_policy_id: String = "grantPolicyId",
        id: String = "id",
        is_automation_enabled: bool = "isAutomationEnabled",
        is_manually_managed: bool = "isManuallyManaged",
        match_baton_id: String = "matchBatonId",
        overrides: bool = "overrideAccessRequestsDefaults",
        provisioner_policy: Box<Policy> = "provisionerPolicy",
        purpose: String = "purpose",
        request_schema_id: String = "requestSchemaId",
        revoke_policy_id: String = "revokePolicyId",
        risk_level_value_id: String = "riskLevelValueId",
        slug: String = "slug",
        source_connector_ids: BTreeMap<String, String> = "sourceConnectorIds",
        system_builtin: bool = "systemBuiltin",
        updated_at: String = "updatedAt",
    }
    Policy {
        action: Box<Action> = "action",
        connector: Box<Connector> = "connector",
        delegated: Box<Delegated> = "delegated",
        manual: Box<Manual> = "manual",
        priority: i64 = "priority",
        weight: f64 = "weight",
    }
    Action {
        name: String = "actionName",
        app_id: String = "appId",
        connector_id: String = "connectorId",
        display_name: String = "displayName",
    }
    Connector {
        id: String = "connectorId",
        schema_id: String = "schemaId",
        vault_ids: Vec<String> = "vaultIds",
    }
    Delegated {
        app_id: String = "appId",
        entitlement_id: String = "entitlementId",
        implicit: bool = "implicit",
    }
    Manual {
        instructions: String = "instructions",
        user_ids: Vec<String> = "userIds",
    }
}

/// A response as servers write them: no white space, identifiers of 27 characters.
fn document() -> String {
    let policy = r#"{"action":{"actionName":"grant","appId":"ID","connectorId":"ID","displayName":"Grant"},"connector":{"connectorId":"ID","schemaId":"ID","vaultIds":["ID","ID"]},"delegated":{"appId":"ID","entitlementId":"ID","implicit":true},"manual":{"instructions":"Ask the \"owner\" first.\nThen wait.","userIds":["ID"]},"priority":1200,"weight":0.25,"webhook":{"webhookId":"ID"}}"#;
    let entitlement = r#"{"alias":"wiki-read","appId":"ID","appResourceId":"ID","appResourceTypeId":"ID","certifyPolicyId":"ID","complianceFrameworkValueIds":["ID","ID"],"createdAt":"2023-11-07T05:31:56Z","defaultValuesApplied":true,"deletedAt":null,"deprovisionerPolicy":POLICY,"description":"Members of this group can read every page of the wiki, größtenteils.","displayName":"Wiki: read","durationGrant":"3600s","emergencyGrantEnabled":true,"emergencyGrantPolicyId":"ID","grantCount":"42","grantPolicyId":"ID","id":"ID","isAutomationEnabled":true,"isManuallyManaged":false,"matchBatonId":"ID","overrideAccessRequestsDefaults":true,"provisionerPolicy":POLICY,"purpose":"APP_ENTITLEMENT_PURPOSE_VALUE_PERMISSION","requestSchemaId":"ID","revokePolicyId":"ID","riskLevelValueId":"ID","slug":"wiki-read","sourceConnectorIds":{"ID":"group:1"},"systemBuiltin":false,"updatedAt":"2023-11-07T05:31:56Z","userEditedMask":"displayName"}"#;
    let response = r#"{"appEntitlementView":{"appEntitlement":ENTITLEMENT,"appPath":"$.expanded[0]","appResourcePath":"$.expanded[1]","appResourceTypePath":"$.expanded[2]"},"expanded":[{"@type":"type.googleapis.com/c1.api.app.v1.App","id":"ID"}]}"#;
    response
        .replace("ENTITLEMENT", entitlement)
        .replace("POLICY", policy)
        .replace("ID", "2Kx8vQmYpLrTnZbWcEdFgHjUaSi")
}

const ROUNDS: usize = 41;
const CALLS: u32 = 2_000;

/// What is measured, and its name.
type Candidate<'a> = (&'static str, Box<dyn FnMut() + 'a>);

fn nanoseconds(call: &mut dyn FnMut()) -> u128 {
    #[expect(clippy::disallowed_methods, reason = "a benchmark, which asserts nothing")]
    let start = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    start.elapsed().as_nanos() / u128::from(CALLS)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = document();
    let bytes = text.as_bytes();
    let derived: derived::Response = serde_json::from_slice(bytes)?;
    let table: table::Response = wire::from_slice(bytes)?;
    let written = wire::to_vec(&table);
    if serde_json::to_vec(&derived)? != written {
        return Err("the two write different JSON".into());
    }
    println!(
        "read {} bytes, write {}; median nanoseconds of {ROUNDS} rounds",
        bytes.len(),
        written.len()
    );

    let mut candidates: Vec<Candidate<'_>> = vec![
        (
            "decode, derive",
            Box::new(|| drop(black_box(serde_json::from_slice::<derived::Response>(black_box(bytes))))),
        ),
        (
            "decode, table",
            Box::new(|| drop(black_box(wire::from_slice::<table::Response>(black_box(bytes))))),
        ),
        (
            "encode, derive",
            Box::new(|| drop(black_box(serde_json::to_vec(black_box(&derived))))),
        ),
        (
            "encode, table",
            Box::new(|| drop(black_box(wire::to_vec(black_box(&table))))),
        ),
        (
            "skip",
            Box::new(|| drop(black_box(wire::from_slice::<()>(black_box(bytes))))),
        ),
    ];
    let mut rounds = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    for _ in 0..ROUNDS {
        for ((_, call), times) in candidates.iter_mut().zip(&mut rounds) {
            times.push(nanoseconds(call));
        }
    }
    for ((name, _), times) in candidates.iter().zip(&mut rounds) {
        times.sort_unstable();
        println!("{name:<15} {:>6}", times.get(ROUNDS / 2).copied().unwrap_or_default());
    }
    Ok(())
}
