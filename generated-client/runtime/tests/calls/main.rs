//! Calls through the real transport against a server of scripted bytes on loopback.
// Without TLS no client of an https server can be built, as some are here.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
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
use specwright_runtime::{Client, Error, Method, RetryPolicy, codegen::Operation, forms::operations};

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
    Apps(
        Client::builder(&*server.url)
            .bearer_token("tok-12345678")
            .request_id_header("x-trace")
            // The server answers once.
            .retry(RetryPolicy::never())
            .build()
            .unwrap(),
    )
}

async fn failure(server: &Server) -> Error {
    apps(server).list("a1").send().await.unwrap_err()
}

fn header<'a>(request: &'a str, name: &str) -> Vec<&'a str> {
    let lines = request.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}
