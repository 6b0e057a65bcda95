//! HTTP/2: what the server promises not to have processed goes out again, connections that do not answer are given up.

mod server;
#[cfg(feature = "rustls")]
mod tls;

use std::time::{Duration, Instant};

use serde_json::json;
use specwright_runtime::{Client, ClientBuilder, ErrorKind, RetryPolicy};
use tokio::task::JoinSet;

use self::server::{Fault, Server};
use super::cells::{AGAIN, KINDS, Outcome, again_if_idempotent, call};
use crate::{read, schedules::Random, write};

fn builder(server: &Server) -> ClientBuilder {
    let policy = RetryPolicy::default().pause(Duration::from_millis(1));
    let builder = Client::builder(&server.url).retry(policy);
    #[cfg(feature = "rustls")]
    if let Some(root) = &server.root {
        return builder.only_root_certificates([root.clone()]);
    }
    builder.http2_prior_knowledge()
}

/// A server without TLS and, where the client is built with rustls, one that negotiates HTTP/2.
async fn servers(fault: Fault) -> Vec<Server> {
    vec![
        Server::new([fault]).await,
        #[cfg(feature = "rustls")]
        Server::with_tls([fault]).await,
    ]
}

/// Compares what each kind of call makes of a fault that successes follow, with TLS and without.
async fn expect(fault: Fault, expected: [Outcome; 4]) {
    for (kind, expected) in KINDS.into_iter().zip(expected) {
        for server in servers(fault).await {
            let limit = Duration::from_millis(700);
            let client = builder(&server).attempt_timeout(limit).build().unwrap();
            let result = call(&client, kind).await;
            let outcome = (server.requests(), result);
            println!("| {fault:?} | {kind} | {} | {outcome:?} |", scheme(&server));
            assert_eq!(outcome, expected, "{fault:?}, {kind}, {}", server.url);
        }
    }
}

fn scheme(server: &Server) -> &str {
    server.url.split(':').next().unwrap_or_default()
}

/// R34.
#[tokio::test]
async fn what_was_not_processed_goes_out_again_whatever_its_method() {
    for fault in [
        Fault::Refuse,
        Fault::RefuseEarly,
        Fault::GoAwayBefore(0),
        Fault::GoAwayBefore(2),
        Fault::GoAwayBefore(11),
    ] {
        expect(fault, [AGAIN; 4]).await;
    }
}

/// R26: the server may have carried it out.
#[tokio::test]
async fn what_may_have_been_processed_is_repeated_where_that_does_no_harm() {
    for fault in [
        Fault::Reset(2),
        Fault::Reset(8),
        Fault::Reset(13),
        Fault::GoAwayWith,
        Fault::Close,
        Fault::Cut,
    ] {
        expect(fault, again_if_idempotent(ErrorKind::Transport)).await;
    }
    for fault in [Fault::Silent, Fault::Freeze] {
        expect(fault, again_if_idempotent(ErrorKind::Timeout)).await;
    }
    for kind in KINDS {
        for server in servers(Fault::LastAnswer).await {
            let client = builder(&server).build().unwrap();
            for _ in 0..3 {
                call(&client, kind).await.unwrap();
            }
            assert_eq!((server.requests(), server.connections()), (3, 2), "{kind}");
        }
    }
}

/// C3: a rolling restart, and a server with little room, under many writes at a time.
#[tokio::test]
async fn of_two_hundred_posts_none_fails_and_none_is_doubled() {
    for fault in [Fault::Refuse, Fault::RefuseEarly, Fault::GoAwayBefore(0)] {
        let plain = Server::new([]).await;
        #[cfg(feature = "rustls")]
        two_hundred_posts(Server::with_tls([]).await, fault).await;
        two_hundred_posts(plain, fault).await;
    }
}

