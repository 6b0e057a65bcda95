//! Token requests that fail, and what is shown of them.

use std::{error, time::Duration};

use specwright_runtime::{
    Client, ClientAuthentication, Error, ErrorKind, RefreshingToken, Secret, TimeLimit, Token, TokenError,
    TokenExchange,
};

use crate::{
    SECRET, client, generous, list,
    server::{Answer, Server, ok, with},
    token, tokens,
};

async fn failure(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (Error, usize) {
    let server = Server::by(move |_, _| answer()).await;
    let error = list(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    assert_without_canary(&error);
    (error, server.requests().len())
}

fn token_error(error: &Error) -> &TokenError {
    error::Error::source(error).unwrap().downcast_ref().unwrap()
}

/// Every text of an error and of its causes.
fn assert_without_canary(error: &Error) {
    let mut cause: Option<&dyn error::Error> = Some(error);
    while let Some(error) = cause {
        let text = format!("{error} {error:?} {error:#?}");
        assert!(!text.contains("CANARY"), "{text}");
        cause = error.source();
    }
}

#[tokio::test]
async fn the_oauth_error_is_shown() {
    let body =
        r#"{"error": "invalid_client", "error_description": "secret CANARY/secret+1 (CANARY%2Fsecret%2B1)\nis bad"}"#;
    let (error, requests) = failure(move || with("401 Unauthorized", body)).await;
    assert_eq!(
        error.to_string(),
        "Apps.List: the credential is not available: the token endpoint answered 401 Unauthorized: invalid_client: \
         secret [redacted] ([redacted])\\nis bad"
    );
    let cause = token_error(&error);
    assert_eq!(
        (cause.code(), cause.status().map(|status| status.as_u16())),
        (Some("invalid_client"), Some(401))
    );
    assert!(!cause.is_retryable());
    assert_eq!((requests, error.attempts()), (1, 0));
}

#[tokio::test]
async fn failures_of_every_shape_are_errors_without_the_reply() {
    let rows = [
        (
            with("200 OK", r#"{"error": "slow_down"}"#),
            "answered 200 OK: slow_down",
        ),
        (
            with("200 OK", "{}"),
            "answered 200 OK, but the response does not contain an access_token",
        ),
        (
            with("200 OK", "<html>CANARY</html>"),
            "answered 200 OK, but the response does not contain an access_token",
        ),
        (
            with("200 OK", r#"{"access_token": ["CANARY"]}"#),
            "answered 200 OK, but the response does not contain an access_token",
        ),
        (
            with("200 OK", r#"{"access_token": "CANARY\n"}"#),
            "contains a line break",
        ),
        (with("403 Forbidden", "<html>CANARY</html>"), "answered 403 Forbidden"),
        (
            with("404 Not Found", r#"{"code": 5, "message": "no such path"}"#),
            "answered 404 Not Found: no such path",
        ),
    ];
    for (answer, words) in rows {
        let Answer(status, headers, body) = answer;
        let (error, requests) = failure(move || Answer(status, headers.clone(), body.clone())).await;
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(requests, 1, "{error}");
    }
}

/// R22.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::by(generous).await;
    let location = format!("location: {}/oauth/token?s=CANARY\r\n", other.url);
    let (error, _) = failure(move || Answer("307 Temporary Redirect", location.clone(), String::new())).await;
    assert!(error.to_string().contains("is not followed"), "{error}");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_is_asked_again() {
    for status in [
        "429 Too Many Requests",
        "503 Service Unavailable",
        "500 Internal Server Error",
    ] {
        let server = Server::by(move |request, number| match request.path.as_str() {
            "/oauth/token" if number < 3 => Answer(status, "retry-after: 0\r\n".to_owned(), String::new()),
            "/oauth/token" => ok(token(number)),
            _ => ok("{}"),
        })
        .await;
        list(&client(&server)).await.unwrap();
        assert_eq!(server.requests_of("/oauth/token").len(), 3, "{status}");
    }
}

/// What it asks for, in seconds or by a date of the server's clock, does not fit into the request's own limit.
#[tokio::test]
async fn a_long_retry_after_is_not_waited_for() {
    let date = "date: Sun, 06 Nov 1994 07:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    for wish in ["retry-after: 3600\r\n", date] {
        let (error, requests) = failure(|| Answer("429 Too Many Requests", wish.to_owned(), String::new())).await;
        assert_eq!(token_error(&error).retry_after(), Some(Duration::from_secs(3600)));
        assert!(token_error(&error).is_retryable());
        assert_eq!(requests, 1);
    }
}

/// R27: a token endpoint that never answers is asked again within the request's own limit, and no longer.
#[tokio::test]
async fn a_token_request_has_a_limit_of_its_own() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let credential = RefreshingToken::new(tokens()).request_timeout(Duration::from_millis(200));
    let client = Client::builder(url).credential(credential).build().unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    assert!(
        error.to_string().contains("the token request did not complete within"),
        "{error}"
    );
    assert!(token_error(&error).is_retryable());
}

#[tokio::test]
async fn a_token_endpoint_that_cannot_be_reached_is_asked_again() {
    let source = specwright_runtime::ClientCredentials::new("http://127.0.0.1:1/CANARY", "id", SECRET);
    let client = Client::builder("http://127.0.0.1:2")
        .token_source(source)
        .build()
        .unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(token_error(&error).is_retryable(), "{error}");
    assert!(error.to_string().contains("the token request failed: "), "{error}");
    assert_without_canary(&error);
}

/// The call's own limit counts, not the token request's.
#[tokio::test]
async fn a_call_waits_for_its_token_within_its_own_limit() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::builder(url)
        .token_source(tokens())
        .call_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = list(&client).await.unwrap_err();
    assert_eq!((error.time_limit(), error.attempts()), (Some(TimeLimit::Call), 0));
}

/// R24: no Debug of what holds a secret shows it.
#[tokio::test]
async fn no_debug_shows_a_secret() {
    let server = Server::by(generous).await;
    let client = client(&server);
    list(&client).await.unwrap();
    let subject = Secret::new("CANARY");
    let form = specwright_runtime::Form::new()
        .field("a", "CANARY")
        .secret_field("b", &subject);
    let endpoint = specwright_runtime::TokenEndpoint::new("https://a.example/t?key=CANARY");
    let texts = [
        format!("{client:?} {client:#?}"),
        format!("{:?}", tokens()),
        format!("{:#?}", tokens().authentication(ClientAuthentication::Basic)),
        format!("{:?}", RefreshingToken::new(tokens())),
        format!("{:?}", Token::new("CANARY")),
        format!(
            "{:?}",
            TokenExchange::new("https://a.example/t?key=CANARY", subject).field("x", "CANARY")
        ),
        format!("{form:?}"),
        format!("{:?}", endpoint.basic_authentication("id", &Secret::new("CANARY"))),
        format!("{:?}", Client::builder("https://a.example").token_source(tokens())),
    ];
    for text in texts {
        assert!(!text.contains("CANARY"), "{text}");
    }
}

/// C19.
#[tokio::test]
async fn clocks_that_differ_are_named_where_an_assertion_is_refused() {
    let server = Server::by(|_, _| {
        let headers = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".to_owned();
        Answer("400 Bad Request", headers, r#"{"error":"invalid_client"}"#.to_owned())
    })
    .await;
    let client = Client::builder(&*server.url).build().unwrap();
    let endpoint = specwright_runtime::TokenEndpoint::new("/oauth/token");
    let form = specwright_runtime::Form::new()
        .secret_field("client_assertion", &specwright_runtime::Secret::new("hush-12345678"));
    let error = endpoint.fetch(&client, &form).await.unwrap_err();
    assert!(error.clock_skew().unwrap() < -900_000_000, "{error}");
    let text = error.to_string();
    assert!(
        text.contains("invalid_client") && text.contains("s ahead of the clock of the server"),
        "{text}"
    );
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    // Who sends no time is not helped by it.
    let form = specwright_runtime::Form::new().field("grant_type", "client_credentials");
    let error = endpoint.fetch(&client, &form).await.unwrap_err();
    assert_eq!((error.clock_skew(), error.to_string().contains("clock")), (None, false));
}
