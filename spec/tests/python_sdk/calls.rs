//! The calls of the first version of the API, each with a value for every parameter and a body that says something.

use std::{future::Future, pin::Pin};

use conductorone_client::{Client, Error, models::app::v1 as models, wire};
use serde_json::{Value, json};

/// A call's outcome without its value.
type Outcome = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// A call, as this client makes it, and in words for others.
pub(crate) struct Call {
    pub(crate) name: String,
    group: &'static str,
    method: &'static str,
    parameters: Value,
    body: Value,
    pub(crate) send: fn(&Client, name: &str) -> Outcome,
}

impl Call {
    pub(crate) fn to_json(&self) -> Value {
        let Self {
            name,
            group,
            method,
            parameters,
            body,
            ..
        } = self;
        json!({"name": name, "group": group, "method": method, "parameters": parameters, "body": body})
    }
}

/// `group.method(argument = value) {setter = value} body Type {JSON}`; `takes Type {JSON}` where the body is an argument.
macro_rules! calls {
    ($($group:ident.$method:ident($($argument:ident = $value:literal),*)
        $({$($setter:ident = $set:literal),*})? $(body $body:ident $json:tt)? $(takes $taken:ident $argument_json:tt)?;)*) => {
        #[expect(deprecated, reason = "an operation of the document that is deprecated is called too")]
        pub(crate) fn calls() -> Vec<Call> {
            vec![$(Call {
                name: concat!(stringify!($group), ".", stringify!($method)).to_owned(),
                group: stringify!($group),
                method: stringify!($method),
                parameters: json!({$(stringify!($argument): $value,)* $($(stringify!($setter): $set,)*)?}),
                body: body!($($json)? $($argument_json)?),
                send: |client, name| {
                    $(let taken: models::$taken = wire::from_str(&json!($argument_json).to_string()).unwrap();)?
                    let call = client.$group().$method($($value,)* $(same::<models::$taken>(taken))?)$($(.$setter($set))*)?;
                    $(let body: models::$body = wire::from_str(&json!($json).to_string()).unwrap();
                    let call = call.body(body);)?
                    let call = call.header("x-call", name);
                    Box::pin(async move { call.send().await.map(|_| ()) })
                },
            },)*]
        }
    };
}

/// An argument of this type.
fn same<T>(value: T) -> T {
    value
}

macro_rules! body {
    () => {
        Value::Null
    };
    ($json:tt) => {
        json!($json)
    };
}

