//! Limits of time and size, and calls that are given up.

use std::time::Duration;

use specwright_runtime::{
    Client, ErrorKind, Method, RetryPolicy, TimeLimit,
    codegen::{Call, Operation},
};

use crate::{
    Apps, REMOVE, apps,
    server::{Server, Then, answer},
};

/// R25.
#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n6\r\n678901\r\n";
    let announced = answer("200 OK", "content-type: application/json\r\n", "12345678901");
    for text in [chunked.to_owned(), announced] {
        let server = Server::answering(text, Then::Wait).await;
        let client = Client::builder(&*server.url).max_response_body(10).build().unwrap();
        let error = Apps(client).list("a").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
        assert_eq!(
            error.to_string(),
            "Apps.List: the response's body exceeds the limit of 10 bytes"
        );
    }
}

#[tokio::test]
async fn a_body_at_the_limit_is_read() {
    let server = Server::with("200 OK", "application/json", "\"12345678\"").await;
    let client = Client::builder(&*server.url).max_response_body(10).build().unwrap();
    let body = Call::new(&client, &REMOVE, &[&"a"]).send_for_text().await.unwrap();
    assert_eq!(body.into_inner(), "\"12345678\"");
}

#[tokio::test]
async fn the_body_of_an_error_is_cut_at_its_limit() {
    let server = Server::with("500 Internal Server Error", "text/plain", &"x".repeat(100)).await;
    let builder = Client::builder(&*server.url).retry(RetryPolicy::never());
    let client = builder.max_error_body(10).build().unwrap();
    let error = Apps(client).list("a").send().await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Status, [b'x'; 10].as_slice()));
}

#[tokio::test]
async fn headers_beyond_the_limit_are_refused() {
    let server = Server::answering(
        answer("200 OK", &format!("x-a: {}\r\n", "a".repeat(2000)), ""),
        Then::Close,
    )
    .await;
    let client = Client::builder(&*server.url).max_headers(1000).build().unwrap();
    let error = Apps(client).list("a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
    assert!(error.to_string().contains("headers have 20"), "{error}");
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn limits_count_decompressed_bytes() {
    // 1,000 times `x`, compressed to 29 bytes.
    let body = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xab, 0xa8, 0x18, 0x05, 0xa3, 0x60, 0x14, 0x0c,
        0x77, 0x00, 0x00, 0xe6, 0xc9, 0x41, 0x3b, 0xe8, 0x03, 0x00, 0x00,
    ];
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let bytes = [head.as_bytes(), &body].concat();
    for (limit, fits) in [(999, false), (1000, true)] {
        let server = Server::answering(bytes.clone(), Then::Close).await;
        let client = Client::builder(&*server.url).max_response_body(limit).build().unwrap();
        let outcome = Call::new(&client, &REMOVE, &[&"a"]).send_for_bytes().await;
        assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
    }
}

/// R27: each limit is named.
#[tokio::test]
async fn time_limits_are_named() {
    let short = Duration::from_millis(50);
    let silent = "";
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12";
    let rows = [
        (silent, TimeLimit::Attempt),
        (silent, TimeLimit::Call),
        (begun, TimeLimit::Idle),
    ];
    for (text, limit) in rows {
        let server = Server::answering(text, Then::Wait).await;
        let builder = Client::builder(&*server.url).retry(RetryPolicy::never());
        let builder = match limit {
            TimeLimit::Attempt => builder.attempt_timeout(short),
            TimeLimit::Idle => builder.idle_timeout(short),
            _ => builder.call_timeout(short),
        };
        let error = Apps(builder.build().unwrap()).list("a").send().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.time_limit()),
            (ErrorKind::Timeout, Some(limit)),
            "{error}"
        );
        let text = error.to_string();
        assert!(
            text.contains(&format!("the {limit} time limit of 50ms was reached; set it with ")),
            "{text}"
        );
        assert!(
            text.contains(&format!("`ClientBuilder::{limit}_timeout` (attempt 1, ")),
            "{text}"
        );
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn a_call_can_have_a_time_limit_of_its_own() {
    let server = Server::answering("", Then::Wait).await;
    let error = apps(&server)
        .list("a")
        .timeout(Duration::from_millis(50))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Call));
}

/// R31: the server sees the connection close.
#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let server = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12", Then::Wait).await;
    let sending = apps(&server).list("a").send();
    assert!(tokio::time::timeout(Duration::from_millis(100), sending).await.is_err());
    assert!(server.request().await.starts_with("GET "));
}

/// The timers would panic.
#[test]
fn outside_of_a_runtime_a_call_is_an_error() {
    let client = Client::builder("https://example.com").build().unwrap();
    let mut sending = Apps(client).list("a").send();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::future::Future::poll(std::pin::Pin::new(&mut sending), &mut context) {
        std::task::Poll::Ready(Err(error)) => assert_eq!(error.kind(), ErrorKind::Configuration),
        other => assert!(other.is_ready(), "still pending"),
    }
}

#[tokio::test]
async fn what_head_announces_is_no_body() {
    static PEEK: Operation = Operation::new("Apps.Peek", Method::HEAD, "/api/v1/apps");
    let server = Server::answering("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n", Then::Close).await;
    let client = Client::builder(&server.url).max_response_body(10).build().unwrap();
    let response = Call::new(&client, &PEEK, &[]).send_ignoring_body().await.unwrap();
    assert_eq!(response.headers()["content-length"], "99");
}
