//! Calls through the real transport against a server of scripted bytes on loopback, and through a mock where the connection makes
//! no difference.
// Without TLS no client of an https server can be built, as some are here.
#![cfg(all(feature = "test-util", any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

mod credentials;
mod limits;
mod precedence;
mod requests;
mod responses;
mod schemes;
mod server;
mod streams;
mod validation;

use std::collections::BTreeMap;

use server::Server;
use specwright_runtime::{
    Bytes, Client, ClientBuilder, Error, Method, RetryPolicy, codegen::Operation, forms::operations, http, mock::Mock,
};

type Model = BTreeMap<String, String>;

static CREATE: Operation = Operation::new("Apps.Create", Method::POST, "/api/v1/apps");
static REMOVE: Operation = Operation::new("Apps.Remove", Method::DELETE, "/api/v1/apps/{app_id}");

// As generated code is.
operations! {
    struct Apps = "apps" {
        GET "/api/v1/apps/{app_id}/entitlements"
        fn list(app_id: String) -> List = "Apps.List" {
            answer: json Model,
            optional {
                page_size: i32 = query("page_size"),
            },
        },

        POST "/api/v1/apps"
        fn create() -> Create = "Apps.Create" {
            optional body: Model = json,
            answer: json Model,
        },

        DELETE "/api/v1/apps/{app_id}"
        fn remove(app_id: String) -> Remove = "Apps.Remove" {},
    }
}

fn apps(server: &Server) -> Apps {
    apps_of(Client::builder(&*server.url))
}

fn mocked(mock: &Mock) -> Apps {
    apps_of(mock.builder())
}

fn apps_of(builder: ClientBuilder) -> Apps {
    let builder = builder.bearer_token("tok-12345678").request_id_header("x-trace");
    // The server answers once.
    Apps(builder.retry(RetryPolicy::never()).build().unwrap())
}

/// The error of a call that is answered so.
async fn failure(status: u16, content_type: &str, body: impl Into<Bytes>) -> Error {
    let mock = Mock::new();
    mock.any::<List>()
        .raw(status, body)
        .header("content-type", content_type)
        .header("x-trace", "t-2");
    mocked(&mock).list("a1").await.unwrap_err()
}

/// The values of a header of a request that a mock received.
fn values<'r>(request: &'r http::Request<Bytes>, name: &str) -> Vec<&'r str> {
    let values = request.headers().get_all(name).iter();
    values.map(|value| value.to_str().unwrap()).collect()
}

fn header<'a>(request: &'a str, name: &str) -> Vec<&'a str> {
    let lines = request.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}
