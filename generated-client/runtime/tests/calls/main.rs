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
use specwright_runtime::{
    Client, Error, Method, RetryPolicy,
    codegen::{Call, Operation, operation},
};

type Model = BTreeMap<String, String>;

static LIST: Operation = Operation::new("Apps.List", Method::GET, "/api/v1/apps/{app_id}/entitlements");
static CREATE: Operation = Operation::new("Apps.Create", Method::POST, "/api/v1/apps");
static REMOVE: Operation = Operation::new("Apps.Remove", Method::DELETE, "/api/v1/apps/{app_id}");

/// As generated code is: a group, and one type for each operation.
#[derive(Clone, Debug)]
struct Apps(Client);

impl Apps {
    fn list(&self, app_id: impl ::std::convert::Into<String>) -> List {
        List(Call::new(&self.0, &LIST, &[&app_id.into()]))
    }

    fn create(&self) -> Create {
        Create(Call::new(&self.0, &CREATE, &[]))
    }

    fn remove(&self, app_id: &str) -> Remove {
        Remove(Call::new(&self.0, &REMOVE, &[&app_id]))
    }
}

#[must_use = "a call does nothing until it is sent"]
struct List(Call);

impl List {
    fn page_size(self, page_size: i32) -> Self {
        Self(self.0.query("page_size", &page_size))
    }
}

#[must_use = "a call does nothing until it is sent"]
struct Create(Call);

#[must_use = "a call does nothing until it is sent"]
struct Remove(Call);

operation!(List => Model);
operation!(Create, Model => Model);
operation!(Remove => ());

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
