//! R24: a canary stands for every credential, and nothing that the crate prints or tells a tracer shows it.
//!
//! A program of its own: tracer and log are those of the whole process.
#![cfg(all(
    feature = "credentials",
    any(feature = "rustls", feature = "native-tls"),
    feature = "test-util"
))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "../runtime/tests/tokens/server.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod server;
#[path = "canary/told.rs"]
mod told;

use std::{error, fmt::Debug, time::Duration};

use conductorone_client::{
    Authorization, BaseClient, BearerToken, Client, ClientAssertion, ClientAuthentication, ClientBuilder,
    ClientCredentials, ClientId, Credential, DeviceLogin, Error, Form, RefreshingToken, RetryPolicy, Secret, Token,
    TokenEndpoint, TokenExchange,
    http::header::HeaderName,
    models::app::v1::SetAppOwnersRequestInput,
    recording::{Recorder, Replay},
};
use server::{Answer, Received, Server, ok, with};

/// Part of every secret here; what is derived from one is added to it where it is known.
const CANARY: &str = "CANARYcanary";

const APP: &str = "2Qd3ZaQx5pUHhLRe9uGeNf8jQbT";

/// The private part of the key below, and its whole text: RFC 8037, appendix A.
const KEY: [&str; 2] = [
    "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5",
];

const KEY_SECRET: &str = concat!(
    "secret-token:conductorone.com:v1:",
    "eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwiZCI6Im5XR3huZV85V21DNmhFcjBrdXdzeEVSSnhXbDdNbWtaY0R1c0F4eXVmMkEiLCJ4",
    "IjoiMTFxWUFZS3hDcmZWU183VHlXUUhPZzdoY3ZQYXBpTWxyd0lhYVBjSFVSbyJ9"
);

fn assert_unseen(what: &str, text: &str) {
    for secret in [CANARY, KEY[0], KEY[1]] {
        let at = text.find(secret);
        assert!(
            at.is_none(),
            "{what} shows {secret}: {}",
            &text[at.unwrap().saturating_sub(200)..]
        );
    }
}

fn assert_debug_unseen(what: &str, value: &dyn Debug) {
    assert_unseen(what, &format!("{value:?} {value:#?}"));
}

/// The error, and everything that its chain of causes prints.
fn assert_error_unseen(what: &str, error: &Error) {
    let mut cause: Option<&dyn error::Error> = Some(error);
    while let Some(error) = cause {
        assert_unseen(what, &format!("{error} {error:#}"));
        assert_debug_unseen(what, &error);
        cause = error.source();
    }
}

