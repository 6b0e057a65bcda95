//! R27, R35: which limit of time ends a call, and how one call changes it.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use specwright_runtime::{
    Body, BoxFuture, Bytes, Client, TimeLimit, Transport, TransportError, Upload,
    codegen::{Call, Operation},
    http,
};
use tokio::time::{Instant, Sleep, sleep};

use crate::{
    read,
    scripted::{Answer, Scripted, ok},
    write,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn after(pause: u64) -> Answer {
    Answer::After(seconds(pause), Box::new(ok("\"b\"")))
}

/// C6.
#[tokio::test(start_paused = true)]
async fn a_longer_limit_of_a_call_is_one_of_its_attempts_too() {
    let server = Scripted::new([after(590)]);
    assert_eq!(*write(&server.client()).timeout(seconds(600)).await.unwrap(), "b");
    assert_eq!(server.arrivals().len(), 1);
    // A shorter one leaves the attempt as it is, and one that is set holds.
    let server = Scripted::new([after(40), after(40)]);
    let error = write(&server.client()).timeout(seconds(20)).await.unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Call));
    let client = server.builder().attempt_timeout(seconds(5)).build().unwrap();
    let error = write(&client).timeout(seconds(600)).await.unwrap_err();
    assert_eq!(
        (error.time_limit(), error.elapsed()),
        (Some(TimeLimit::Attempt), seconds(5))
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_sets_the_limit_of_its_attempts_and_of_pauses_and_errors_say_how() {
    let server = Scripted::new([after(5), ok("\"b\""), Answer::Stalls]);
    assert_eq!(*read(&server.client()).attempt_timeout(seconds(2)).await.unwrap(), "b");
    assert!(server.pauses()[0] < seconds(3));
    let error = write(&server.client()).idle_timeout(seconds(3)).await.unwrap_err();
    assert_eq!(
        (error.time_limit(), error.elapsed()),
        (Some(TimeLimit::Idle), seconds(3))
    );
    let text = error.to_string();
    let expected = "the idle time limit of 3s was reached; set it with the call's `idle_timeout`, or \
                    `ClientBuilder::idle_timeout`";
    assert!(text.contains(expected), "{text}");
}

/// A slow search is not idle.
#[tokio::test(start_paused = true)]
async fn waiting_for_an_answer_is_not_idleness() {
    let server = Scripted::new([after(25)]);
    assert_eq!(*write(&server.client()).idle_timeout(seconds(1)).await.unwrap(), "b");
}

static PUT: Operation = Operation::put("Put", "/file");

/// Takes a piece of the body in each pause, and none after so many.
#[derive(Clone)]
struct Slow {
    pause: Duration,
    pieces: usize,
    requests: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Transport for Slow {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            self.requests.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let mut body = request.into_body();
            let mut taken = 0;
            while let Some(frame) =
                std::future::poll_fn(|context| http_body::Body::poll_frame(Pin::new(&mut body), context)).await
            {
                frame?;
                taken += 1;
                if taken == self.pieces {
                    return std::future::pending().await;
                }
                sleep(self.pause).await;
            }
            sleep(seconds(27)).await;
            Ok(http::Response::new(Body::from("")))
        })
    }
}

fn slow(pause: Duration, pieces: usize) -> (Client, Slow) {
    let transport = Slow {
        pause,
        pieces,
        requests: std::sync::Arc::default(),
    };
    let client = Client::builder("https://example.com").transport(transport.clone());
    (client.call_timeout(seconds(3600)).build().unwrap(), transport)
}

/// C6: 20 MiB in 320 pieces.
#[tokio::test(start_paused = true)]
async fn a_large_upload_is_not_sent_again_because_it_is_slow() {
    let (client, transport) = slow(seconds(2), usize::MAX);
    let body = Bytes::from(vec![0; 20 << 20]);
    let began = Instant::now();
    let call = Call::new(&client, &PUT, &[]).upload("application/octet-stream", body);
    call.send_ignoring_body().await.unwrap();
    assert_eq!(transport.requests.load(std::sync::atomic::Ordering::Relaxed), 1);
    assert!(began.elapsed() > seconds(640), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_nobody_takes_is_idle() {
    let (client, _) = slow(seconds(2), 10);
    let call = Call::new(&client, &PUT, &[])
        .repeatable()
        .retry(specwright_runtime::RetryPolicy::never());
    let call = call
        .upload("application/octet-stream", vec![0; 20 << 20])
        .idle_timeout(seconds(8));
    let error = call.send_ignoring_body().await.unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Idle));
    let expected = seconds(18 + 8)..seconds(18 + 11);
    assert!(expected.contains(&error.elapsed()), "{:?}", error.elapsed());
}

/// A source that makes the transport wait.
struct Source(usize, Pin<Box<Sleep>>);

impl futures_core::Stream for Source {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        std::task::ready!(std::future::Future::poll(self.1.as_mut(), context));
        self.1 = Box::pin(sleep(seconds(100)));
        self.0 -= 1;
        Poll::Ready((self.0 > 0).then(|| Ok(Bytes::from_static(b"x"))))
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_takes_as_long_as_its_source() {
    let (client, _) = slow(seconds(1), usize::MAX);
    let source = Upload::stream(Source(5, Box::pin(sleep(seconds(100)))));
    let call = Call::new(&client, &PUT, &[]).upload("application/octet-stream", source);
    call.send_ignoring_body().await.unwrap();
}
