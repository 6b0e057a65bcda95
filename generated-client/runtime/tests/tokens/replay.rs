//! After 401.

use specwright_runtime::{Bytes, ErrorKind, Form, codegen::Call};

use crate::{
    CREATE, client, is_authorized, list,
    server::{Answer, Received, Server, ok, with},
    token,
};

/// Takes the second token alone.
fn takes_the_second(request: &Received, number: usize) -> Answer {
    match request.path.as_str() {
        "/oauth/token" => ok(token(number)),
        _ if is_authorized(request, 2) => ok("{}"),
        _ => with("401 Unauthorized", r#"{"code": 16, "message": "token expired"}"#),
    }
}

/// R28: for any method, since nothing was done.
#[tokio::test]
async fn a_call_is_sent_once_more_with_a_new_token() {
    let server = Server::by(takes_the_second).await;
    let client = client(&server);
    let call = Call::new(&client, &CREATE, &[]).body(Form::CONTENT_TYPE, Bytes::from_static(b"a=b"));
    call.send_ignoring_body().await.unwrap();
    let calls = server.requests_of("/apps");
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|call| call.method == "POST" && call.body == "a=b"));
    list(&client).await.unwrap();
    assert_eq!(server.requests_of("/oauth/token").len(), 2);
}

/// R28: one replay, and one token request however many calls are refused.
#[tokio::test]
async fn refused_calls_share_the_new_token() {
    let server = Server::by(takes_the_second).await;
    let client = client(&server);
    let calls = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { list(&client).await.map(|_| ()) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.requests_of("/oauth/token").len(), 2);
}

#[tokio::test]
async fn a_call_that_stays_refused_is_sent_twice() {
    let server = Server::by(|request, number| match request.path.as_str() {
        "/oauth/token" => ok(token(number)),
        _ => with(
            "401 Unauthorized",
            r#"{"code": 16, "message": "CANARY-token-2 is unknown"}"#,
        ),
    })
    .await;
    let error = list(&client(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 2));
    let expected = "Apps.List: 401 Unauthorized: UNAUTHENTICATED: [redacted] is unknown (attempt 2, ";
    assert!(error.to_string().starts_with(expected), "{error}");
    assert_eq!(
        (
            server.requests_of("/apps").len(),
            server.requests_of("/oauth/token").len()
        ),
        (2, 2)
    );
}

#[tokio::test]
async fn a_new_token_that_cannot_be_had_is_the_error() {
    let server = Server::by(|request, number| match request.path.as_str() {
        "/oauth/token" if number == 1 => ok(token(1)),
        "/oauth/token" => with("400 Bad Request", r#"{"error": "invalid_client"}"#),
        _ => with("401 Unauthorized", "{}"),
    })
    .await;
    let error = list(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "Apps.List: the credential is not available: the token endpoint answered 400 Bad Request: invalid_client"
    );
}
