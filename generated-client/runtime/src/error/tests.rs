#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
#![allow(dead_code, reason = "the form of a group declares more than the tests use")]

use http::{HeaderValue, Method};

use super::*;

static READ: Operation = Operation::new("Apps.Get", Method::GET, "/apps/{id}");
static WRITE: Operation = Operation::new("Apps.Create", Method::POST, "/apps");
static SEARCH: Operation = Operation::new("Apps.Search", Method::POST, "/search").idempotent();

fn refused(operation: &'static Operation, status: u16, body: &'static str) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let rpc = RpcStatus::from_body(body.as_bytes());
    let message = status_message(status, rpc.as_ref(), body.as_bytes());
    let head = Head {
        status,
        headers: HeaderMap::new(),
        request_id: Some("req-7".to_owned()),
    };
    Error::new(ErrorKind::Status, message)
        .with_rpc_status(rpc)
        .with_response(head, Bytes::from_static(body.as_bytes()))
        .of(operation)
}

#[test]
fn display_says_operation_status_message_and_request_id_in_one_line() {
    let rows = [
        (
            404,
            r#"{"code":5,"message":"no\nsuch app"}"#,
            "Apps.Get: 404 Not Found: NOT_FOUND: no\\nsuch app (request id req-7)",
        ),
        (
            500,
            r#"{"code":2,"message":"failed (request-id: req-7)"}"#,
            "Apps.Get: 500 Internal Server Error: UNKNOWN: failed (request-id: req-7)",
        ),
        (
            400,
            r#"{"code":77}"#,
            "Apps.Get: 400 Bad Request: code 77 (request id req-7)",
        ),
        (
            502,
            "<h1>\r\n\u{1b}[31mbad",
            "Apps.Get: 502 Bad Gateway: <h1>\\r\\n\\u{1b}[31mbad (request id req-7)",
        ),
        (503, "", "Apps.Get: 503 Service Unavailable (request id req-7)"),
        (599, "", "Apps.Get: 599 (request id req-7)"),
    ];
    for (status, body, expected) in rows {
        let error = refused(&READ, status, body);
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.body(), body.as_bytes());
    }
}

#[test]
fn at_most_4_kib_of_a_body_are_shown() {
    for body in ["x".repeat(10_000), "\u{1}".repeat(10_000), "é".repeat(10_000)] {
        let shown = snippet(body.as_bytes());
        assert!((4096..4096 + 16).contains(&shown.len()), "{}", shown.len());
        assert!(shown.ends_with('…'));
    }
    assert_eq!(snippet(b"\xff\x00"), "\u{fffd}\\u{0}");
}

#[test]
fn a_redirect_is_named_without_what_may_be_secret() {
    let rows = [
        (
            "https://user:hush@example.com/a?token=hush#hush",
            "https://example.com/a",
        ),
        ("/apps?token=hush", "/apps"),
        ("//other.example/x", "//other.example/x"),
        ("https://example.com", "https://example.com"),
    ];
    for (location, target) in rows {
        let message = redirect_message(StatusCode::FOUND, &HeaderValue::from_static(location));
        assert_eq!(message, format!("302 Found: the redirect to {target} is not followed"));
    }
}

#[test]
fn an_echoed_token_is_taken_out() {
    let secret = [Secret::new("abcdefgh1234")];
    assert_eq!(
        redacted("invalid token abcdefgh1234!", &secret),
        "invalid token [redacted]!"
    );
    assert_eq!(redacted("a cab", &[Secret::new("a")]), "a cab");
}

#[test]
fn a_token_that_is_cut_is_taken_out() {
    let secret = [Secret::new("abcd.fgh1234")];
    let rows = [
        ("at $.abcd.fgh..., bad", "at $.[redacted]..., bad"),
        ("<b>abcd…", "<b>[redacted]…"),
        ("abcd.fgh1234 abcd.fgh12", "[redacted] [redacted]"),
        ("abc… and abcd and ...", "abc… and abcd and ..."),
        ("the word is abcd", "the word is abcd"),
    ];
    for (text, expected) in rows {
        assert_eq!(redacted(text, &secret), expected);
    }
}

#[test]
fn a_cause_that_shows_the_token_is_replaced() {
    let secret = [Secret::new("abcd\"fgh1234")];
    let shown = TransportError::new(TransportErrorKind::Interrupted, "abcd\"fgh1234 is bad");
    let error = Error::transport(shown, Duration::ZERO).without(&secret);
    let cause = std::error::Error::source(&error).unwrap();
    assert!(cause.to_string().ends_with(": [redacted] is bad"), "{cause}");
    assert!(!format!("{error:?}").contains("fgh1234"), "{error:?}");

    let other = TransportError::new(TransportErrorKind::Interrupted, "reset");
    let error = Error::transport(other, Duration::ZERO).without(&secret);
    let cause = std::error::Error::source(&error).unwrap();
    assert!(cause.is::<TransportError>(), "{cause:?}");
}

