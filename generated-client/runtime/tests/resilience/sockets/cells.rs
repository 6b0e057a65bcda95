//! Each way in which a server can fail, for each kind of call.

use std::time::Duration;

use specwright_runtime::{BoxFuture, Client, ErrorKind, Token, TokenError, TokenSource};
use tokio::net::TcpListener;

use super::{
    builder,
    server::{Fault, Server},
};
use crate::{read, remove, search, write};

/// The bytes that a body may have here.
pub(super) const LIMIT: usize = 500;

pub(super) const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/// A text of JSON's that is none of UTF-8's.
pub(super) const NO_TEXT: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n\"\xff\xfe\"";

/// 1,000 times `x`, compressed to 29 bytes.
#[cfg(feature = "gzip")]
const BOMB: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 29\r\n\r\n\
    \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\xa8\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\xe6\xc9\x41\x3b\xe8\x03\x00\x00";

/// The requests that a call took, and how it ended.
pub(super) type Outcome = (usize, Result<(), ErrorKind>);

pub(super) const KINDS: [&str; 4] = ["GET", "POST, a read", "POST", "DELETE"];

pub(super) async fn call(client: &Client, kind: &str) -> Result<(), ErrorKind> {
    let outcome = match kind {
        "GET" => read(client).await,
        "POST, a read" => search(client).await,
        "POST" => write(client).await,
        _ => remove(client).await,
    };
    outcome.map(|_| ()).map_err(|error| error.kind())
}

/// What each kind of call makes of a fault that successes follow.
async fn outcomes(fault: &Fault) -> [Outcome; 4] {
    let mut outcomes = [(0, Ok(())); 4];
    for (kind, outcome) in KINDS.into_iter().zip(&mut outcomes) {
        let server = Server::new([fault.clone()]).await;
        // Long enough for a busy machine: only what stalls runs into it.
        let limit = Duration::from_millis(700);
        let builder = builder(&server.url).idle_timeout(limit).attempt_timeout(limit);
        let client = builder.max_response_body(LIMIT).build().unwrap();
        let result = call(&client, kind).await;
        *outcome = (server.requests(), result);
    }
    println!(
        "| {} | {} |",
        told(&format!("{fault:?}")),
        outcomes.map(|outcome| told(&format!("{outcome:?}"))).join(" | ")
    );
    outcomes
}

/// A cell of a table.
fn told(text: &str) -> String {
    format!("`{}`", text.replace('|', "/"))
}

pub(super) const AGAIN: Outcome = (2, Ok(()));

/// For whom it does no harm.
pub(super) fn again_if_idempotent(kind: ErrorKind) -> [Outcome; 4] {
    [AGAIN, AGAIN, (1, Err(kind)), AGAIN]
}

/// R26: connections that end or stall, and answers that are none.
#[tokio::test]
async fn a_lost_answer_is_asked_for_again_where_that_does_no_harm() {
    let lost = [
        Fault::Close(""),
        Fault::Reset(""),
        Fault::Close("HTTP/1.1 20"),
        Fault::Reset("HTTP/1.1 200 OK\r\ncontent-le"),
        Fault::Close("nonsense\r\n\r\n"),
        Fault::Bytes(b"\xff\xfe\x00\r\n\r\n"),
        Fault::Close("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n"),
        // A length that is too long, and chunks that end too early or are none.
        Fault::Close("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Reset("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\"d\r\n"),
        Fault::Reset("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\"d\r\n"),
        Fault::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
        Fault::Endless(
            "HTTP/1.1 200 OK\r\n",
            "x-a: 12345678901234567890123456789012345678901234567890\r\n",
        ),
    ];
    for fault in lost {
        assert_eq!(
            outcomes(&fault).await,
            again_if_idempotent(ErrorKind::Transport),
            "{fault:?}"
        );
    }
    let late = [
        Fault::Stall(""),
        Fault::Stall("HTTP/1.1 200 OK\r\nx-a: "),
        Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Drip(""),
        Fault::Drip("HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n"),
    ];
    for fault in late {
        let expected = again_if_idempotent(ErrorKind::Timeout);
        // A byte at a time is nonsense at once where a status line should be.
        let expected = if fault == Fault::Drip("") {
            again_if_idempotent(ErrorKind::Transport)
        } else {
            expected
        };
        assert_eq!(outcomes(&fault).await, expected, "{fault:?}");
    }
}

/// R34: whether a byte of the request was written before the reset arrived is the machine's matter.
#[tokio::test]
async fn a_connection_that_is_reset_before_anything_is_read_loses_no_request_that_was_not_written() {
    let [get, search, post, delete] = outcomes(&Fault::ResetUnread).await;
    assert_eq!([get, search, delete], [AGAIN; 3]);
    assert!([AGAIN, (1, Err(ErrorKind::Transport))].contains(&post), "{post:?}");
}

