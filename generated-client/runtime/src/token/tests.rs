#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
//! When tokens are fetched and by whom, in simulated time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::time::{advance, sleep};

use super::*;
use crate::{Authorization, Credential};

/// Token after token, `t1`, `t2` ..., each there after a second.
#[derive(Clone, Default)]
struct Numbered {
    lifetime: Option<Duration>,
    asked: Arc<AtomicU32>,
    /// From this request on there is an error.
    fails_from: Option<u32>,
    is_retryable: bool,
}

impl TokenSource for Numbered {
    fn fetch<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            sleep(Duration::from_secs(1)).await;
            if self.fails_from.is_some_and(|first| number >= first) {
                let error = TokenError::new(format!("failure {number}"));
                return Err(if self.is_retryable { error.retryable() } else { error });
            }
            let token = Token::new(format!("t{number}"));
            Ok(match self.lifetime {
                Some(lifetime) => token.expires_in(lifetime),
                None => token,
            })
        })
    }
}

impl Numbered {
    fn living(seconds: u64) -> Self {
        Self {
            lifetime: Some(Duration::from_secs(seconds)),
            ..Self::default()
        }
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

struct NoTransport;

impl crate::Transport for NoTransport {
    fn send(
        &self,
        _request: http::Request<crate::Body>,
    ) -> BoxFuture<'_, Result<http::Response<crate::Body>, crate::TransportError>> {
        Box::pin(std::future::pending())
    }
}

fn client() -> Client {
    Client::builder("https://example.com")
        .transport(NoTransport)
        .build()
        .unwrap()
}

async fn token(credential: &RefreshingToken) -> Result<String, String> {
    let authorization = credential
        .authorization(&client())
        .await
        .map_err(|error| error.to_string())?;
    Ok(shown(&authorization))
}

fn shown(authorization: &Authorization) -> String {
    authorization.value.to_str().unwrap().replace("Bearer ", "")
}

async fn seconds_pass(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

/// R28: one token request however many callers.
#[tokio::test(start_paused = true)]
async fn a_thousand_calls_make_one_token_request() {
    let source = Numbered::living(600);
    let credential = Arc::new(RefreshingToken::new(source.clone()));
    let calls = (0..1000).map(|_| {
        let credential = Arc::clone(&credential);
        tokio::spawn(async move { token(&credential).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap(), "t1");
    }
    assert_eq!(source.asked(), 1);
}

/// R28: cancelling the leader fails nobody, and costs no second request.
#[tokio::test(start_paused = true)]
async fn a_dropped_leader_takes_nothing_with_it() {
    let source = Numbered::living(600);
    let credential = Arc::new(RefreshingToken::new(source.clone()));
    let leader = tokio::time::timeout(Duration::from_millis(500), token(&credential)).await;
    assert!(leader.is_err(), "the leader had its token before it was dropped");
    assert_eq!(token(&credential).await.unwrap(), "t1");
    assert_eq!(source.asked(), 1);
}

/// R28: ahead of its end a token is refreshed while it goes on serving.
#[tokio::test(start_paused = true)]
async fn a_due_token_serves_until_its_successor_is_there() {
    let source = Numbered::living(600);
    let credential = RefreshingToken::new(source.clone());
    assert_eq!(token(&credential).await.unwrap(), "t1");
    seconds_pass(538).await;
    assert_eq!((token(&credential).await.unwrap().as_str(), source.asked()), ("t1", 1));
    seconds_pass(1).await;
    for _ in 0..10 {
        assert_eq!(token(&credential).await.unwrap(), "t1");
    }
    seconds_pass(2).await;
    assert_eq!((token(&credential).await.unwrap().as_str(), source.asked()), ("t2", 2));
}

#[tokio::test(start_paused = true)]
async fn a_token_past_its_end_is_not_used() {
    let source = Numbered::living(600);
    let credential = RefreshingToken::new(source.clone());
    assert_eq!(token(&credential).await.unwrap(), "t1");
    seconds_pass(600).await;
    assert_eq!((token(&credential).await.unwrap().as_str(), source.asked()), ("t2", 2));
}

/// R28: a failed refresh keeps a valid token, and is not tried again by every call.
#[tokio::test(start_paused = true)]
async fn a_failed_refresh_keeps_a_valid_token() {
    let source = Numbered {
        fails_from: Some(2),
        ..Numbered::living(600)
    };
    let credential = RefreshingToken::new(source.clone());
    assert_eq!(token(&credential).await.unwrap(), "t1");
    seconds_pass(540).await;
    for _ in 0..58 {
        assert_eq!(token(&credential).await.unwrap(), "t1");
        seconds_pass(1).await;
    }
    let asked = source.asked();
    assert!((4..=8).contains(&asked), "asked {asked} times");
    seconds_pass(1).await;
    assert_eq!(token(&credential).await.unwrap_err(), format!("failure {}", asked + 1));
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_dropped_once() {
    let source = Numbered::living(600);
    let credential = RefreshingToken::new(source.clone());
    let first = credential.authorization(&client()).await.unwrap();
    assert!(credential.rejected(&first));
    assert_eq!(token(&credential).await.unwrap(), "t2");
    // Another call that still used the first token.
    assert!(credential.rejected(&first));
    assert_eq!((token(&credential).await.unwrap().as_str(), source.asked()), ("t2", 2));
}

/// R28: what `expires_in` may say.
#[tokio::test(start_paused = true)]
async fn lifetimes_of_every_kind_are_used() {
    let day = 24 * 60 * 60;
    for (lifetime, requests) in [(None, 1), (Some(0), 3), (Some(10 * 365 * day), 1), (Some(60), 3)] {
        let source = Numbered {
            lifetime: lifetime.map(Duration::from_secs),
            ..Numbered::default()
        };
        let credential = RefreshingToken::new(source.clone());
        for _ in 0..3 {
            token(&credential).await.unwrap();
            seconds_pass(day).await;
        }
        assert_eq!(source.asked(), requests, "{lifetime:?}");
    }
}

/// A token of four seconds is due after two, not at once and for ever.
#[tokio::test(start_paused = true)]
async fn short_lives_are_not_due_from_the_start() {
    let source = Numbered::living(4);
    let credential = RefreshingToken::new(source.clone());
    token(&credential).await.unwrap();
    for _ in 0..100 {
        token(&credential).await.unwrap();
    }
    assert_eq!(source.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_request_is_repeated_where_that_may_help() {
    for (is_retryable, requests) in [(true, 3), (false, 1)] {
        let source = Numbered {
            fails_from: Some(1),
            is_retryable,
            ..Numbered::default()
        };
        let credential = RefreshingToken::new(source.clone());
        assert_eq!(token(&credential).await.unwrap_err(), format!("failure {requests}"));
        assert_eq!(source.asked(), requests);
    }
}

struct Silent(Arc<AtomicU32>);

impl TokenSource for Silent {
    fn fetch<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_request_has_its_own_limit_of_time() {
    let asked = Arc::new(AtomicU32::new(0));
    let credential = RefreshingToken::new(Silent(Arc::clone(&asked)));
    let started = tokio::time::Instant::now();
    let error = token(&credential).await.unwrap_err();
    assert!(error.contains("the token request did not complete within"), "{error}");
    // The clock is paused, and exact but for the steps in which it goes on.
    let elapsed = started.elapsed().as_millis();
    assert!((30_000..=30_010).contains(&elapsed), "{elapsed} ms");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// R31: no request outlives its credential.
#[tokio::test(start_paused = true)]
async fn a_request_ends_with_its_credential() {
    let credential = RefreshingToken::new(Silent(Arc::default()));
    let call = tokio::time::timeout(Duration::from_secs(1), token(&credential)).await;
    assert!(call.is_err());
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    assert_eq!(tasks(), 1);
    drop(credential);
    tokio::task::yield_now().await;
    assert_eq!(tasks(), 0);
}

struct Panicking(AtomicU32);

impl TokenSource for Panicking {
    fn fetch<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        let is_first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            assert!(!is_first, "the first request panics");
            Ok(Token::new("second"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_blocks_nobody() {
    let credential = RefreshingToken::new(Panicking(AtomicU32::new(0)));
    assert_eq!(token(&credential).await.unwrap(), "second");
}

/// A request on a runtime that stands still, as one does between two blocking calls, is not waited for.
#[tokio::test(start_paused = true)]
async fn a_request_that_stood_still_is_made_anew() {
    let source = Numbered::default();
    let credential = RefreshingToken::new(source.clone());
    let dropped = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let outcome = std::thread::scope(|scope| {
        let call = scope.spawn(|| {
            dropped.block_on(async {
                tokio::time::timeout(Duration::from_millis(10), token(&credential))
                    .await
                    .is_err()
            })
        });
        call.join().unwrap()
    });
    assert!(outcome, "the first call had its token");
    advance(Duration::from_secs(31)).await;
    assert_eq!(token(&credential).await.unwrap(), "t2");
    std::thread::spawn(move || drop(dropped)).join().unwrap();
}

/// C24: waited for by a call that is there already.
#[tokio::test(start_paused = true)]
async fn a_request_of_a_runtime_that_stands_still_is_overtaken_on_another() {
    let source = Numbered::default();
    let credential = RefreshingToken::new(source.clone());
    let still = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    std::thread::scope(|scope| {
        let call = scope.spawn(|| {
            still.block_on(async {
                let call = tokio::time::timeout(Duration::from_millis(10), token(&credential));
                assert!(call.await.is_err());
            });
        });
        call.join().unwrap();
    });
    let started = tokio::time::Instant::now();
    let (first, second) = tokio::join!(token(&credential), token(&credential));
    assert_eq!((first.unwrap(), second.unwrap()), ("t2".to_owned(), "t2".to_owned()));
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    assert_eq!(source.asked(), 2);
    std::thread::spawn(move || drop(still)).join().unwrap();
}

#[test]
fn outside_of_a_runtime_there_is_an_error() {
    let credential = RefreshingToken::new(Numbered::default());
    let client = client();
    let mut future = credential.authorization(&client);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => {
            assert_eq!(error.to_string(), "tokens are awaited inside a tokio runtime");
        }
        _ => unreachable!("there is a runtime"),
    }
}
