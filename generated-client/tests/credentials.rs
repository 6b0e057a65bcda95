//! Credentials of `ConductorOne` against a server on loopback that gives tokens.
#![cfg(all(feature = "credentials", any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../runtime/tests/tokens/server.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod server;

use std::error;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use conductorone_client::{Client, ClientAssertion, ClientId, Error, ErrorKind, Secret, TokenSource};
use server::{Answer, Received, Server, ok, with};

const ID: &str = "strange-hydra-68836@acme.conductor.one/pcc";

/// The key of RFC 8037, appendix A.
const SECRET: &str = concat!(
    "secret-token:conductorone.com:v1:",
    "eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwiZCI6Im5XR3huZV85V21DNmhFcjBrdXdzeEVSSnhXbDdNbWtaY0R1c0F4eXVmMkEiLCJ4",
    "IjoiMTFxWUFZS3hDcmZWU183VHlXUUhPZzdoY3ZQYXBpTWxyd0lhYVBjSFVSbyJ9"
);

const TOKEN: &str = r#"{"access_token": "CANARY-token", "token_type": "Bearer", "expires_in": 600}"#;

fn giving(request: &Received, _number: usize) -> Answer {
    match request.path.as_str() {
        "/auth/v1/token" => ok(TOKEN),
        _ => ok(r#"{"list": []}"#),
    }
}

fn client(server: &Server, source: impl TokenSource) -> Client {
    let builder = Client::builder(&server.url).unwrap();
    builder.token_source(source).build().unwrap()
}

async fn call(client: &Client) -> Result<(), Error> {
    client.app_owners().list("a").send().await.map(|_| ())
}

/// The fields of a form in their order, and the header of the call that followed.
fn exchange(server: &Server) -> (Received, Option<String>) {
    let requests = server.requests();
    let token = requests[1].header("authorization").map(str::to_owned);
    (requests[0].clone(), token)
}

#[tokio::test]
async fn an_assertion_is_sent_for_a_token() {
    let server = Server::by(giving).await;
    call(&client(&server, ClientAssertion::new(ID, SECRET).unwrap()))
        .await
        .unwrap();
    let (request, token) = exchange(&server);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/auth/v1/token")
    );
    let field = |name| request.field(name).unwrap();
    assert_eq!(field("client_id"), ID);
    assert_eq!(field("grant_type"), "client_credentials");
    assert_eq!(
        field("client_assertion_type"),
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    assert_eq!(field("client_assertion").split('.').count(), 3);
    assert_eq!(request.body.split('&').count(), 4);
    assert_eq!(token.as_deref(), Some("Bearer CANARY-token"));
}

/// One that is repeated after a failure has an assertion of its own: a server may take each nonce once.
#[tokio::test]
async fn every_token_request_has_its_own_assertion() {
    let server = Server::by(|request, number| match request.path.as_str() {
        "/auth/v1/token" if number < 3 => Answer(
            "503 Service Unavailable",
            "retry-after: 0\r\n".to_owned(),
            String::new(),
        ),
        _ => giving(request, number),
    })
    .await;
    call(&client(&server, ClientAssertion::new(ID, SECRET).unwrap()))
        .await
        .unwrap();
    let requests = server.requests_of("/auth/v1/token");
    let mut assertions: Vec<_> = requests
        .iter()
        .filter_map(|request| request.field("client_assertion"))
        .collect();
    assertions.sort();
    assertions.dedup();
    assert_eq!((requests.len(), assertions.len()), (3, 3));
}

/// A machine whose clock is off: the second assertion is of the server's time.
#[tokio::test]
async fn an_assertion_is_made_once_more_for_the_time_of_the_server() {
    let server = Server::by(|request, number| match request.path.as_str() {
        "/auth/v1/token" if number == 1 => Answer(
            "401 Unauthorized",
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".to_owned(),
            r#"{"error":"invalid_client"}"#.to_owned(),
        ),
        _ => giving(request, number),
    })
    .await;
    call(&client(&server, ClientAssertion::new(ID, SECRET).unwrap()))
        .await
        .unwrap();
    let requests = server.requests_of("/auth/v1/token");
    let issued = |index: usize| {
        let assertion = requests[index].field("client_assertion").unwrap();
        let claims = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1).unwrap()).unwrap();
        let claims = String::from_utf8(claims).unwrap();
        let (_, issued) = claims.split_once("\"iat\":").unwrap();
        issued.split(',').next().unwrap().parse::<i64>().unwrap()
    };
    assert_eq!(requests.len(), 2);
    assert!(issued(0) > 1_700_000_000);
    assert!((784_111_777..784_111_790).contains(&issued(1)), "{}", issued(1));
}

