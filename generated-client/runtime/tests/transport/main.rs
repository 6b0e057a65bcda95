//! The settings of the default transport, and transports of one's own.
#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

mod environment;
mod headers;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
mod insecure;
mod layers;
mod plain;
mod proxies;
#[cfg(feature = "rustls")]
mod secure;

use specwright_runtime::{
    Client, ClientBuilder, Error, ErrorKind, RetryPolicy,
    codegen::{Call, Operation},
};

static GET: Operation = Operation::get("Apps.Get", "/apps/{id}");

fn get(client: &Client) -> Call {
    Call::new(client, &GET, &[&"a1"])
}

async fn answer(client: &Client) -> Result<String, Error> {
    get(client)
        .send_for_json::<String>()
        .await
        .map(specwright_runtime::Response::into_inner)
}

/// A builder whose calls are sent once.
fn builder(url: &str) -> ClientBuilder {
    Client::builder(url).retry(RetryPolicy::never())
}

/// The message of a setting that is refused.
fn refused(builder: ClientBuilder) -> String {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    error.to_string()
}
