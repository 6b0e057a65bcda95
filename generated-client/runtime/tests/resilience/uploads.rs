//! R26 for bodies: bytes go out again, a stream does not once a part of it was read.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use specwright_runtime::{
    Bytes, Client, ErrorKind, Response, TransportErrorKind, Upload,
    codegen::{Call, Operation},
};

use crate::scripted::{Answer, Scripted, ok, status};

static PUT: Operation = Operation::put("Put", "/file");

/// Chunks that are there at once.
struct Chunks(Vec<Result<&'static str, &'static str>>);

impl Stream for Chunks {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|chunk| chunk.map(Bytes::from).map_err(str::to_owned)))
    }
}

fn stream() -> Upload {
    Upload::stream(Chunks(vec![Ok("ab"), Ok(""), Ok("cd")]))
}

async fn put(client: &Client, body: Upload) -> Result<Response<()>, specwright_runtime::Error> {
    let call = Call::new(client, &PUT, &[]).upload("application/octet-stream", body);
    call.send_ignoring_body().await
}

fn bodies(server: &Scripted) -> Vec<String> {
    server.arrivals().into_iter().map(|arrival| arrival.body).collect()
}

#[tokio::test(start_paused = true)]
async fn bytes_are_sent_again() {
    let server = Scripted::new([status(503), ok("")]);
    put(&server.client(), Upload::from("abcd")).await.unwrap();
    assert_eq!(bodies(&server), ["abcd", "abcd"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_was_read_is_not_sent_again() {
    for failure in [
        status(503),
        status(429),
        Answer::Fails(TransportErrorKind::Interrupted),
        Answer::Truncated,
    ] {
        let server = Scripted::new([failure.clone(), ok("")]);
        let outcome = put(&server.client(), stream()).await;
        assert_eq!(outcome.unwrap_err().attempts(), 1, "{failure:?}");
        assert_eq!(bodies(&server), ["abcd"], "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_nobody_read_is_sent_again() {
    let server = Scripted::new([Answer::Fails(TransportErrorKind::Connect), ok("")]);
    put(&server.client(), stream()).await.unwrap();
    assert_eq!(bodies(&server), ["", "abcd"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_fails_is_an_error_with_its_words() {
    let server = Scripted::new([ok(""), ok("")]);
    let broken = Upload::stream(Chunks(vec![Ok("ab"), Err("the disk is gone")]));
    let error = put(&server.client(), broken).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 1));
    let mut causes = std::iter::successors(std::error::Error::source(&error), |error| error.source());
    assert!(causes.any(|cause| cause.to_string() == "the disk is gone"), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_body_with_a_stream_among_its_parts_is_a_stream() {
    let server = Scripted::new([status(503), ok("")]);
    let call = Call::new(&server.client(), &PUT, &[])
        .part("name", &"Rex")
        .file("photo", &stream().file_name("rex.jpg"));
    assert_eq!(call.send_ignoring_body().await.unwrap_err().attempts(), 1);
    let body = bodies(&server).concat();
    let boundary = body.split("\r\n").next().unwrap().to_owned();
    assert_eq!(
        body.replace(&boundary, "--B"),
        "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n\
         --B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"rex.jpg\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nabcd\r\n--B--\r\n"
    );
    let server = Scripted::new([status(503), ok("")]);
    let call = Call::new(&server.client(), &PUT, &[]).file("photo", &Upload::from(vec![1, 2, 3]));
    call.send_ignoring_body().await.unwrap();
    assert_eq!(server.arrivals()[0].body, server.arrivals()[1].body);
}

/// C23: the first clone has the stream, the second one says why it has none.
#[tokio::test(start_paused = true)]
async fn of_two_clones_with_a_stream_one_is_sent() {
    let server = Scripted::new([ok(""), ok("")]);
    let call = Call::new(&server.client(), &PUT, &[]).upload("application/octet-stream", stream());
    call.clone().send_ignoring_body().await.unwrap();
    let error = call.send_ignoring_body().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 1),
        "{error}"
    );
    assert!(error.to_string().contains("stream"), "{error}");
    assert_eq!(bodies(&server)[0], "abcd");
}