/// R22, R25, R26: what is answered is answered.
#[tokio::test]
async fn an_answer_is_never_asked_for_again() {
    let answered = [
        (
            Fault::Status(301, "location: /x\r\nretry-after: 0\r\n"),
            ErrorKind::Redirect,
        ),
        (
            Fault::Status(302, "location: http://127.0.0.1:1/x\r\n"),
            ErrorKind::Redirect,
        ),
        (
            Fault::Status(307, "location: https://elsewhere.example/\r\n"),
            ErrorKind::Redirect,
        ),
        (Fault::Status(308, "location: \r\n"), ErrorKind::Redirect),
        (Fault::Status(304, ""), ErrorKind::Status),
        (Fault::Status(400, ""), ErrorKind::Status),
        (Fault::Status(401, ""), ErrorKind::Status),
        (Fault::Status(409, ""), ErrorKind::Status),
        (Fault::Status(501, "retry-after: 0\r\n"), ErrorKind::Status),
        (
            Fault::Keep("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"),
            ErrorKind::UnexpectedContentType,
        ),
        (
            Fault::Keep("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 6\r\n\r\n\"done\""),
            ErrorKind::UnexpectedContentType,
        ),
        (
            Fault::Keep("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"don"),
            ErrorKind::Decode,
        ),
        // A length that is too short: what follows the body is no answer to anything.
        (
            Fault::Keep("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"done\""),
            ErrorKind::Decode,
        ),
        (Fault::Bytes(NO_TEXT), ErrorKind::Decode),
        (
            Fault::Endless(CHUNKED, "8\r\n12345678\r\n"),
            ErrorKind::ResponseTooLarge,
        ),
        (
            Fault::Endless("HTTP/1.1 200 OK\r\n\r\n", "12345678"),
            ErrorKind::ResponseTooLarge,
        ),
        (
            Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n"),
            ErrorKind::ResponseTooLarge,
        ),
        #[cfg(feature = "gzip")]
        (Fault::Bytes(BOMB), ErrorKind::ResponseTooLarge),
    ];
    for (fault, kind) in answered {
        assert_eq!(outcomes(&fault).await, [(1, Err(kind)); 4], "{fault:?}");
    }
}

/// R26: what a server says of itself, with every form of `Retry-After`.
#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_wishes() {
    for status in [408, 500, 502, 504] {
        let fault = Fault::Status(status, "");
        assert_eq!(
            outcomes(&fault).await,
            again_if_idempotent(ErrorKind::Status),
            "{fault:?}"
        );
    }
    let wishes = [
        "",
        "retry-after: 0\r\n",
        "retry-after: soon\r\n",
        "retry-after: -1\r\n",
        "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "retry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n",
        "retry-after: Sun Nov  6 08:49:37 1994\r\n",
        "date: Tue, 31 Dec 2999 23:59:59 GMT\r\nretry-after: Tue, 31 Dec 2999 23:59:59 GMT\r\n",
    ];
    for wish in wishes {
        assert_eq!(outcomes(&Fault::Status(429, wish)).await, [AGAIN; 4], "{wish}");
        let expected = again_if_idempotent(ErrorKind::Status);
        assert_eq!(outcomes(&Fault::Status(503, wish)).await, expected, "{wish}");
    }
    let too_long = [
        ("retry-after: 120\r\n", 120),
        ("retry-after: 99999999999999999999\r\n", u64::MAX),
        (
            "date: Tue, 31 Dec 2999 23:50:00 GMT\r\nretry-after: Tue, 31 Dec 2999 23:59:59 GMT\r\n",
            599,
        ),
    ];
    for (wish, seconds) in too_long {
        for status in [429, 503] {
            let fault = Fault::Status(status, wish);
            assert_eq!(outcomes(&fault).await, [(1, Err(ErrorKind::Status)); 4], "{fault:?}");
            let server = Server::new([fault]).await;
            let error = read(&builder(&server.url).build().unwrap()).await.unwrap_err();
            assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        }
    }
}

/// R26: nothing was sent.
#[tokio::test]
async fn where_nobody_listens_every_method_is_repeated() {
    let address = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        listener.local_addr().unwrap()
    };
    let client = builder(&format!("http://{address}")).build().unwrap();
    let errors = [
        read(&client).await.unwrap_err(),
        search(&client).await.unwrap_err(),
        write(&client).await.unwrap_err(),
        remove(&client).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4), "{error}");
    }
}

/// Tokens that are never used up.
struct Tokens;

impl TokenSource for Tokens {
    fn fetch<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async { Ok(Token::new("token")) })
    }
}

/// R28: a token that has expired is replaced once, for every method; one that stays refused is an error.
#[tokio::test]
async fn an_expired_token_is_replaced_once() {
    for (refusals, expected) in [(1, AGAIN), (2, (2, Err(ErrorKind::Status)))] {
        for kind in KINDS {
            let server = Server::new((0..refusals).map(|_| Fault::Status(401, ""))).await;
            let client = builder(&server.url).token_source(Tokens).build().unwrap();
            let result = call(&client, kind).await;
            assert_eq!((server.requests(), result), expected, "{kind}, {refusals} times 401");
        }
    }
}
