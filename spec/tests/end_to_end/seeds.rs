//! The five operations that the project started from, each with the example of its public page.

use conductorone_client::{
    models::app::{
        v1::{
            AppEntitlement, AppEntitlementExpandMask, AppEntitlementRef, CreateAppEntitlementRequestInput,
            CreateAppEntitlementRequestInputRequired, UpdateAppEntitlementRequestInput,
        },
        v2::CreateAppEntitlementOwnerRequestInput,
    },
    wire,
};
use serde_json::json;

use super::{
    APP, ENTITLEMENT, GET_ENTITLEMENT, json as parsed,
    server::{Request, Server, TOKEN},
};

const CONNECTOR: &str = "2Qd3ZcConnectorOfTheWikiAA1";
const OTHER_APP: &str = "2Qd3ZdTheAppOfTheOwningRole";

/// Everything of the request but its body: method, target, and exactly these headers.
fn assert_request(request: &Request, method: &str, target: &str) {
    assert_eq!((request.method.as_str(), request.target.as_str()), (method, target));
    let names = request.headers.iter().map(|(name, _)| name.as_str());
    // The feature `gzip` adds it, which another package of the same build can turn on.
    let mut names: Vec<&str> = names.filter(|name| *name != "accept-encoding").collect();
    names.sort_unstable();
    let bodiless = ["accept", "authorization", "host", "user-agent"];
    let with_body = [
        "accept",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
    ];
    assert_eq!(names, if method == "GET" { &bodiless[..] } else { &with_body });

    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
    let user_agent = request.header("user-agent").unwrap_or_default();
    assert!(user_agent.starts_with("conductorone-client/"), "{user_agent}");
    if method == "GET" {
        assert_eq!(request.body, "");
    } else {
        assert_eq!(request.header("content-type"), Some("application/json"));
    }
}

/// What was decoded is what came: nothing is lost, nothing is added, by either way of writing it.
fn assert_same<T: wire::Json + serde::Serialize>(value: &T, answer: &str) {
    assert_eq!(serde_json::to_value(value).unwrap(), parsed(answer));
    assert_eq!(parsed(&String::from_utf8(wire::to_vec(value)).unwrap()), parsed(answer));
}

#[tokio::test]
async fn create_entitlement_owner() {
    let answer = include_str!("../responses/create_entitlement_owner.json");
    let server = Server::json(answer);
    let reference = AppEntitlementRef::default().app_id(OTHER_APP).id(ENTITLEMENT);
    let body = CreateAppEntitlementOwnerRequestInput::default().app_entitlement_ref(reference);
    let call = server
        .client()
        .app_owners_v2()
        .create_entitlement_owner(APP, "owner", OTHER_APP, ENTITLEMENT);
    let response = call.body(body).await.unwrap();

    let request = server.request();
    let target = format!("/api/v2/apps/{APP}/owners/entitlements/owner/{OTHER_APP}/{ENTITLEMENT}");
    assert_request(&request, "POST", &target);
    assert_eq!(
        request.json(),
        json!({"appEntitlementRef": {"appId": OTHER_APP, "id": ENTITLEMENT}})
    );
    assert_same(response.value(), answer);
    assert_eq!(
        (response.status().as_u16(), response.request_id()),
        (200, Some("trace-1"))
    );
    let owner = response.app_owner_entitlement.as_ref().unwrap();
    assert_eq!(owner.role_slug.as_ref().unwrap().as_str(), "<string>");
    let entitlement = owner.app_entitlement.as_ref().unwrap();
    assert_eq!(entitlement.grant_count, Some(42));
}

#[tokio::test]
async fn create_entitlement() {
    let answer = include_str!("../responses/create_entitlement.json");
    let server = Server::json(answer);
    let body = CreateAppEntitlementRequestInput::new(CreateAppEntitlementRequestInputRequired {
        display_name: "displayName".to_owned(),
    });
    let response = server.client().app_entitlements().create(APP, body).await.unwrap();

    let request = server.request();
    assert_request(&request, "POST", &format!("/api/v1/apps/{APP}/entitlements"));
    assert_eq!(
        request.json(),
        parsed(include_str!("../responses/create_entitlement_request.json"))
    );
    assert_same(response.value(), answer);
    let types: Vec<&str> = response
        .expanded
        .iter()
        .flatten()
        .map(|message| message.type_url.as_str())
        .collect();
    assert_eq!(types, ["type.googleapis.com/c1.api.app.v1.App"]);
}