async fn two_hundred_posts(server: Server, fault: Fault) {
    // Seldom enough that no call meets it in all of its four attempts.
    let server = server.every(50, fault);
    let client = builder(&server).build().unwrap();
    let mut calls = JoinSet::new();
    let mut errors = Vec::new();
    for number in 0..200 {
        let call = write(&client).body(json!({"number": number}));
        calls.spawn(call.send());
        if calls.len() >= 20 {
            errors.extend(calls.join_next().await.unwrap().unwrap().err());
        }
    }
    while let Some(call) = calls.join_next().await {
        errors.extend(call.unwrap().err());
    }
    let failed = errors.len();
    let (bodies, requests) = (server.processed(), server.requests());
    let doubled = (0..200).filter(|number| {
        let body = json!({"number": number}).to_string();
        bodies.iter().filter(|processed| **processed == body).count() != 1
    });
    let doubled = doubled.count();
    println!(
        "{fault:?}, {}: {failed} of 200 fail, {doubled} doubled or lost, {requests} requests",
        scheme(&server)
    );
    assert_eq!((failed, doubled), (0, 0), "{fault:?}: {errors:?}");
    assert!(requests > 202, "{requests}");
}

/// What reqwest makes of the same, with its own retries.
#[tokio::test]
async fn plain_reqwest_on_the_same_servers() {
    // Without one reqwest's own builder panics; a test beside this one may have installed it.
    #[cfg(feature = "rustls")]
    let _installed = rustls::crypto::ring::default_provider().install_default();
    for fault in [
        Fault::Refuse,
        Fault::RefuseEarly,
        Fault::GoAwayBefore(0),
        Fault::GoAwayBefore(2),
    ] {
        let server = Server::new([]).await.every(7, fault);
        let client = reqwest::Client::builder()
            .no_proxy()
            .http2_prior_knowledge()
            .build()
            .unwrap();
        let mut failed = 0;
        for _ in 0..50 {
            failed += usize::from(client.post(&server.url).body("{}").send().await.is_err());
        }
        println!("plain reqwest, {fault:?}: {failed} of 50 POSTs fail");
    }
}

/// C2.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a measurement that asserts nothing")]
async fn a_frozen_connection_is_given_up_by_the_next_attempt_and_the_next_calls() {
    for server in servers(Fault::Freeze).await {
        let client = builder(&server)
            .attempt_timeout(Duration::from_millis(500))
            .build()
            .unwrap();
        let began = Instant::now();
        read(&client).await.unwrap();
        println!("a frozen connection, {}: {:?}", scheme(&server), began.elapsed());
        for _ in 0..3 {
            write(&client).await.unwrap();
        }
        assert_eq!((server.requests(), server.connections()), (5, 2));
    }
    // The caller's limit may be shorter than that of an attempt.
    for server in servers(Fault::Freeze).await {
        let client = builder(&server).build().unwrap();
        read(&client).timeout(Duration::from_millis(300)).await.unwrap_err();
        read(&client).timeout(Duration::from_secs(20)).await.unwrap();
        assert_eq!((server.requests(), server.connections()), (2, 2));
    }
}

#[tokio::test]
async fn calls_in_flight_keep_the_connection_that_others_give_up() {
    let server = Server::new([Fault::Late, Fault::Silent]).await;
    let client = builder(&server).build().unwrap();
    let late = tokio::spawn(write(&client).send());
    while server.requests() < 1 {
        tokio::task::yield_now().await;
    }
    read(&client).attempt_timeout(Duration::from_millis(300)).await.unwrap();
    server.answer_late();
    assert_eq!(*late.await.unwrap().unwrap(), "done");
    assert_eq!((server.requests(), server.connections()), (3, 2));
}

/// C2: without any limit of time.
#[tokio::test]
async fn pings_find_dead_connections_in_use_and_idle() {
    let ping = Duration::from_millis(100);
    let server = Server::new([Fault::Freeze]).await;
    let client = builder(&server).http2_pings(ping, ping).build().unwrap();
    assert_eq!(read(&client).await.unwrap().status().as_u16(), 200);
    assert_eq!((server.requests(), server.connections()), (2, 2));

    let server = Server::new([Fault::FreezeLater]).await;
    let client = builder(&server).http2_pings(ping, ping).build().unwrap();
    write(&client).await.unwrap();
    tokio::time::sleep(ping * 6).await;
    write(&client).await.unwrap();
    assert_eq!((server.requests(), server.connections()), (2, 2));
}