/// Says back all that was asked, in the ways in which servers do.
fn echo(request: &Received, number: usize) -> Answer {
    let words = format!("{} {}", request.head, request.body).replace(['"', '\\', '\r', '\n'], " ");
    let headers = format!("content-type: application/json\r\nc1-trace-id: {words}\r\nx-echo: {words}\r\n");
    let text = |status, body: String| Answer(status, headers.clone(), body);
    match number % 7 {
        1 => text("401 Unauthorized", format!(r#"{{"code":16,"message":"{words}"}}"#)),
        2 => text("500 Internal Server Error", words.clone()),
        3 => text("200 OK", format!(r#"{{"list":"{words}"}}"#)),
        4 => text("200 OK", format!(r#"{{"{words}":[1,}}"#)),
        5 => text("302 Found", String::new()),
        6 => Answer(
            "200 OK",
            "content-type: text/html\r\n".to_owned(),
            format!("<p>{words}"),
        ),
        _ => text("200 OK", r#"{"list":[]}"#.to_owned()),
    }
}

/// Gives tokens that hold the canary, and echoes everything else.
fn giving(request: &Received, number: usize) -> Answer {
    match request.path.as_str() {
        "/auth/v1/token" | "/oauth/token" => ok(format!(
            r#"{{"access_token": "{CANARY}.of.{number}", "token_type": "Bearer", "expires_in": 600}}"#
        )),
        _ => echo(request, number),
    }
}

/// Refuses tokens, and says what it was asked.
fn refusing(request: &Received, number: usize) -> Answer {
    let words = format!("{} {}", request.head, request.body).replace(['"', '\\', '\r', '\n'], " ");
    match number % 3 {
        1 => with(
            "400 Bad Request",
            format!(r#"{{"error":"invalid_grant","error_description":"{words}"}}"#),
        ),
        2 => with("403 Forbidden", format!(r#"{{"code":7,"message":"{words}"}}"#)),
        _ => with("401 Unauthorized", words),
    }
}

/// The builder of a client for each way to a credential, named.
fn clients(url: &str) -> Vec<(&'static str, ClientBuilder)> {
    let id = "strange-hydra-68836@acme.conductor.one/pcc";
    let builder = || Client::builder(url).unwrap().retry(RetryPolicy::never());
    let exchange = ClientId::parse(id)
        .unwrap()
        .token_exchange(Secret::new(format!("{CANARY}.identity")));
    let credentials = || ClientCredentials::new("/oauth/token", "an id", format!("{CANARY}/of+client"));
    let secret = Secret::new(format!("{CANARY}+key"));
    let keys = [
        (
            "key in a header",
            Authorization::header(HeaderName::from_static("x-api-key"), &secret),
        ),
        ("key in the query", Authorization::query("api key", &secret)),
        ("key in a cookie", Authorization::cookie("session", &secret)),
        ("password", Authorization::basic("user", &secret)),
    ];
    let keys = keys.map(|(what, key)| (what, builder().credential(Fixed(key.unwrap()))));
    let tokens = vec![
        ("static token", builder().bearer_token(format!("{CANARY}.static"))),
        (
            "assertion",
            builder().token_source(ClientAssertion::new(id, KEY_SECRET).unwrap()),
        ),
        ("token exchange", builder().token_source(exchange)),
        ("client credentials", builder().token_source(credentials())),
        (
            "basic",
            builder().token_source(credentials().authentication(ClientAuthentication::Basic)),
        ),
    ];
    tokens.into_iter().chain(keys).collect()
}

/// A credential of the caller's own.
struct Fixed(Authorization);

impl Credential for Fixed {
    fn authorization<'a>(
        &'a self,
        _client: &'a BaseClient,
    ) -> conductorone_client::BoxFuture<'a, Result<Authorization, conductorone_client::CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// Eight calls, so that every kind of answer comes at least once.
async fn calls(what: &str, client: &Client) -> usize {
    let mut failures = 0;
    for _ in 0..8 {
        let group = client.app_owners();
        let call = group.set(APP, SetAppOwnersRequestInput::default());
        assert_debug_unseen(what, &call);
        let sending = call.send();
        assert_debug_unseen(what, &sending);
        match sending.await {
            Ok(response) => assert_debug_unseen(what, &response),
            Err(error) => {
                failures += 1;
                assert_error_unseen(what, &error);
            }
        }
    }
    failures
}

async fn every_credential() {
    let giver = Server::by(giving).await;
    let refuser = Server::by(refusing).await;
    for (server, expected) in [(&giver, 5..=8), (&refuser, 8..=8)] {
        for (what, builder) in clients(&server.url) {
            let recorder = Recorder::new();
            assert_debug_unseen(what, &builder);
            let client = builder.record(&recorder).build().unwrap();
            assert_debug_unseen(what, &client);
            let failures = calls(what, &client).await;
            assert!(expected.contains(&failures), "{what}: {failures} failures");
            let kept = recorder.to_json();
            assert_unseen(what, &kept);
            assert_debug_unseen(what, &recorder);
            assert_debug_unseen(what, &recorder.exchanges());
            assert_debug_unseen(what, &Replay::from_json(&kept).unwrap());
        }
    }
    let sent: String = giver
        .requests()
        .iter()
        .map(|request| request.head.clone() + &request.body)
        .collect();
    for secret in ["static", "of.", "identity", "key"] {
        assert!(sent.contains(CANARY) && sent.contains(secret), "{secret} was not sent");
    }
}

/// Nobody listens there, and the one that does says nothing.
async fn no_answer() {
    let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    for url in [
        "http://127.0.0.1:1".to_owned(),
        format!("http://{}", silent.local_addr().unwrap()),
    ] {
        for (what, builder) in clients(&url) {
            let client = builder.call_timeout(Duration::from_millis(50)).build().unwrap();
            assert_error_unseen(what, &client.app_owners().list(APP).await.unwrap_err());
        }
    }
}

/// Secrets that no header or form can carry, and what stands in the place of another thing.
fn secrets_that_are_none() {
    for ends in ["\n", "\r\nx: y", "\u{7f}", " ", "\u{e9}", "\0"] {
        let secret = format!("{CANARY}{ends}{CANARY}");
        let id = format!("a@acme.conductor.one/{secret}");
        let errors = [
            Client::new("acme.conductor.one", secret.as_str()).map(|_| ()).err(),
            BearerToken::new(secret.as_str()).map(|_| ()).err(),
            Authorization::bearer(&Secret::new(secret.as_str())).map(|_| ()).err(),
            ClientId::parse(&id).map(|_| ()).err(),
            Client::with_client_credentials("a@acme.conductor.one/pcc", secret.as_str())
                .map(|_| ())
                .err(),
            Client::with_client_credentials("a@acme.conductor.one/pcc", format!("{KEY_SECRET}{secret}"))
                .map(|_| ())
                .err(),
            Client::with_client_credentials(&id, KEY_SECRET).map(|_| ()).err(),
        ];
        for error in errors {
            assert_error_unseen("a secret that is none", &error.unwrap());
        }
    }
    let key = Authorization::header(
        HeaderName::from_static("x-api-key"),
        &Secret::new(format!("{CANARY}\n")),
    );
    assert_error_unseen("a key with a line break", &key.unwrap_err());
}

/// A token endpoint that gives what no header can carry.
async fn tokens_that_are_none() {
    let server = Server::by(|request, _| match request.path.as_str() {
        "/auth/v1/token" | "/oauth/token" => ok(format!(r#"{{"access_token": "{CANARY}\n{CANARY}"}}"#)),
        _ => ok("{}"),
    })
    .await;
    for (what, builder) in clients(&server.url).into_iter().skip(1).take(4) {
        let client = builder.build().unwrap();
        assert_error_unseen(what, &client.app_owners().list(APP).await.unwrap_err());
    }
}

async fn a_login() {
    let server = Server::by(|request, number| match request.path.as_str() {
        "/auth/v1/device_authorization" => ok(format!(
            r#"{{"device_code": "{CANARY}-device", "user_code": "A", "verification_uri": "https://a.example", "interval": 1}}"#
        )),
        "/auth/v1/token" => ok(format!(r#"{{"access_token": "{CANARY}-login", "expires_in": 600}}"#)),
        _ if number == 1 => with("403 Forbidden", format!(r#"{{"code": 7, "message": "{}"}}"#, request.head.replace(['\r', '\n', '"'], " "))),
        _ => ok(format!(r#"{{"client": {{"clientId": "a@acme.conductor.one/pcc"}}, "clientSecret": "{CANARY}-own"}}"#)),
    })
    .await;
    let refused = DeviceLogin::begin(&server.url, "public").await.unwrap();
    assert_debug_unseen("login", &refused);
    assert_error_unseen("login", &refused.personal_client("laptop").await.unwrap_err());
    let login = DeviceLogin::begin(&server.url, "public").await.unwrap();
    let own = login.personal_client("laptop").await.unwrap();
    assert_debug_unseen("personal client", &own);
    assert!(own.client_secret().expose().contains(CANARY));
}

fn what_holds_secrets() {
    let secret = || Secret::new(format!("{CANARY}\n{CANARY}"));
    let credentials = || ClientCredentials::new(format!("https://a.example/t?key={CANARY}"), "id", secret());
    let form = Form::new().field("a", CANARY).secret_field("b", &secret());
    let values: [(&str, &dyn Debug); 9] = [
        ("Secret", &secret()),
        ("Form", &form),
        ("Token", &Token::new(secret())),
        (
            "TokenEndpoint",
            &TokenEndpoint::new(format!("https://a.example/{CANARY}")).basic_authentication("id", &secret()),
        ),
        (
            "TokenExchange",
            &TokenExchange::new(format!("https://a.example/{CANARY}"), secret()).field("x", CANARY),
        ),
        ("ClientCredentials", &credentials()),
        ("RefreshingToken", &RefreshingToken::new(credentials())),
        (
            "ClientAssertion",
            &ClientAssertion::new("a@acme.conductor.one/pcc", KEY_SECRET).unwrap(),
        ),
        ("BearerToken", &BearerToken::new(CANARY).unwrap()),
    ];
    for (what, value) in values {
        assert_debug_unseen(what, value);
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    told::listen();
    every_credential().await;
    no_answer().await;
    secrets_that_are_none();
    tokens_that_are_none().await;
    a_login().await;
    what_holds_secrets();

    let told = told::take();
    assert!(
        told.contains("specwright_runtime") && told.contains("http.client.call"),
        "no trace came: {told}"
    );
    assert!(told.contains("reqwest"), "no log came: {told}");
    assert_unseen("trace", &told);
}
