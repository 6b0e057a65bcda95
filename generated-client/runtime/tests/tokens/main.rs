//! Tokens fetched from, and sent to, servers on loopback through the real transport.
#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

mod errors;
mod replay;
mod server;
mod sources;

use server::{Answer, Received, Server, ok};
use specwright_runtime::{
    Client, ClientCredentials, Error, Response,
    codegen::{Call, Operation},
};

static LIST: Operation = Operation::get("Apps.List", "/apps");
static CREATE: Operation = Operation::post("Apps.Create", "/apps");

const SECRET: &str = "CANARY/secret+1";

fn tokens() -> ClientCredentials {
    ClientCredentials::new("/oauth/token", "my client", SECRET)
}

fn client(server: &Server) -> Client {
    Client::builder(&*server.url).token_source(tokens()).build().unwrap()
}

async fn list(client: &Client) -> Result<Response<()>, Error> {
    Call::new(client, &LIST, &[]).send_ignoring_body().await
}

/// Gives tokens of ten minutes, and takes all of them.
fn generous(request: &Received, number: usize) -> Answer {
    match request.path.as_str() {
        "/oauth/token" => ok(token(number)),
        _ => ok("{}"),
    }
}

fn token(number: usize) -> String {
    format!(r#"{{"access_token": "CANARY-token-{number}", "token_type": "Bearer", "expires_in": 600}}"#)
}

fn is_authorized(request: &Received, number: usize) -> bool {
    request.header("authorization") == Some(&format!("Bearer CANARY-token-{number}"))
}