#[tokio::test]
async fn get_connector_entitlement_owner() {
    let answer = include_str!("../responses/get_connector_entitlement_owner.json");
    let server = Server::json(answer);
    let owners = server.client().connector_owners_v2();
    let response = owners
        .get_entitlement_owner(APP, CONNECTOR, "owner", OTHER_APP, ENTITLEMENT)
        .await
        .unwrap();

    let target =
        format!("/api/v2/apps/{APP}/connectors/{CONNECTOR}/owners/entitlements/owner/{OTHER_APP}/{ENTITLEMENT}");
    assert_request(&server.request(), "GET", &target);
    assert_same(response.value(), answer);
    let owner = response.connector_owner_entitlement.as_ref().unwrap();
    assert!(
        owner
            .app_entitlement
            .as_ref()
            .unwrap()
            .annotations
            .as_ref()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn update_entitlement() {
    let answer = include_str!("../responses/update_entitlement.json");
    let server = Server::json(answer);
    let body = UpdateAppEntitlementRequestInput::default()
        .entitlement(
            AppEntitlement::default()
                .display_name("Wiki \"editors\"\n\u{1F4D6}")
                .alias(""),
        )
        .expand_mask(AppEntitlementExpandMask::default().paths(["app_id"]))
        .override_access_requests_defaults(false)
        .update_mask("displayName,alias");
    let response = server
        .client()
        .app_entitlements()
        .update(APP, ENTITLEMENT)
        .body(&body)
        .await
        .unwrap();

    let request = server.request();
    assert_request(
        &request,
        "POST",
        &format!("/api/v1/apps/{APP}/entitlements/{ENTITLEMENT}"),
    );
    let expected = json!({
        "entitlement": {"displayName": "Wiki \"editors\"\n\u{1F4D6}", "alias": ""},
        "expandMask": {"paths": ["app_id"]},
        "overrideAccessRequestsDefaults": false,
        "updateMask": "displayName,alias",
    });
    assert_eq!(request.json(), expected);
    assert_same(response.value(), answer);
}

#[tokio::test]
async fn get_entitlement() {
    let server = Server::json(GET_ENTITLEMENT);
    let response = server.client().app_entitlements().get(APP, ENTITLEMENT).await.unwrap();

    assert_request(
        &server.request(),
        "GET",
        &format!("/api/v1/apps/{APP}/entitlements/{ENTITLEMENT}"),
    );
    assert_same(response.value(), GET_ENTITLEMENT);
}

/// R20: whatever an id holds, it stays one segment of the path.
#[tokio::test]
async fn odd_characters_stay_in_their_segment() {
    let server = Server::json("{}");
    server
        .client()
        .app_entitlements()
        .get("a b/c?d#e%f;g", "../é\u{1F4D6}")
        .await
        .unwrap();

    let target = "/api/v1/apps/a%20b%2Fc%3Fd%23e%25f%3Bg/entitlements/..%2F%C3%A9%F0%9F%93%96";
    assert_request(&server.request(), "GET", target);
}

/// Query parameters are there when they are set, and encoded.
#[tokio::test]
async fn query_parameters() {
    let server = Server::json("{}");
    let owners = server.client().app_owners_v2();
    let call = owners
        .search_user_owners(APP)
        .page_size(50)
        .page_token("a+b/c=&d e")
        .role_slug("owner");
    call.await.unwrap();

    let target =
        format!("/api/v2/apps/{APP}/owners/users?page_size=50&page_token=a%2Bb%2Fc%3D%26d%20e&role_slug=owner");
    assert_request(&server.request(), "GET", &target);
}
