//! What the server may send beside the expected, and what goes back to it.

use conductorone_client::{
    models::app::v1::{
        AppEntitlement, AppEntitlementMaxGrantDuration, AppEntitlementPurpose, UpdateAppEntitlementRequestInput,
    },
    wire,
};
use serde_json::{Map, Value, json};

use super::{
    APP, ENTITLEMENT, GET_ENTITLEMENT, entitlement_response, json as parsed,
    operations::DOCUMENT,
    server::{Answer, Server},
};

/// The properties that the server alone sets.
const READ_ONLY: [&str; 8] = [
    "createdAt",
    "deletedAt",
    "externalId",
    "grantCount",
    "id",
    "isAutomationEnabled",
    "systemBuiltin",
    "updatedAt",
];

/// The schema's properties, by name.
fn properties() -> Map<String, Value> {
    let schema = &DOCUMENT["components"]["schemas"]["c1.api.app.v1.AppEntitlement"];
    schema["properties"].as_object().unwrap().clone()
}

/// Sends the entitlement in an update and returns what of it came to the server.
async fn sent(entitlement: AppEntitlement) -> Map<String, Value> {
    let server = Server::json("{}");
    let body = UpdateAppEntitlementRequestInput::default().entitlement(entitlement);
    server
        .client()
        .app_entitlements()
        .update(APP, ENTITLEMENT)
        .body(body)
        .await
        .unwrap();
    server.request().json()["entitlement"].as_object().unwrap().clone()
}

/// R30: the server sends null for every message, list and time that is not set.
#[tokio::test]
async fn null_is_absent_in_every_property() {
    let nulls: Map<String, Value> = properties().into_iter().map(|(name, _)| (name, Value::Null)).collect();
    assert_eq!(
        nulls.len(),
        35,
        "`AppEntitlement` has other properties than before: if that is meant, write their number here"
    );
    let answer = json!({"appEntitlementView": {"appEntitlement": nulls, "appPath": null}, "expanded": null});
    let server = Server::json(&answer.to_string());
    let response = server
        .client()
        .app_entitlements()
        .get(APP, ENTITLEMENT)
        .await
        .unwrap()
        .into_inner();

    assert_eq!(response.expanded, None);
    let view = response.app_entitlement_view.unwrap();
    assert_eq!(view.app_path, None);
    assert_eq!(view.app_entitlement, Some(AppEntitlement::default()));
    assert_eq!(wire::to_vec(&AppEntitlement::default()), b"{}");
}

/// R30: a newer server may send more than the document has. It refuses members that it does not know, so unknown
/// ones are dropped, but a value of an enum that came from there goes back as it came.
#[tokio::test]
async fn unknown_members_are_dropped_and_unknown_enum_values_kept() {
    let answer = json!({
        "appEntitlementView": {
            "appEntitlement": {
                "displayName": "Wiki editors",
                "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_FROM_TOMORROW",
                "future": {"deep": [1, {"displayName": "not this one"}]},
            },
            "futurePath": "$.expanded[0]",
        },
        "expanded": [{"@type": "type.googleapis.com/c1.api.app.v9.Future", "id": 7, "more": [null]}],
    });
    let server = Server::json(&answer.to_string());
    let response = server
        .client()
        .app_entitlements()
        .get(APP, ENTITLEMENT)
        .await
        .unwrap()
        .into_inner();

    let expanded = &response.expanded.unwrap()[0];
    assert_eq!(expanded.type_url, "type.googleapis.com/c1.api.app.v9.Future");
    assert_eq!(
        Value::Object(expanded.properties.clone()),
        json!({"id": 7, "more": [null]})
    );
    let entitlement = response.app_entitlement_view.unwrap().app_entitlement.unwrap();
    let purpose = entitlement.purpose.as_ref().unwrap();
    assert!(matches!(purpose, AppEntitlementPurpose::UnknownValue(_)));
    assert_eq!(purpose.as_str(), "APP_ENTITLEMENT_PURPOSE_VALUE_FROM_TOMORROW");

    let expected = json!({"displayName": "Wiki editors", "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_FROM_TOMORROW"});
    assert_eq!(Value::Object(sent(entitlement).await), expected);
}

/// What was read goes into an update as it is, without what only the server sets.
#[tokio::test]
async fn read_only_properties_are_not_sent() {
    let mut declared: Vec<String> = properties()
        .into_iter()
        .filter(|(_, schema)| schema["readOnly"] == true)
        .map(|(name, _)| name)
        .collect();
    declared.sort_unstable();
    assert_eq!(declared, READ_ONLY);

    let mut entitlement = entitlement_response()
        .app_entitlement_view
        .unwrap()
        .app_entitlement
        .unwrap();
    entitlement.external_id = Some("okta-1".to_owned());
    entitlement.max_grant_duration = Some(AppEntitlementMaxGrantDuration::DurationUnset(Box::default()));
    entitlement.provisioner_policy = None;
    entitlement.deprovisioner_policy = None;
    assert!(entitlement.id.is_some() && entitlement.created_at.is_some() && entitlement.grant_count.is_some());

    let mut expected = parsed(GET_ENTITLEMENT)["appEntitlementView"]["appEntitlement"]
        .as_object()
        .unwrap()
        .clone();
    let settled = ["durationGrant", "provisionerPolicy", "deprovisionerPolicy"];
    for name in READ_ONLY.into_iter().chain(settled) {
        expected.remove(name);
    }
    assert_eq!(Value::Object(sent(entitlement).await), Value::Object(expected));
}

/// Values that mean unset to the server are values still: empty texts, false and empty lists are sent as they are.
#[tokio::test]
async fn empty_values_are_not_absent() {
    let text = r#"{"alias":"","appId":"","complianceFrameworkValueIds":[],"isManuallyManaged":false,"annotations":{}}"#;
    let entitlement: AppEntitlement = wire::from_str(text).unwrap();
    assert_eq!(Value::Object(sent(entitlement).await), parsed(text));
}

/// The API answers `{}` to writes; a proxy in between may make 204 of it.
#[tokio::test]
async fn answers_that_say_nothing() {
    let headers = [("c1-trace-id", "trace-2")];
    let rows = [
        Answer::json("{}"),
        Answer::json(r#"{"future":1}"#),
        Answer {
            status: 204,
            headers: &headers,
            body: "",
        },
        Answer {
            status: 200,
            headers: &headers,
            body: "",
        },
    ];
    for answer in rows {
        let server = Server::answering(answer);
        let response = server
            .client()
            .app_entitlements()
            .delete(APP, ENTITLEMENT)
            .await
            .unwrap();
        assert_eq!(response.status().as_u16(), answer.status);
        assert_eq!(wire::to_vec(response.value()), b"{}");
        assert!(response.request_id().is_some_and(|id| id.starts_with("trace-")));

        let response = server.client().app_owners().list(APP).await.unwrap();
        assert_eq!(response.list, None);
    }
}
