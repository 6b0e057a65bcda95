//! What is asked of a token endpoint.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use specwright_runtime::{
    BoxFuture, Client, ClientAuthentication, ClientCredentials, CredentialError, ErrorKind, Secret, TokenExchange,
    TokenSource,
};

use crate::{
    SECRET, client, generous, is_authorized, list,
    server::{Received, Server, ok},
    tokens,
};

async fn asked_by(source: impl TokenSource) -> Received {
    let server = Server::by(generous).await;
    let client = Client::builder(&*server.url).token_source(source).build().unwrap();
    list(&client).await.unwrap();
    let requests = server.requests();
    assert!(is_authorized(&requests[1], 1), "{requests:?}");
    requests[0].clone()
}

#[tokio::test]
async fn credentials_stand_in_the_form() {
    let request = asked_by(tokens().scope("read").scope("a&b")).await;
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/oauth/token")
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(
        request.body,
        "grant_type=client_credentials&scope=read%20a%26b&client_id=my%20client&client_secret=CANARY%2Fsecret%2B1"
    );
}

#[tokio::test]
async fn credentials_stand_in_a_header() {
    let request = asked_by(tokens().authentication(ClientAuthentication::Basic)).await;
    assert_eq!(request.body, "grant_type=client_credentials");
    // my%20client:CANARY%2Fsecret%2B1
    assert_eq!(
        request.header("authorization"),
        Some("Basic bXklMjBjbGllbnQ6Q0FOQVJZJTJGc2VjcmV0JTJCMQ==")
    );
}

#[tokio::test]
async fn a_token_is_exchanged() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let subject = move || -> BoxFuture<'static, Result<Secret, CredentialError>> {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move { Ok(Secret::new(format!("subject-{number}"))) })
    };
    let exchange = TokenExchange::new("/oauth/token", subject).field("client_id", "me");
    let request = asked_by(exchange).await;
    let field = |name| request.field(name).unwrap();
    assert_eq!(field("grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange");
    assert_eq!(field("subject_token_type"), "urn:ietf:params:oauth:token-type:jwt");
    assert_eq!(
        (field("subject_token").as_str(), field("client_id").as_str()),
        ("subject-1", "me")
    );
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_subject_token_that_cannot_be_had_is_named() {
    let subject =
        || -> BoxFuture<'static, Result<Secret, CredentialError>> { Box::pin(async { Err("no such file".into()) }) };
    let client = Client::builder("http://127.0.0.1:1")
        .token_source(TokenExchange::new("/oauth/token", subject))
        .build()
        .unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "Apps.List: the credential is not available: the subject token is not available: no such file"
    );
}

#[tokio::test]
async fn token_urls_are_resolved_against_the_server() {
    let rows = [
        ("/oauth/token", "/oauth/token"),
        ("oauth/token/", "/v1/oauth/token/"),
        ("/oauth/token?tenant=a", "/oauth/token?tenant=a"),
    ];
    for (url, path) in rows {
        let server = Server::by(|_, _| ok(r#"{"access_token": "t"}"#)).await;
        let source = ClientCredentials::new(url, "id", SECRET);
        let client = Client::builder(format!("{}/v1", server.url))
            .token_source(source)
            .build()
            .unwrap();
        list(&client).await.unwrap();
        assert_eq!(server.requests()[0].path, path);
    }
    let own = Server::by(|_, _| ok("{}")).await;
    let issuer = Server::by(|_, _| ok(r#"{"access_token": "t"}"#)).await;
    let source = ClientCredentials::new(format!("{}/token", issuer.url), "id", SECRET);
    list(&Client::builder(&*own.url).token_source(source).build().unwrap())
        .await
        .unwrap();
    assert_eq!((own.requests().len(), issuer.requests_of("/token").len()), (1, 1));
}

/// R23.
#[tokio::test]
async fn token_urls_that_would_show_the_secret_are_refused() {
    let urls = [
        "http://issuer.example/token",
        "//issuer.example/token",
        "https://user@issuer.example/token",
        "ftp://issuer.example/token",
        "/token#fragment",
        "/to ken",
    ];
    for url in urls {
        let server = Server::by(generous).await;
        let source = ClientCredentials::new(url, "id", SECRET);
        let client = Client::builder(&*server.url).token_source(source).build().unwrap();
        assert_eq!(list(&client).await.unwrap_err().kind(), ErrorKind::Credential, "{url}");
        assert!(server.requests().is_empty(), "{url}");
    }
}

/// R28.
#[tokio::test]
async fn a_thousand_calls_make_one_token_request() {
    let server = Server::by(generous).await;
    let client = client(&server);
    // Each open connection takes two of the process's files.
    let connections = Arc::new(tokio::sync::Semaphore::new(100));
    let calls = (0..1000).map(|_| {
        let (client, connections) = (client.clone(), Arc::clone(&connections));
        tokio::spawn(async move {
            let _connection = connections.acquire().await.unwrap();
            list(&client).await.map(|_| ())
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.requests_of("/oauth/token").len(), 1);
    let calls = server.requests_of("/apps");
    assert_eq!(calls.iter().filter(|call| is_authorized(call, 1)).count(), 1000);
}

/// R22: neither the token nor the secret goes to another server.
#[tokio::test]
async fn a_call_to_another_server_carries_no_token() {
    let (own, other) = (Server::by(generous).await, Server::by(generous).await);
    let call = specwright_runtime::codegen::Call::new(&client(&own), &crate::LIST, &[]);
    call.server((&*other.url).into()).send_ignoring_body().await.unwrap();
    assert_eq!(other.requests()[0].header("authorization"), None);
    assert!(own.requests().is_empty());
}
