//! Updates and their masks (need 3): the mask is what was told, in the form that the server takes.

use conductorone_client::{
    models::{
        app::v1::{
            AppEntitlement, AppEntitlementAutomationRuleCel, AppEntitlementExpandMask, AppEntitlementExpandPath,
            AppEntitlementPurpose, AppEntitlementServiceUpdateAutomationRequestInput as UpdateAutomation,
            UpdateAppEntitlementRequestInput as Update,
        },
        policy::v1::{ManualProvision, ProvisionPolicy},
    },
    wire::{Changes, FieldMask},
};
use serde_json::{Value, json};

use super::{APP, ENTITLEMENT, server::Server};

async fn sent(request: Update) -> Value {
    let server = Server::json("{}");
    let call = server
        .client()
        .app_entitlements()
        .update(APP, ENTITLEMENT)
        .body(request);
    call.await.unwrap();
    server.request().json()
}

#[tokio::test]
async fn what_is_told_is_sent_and_named() {
    let changes = Changes::new()
        .set(AppEntitlement::DISPLAY_NAME, "Wiki editors")
        .set(AppEntitlement::IS_MANUALLY_MANAGED, false)
        .set(AppEntitlement::PURPOSE, AppEntitlementPurpose::Assignment)
        .clear(AppEntitlement::ALIAS)
        .set(AppEntitlement::DURATION_GRANT, "3600s");
    let expected = json!({
        "entitlement": {
            "displayName": "Wiki editors",
            "isManuallyManaged": false,
            "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_ASSIGNMENT",
            "durationGrant": "3600s",
        },
        "updateMask": "displayName,isManuallyManaged,purpose,alias,durationGrant",
    });
    assert_eq!(sent(changes.into()).await, expected);
}

/// What came from the server and is in the model is not named for that: masks are not found out by comparison.
#[tokio::test]
async fn the_mask_is_of_the_changes_and_not_of_the_model() {
    let read = AppEntitlement::default().alias("wiki").description("as it was");
    assert_eq!(
        sent(Update::default().entitlement(read.clone())).await["updateMask"],
        Value::Null
    );

    let mask = FieldMask::new([AppEntitlement::ALIAS.name(), AppEntitlement::GRANT_POLICY_ID.name()]);
    let by_hand = sent(Update::default().entitlement(read).update_mask(mask)).await;
    assert_eq!(by_hand["updateMask"], "alias,grantPolicyId");
    assert_eq!(by_hand["entitlement"]["description"], "as it was");
}

#[tokio::test]
async fn a_part_of_a_policy_is_named_by_its_way() {
    let manual = ManualProvision::default().instructions("Ask Ada.");
    let changes = Changes::new().within(AppEntitlement::PROVISIONER_POLICY, |policy| {
        policy.set(ProvisionPolicy::MANUAL, manual)
    });
    let body = sent(changes.into()).await;
    assert_eq!(body["updateMask"], "provisionerPolicy.manual");
    assert_eq!(
        body["entitlement"]["provisionerPolicy"],
        json!({"manual": {"instructions": "Ask Ada."}})
    );
}

/// Masks of updates are `lowerCamelCase`, those of what to expand are `snake_case`.
#[tokio::test]
async fn an_update_can_ask_for_related_objects() {
    use AppEntitlementExpandPath as Path;
    let expand =
        AppEntitlementExpandMask::default().paths([Path::AppId, Path::AppResourceTypeId, "of_tomorrow".into()]);
    let request = Update::from(Changes::new().clear(AppEntitlement::DESCRIPTION)).expand_mask(expand);
    let expected = json!({
        "entitlement": {},
        "updateMask": "description",
        "expandMask": {"paths": ["app_id", "app_resource_type_id", "of_tomorrow"]},
    });
    assert_eq!(sent(request).await, expected);
    assert_eq!(Path::Star.as_str(), "*");
}

/// Here the changed fields are those of the request itself.
#[tokio::test]
async fn an_automation_is_changed_by_its_request() {
    let server = Server::json("{}");
    let rule = AppEntitlementAutomationRuleCel::default().expression("subject.department == 'IT'");
    let changes = Changes::new()
        .set(UpdateAutomation::CEL, rule)
        .clear(UpdateAutomation::DESCRIPTION);
    let call = server.client().app_entitlements().update_automation(APP, ENTITLEMENT);
    call.body(UpdateAutomation::from(changes)).await.unwrap();
    let expected = json!({"cel": {"expression": "subject.department == 'IT'"}, "updateMask": "cel,description"});
    assert_eq!(server.request().json(), expected);
}
