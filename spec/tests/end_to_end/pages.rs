//! Need 4: no paged operation loses a page, wherever its token goes.

use std::sync::{Arc, Mutex};

use conductorone_client::{
    Body, BoxFuture, Client, Transport, TransportError,
    http::{Request, Response},
};

use super::operations::DOCUMENT;

/// Answers two pages of one and of two items, the second one only to who asks for it by its token.
#[derive(Clone, Default)]
struct TwoPages(Arc<Mutex<Vec<String>>>);

const FIRST: &str = r#"{"list": [{}], "edges": [{}], "nextPageToken": "p/2", "pageToken": "p/2"}"#;
const SECOND: &str = r#"{"list": [{}, {}], "edges": [{}, {}], "nextPageToken": "", "pageToken": ""}"#;

impl Transport for TwoPages {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let body = request
            .body()
            .as_bytes()
            .map(|body| String::from_utf8_lossy(body).into_owned());
        let asked = format!(
            "{} {}",
            request.uri().query().unwrap_or_default(),
            body.unwrap_or_default()
        );
        let is_second = asked.contains("page_token=p%2F2") || asked.contains(r#""pageToken":"p/2""#);
        self.0.lock().unwrap().push(asked);
        let answer = if is_second { SECOND } else { FIRST };
        Box::pin(async move { Ok(Response::new(Body::from(answer))) })
    }
}

macro_rules! assert_all_items {
    ($($group:ident.$method:ident($($argument:literal),*);)*) => {{
        let mut paged = Vec::new();
        $(
            let server = TwoPages::default();
            let builder = Client::builder("acme.conductor.one").unwrap().transport(server.clone());
            let client = builder.build().unwrap();
            let mut items = client.$group().$method($($argument),*).items();
            let mut count = 0;
            while let Some(item) = items.next().await {
                item.unwrap();
                count += 1;
            }
            let asked = server.0.lock().unwrap().clone();
            assert_eq!((count, asked.len()), (3, 2), "{}: {asked:?}", stringify!($group.$method));
            paged.push(concat!(stringify!($group), ".", stringify!($method)));
        )*
        paged
    }};
}

#[tokio::test]
#[expect(deprecated, reason = "an operation of the document that is deprecated has pages too")]
async fn every_paged_operation_gives_the_items_of_all_pages() {
    let paged = assert_all_items! {
        app_entitlement_owners.list("a", "e");
        app_entitlement_owners_v2.search_entitlement_owners("a", "e");
        app_entitlement_owners_v2.search_user_owners("a", "e");
        app_entitlement_search.search();
        app_entitlement_search.search_app_entitlements_for_app_user("a", "u");
        app_entitlement_search.search_app_entitlements_with_expired("a", "e");
        app_entitlement_search.search_grants();
        app_entitlement_search.search_graph();
        app_entitlement_search.search_reachable_resources_for_user();
        app_entitlement_user_binding.search_grant_feed();
        app_entitlement_user_binding.search_past_grants();
        app_entitlements.list("a");
        app_entitlements.list_for_app_resource("a", "t", "r");
        app_entitlements.list_for_app_user("a", "u");
        app_entitlements.list_users("a", "e");
        app_owners.list("a");
        app_owners_v2.search_entitlement_owners("a");
        app_owners_v2.search_user_owners("a");
        app_resource_owners.list("a", "t", "r");
        app_resource_owners_v2.search_entitlement_owners("a", "t", "r");
        app_resource_owners_v2.search_user_owners("a", "t", "r");
        app_user_owners_v2.search_entitlement_owners("a", "u");
        app_user_owners_v2.search_user_owners("a", "u");
        connector_owners_v2.search_entitlement_owners("a", "c");
        connector_owners_v2.search_user_owners("a", "c");
        user_owners_v2.search_entitlement_owners("u");
        user_owners_v2.search_user_owners("u");
    };
    let paths = DOCUMENT["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let declared = operations.filter(|operation| operation["x-client-paging"].is_object());
    let declared: Vec<String> = declared
        .map(|operation| {
            ["x-client-group", "x-client-method"]
                .map(|key| operation[key].as_str().unwrap())
                .join(".")
        })
        .collect();
    crate::assert_same_names(
        "operations with pages",
        declared.iter().map(String::as_str),
        "the list in `spec/tests/end_to_end/pages.rs`",
        paged,
    );
}