#[tokio::test]
async fn the_token_of_a_workload_is_exchanged() {
    let server = Server::by(giving).await;
    let id = ClientId::parse("still-hydra-1@acme.conductor.one/wfe").unwrap();
    call(&client(&server, id.token_exchange(Secret::new("CANARY-subject"))))
        .await
        .unwrap();
    let (request, token) = exchange(&server);
    let field = |name| request.field(name).unwrap();
    assert_eq!(request.path, "/auth/v1/token");
    assert_eq!(field("grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange");
    assert_eq!(field("subject_token"), "CANARY-subject");
    assert_eq!(field("subject_token_type"), "urn:ietf:params:oauth:token-type:jwt");
    assert_eq!(field("client_id"), id.as_str());
    assert_eq!(request.body.split('&').count(), 4);
    assert_eq!(token.as_deref(), Some("Bearer CANARY-token"));
}

#[tokio::test]
async fn the_servers_reason_is_shown_and_no_assertion() {
    let server = Server::by(|request, _| {
        let assertion = request.field("client_assertion").unwrap();
        let body = format!(r#"{{"error": "invalid_client", "error_description": "unknown: {assertion}"}}"#);
        with("401 Unauthorized", body)
    })
    .await;
    let error = call(&client(&server, ClientAssertion::new(ID, SECRET).unwrap()))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(
        error
            .to_string()
            .ends_with("401 Unauthorized: invalid_client: unknown: [redacted]"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn clients_are_made_without_asking_for_a_token() {
    assert!(Client::with_client_credentials(ID, SECRET).is_ok());
    assert!(Client::with_client_credentials("a@acme.c1eu.ai/pcc", SECRET).is_ok());
    assert!(Client::with_workload_token("a@acme.conductor.one/wfe", Secret::new("t")).is_ok());
    let bare = Client::with_client_credentials("a@acme/pcc", SECRET).unwrap_err();
    assert!(bare.to_string().contains("bare name"), "{bare}");
}

/// R24: a canary in every credential, sought in every text.
#[tokio::test]
async fn no_text_shows_a_secret() {
    // The part of the secret that holds the private key.
    let needles = ["CANARY", "bldHeG5l", "nWGxne", "secret-token"];
    // The server repeats what it was sent.
    let server = Server::by(|request, _| {
        let said = format!(
            "{:?} {:?}",
            request.header("authorization"),
            request.field("subject_token")
        );
        with(
            "401 Unauthorized",
            format!(r#"{{"error": "{}"}}"#, said.replace('"', "'")),
        )
    })
    .await;
    let assertion = ClientAssertion::new(ID, SECRET).unwrap();
    let exchange = ClientId::parse(ID)
        .unwrap()
        .token_exchange(Secret::new("CANARY-subject"));
    let mut texts = vec![format!("{assertion:?} {assertion:#?} {exchange:?}")];
    let clients = [
        client(&server, assertion),
        Client::new(&server.url, "CANARY-token").unwrap(),
        Client::with_workload_token(ID, Secret::new("CANARY-subject")).unwrap(),
    ];
    texts.extend(clients.iter().map(|client| format!("{client:?} {client:#?}")));
    let exchanging = client(&server, exchange);
    for error in [
        call(&clients[1]).await.unwrap_err(),
        call(&exchanging).await.unwrap_err(),
    ] {
        let mut cause: Option<&dyn error::Error> = Some(&error);
        while let Some(error) = cause {
            texts.push(format!("{error} {error:?} {error:#?}"));
            cause = error.source();
        }
    }
    let refused = [
        Client::with_client_credentials("CANARY", SECRET).unwrap_err(),
        Client::with_client_credentials(ID, "secret-token:conductorone.com:v1:CANARY").unwrap_err(),
        Client::new("https://user:CANARY@acme.conductor.one", "CANARY").unwrap_err(),
        Client::new("acme.conductor.one", "CANARY\n").unwrap_err(),
    ];
    texts.extend(
        refused
            .iter()
            .map(|error| format!("{error:?}").replace("secret-token:conductorone.com:v1:", "")),
    );
    for text in texts {
        for needle in needles {
            assert!(!text.contains(needle), "{needle}: {text}");
        }
    }
}

/// The audience of an assertion.
fn audience(request: &Received) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    let assertion = request.field("client_assertion").unwrap();
    let claims = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1).unwrap()).unwrap();
    let claims: conductorone_client::wire::Value = conductorone_client::wire::from_slice(&claims).unwrap();
    claims["aud"][0].as_str().unwrap().to_owned()
}

/// C7: a gateway has the token endpoint under its prefix too, and does not know of other audiences than the tenant's.
#[tokio::test]
async fn behind_a_gateway_the_token_request_keeps_the_prefix() {
    let gateway = |request: &Received, _| match request.path.as_str() {
        "/c1/auth/v1/token" => ok(TOKEN),
        _ => ok(r#"{"list": []}"#),
    };
    let server = Server::by(gateway).await;
    let at_gateway = || Client::builder(&format!("{}/c1", server.url)).unwrap();
    let tokens = ClientAssertion::new(ID, SECRET).unwrap().audience("acme.conductor.one");
    call(&at_gateway().token_source(tokens).build().unwrap()).await.unwrap();
    let id = ClientId::parse("still-hydra-1@acme.conductor.one/wfe").unwrap();
    let tokens = id.token_exchange(Secret::new("CANARY-subject"));
    call(&at_gateway().token_source(tokens).build().unwrap()).await.unwrap();
    let requests = server.requests();
    let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    let api = "/c1/api/v1/apps/a/owners";
    assert_eq!(paths, ["/c1/auth/v1/token", api, "/c1/auth/v1/token", api]);
    assert_eq!(audience(&requests[0]), "acme.conductor.one");
}

/// C7: another server gives the tokens.
#[tokio::test]
async fn the_token_url_can_be_another_server_s() {
    let tokens = Server::by(|_, _| ok(TOKEN)).await;
    let server = Server::by(giving).await;
    let url = format!("{}/realm/token?tenant=acme", tokens.url);
    let assertion = ClientAssertion::new(ID, SECRET).unwrap().token_url(&url);
    call(&client(&server, assertion)).await.unwrap();
    let id = ClientId::parse("still-hydra-1@acme.conductor.one/wfe").unwrap();
    let exchange = id.token_exchange(Secret::new("CANARY-subject")).token_url(&url);
    call(&client(&server, exchange)).await.unwrap();
    assert_eq!(tokens.requests_of("/realm/token?tenant=acme").len(), 2);
    assert_eq!(server.requests().len(), 2);
    // Without a setting the audience is the client's host.
    assert_eq!(audience(&tokens.requests()[0]), "127.0.0.1");
}
