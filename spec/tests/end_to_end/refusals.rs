//! What is refused before anything is sent.

use conductorone_client::{
    Client, Error, ErrorKind,
    models::{
        app::v1::{AppEntitlement, AppEntitlementMaxGrantDuration, UpdateAppEntitlementRequestInput},
        policy::v1::{ConnectorProvision, ConnectorProvisionProvisionType, ProvisionPolicyTyp},
    },
    wire::{self, Conflict},
};

use super::{APP, ENTITLEMENT, entitlement_response, server::Server};

fn entitlement() -> AppEntitlement {
    entitlement_response()
        .app_entitlement_view
        .unwrap()
        .app_entitlement
        .unwrap()
}

fn arms(conflict: &Conflict) -> Vec<&'static str> {
    conflict.variants().map(|(name, _)| name).collect()
}

async fn update(client: &Client, entitlement: AppEntitlement) -> Result<(), Error> {
    let body = UpdateAppEntitlementRequestInput::default().entitlement(entitlement);
    client
        .app_entitlements()
        .update(APP, ENTITLEMENT)
        .body(body)
        .await
        .map(|_| ())
}

#[test]
fn several_arms_are_a_conflict_that_carries_them() {
    let entitlement = entitlement();
    let Some(AppEntitlementMaxGrantDuration::Conflict(duration)) = &entitlement.max_grant_duration else {
        panic!("{:?}", entitlement.max_grant_duration)
    };
    assert_eq!(arms(duration), ["durationGrant", "durationUnset"]);
    assert_eq!(
        duration
            .get::<wire::Duration>("durationGrant")
            .unwrap()
            .unwrap()
            .as_str(),
        "3600s"
    );

    let Some(ProvisionPolicyTyp::Conflict(policy)) = entitlement.provisioner_policy.unwrap().typ else {
        panic!("one arm alone")
    };
    let expected = [
        "action",
        "connector",
        "delegated",
        "externalTicket",
        "manual",
        "multiStep",
        "unconfigured",
        "webhook",
    ];
    assert_eq!(arms(&policy), expected);
    assert!(policy.get::<ConnectorProvision>("devicePlacement").is_none());
    // The groups inside an arm are conflicts of their own.
    let connector = policy.get::<ConnectorProvision>("connector").unwrap().unwrap();
    let Some(ConnectorProvisionProvisionType::Conflict(connector)) = connector.provision_type else {
        panic!("one arm alone")
    };
    assert_eq!(arms(&connector), ["account", "defaultBehavior", "deleteAccount"]);
}

#[tokio::test]
async fn a_conflict_is_not_sent() {
    let server = Server::json("{}");
    let error = update(&server.client(), entitlement()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.operation(), Some("c1.api.app.v1.AppEntitlements.Update"));
    let shown = error.to_string();
    assert!(shown.contains("entitlement.deprovisionerPolicy"), "{shown}");
    assert!(shown.contains("c1.api.policy.v1.ProvisionPolicy.typ"), "{shown}");
    assert!(shown.contains("connector") && shown.contains("multiStep"), "{shown}");
    assert!(server.requests().is_empty());
}

/// Each group has to be settled: the last conflict is refused as the first was.
#[tokio::test]
async fn what_was_settled_is_sent() {
    let server = Server::json("{}");
    let client = server.client();
    let mut entitlement = entitlement();
    entitlement.deprovisioner_policy = None;
    entitlement.provisioner_policy = None;
    let error = update(&client, entitlement.clone()).await.unwrap_err().to_string();
    assert!(
        error.contains("c1.api.app.v1.AppEntitlement.max_grant_duration"),
        "{error}"
    );

    entitlement.max_grant_duration = Some(AppEntitlementMaxGrantDuration::DurationGrant("60s".into()));
    update(&client, entitlement).await.unwrap();
    let sent = server.request().json();
    let sent = sent["entitlement"].as_object().unwrap();
    assert_eq!(sent["durationGrant"], "60s");
    assert!(!sent.contains_key("durationUnset"));
}

/// R20: such an id would address something else, an empty one the whole collection.
#[tokio::test]
async fn ids_that_are_no_segment() {
    let server = Server::json("{}");
    let entitlements = server.client().app_entitlements();
    for id in ["", ".", ".."] {
        let errors = [
            entitlements.get(APP, id).await.unwrap_err(),
            entitlements.get(id, ENTITLEMENT).await.unwrap_err(),
            entitlements.delete(APP, id).await.unwrap_err(),
            entitlements
                .update(APP, id)
                .body(UpdateAppEntitlementRequestInput::default())
                .await
                .unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
            assert_eq!(error.status(), None);
        }
    }
    assert!(server.requests().is_empty());
}
