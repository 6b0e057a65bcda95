//! Answers by status, and bodies that are read while they come.

use std::time::Duration;

use specwright_runtime::{
    Client, ErrorKind, RetryPolicy, TimeLimit,
    codegen::{Answer, Call, Mismatch, Operation, Outcome},
    wire::Value,
};

use crate::{
    Model,
    server::{Server, Then},
};

static READ: Operation = Operation::get("read", "/r").without_body(&[202]);
static TEXT: Operation = Operation::get("text", "/t").accept("text/csv");

fn client(server: &Server) -> Client {
    let builder = Client::builder(&*server.url).retry(RetryPolicy::never());
    builder
        .idle_timeout(Duration::from_millis(300))
        .max_response_body(64)
        .build()
        .unwrap()
}

fn call(server: &Server) -> Call {
    Call::new(&client(server), &READ, &[])
}

/// A body in pieces, as a server sends them.
fn chunked(content_type: &str, pieces: &[&str]) -> String {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n");
    let pieces = pieces.iter().map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len()));
    head + &pieces.collect::<String>()
}

const END: &str = "0\r\n\r\n";

#[derive(Debug, PartialEq)]
enum Job {
    Done(Model),
    Later,
    Text(String),
}

impl Outcome for Job {
    fn read(answer: &Answer<'_>) -> Result<Self, Mismatch> {
        match answer.status() {
            200 => answer.json().map(Self::Done),
            202 => Ok(Self::Later),
            203 | 500..=599 => answer.text().map(Self::Text),
            _ => answer.undeclared(),
        }
    }
}

