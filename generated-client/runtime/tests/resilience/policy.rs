//! R26 and R27: which failures are repeated, when, and for how long.

use std::{error::Error as _, time::Duration};

use specwright_runtime::{
    Authorization, BoxFuture, Client, ClientCredentials, Credential, CredentialError, ErrorKind, RetryPolicy, Secret,
    TimeLimit, TransportErrorKind,
};

use crate::{
    read,
    scripted::{Answer, Scripted, ok, retry_after, status},
    search, write,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// How many requests a GET, a declared search and a POST make of one failure that a success follows.
async fn requests_after(failure: &Answer) -> [usize; 3] {
    let server = || Scripted::new([failure.clone(), ok("\"b\"")]);
    let servers = [server(), server(), server()];
    let _ = read(&servers[0].client()).await;
    let _ = search(&servers[1].client()).await;
    let _ = write(&servers[2].client()).await;
    servers.map(|server| server.arrivals().len())
}

#[tokio::test(start_paused = true)]
async fn what_is_repeated_depends_on_the_failure_and_the_operation() {
    use TransportErrorKind::{Connect, ConnectTimeout, Interrupted, Request, Tls};
    let rows = [
        (Answer::Fails(Connect), [2, 2, 2]),
        (Answer::Fails(ConnectTimeout), [2, 2, 2]),
        (Answer::Fails(Interrupted), [2, 2, 1]),
        (Answer::Fails(Tls), [1, 1, 1]),
        (Answer::Fails(Request), [1, 1, 1]),
        (Answer::Silent, [2, 2, 1]),
        (Answer::Truncated, [2, 2, 1]),
        (Answer::Stalls, [2, 2, 1]),
        (ok("<html>"), [1, 1, 1]),
        (retry_after(301, "1"), [1, 1, 1]),
    ];
    for (failure, expected) in rows {
        assert_eq!(requests_after(&failure).await, expected, "{failure:?}");
    }
    for code in 400..600 {
        let expected = match code {
            429 => [2, 2, 2],
            408 | 500 | 502 | 503 | 504 => [2, 2, 1],
            _ => [1, 1, 1],
        };
        assert_eq!(requests_after(&status(code)).await, expected, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn three_retries_with_growing_pauses_and_then_the_error() {
    let server = Scripted::new((0..9).map(|_| status(503)));
    let error = read(&server.client()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 4));
    assert!(error.is_retryable());
    let pauses = server.pauses();
    assert_eq!(pauses.len(), 3);
    for (pause, longest) in pauses.iter().zip([500, 1000, 2000]) {
        assert!(*pause <= Duration::from_millis(longest + 1), "{pauses:?}");
    }
    assert_eq!(error.elapsed(), pauses.iter().sum::<Duration>());
    let expected = format!(
        "Apps.Get: 503 Service Unavailable (attempt 4, {:.1} s)",
        error.elapsed().as_secs_f64()
    );
    assert_eq!(error.to_string(), expected);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_random_and_repeat_with_their_seed() {
    let pauses = async |seed| {
        let server = Scripted::new((0..9).map(|_| status(503)));
        let client = server.builder().retry_seed(seed).build().unwrap();
        read(&client).await.unwrap_err();
        server.pauses()
    };
    assert_eq!(pauses(1).await, pauses(1).await);
    assert_ne!(pauses(1).await, pauses(2).await);
}

#[tokio::test(start_paused = true)]
async fn a_client_and_a_call_can_have_another_policy() {
    let unwell = || Scripted::new((0..30).map(|_| status(503)));
    let server = unwell();
    let client = server.builder().retry(RetryPolicy::never()).build().unwrap();
    read(&client).await.unwrap_err();
    assert_eq!(server.arrivals().len(), 1);
    let often = RetryPolicy::default().max_attempts(10).max_pause(seconds(1));
    let error = read(&client).retry(often).await.unwrap_err();
    assert_eq!((error.attempts(), server.arrivals().len()), (10, 11));
    assert_eq!(
        read(&unwell().client())
            .retry(RetryPolicy::never())
            .await
            .unwrap_err()
            .attempts(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn the_server_s_wish_is_kept_and_the_random_pause_comes_after_it() {
    let server = Scripted::new([retry_after(429, "7"), retry_after(503, "0"), ok("\"b\"")]);
    assert_eq!(*read(&server.client()).await.unwrap(), "b");
    let pauses = server.pauses();
    assert!(
        pauses[0] > seconds(7) && pauses[0] <= Duration::from_millis(7502),
        "{pauses:?}"
    );
    // The random pause, or the turn of a client that was told to slow down.
    assert!(pauses[1] <= seconds(2), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_date_is_waited_for_by_the_server_s_clock() {
    let headers = vec![
        ("date", "Sun, 06 Nov 1994 08:49:00 GMT".to_owned()),
        ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
    ];
    let server = Scripted::new([Answer::Status(429, headers, ""), ok("\"b\"")]);
    write(&server.client()).await.unwrap();
    let pause = server.pauses()[0];
    assert!(
        pause >= seconds(37) && pause <= Duration::from_millis(37_502),
        "{pause:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_wish_that_does_not_fit_is_returned_with_the_error() {
    let server = Scripted::new([retry_after(429, "3600"), ok("\"b\"")]);
    let error = write(&server.client()).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (429, 1));
    assert_eq!(
        (error.retry_after(), error.elapsed()),
        (Some(seconds(3600)), Duration::ZERO)
    );
    assert!(error.is_retryable());

    let patient = write(&Scripted::new([retry_after(429, "3600"), ok("\"b\"")]).client());
    assert_eq!(*patient.timeout(seconds(3601)).await.unwrap(), "b");
}

/// R27.
#[tokio::test(start_paused = true)]
async fn the_call_s_limit_counts_attempts_and_pauses_together() {
    let server = Scripted::new((0..9).map(|_| Answer::Silent));
    let error = read(&server.client()).await.unwrap_err();
    assert_eq!(error.time_limit(), Some(TimeLimit::Call));
    assert_eq!((error.attempts(), error.elapsed()), (2, seconds(60)));
    let before = error
        .source()
        .unwrap()
        .downcast_ref::<specwright_runtime::Error>()
        .unwrap();
    assert_eq!(before.time_limit(), Some(TimeLimit::Attempt));
}

#[tokio::test(start_paused = true)]
async fn no_limit_is_too_long() {
    let server = Scripted::new([status(503), ok("\"b\"")]);
    assert_eq!(*read(&server.client()).timeout(Duration::MAX).await.unwrap(), "b");
}

#[tokio::test(start_paused = true)]
async fn clients_that_only_fail_soon_stop_repeating() {
    let server = Scripted::new((0..1000).map(|_| status(503)));
    let client = server.client();
    for _ in 0..50 {
        read(&client).await.unwrap_err();
    }
    // 100 retries of 5 tokens, and one attempt for each call.
    assert_eq!(server.arrivals().len(), 150);
}

#[tokio::test(start_paused = true)]
async fn successes_pay_for_further_retries() {
    let failures = (0..150).map(|_| status(503));
    let then = [
        ok("\"b\""),
        ok("\"b\""),
        ok("\"b\""),
        ok("\"b\""),
        status(503),
        ok("\"b\""),
        status(503),
        ok("\"b\""),
    ];
    let server = Scripted::new(failures.chain(then));
    let client = server.client();
    for _ in 0..50 {
        read(&client).await.unwrap_err();
    }
    for _ in 0..4 {
        read(&client).await.unwrap();
    }
    assert_eq!(read(&client).await.unwrap_err().attempts(), 1);
    for _ in 0..2 {
        read(&client).await.unwrap();
    }
    assert_eq!(server.arrivals().len(), 158);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_not_repeated() {
    let server = Scripted::new((0..9).map(|_| retry_after(503, "10")));
    let sending = read(&server.client()).send();
    assert!(tokio::time::timeout(seconds(5), sending).await.is_err());
    tokio::time::sleep(seconds(100)).await;
    assert_eq!(server.arrivals().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_attempt_sends_the_same() {
    let server = Scripted::new([status(429), status(429), ok("\"b\"")]);
    write(&server.client()).body(serde_json::json!({"a": 1})).await.unwrap();
    let arrivals = server.arrivals();
    assert!(
        arrivals.iter().all(|arrival| arrival.body == r#"{"a":1}"#),
        "{arrivals:?}"
    );
    assert_eq!(arrivals.len(), 3);
}

/// Always has another token.
struct Fresh;

impl Credential for Fresh {
    fn authorization<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(Authorization::bearer(&Secret::new("fresh-12345"))?) })
    }

    fn rejected(&self, _authorization: &Authorization) -> bool {
        true
    }
}

/// R28.
#[tokio::test(start_paused = true)]
async fn a_call_has_one_replay_over_all_its_attempts() {
    let server = Scripted::new([status(401), status(503), status(401), ok("\"b\"")]);
    let client = server.builder().credential(Fresh).build().unwrap();
    let error = read(&client).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 3));
    let server = Scripted::new([status(503), status(401), ok("\"b\"")]);
    let client = server.builder().credential(Fresh).build().unwrap();
    assert_eq!(*read(&client).await.unwrap(), "b");
}

/// R26, R27: the pause that a token endpoint asks for by a date is kept where it fits.
#[tokio::test(start_paused = true)]
async fn a_token_endpoint_is_asked_again_at_its_date() {
    let [now, then] = ["Sun, 06 Nov 1994 08:49:36 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"];
    let headers = vec![("date", now.to_owned()), ("retry-after", then.to_owned())];
    let token = r#"{"access_token": "a", "token_type": "Bearer", "expires_in": 600}"#;
    let server = Scripted::new([Answer::Status(503, headers, ""), ok(token), ok("\"b\"")]);
    let tokens = ClientCredentials::new("/oauth/token", "id", "secret");
    let client = server.builder().token_source(tokens).build().unwrap();
    assert_eq!(*read(&client).await.unwrap(), "b");
    let targets: Vec<String> = server.arrivals().into_iter().map(|arrival| arrival.target).collect();
    assert_eq!(targets, ["/oauth/token", "/oauth/token", "/apps/a1"]);
    assert_eq!(server.pauses(), [seconds(1), Duration::ZERO]);
}