calls! {
    app_entitlements.add_automation_exclusion(app_id = "a1", app_entitlement_id = "e1")
        body AddAutomationExclusionRequestInput {"userIds": ["u1", "u2"]};
    app_entitlements.add_manually_managed_members(app_id = "a1", app_entitlement_id = "e1")
        body AddManuallyManagedUsersRequestInput {"userIds": ["u1"]};
    app_entitlements.create(app_id = "a1") takes CreateAppEntitlementRequestInput {
        "displayName": "Wiki \"editors\" \u{1f4d6}", "appResourceTypeId": "t1", "appResourceId": "r1", "durationGrant": "3600s",
        "description": "", "emergencyGrantEnabled": false, "purpose": "APP_ENTITLEMENT_PURPOSE_VALUE_PERMISSION",
        "provisionPolicy": {"manual": {"instructions": "ask", "userIds": ["u1"]}}
    };
    app_entitlements.create_automation(app_id = "a1", app_entitlement_id = "e1")
        takes CreateAutomationRequestInput {"automation": {"displayName": "all", "cel": {"expression": "true"}}};
    app_entitlements.delete(app_id = "a1", id = "e1") body DeleteAppEntitlementRequestInput {};
    app_entitlements.delete_automation(app_id = "a1", app_entitlement_id = "e1") body DeleteAutomationRequestInput {};
    app_entitlements.get(app_id = "a1", id = "e1");
    app_entitlements.get_automation(app_id = "a1", app_entitlement_id = "e1");
    app_entitlements.list(app_id = "a1") {page_size = 50, page_token = "a+b/c=&d e"};
    app_entitlements.list_automation_exclusions(app_id = "a1", app_entitlement_id = "e1");
    app_entitlements.list_for_app_resource(app_id = "a1", app_resource_type_id = "t1", app_resource_id = "r1")
        {page_size = 10, page_token = "é"};
    app_entitlements.list_for_app_user(app_id = "a1", app_user_id = "u1") {page_size = 100};
    app_entitlements.list_users(app_id = "a1", app_entitlement_id = "e1") {page_token = "next"};
    app_entitlements.remove_automation_exclusion(app_id = "a1", app_entitlement_id = "e1")
        body RemoveAutomationExclusionRequestInput {"userIds": ["u1"]};
    app_entitlements.remove_entitlement_membership(app_id = "a1", app_entitlement_id = "e1")
        body RemoveEntitlementMembershipRequestInput {"appUserId": "u1"};
    app_entitlements.update(app_id = "a1", id = "e1") body UpdateAppEntitlementRequestInput {
        "entitlement": {"displayName": "Wiki", "alias": "", "durationUnset": {}},
        "updateMask": "displayName,alias,durationUnset", "expandMask": {"paths": ["app_id", "*"]},
        "overrideAccessRequestsDefaults": true
    };
    app_entitlements.update_automation(app_id = "a1", app_entitlement_id = "e1")
        body AppEntitlementServiceUpdateAutomationRequestInput {"none": {}, "updateMask": "none"};
    app_entitlement_owners.add(app_id = "a1", entitlement_id = "e1") body AddAppEntitlementOwnerRequestInput {"userId": "u1"};
    app_entitlement_owners.delete(app_id = "a1", entitlement_id = "e1") body DeleteAppEntitlementOwnersRequestInput {};
    app_entitlement_owners.list(app_id = "a1", entitlement_id = "e1") {page_size = 25, page_token = ""};
    app_entitlement_owners.list_owner_ids(app_id = "a1", entitlement_id = "e1");
    app_entitlement_owners.remove(app_id = "a1", entitlement_id = "e1", user_id = "u1")
        body RemoveAppEntitlementOwnerRequestInput {};
    app_entitlement_owners.set(app_id = "a1", entitlement_id = "e1") takes SetAppEntitlementOwnersRequestInput {"userIds": []};
    app_owners.add(app_id = "a b", user_id = "u1") body AddAppOwnerRequestInput {};
    app_owners.delete(app_id = "a1") takes DeleteAppOwnersRequestInput {"userIds": ["u1"]};
    app_owners.list(app_id = "a1") {page_size = 1};
    app_owners.list_owner_ids(app_id = "a1");
    app_owners.remove(app_id = "a1", user_id = "u1") body RemoveAppOwnerRequestInput {};
    app_owners.set(app_id = "a1") takes SetAppOwnersRequestInput {"userIds": ["u1", "u2"]};
    app_resource_owners.add(app_id = "a1", resource_type_id = "t1", resource_id = "r1")
        body AddAppResourceOwnerRequestInput {"userId": "u1"};
    app_resource_owners.delete(app_id = "a1", resource_type_id = "t1", resource_id = "r1")
        body DeleteAppResourceOwnersRequestInput {};
    app_resource_owners.list(app_id = "a1", resource_type_id = "t1", resource_id = "r1") {page_size = 99};
    app_resource_owners.list_owner_ids(app_id = "a1", resource_type_id = "t1", resource_id = "r1");
    app_resource_owners.remove(app_id = "a1", resource_type_id = "t1", resource_id = "r1")
        takes RemoveAppResourceOwnerRequestInput {"userId": "u1"};
    app_resource_owners.set(app_id = "a1", resource_type_id = "t1", resource_id = "r1")
        takes SetAppResourceOwnersRequestInput {"userIds": ["u1"]};
    app_entitlement_search.search() body AppEntitlementSearchServiceSearchRequest {
        "query": "wiki", "pageSize": 10, "pageToken": "t", "appIds": ["a1"], "onlyGetExpiring": false,
        "expandMask": {"paths": ["app_resource_id"]}, "refs": [{"appId": "a1", "id": "e1"}]
    };
    app_entitlement_search.search_app_entitlements_for_app_user(app_id = "a1", app_user_id = "u1") {page_size = 30};
    app_entitlement_search.search_app_entitlements_with_expired(app_id = "a1", app_entitlement_id = "e1") {page_size = 30};
    app_entitlement_search.search_grants() body AppEntitlementSearchServiceSearchGrantsRequest {
        "appIds": ["a1"], "pageSize": 100, "entitlementRefs": [{"appId": "a1", "id": "e1"}]
    };
    app_entitlement_user_binding.list_app_users_for_identity_with_grant(
        app_id = "a1", app_entitlement_id = "e1", identity_user_id = "i1");
    app_entitlement_user_binding.remove_grant_duration(app_id = "a1", app_entitlement_id = "e1", app_user_id = "u1")
        body RemoveGrantDurationRequestInput {};
    app_entitlement_user_binding.search_grant_feed() body SearchGrantFeedRequest {
        "pageSize": 20, "after": "2026-01-02T03:04:05Z", "appUserRefs": [{"appId": "a1", "id": "u1"}]
    };
    app_entitlement_user_binding.search_past_grants() body SearchPastGrantsRequest {"pageSize": 20, "pageToken": "t"};
    app_entitlement_user_binding.update_grant_duration(app_id = "a1", app_entitlement_id = "e1", app_user_id = "u1")
        body UpdateGrantDurationRequestInput {"duration": "3600s"};
    app_entitlements_proxy.create(
        src_app_id = "a1", src_app_entitlement_id = "e1", dst_app_id = "a2", dst_app_entitlement_id = "e2")
        body CreateAppEntitlementProxyRequestInput {};
    app_entitlements_proxy.delete(
        src_app_id = "a1", src_app_entitlement_id = "e1", dst_app_id = "a2", dst_app_entitlement_id = "e2")
        body DeleteAppEntitlementProxyRequestInput {};
    app_entitlements_proxy.get(
        src_app_id = "a1", src_app_entitlement_id = "e1", dst_app_id = "a2", dst_app_entitlement_id = "e2");
}