/// R26.
#[test]
fn retryable_is_what_does_no_harm() {
    let rows = [
        (429, true, true),
        (503, true, false),
        (408, true, false),
        (501, false, false),
        (409, false, false),
    ];
    for (status, repeatable, other) in rows {
        assert_eq!(refused(&READ, status, "").is_retryable(), repeatable, "{status}");
        assert_eq!(refused(&SEARCH, status, "").is_retryable(), repeatable, "{status}");
        assert_eq!(refused(&WRITE, status, "").is_retryable(), other, "{status}");
    }
    let lost = |kind| Error::transport(TransportError::new(kind, "x"), Duration::ZERO);
    let rows = [
        (TransportErrorKind::Connect, ErrorKind::Connect, true, true),
        (TransportErrorKind::ConnectTimeout, ErrorKind::Timeout, true, true),
        (TransportErrorKind::Interrupted, ErrorKind::Transport, true, false),
        (TransportErrorKind::Tls, ErrorKind::Tls, false, false),
        (TransportErrorKind::Request, ErrorKind::InvalidRequest, false, false),
    ];
    for (cause, kind, repeatable, other) in rows {
        assert_eq!(lost(cause).kind(), kind);
        assert_eq!(lost(cause).of(&READ).is_retryable(), repeatable, "{cause:?}");
        assert_eq!(lost(cause).of(&WRITE).is_retryable(), other, "{cause:?}");
    }
    for (limit, other) in [
        (TimeLimit::Connect, true),
        (TimeLimit::Attempt, false),
        (TimeLimit::Idle, false),
    ] {
        assert!(Error::timeout(limit, Duration::ZERO).of(&READ).is_retryable());
        assert_eq!(Error::timeout(limit, Duration::ZERO).of(&WRITE).is_retryable(), other);
    }
}

#[test]
fn a_time_limit_is_named_with_attempts_and_elapsed_time() {
    let error = Error::timeout(TimeLimit::Idle, Duration::from_secs(20)).of(&READ);
    let error = error.with_effort(2, Duration::from_millis(21_500));
    assert_eq!(
        error.to_string(),
        "Apps.Get: the idle time limit of 20s was reached; set it with the call's `idle_timeout`, or \
         `ClientBuilder::idle_timeout` (attempt 2, 21.5 s)"
    );
    assert_eq!((error.time_limit(), error.attempts()), (Some(TimeLimit::Idle), 2));
}

#[test]
fn debug_leaves_out_headers_and_body() {
    let error = refused(&READ, 500, r#"{"code":2,"message":"m","details":[{"key":"hush"}]}"#);
    assert!(!format!("{error:?}").contains("hush"));
    assert_eq!(error.rpc_status().unwrap().details().len(), 1);
}

#[test]
fn causes_are_told_once() {
    let error = TransportError::new(TransportErrorKind::Connect, "connection refused");
    let error = Error::transport(error, Duration::ZERO);
    assert_eq!(error.to_string(), "the connection failed: connection refused");
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "the connection failed"
    );
}

#[test]
fn an_error_is_small_and_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

crate::operations! {
    struct Apps = "apps" {
        GET "/"
        fn by_status() -> ByStatus = "Get" {
            errors ByStatusError except (429) {
                404 => NotFound(serde_json::Value = json),
                410 => Gone,
                _ => Other(wire::AnyMessage = json),
            },
        },

        GET "/one"
        fn one() -> One = "One" {
            errors OneError {
                400..=499 => AnyClientError(String = text),
            },
        },
    }
}

#[test]
fn an_error_is_read_by_its_status() {
    let read = |status, body| format!("{:?}", ByStatus::failure(&refused(&READ, status, body)));
    assert_eq!(read(404, "[1]"), "Some(NotFound(Array [Number(1)]))");
    assert_eq!(read(404, ""), "None", "the body that the document describes is absent");
    assert_eq!(read(404, "{"), "None");
    assert_eq!(read(410, ""), "Some(Gone)");
    assert!(read(500, "{}").starts_with("Some(Other("));
    assert_eq!(read(429, "{}"), "Some(Unknown(429))");
    assert_eq!(read(429, ""), "Some(Unknown(429))");
    let one = |status, body| format!("{:?}", One::failure(&refused(&READ, status, body)));
    assert_eq!(one(404, "lost"), "Some(AnyClientError(\"lost\"))");
    assert_eq!(one(503, "lost"), "Some(Unknown(503))");
}