#[tokio::test]
async fn the_status_says_which_answer_it_is() {
    let done = Model::from([("a".to_owned(), "b".to_owned())]);
    let rows = [
        ("200 OK", "application/json", r#"{"a":"b"}"#, Job::Done(done)),
        ("202 Accepted", "text/html", "<p>later", Job::Later),
        ("203 Copy", "text/plain", "a", Job::Text("a".to_owned())),
    ];
    for (status, content_type, body, expected) in rows {
        let server = Server::with(status, content_type, body).await;
        assert_eq!(
            call(&server).send_for_outcome::<Job>().await.unwrap().into_inner(),
            expected
        );
    }
    for (status, content_type, kind) in [
        ("201 Created", "application/json", ErrorKind::Decode),
        ("200 OK", "text/html", ErrorKind::UnexpectedContentType),
    ] {
        let server = Server::with(status, content_type, "{}").await;
        let error = call(&server).send_for_outcome::<Job>().await.unwrap_err();
        assert_eq!((error.kind(), error.body()), (kind, b"{}".as_slice()), "{error}");
        assert!(error.outcome::<Job>().is_none());
    }
    let server = Server::with("503 Away", "text/plain", "come back").await;
    let error = call(&server).send_for_outcome::<Job>().await.unwrap_err();
    assert_eq!(error.outcome::<Job>(), Some(Job::Text("come back".to_owned())));
}

#[tokio::test]
async fn a_body_is_there_or_not_by_the_status() {
    for (status, body, expected) in [
        ("200 OK", r#"{"a":"b"}"#, Some(1)),
        ("202 Accepted", "", None),
        ("204 No Content", "", None),
    ] {
        let server = Server::with(status, "application/json", body).await;
        let read = call(&server).send_for_optional_json::<Model>().await.unwrap();
        assert_eq!(read.as_ref().map(Model::len), expected, "{status}");
    }
    let server = Server::with("200 OK", "application/json", "").await;
    let error = call(&server).send_for_optional_json::<Vec<u8>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_page_instead_of_text_is_an_error() {
    for (content_type, is_taken) in [("text/csv; charset=utf-8", true), ("text/HTML", false)] {
        let server = Server::with("200 OK", content_type, "<p>sign in").await;
        let read = Call::new(&client(&server), &TEXT, &[]).send_for_text().await;
        assert_eq!(read.is_ok(), is_taken, "{content_type}");
        assert!(server.request().await.contains("accept: text/csv\r\n"));
    }
}

#[tokio::test]
async fn a_download_comes_piece_by_piece() {
    let large = "x".repeat(500);
    let text = chunked("application/pdf", &["abc", &large, "d"]) + END;
    let server = Server::answering(text, Then::Close).await;
    let mut chunks = call(&server).send_for_chunks().await.unwrap().into_inner();
    let mut read = Vec::new();
    while let Some(chunk) = chunks.next().await {
        read.extend_from_slice(&chunk.unwrap());
    }
    // The limit of whole bodies is not one of streams.
    assert_eq!(read, format!("abc{large}d").as_bytes());
}

/// R25, R27.
#[tokio::test]
async fn a_download_has_limits() {
    let server = Server::answering(chunked("a/b", &["abc", "defg"]) + END, Then::Close).await;
    let mut chunks = call(&server).send_for_chunks().await.unwrap().into_inner().max_bytes(5);
    let error = loop {
        if let Err(error) = chunks.next().await.unwrap() {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
    assert!(chunks.next().await.is_none());

    let server = Server::answering(chunked("a/b", &["abc"]), Then::Wait).await;
    let mut chunks = call(&server).send_for_chunks().await.unwrap().into_inner();
    assert_eq!(&*chunks.next().await.unwrap().unwrap(), b"abc");
    let error = chunks.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.time_limit(), error.operation()),
        (Some(TimeLimit::Idle), Some("read"))
    );

    let server = Server::answering(chunked("a/b", &["abc"]), Then::Close).await;
    let mut chunks = call(&server).send_for_chunks().await.unwrap().into_inner();
    assert!(chunks.next().await.unwrap().is_ok());
    assert_eq!(chunks.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn a_stream_that_fails_at_once_is_an_error_of_the_call() {
    let server = Server::with("404 Not Found", "text/plain", "gone").await;
    let error = call(&server).send_for_chunks().await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.body()),
        (404, b"gone".as_slice())
    );
    let server = Server::with("200 OK", "text/html", "<p>sign in").await;
    let error = call(&server).send_for_events::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
}

#[tokio::test]
async fn events_are_read_wherever_the_pieces_end() {
    let text = "\u{feff}: hello\r\nevent: add\r\ndata: {\"a\":\ndata: 1}\rid: 7\n\nretry: 5\ndata: oops\n\ndata: 2\n\n";
    for size in [1, 2, 3, 1000] {
        let bytes: Vec<char> = text.chars().collect();
        let pieces: Vec<String> = bytes.chunks(size).map(|piece| piece.iter().collect()).collect();
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        let body = chunked("text/event-stream; charset=utf-8", &pieces) + END;
        let server = Server::answering(body, Then::Close).await;
        let mut events = call(&server).send_for_events::<Value>().await.unwrap().into_inner();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!((&*first.event, first.id.as_deref()), ("add", Some("7")));
        assert_eq!(first.data.to_string(), r#"{"a":1}"#);
        // One that does not decode does not end the stream.
        assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
        assert_eq!(events.next().await.unwrap().unwrap().data, Value::from(2));
        assert!(events.next().await.is_none());
        assert_eq!(
            (events.last_id(), events.retry()),
            (Some("7"), Some(Duration::from_millis(5)))
        );
        let request = server.request().await;
        assert!(request.contains("accept: text/event-stream\r\n"), "{request}");
    }
}

#[tokio::test]
async fn an_event_has_a_limit() {
    let server = Server::answering(
        chunked("text/event-stream", &["data: 1\n\ndata: ", &"x".repeat(70)]),
        Then::Wait,
    );
    let server = server.await;
    let mut events = call(&server).send_for_text_events().await.unwrap().into_inner();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    assert_eq!(
        events.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::ResponseTooLarge
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn lines_are_values() {
    let pieces = [
        "{\"a\":\"b\"}\n\n\r\n{\"a\"",
        ":\"c\"}\r\nnull\n",
        "\u{1e}{\"a\":\"d\"}",
    ];
    let server = Server::answering(chunked("application/x-ndjson", &pieces) + END, Then::Close).await;
    let mut lines = call(&server).send_for_lines::<Model>().await.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(line) = lines.next().await {
        found.push(line.map_or_else(|error| format!("{:?}", error.kind()), |line| line["a"].clone()));
    }
    assert_eq!(found, ["b", "c", "Decode", "d"]);

    let server = Server::answering(chunked("application/jsonl", &["1\n", "2"]), Then::Close).await;
    let mut lines = call(&server).send_for_lines::<u8>().await.unwrap().into_inner();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    // A value that was cut off is none.
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(lines.next().await.is_none());

    let server = Server::answering(chunked("application/jsonl", &[&"1".repeat(70)]), Then::Wait).await;
    let mut lines = call(&server).send_for_lines::<Value>().await.unwrap().into_inner();
    assert_eq!(
        lines.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::ResponseTooLarge
    );
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn parts_are_values() {
    let content_type = "multipart/mixed; type=\"a;b\"; boundary=\"x y\"";
    let pieces = [
        "preamble\r\n--x y\r\nContent-Type: application/json\r\nContent-ID: 1\r\n\r\n{\"a\"",
        ":\"b\"}\r\n--x y\r\n\r\n[]\r\n--",
        "x y\r\n\r\n{\"a\":\"c\"}\r\n--x y--",
    ];
    // The connection stays open: what follows the last delimiter is not waited for.
    let server = Server::answering(chunked(content_type, &pieces), Then::Wait).await;
    let mut parts = call(&server).send_for_parts::<Model>().await.unwrap().into_inner();
    let first = parts.next().await.unwrap().unwrap();
    assert_eq!(
        (first.headers["content-id"].as_bytes(), &*first.data["a"]),
        (&b"1"[..], "b")
    );
    assert_eq!(parts.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(parts.next().await.unwrap().unwrap().data["a"], "c");
    assert!(parts.next().await.is_none());
    assert!(parts.next().await.is_none());

    let pieces = ["--B\r\n\r\n1 \"\r\n--B\r\ncontent-type: Application/JSON;a=b\r\n\r\n\"2\"\r\n--B--\r\n"];
    let server = Server::answering(chunked("multipart/mixed;boundary=B", &pieces) + END, Then::Close).await;
    let mut parts = call(&server)
        .send_for_text_parts::<String>()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(parts.next().await.unwrap().unwrap().data, "1 \"");
    assert_eq!(parts.next().await.unwrap().unwrap().data, "2");
    assert!(parts.next().await.is_none());
}

/// R25.
#[tokio::test]
async fn parts_that_cannot_be_read_end_the_stream() {
    let long = format!("--B\r\n\r\n{}", "x".repeat(70));
    let rows = [
        ("multipart/mixed; boundary=B", "--B\r\n\r\n1\r\n", ErrorKind::Decode),
        ("multipart/mixed; boundary=B", "", ErrorKind::Decode),
        (
            "multipart/mixed; boundary=B",
            "--B\r\nno header\r\n\r\n",
            ErrorKind::Decode,
        ),
        ("multipart/mixed", "--B\r\n\r\n1\r\n--B--", ErrorKind::Decode),
        ("multipart/mixed; boundary=B", &long, ErrorKind::ResponseTooLarge),
    ];
    for (content_type, body, kind) in rows {
        let pieces: &[&str] = if body.is_empty() { &[] } else { &[body] };
        let server = Server::answering(chunked(content_type, pieces) + END, Then::Close).await;
        let mut parts = call(&server).send_for_byte_parts().await.unwrap().into_inner();
        assert_eq!(
            parts.next().await.unwrap().unwrap_err().kind(),
            kind,
            "{content_type} {body}"
        );
        assert!(parts.next().await.is_none());
    }
    let server = Server::answering(chunked("multipart/mixed; boundary=B", &["--B\r\n\r\n1"]), Then::Close).await;
    let mut parts = call(&server).send_for_byte_parts().await.unwrap().into_inner();
    assert_eq!(parts.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
    assert!(parts.next().await.is_none());

    let server = Server::answering(chunked("application/json", &["{}"]) + END, Then::Close).await;
    let error = call(&server).send_for_byte_parts().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
}