#[tokio::test]
async fn pings_are_answered_on_a_slow_call() {
    let ping = Duration::from_millis(50);
    let server = Server::new([Fault::Late]).await;
    let client = builder(&server).http2_pings(ping, ping * 10).build().unwrap();
    let late = tokio::spawn(write(&client).send());
    tokio::time::sleep(ping * 8).await;
    server.answer_late();
    assert_eq!(*late.await.unwrap().unwrap(), "done");
    assert_eq!(server.connections(), 1);
    assert!(server.pings() > 1, "{}", server.pings());
}

fn fault(random: &mut Random) -> Fault {
    random.pick(&[
        Fault::Refuse,
        Fault::RefuseEarly,
        Fault::GoAwayBefore(0),
        Fault::GoAwayBefore(2),
        Fault::GoAwayWith,
        Fault::LastAnswer,
        Fault::Reset(2),
        Fault::Reset(8),
        Fault::Close,
        Fault::Cut,
        Fault::Silent,
        Fault::Freeze,
        Fault::Answer,
        Fault::Answer,
        Fault::Answer,
        Fault::Answer,
    ])
}

/// A server with TLS for every fourth seed, where the client is built with rustls.
async fn random_server(seed: u64, faults: Vec<Fault>) -> Server {
    #[cfg(feature = "rustls")]
    if seed % 4 == 3 {
        return Server::with_tls(faults).await;
    }
    _ = seed;
    Server::new(faults).await
}

/// R26, R34: some calls at a time over connections that fail at random.
async fn one(seed: u64) -> (usize, usize) {
    let mut random = Random::new(seed);
    let faults: Vec<Fault> = (0..8).map(|_| fault(&mut random)).collect();
    let server = random_server(seed, faults).await;
    let client = builder(&server).attempt_timeout(Duration::from_millis(400));
    let client = client.call_timeout(Duration::from_secs(4)).build().unwrap();
    let mut calls = JoinSet::new();
    for number in 0..4 {
        calls.spawn(write(&client).body(json!({"number": number})).send());
        calls.spawn(read(&client).send());
    }
    let (mut values, mut errors) = (0, 0);
    while let Some(call) = calls.join_next().await {
        match call.unwrap() {
            Ok(value) => {
                assert_eq!(*value, "done", "seed {seed}");
                values += 1;
            }
            Err(error) => {
                assert!((1..=4).contains(&error.attempts()), "seed {seed}: {error}");
                errors += 1;
            }
        }
    }
    let processed = server.processed();
    for number in 0..4 {
        let body = json!({"number": number}).to_string();
        let times = processed.iter().filter(|processed| **processed == body).count();
        assert!(times <= 1, "seed {seed}: POST {number} was carried out {times} times");
    }
    (values, errors)
}

#[tokio::test]
async fn no_post_twice_whatever_http2_does() {
    let schedules = std::env::var("FAULT_SCHEDULES").map_or(100, |number| number.parse().unwrap());
    let mut running = JoinSet::new();
    let (mut values, mut errors) = (0, 0);
    for seed in 0..schedules {
        running.spawn(one(seed));
        if running.len() >= 8 || seed + 1 == schedules {
            while let Some(outcome) = running.join_next().await {
                let (more_values, more_errors) = outcome.unwrap();
                values += more_values;
                errors += more_errors;
                if seed + 1 < schedules {
                    break;
                }
            }
        }
    }
    assert_eq!(u64::try_from(values + errors).unwrap(), 8 * schedules);
    // How many calls are answered in time is the machine's matter; that some are, and some are not, is the schedules'.
    assert!(values > 50 && errors > 50, "{values} values, {errors} errors");
    println!("{schedules} schedules of 8 calls over HTTP/2: {values} values, {errors} errors");
}
