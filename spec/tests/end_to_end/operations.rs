//! Every operation of the document, called once.

use std::{collections::BTreeMap, future::Future, pin::Pin, sync::LazyLock};

use conductorone_client::{Client, Error, ErrorKind, models};
use serde_json::Value;

use super::server::{Answer, Server};

/// A call and its outcome, without its value.
type Outcome = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// A generated operation, with the value that `argument` gives for the name of each of its parameters.
struct Operation {
    group: &'static str,
    method: &'static str,
    has_body_argument: bool,
    call: fn(&Client, argument: &dyn Fn(&'static str) -> &'static str) -> Outcome,
}

macro_rules! operations {
    ($($group:ident.$method:ident($($parameter:ident),* $(; $body:expr)?);)*) => {
        #[expect(deprecated, reason = "an operation of the document that is deprecated is called too")]
        const OPERATIONS: &[Operation] = &[$(Operation {
            group: stringify!($group),
            method: stringify!($method),
            has_body_argument: !concat!("" $(, stringify!($body))?).is_empty(),
            call: |client, _argument| {
                let call = client.$group().$method($(_argument(stringify!($parameter)),)* $($body)?);
                Box::pin(async move { call.send().await.map(|_| ()) })
            },
        },)*];
    };
}

operations! {
    app_entitlement_owners.add(app_id, entitlement_id);
    app_entitlement_owners.delete(app_id, entitlement_id);
    app_entitlement_owners.list(app_id, entitlement_id);
    app_entitlement_owners.list_owner_ids(app_id, entitlement_id);
    app_entitlement_owners.remove(app_id, entitlement_id, user_id);
    app_entitlement_owners.set(app_id, entitlement_id; models::app::v1::SetAppEntitlementOwnersRequestInput::default());
    app_entitlement_owners_v2.create_entitlement_owner(app_id, entitlement_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_entitlement_owners_v2.create_user_owner(app_id, entitlement_id, role_slug, user_ref_id);
    app_entitlement_owners_v2.delete_entitlement_owner(app_id, entitlement_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_entitlement_owners_v2.delete_user_owner(app_id, entitlement_id, role_slug, user_ref_id);
    app_entitlement_owners_v2.get_entitlement_owner(app_id, entitlement_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_entitlement_owners_v2.get_user_owner(app_id, entitlement_id, role_slug, user_ref_id);
    app_entitlement_owners_v2.search_entitlement_owners(app_id, entitlement_id);
    app_entitlement_owners_v2.search_user_owners(app_id, entitlement_id);
    app_entitlement_owners_v2.set(app_id, entitlement_id; models::app::v2::SetAppEntitlementOwnersRequestInput::default());
    app_entitlement_search.count_grants_for_user_by_app();
    app_entitlement_search.search();
    app_entitlement_search.search_app_entitlements_for_app_user(app_id, app_user_id);
    app_entitlement_search.search_app_entitlements_with_expired(app_id, app_entitlement_id);
    app_entitlement_search.search_grants();
    app_entitlement_search.search_graph();
    app_entitlement_search.search_reachable_resources_for_user();
    app_entitlement_user_binding.list_app_users_for_identity_with_grant(app_id, app_entitlement_id, identity_user_id);
    app_entitlement_user_binding.remove_grant_duration(app_id, app_entitlement_id, app_user_id);
    app_entitlement_user_binding.search_grant_feed();
    app_entitlement_user_binding.search_past_grants();
    app_entitlement_user_binding.update_grant_duration(app_id, app_entitlement_id, app_user_id);
    app_entitlements.add_automation_exclusion(app_id, app_entitlement_id);
    app_entitlements.add_manually_managed_members(app_id, app_entitlement_id);
    app_entitlements.create(app_id; models::app::v1::CreateAppEntitlementRequestInput::new(
        models::app::v1::CreateAppEntitlementRequestInputRequired { display_name: "Wiki".to_owned() }
    ));
    app_entitlements.create_automation(app_id, app_entitlement_id; models::app::v1::CreateAutomationRequestInput::default());
    app_entitlements.delete(app_id, id);
    app_entitlements.delete_automation(app_id, app_entitlement_id);
    app_entitlements.get(app_id, id);
    app_entitlements.get_automation(app_id, app_entitlement_id);
    app_entitlements.list(app_id);
    app_entitlements.list_automation_exclusions(app_id, app_entitlement_id);
    app_entitlements.list_for_app_resource(app_id, app_resource_type_id, app_resource_id);
    app_entitlements.list_for_app_user(app_id, app_user_id);
    app_entitlements.list_users(app_id, app_entitlement_id);
    app_entitlements.remove_automation_exclusion(app_id, app_entitlement_id);
    app_entitlements.remove_entitlement_membership(app_id, app_entitlement_id);
    app_entitlements.update(app_id, id);
    app_entitlements.update_automation(app_id, app_entitlement_id);
    app_entitlements_proxy.create(src_app_id, src_app_entitlement_id, dst_app_id, dst_app_entitlement_id);
    app_entitlements_proxy.delete(src_app_id, src_app_entitlement_id, dst_app_id, dst_app_entitlement_id);
    app_entitlements_proxy.get(src_app_id, src_app_entitlement_id, dst_app_id, dst_app_entitlement_id);
    app_owners.add(app_id, user_id);
    app_owners.delete(app_id; models::app::v1::DeleteAppOwnersRequestInput::default());
    app_owners.list(app_id);
    app_owners.list_owner_ids(app_id);
    app_owners.remove(app_id, user_id);
    app_owners.set(app_id; models::app::v1::SetAppOwnersRequestInput::default());
    app_owners_v2.create_entitlement_owner(app_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_owners_v2.create_user_owner(app_id, role_slug, user_ref_id);
    app_owners_v2.delete_entitlement_owner(app_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_owners_v2.delete_user_owner(app_id, role_slug, user_ref_id);
    app_owners_v2.get_entitlement_owner(app_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_owners_v2.get_user_owner(app_id, role_slug, user_ref_id);
    app_owners_v2.search_entitlement_owners(app_id);
    app_owners_v2.search_user_owners(app_id);
    app_owners_v2.set(app_id; models::app::v2::SetAppOwnersRequestInput::default());
    app_resource_owners.add(app_id, resource_type_id, resource_id);
    app_resource_owners.delete(app_id, resource_type_id, resource_id);
    app_resource_owners.list(app_id, resource_type_id, resource_id);
    app_resource_owners.list_owner_ids(app_id, resource_type_id, resource_id);
    app_resource_owners.remove(app_id, resource_type_id, resource_id; models::app::v1::RemoveAppResourceOwnerRequestInput::default());
    app_resource_owners.set(app_id, resource_type_id, resource_id; models::app::v1::SetAppResourceOwnersRequestInput::default());
    app_resource_owners_v2.create_entitlement_owner(app_id, resource_type_id, resource_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_resource_owners_v2.create_user_owner(app_id, resource_type_id, resource_id, role_slug, user_ref_id);
    app_resource_owners_v2.delete_entitlement_owner(app_id, resource_type_id, resource_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_resource_owners_v2.delete_user_owner(app_id, resource_type_id, resource_id, role_slug, user_ref_id);
    app_resource_owners_v2.get_entitlement_owner(app_id, resource_type_id, resource_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_resource_owners_v2.get_user_owner(app_id, resource_type_id, resource_id, role_slug, user_ref_id);
    app_resource_owners_v2.search_entitlement_owners(app_id, resource_type_id, resource_id);
    app_resource_owners_v2.search_user_owners(app_id, resource_type_id, resource_id);
    app_resource_owners_v2.set(app_id, resource_type_id, resource_id; models::app::v2::SetAppResourceOwnersV2RequestInput::default());
    app_user_owners_v2.create_entitlement_owner(app_id, user_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_user_owners_v2.create_user_owner(app_id, user_id, role_slug, user_ref_id);
    app_user_owners_v2.delete_entitlement_owner(app_id, user_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    app_user_owners_v2.delete_user_owner(app_id, user_id, role_slug, user_ref_id);
    app_user_owners_v2.search_entitlement_owners(app_id, user_id);
    app_user_owners_v2.search_user_owners(app_id, user_id);
    app_user_owners_v2.set(app_id, user_id; models::app::v2::SetAppUserOwnersV2RequestInput::default());
    connector_owners_v2.create_entitlement_owner(app_id, connector_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    connector_owners_v2.create_user_owner(app_id, connector_id, role_slug, user_ref_id);
    connector_owners_v2.delete_entitlement_owner(app_id, connector_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    connector_owners_v2.delete_user_owner(app_id, connector_id, role_slug, user_ref_id);
    connector_owners_v2.get_entitlement_owner(app_id, connector_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    connector_owners_v2.get_user_owner(app_id, connector_id, role_slug, user_ref_id);
    connector_owners_v2.search_entitlement_owners(app_id, connector_id);
    connector_owners_v2.search_user_owners(app_id, connector_id);
    connector_owners_v2.set(app_id, connector_id; models::app::v2::SetConnectorOwnersV2RequestInput::default());
    user_owners_v2.create_entitlement_owner(user_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    user_owners_v2.create_user_owner(user_id, role_slug, user_ref_id);
    user_owners_v2.delete_entitlement_owner(user_id, role_slug, app_entitlement_ref_app_id, app_entitlement_ref_id);
    user_owners_v2.delete_user_owner(user_id, role_slug, user_ref_id);
    user_owners_v2.search_entitlement_owners(user_id);
    user_owners_v2.search_user_owners(user_id);
    user_owners_v2.set(user_id; models::user::v2::SetUserOwnersV2RequestInput::default());
}

/// What the document says about an operation.
struct Declared {
    id: String,
    method: String,
    template: String,
    takes_empty_body: bool,
    body_is_required: bool,
}

/// The document, as any parser of YAML reads it but the generator's.
pub(crate) static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("../../conductorone.yaml")).unwrap());

/// Whether the operation has a body of which nothing is required, so that `{}` stands for none.
fn takes_empty_body(operation: &Value) -> bool {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let Some(name) = schema["$ref"].as_str() else {
        return false;
    };
    let schema = &DOCUMENT["components"]["schemas"][name.trim_start_matches("#/components/schemas/")];
    schema.is_object() && schema["required"].is_null()
}

/// The document's operations by group and method.
fn declared() -> BTreeMap<(String, String), Declared> {
    let mut declared = BTreeMap::new();
    for (template, item) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
            let text = |key: &str| operation[key].as_str().unwrap().to_owned();
            let entry = Declared {
                id: text("operationId"),
                method: method.to_ascii_uppercase(),
                template: template.clone(),
                takes_empty_body: takes_empty_body(operation),
                body_is_required: operation["x-client-body-required"] == true,
            };
            let name = (text("x-client-group"), text("x-client-method"));
            assert!(declared.insert(name, entry).is_none(), "{template} {method}");
        }
    }
    declared
}

fn parameters(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}

impl Operation {
    fn name(&self) -> (String, String) {
        (self.group.to_owned(), self.method.to_owned())
    }
}

#[test]
fn none_is_missing() {
    let dotted = |(group, method): (String, String)| format!("{group}.{method}");
    let declared: Vec<String> = declared().into_keys().map(dotted).collect();
    let called: Vec<String> = OPERATIONS.iter().map(|operation| dotted(operation.name())).collect();
    crate::assert_same_names(
        "operations",
        declared.iter().map(String::as_str),
        "the list in `spec/tests/end_to_end/operations.rs`",
        called.iter().map(String::as_str),
    );
}

/// C14: what would replace or create by an empty body has it as an argument, and nothing else has.
#[test]
fn bodies_that_must_not_be_empty_are_arguments() {
    let declared = declared();
    for operation in OPERATIONS {
        let declared = &declared[&operation.name()];
        assert_eq!(
            operation.has_body_argument, declared.body_is_required,
            "{}",
            declared.id
        );
    }
}

/// Each argument's value is the name of its parameter, so that a mix-up of two shows in the path.
#[tokio::test]
async fn each_sends_what_the_document_says() {
    let declared = declared();
    let server = Server::json("{}");
    let client = server.client();
    for operation in OPERATIONS {
        (operation.call)(&client, &|name| name).await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), OPERATIONS.len());
    for (operation, request) in OPERATIONS.iter().zip(&requests) {
        let declared = &declared[&operation.name()];
        assert_eq!(request.method, declared.method, "{}", declared.id);
        assert_eq!(
            request.target,
            declared.template.replace(['{', '}'], ""),
            "{}",
            declared.id
        );
        let (body, content_type) = if operation.name() == ("app_entitlements".to_owned(), "create".to_owned()) {
            // The only body of which something is required.
            (r#"{"displayName":"Wiki"}"#, Some("application/json"))
        } else if declared.takes_empty_body {
            ("{}", Some("application/json"))
        } else {
            ("", None)
        };
        assert_eq!(request.body, body, "{}", declared.id);
        assert_eq!(request.header("content-type"), content_type, "{}", declared.id);
    }
}

#[tokio::test]
async fn each_error_names_its_operation() {
    let declared = declared();
    let body = r#"{"code":7,"message":"no"}"#;
    let server = Server::answering(Answer {
        status: 403,
        headers: &[("content-type", "application/json")],
        body,
    });
    let client = server.client();
    for operation in OPERATIONS {
        let error = (operation.call)(&client, &|name| name).await.unwrap_err();
        assert_eq!(error.operation(), Some(declared[&operation.name()].id.as_str()));
    }
}

/// R20: in every operation, for each of its parameters.
#[tokio::test]
async fn an_empty_argument_is_refused() {
    let declared = declared();
    let server = Server::json("{}");
    let client = server.client();
    let mut refused = 0;
    for operation in OPERATIONS {
        let declared = &declared[&operation.name()];
        for parameter in parameters(&declared.template) {
            let error = (operation.call)(&client, &|name| if name == parameter { "" } else { name })
                .await
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{}", declared.id);
            assert!(error.to_string().contains(&format!("`{parameter}`")), "{error}");
            refused += 1;
        }
    }
    assert!(refused > 0);
    assert!(server.requests().is_empty());
}
