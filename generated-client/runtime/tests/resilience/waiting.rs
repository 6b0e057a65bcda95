//! Waiting for what a server shows later.

use std::time::Duration;

use specwright_runtime::{ErrorKind, RetryPolicy, TimeLimit, WaitPolicy, wait_until};

use crate::{
    read,
    scripted::{Answer, Scripted, ok, retry_after, status},
};

fn wish() -> WaitPolicy {
    WaitPolicy::default()
}

#[tokio::test(start_paused = true)]
async fn calls_are_repeated_until_the_change_shows() {
    let server = Scripted::new([ok("\"old\""), ok("\"old\""), status(503), ok("\"old\""), ok("\"new\"")]);
    let client = server.builder().retry(RetryPolicy::never()).build().unwrap();
    let response = wait_until(wish(), || read(&client), |value| value == "new")
        .await
        .unwrap();
    assert_eq!(*response, "new");
    let pauses = server.pauses().iter().map(Duration::as_millis).collect::<Vec<_>>();
    assert_eq!(pauses, [2000, 3000, 4500, 6750]);
}

#[tokio::test(start_paused = true)]
async fn pauses_and_the_whole_are_limited() {
    let server = Scripted::new((0..99).map(|_| ok("\"old\"")));
    let client = server.client();
    let error = wait_until(wish(), || read(&client), |value| value == "new")
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.time_limit()),
        (ErrorKind::Timeout, Some(TimeLimit::Wait))
    );
    assert_eq!(error.elapsed(), Duration::from_secs(300));
    assert_eq!(error.attempts() as usize, server.arrivals().len());
    assert_eq!(server.pauses().into_iter().max(), Some(Duration::from_secs(15)));
}

#[tokio::test(start_paused = true)]
async fn a_call_in_flight_is_cut_off_at_the_limit() {
    let server = Scripted::new([Answer::Silent]);
    let client = server.client();
    let policy = wish().limit(Duration::from_secs(3));
    let error = wait_until(policy, || read(&client), |_| true).await.unwrap_err();
    assert_eq!(error.elapsed(), Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_yet_is_waited_for_on_request_only() {
    let server = || Scripted::new([status(404), ok("\"new\"")]);
    let client = server().client();
    let error = wait_until(wish(), || read(&client), |_| true).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let client = server().client();
    let response = wait_until(wish().until_found(), || read(&client), |_| true)
        .await
        .unwrap();
    assert_eq!(*response, "new");
}

#[tokio::test(start_paused = true)]
async fn the_server_s_wish_to_wait_is_kept() {
    let server = Scripted::new([retry_after(429, "40"), ok("\"new\"")]);
    let client = server.builder().retry(RetryPolicy::never()).build().unwrap();
    wait_until(wish(), || read(&client), |_| true).await.unwrap();
    assert_eq!(server.pauses(), [Duration::from_secs(40)]);
}

#[test]
fn outside_of_a_runtime_it_is_an_error() {
    let client = specwright_runtime::Client::builder("https://example.com")
        .transport(NoTransport)
        .build()
        .unwrap();
    let waiting = wait_until(wish(), || read(&client), |_| true);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::future::Future::poll(std::pin::pin!(waiting), &mut context) {
        std::task::Poll::Ready(Err(error)) => assert_eq!(error.kind(), ErrorKind::Configuration),
        other => assert!(other.is_ready(), "still pending"),
    }
}

struct NoTransport;

impl specwright_runtime::Transport for NoTransport {
    fn send(
        &self,
        _request: specwright_runtime::http::Request<specwright_runtime::Body>,
    ) -> specwright_runtime::BoxFuture<
        '_,
        Result<specwright_runtime::http::Response<specwright_runtime::Body>, specwright_runtime::TransportError>,
    > {
        Box::pin(std::future::pending())
    }
}
