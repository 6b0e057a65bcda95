//! The same over the real transport and connections on loopback: how often the server carries out what is asked.

mod server;

use std::time::Duration;

use client_runtime::{Client, ClientBuilder, ErrorKind, RetryPolicy, TimeLimit};
use tokio::{net::TcpListener, task::JoinSet};

use self::server::{DONE, Fault, Server};
use crate::{read, schedules::Random, search, write};

const SCHEDULES: u64 = 1_000;

fn builder(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::default().pause(Duration::from_millis(1));
    Client::builder(url).retry(policy)
}

/// What a GET, a declared search and a POST make of a fault that successes follow: requests, and whether it succeeds.
async fn outcomes(fault: &Fault) -> [(usize, bool); 3] {
    let mut outcomes = [(0, false); 3];
    for (kind, outcome) in outcomes.iter_mut().enumerate() {
        let server = Server::new([fault.clone()]).await;
        // Long enough for a busy machine: only what stalls runs into it.
        let builder = builder(&server.url).idle_timeout(Duration::from_millis(700));
        let client = builder.attempt_timeout(Duration::from_millis(700)).build().unwrap();
        let result = match kind {
            0 => read(&client).await,
            1 => search(&client).await,
            _ => write(&client).await,
        };
        *outcome = (server.requests(), result.is_ok());
    }
    outcomes
}

const AGAIN: (usize, bool) = (2, true);
const FINAL: (usize, bool) = (1, false);

/// R26: each way in which a server can fail.
#[tokio::test]
async fn a_request_is_repeated_where_that_does_no_harm() {
    let repeated_if_idempotent = [
        Fault::ResetUnread,
        Fault::Close(""),
        Fault::Reset(""),
        Fault::Close("HTTP/1.1 20"),
        Fault::Reset("HTTP/1.1 200 OK\r\ncontent-le"),
        Fault::Close("nonsense\r\n\r\n"),
        Fault::Close("HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n"),
        Fault::Close("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Reset("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\"d\r\n"),
        Fault::Close("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
        Fault::Stall(""),
        Fault::Stall("HTTP/1.1 200 OK\r\nx-a: "),
        Fault::Stall("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don"),
        Fault::Status(408, ""),
        Fault::Status(500, ""),
        Fault::Status(502, ""),
        Fault::Status(503, "retry-after: 0\r\n"),
        Fault::Status(504, ""),
    ];
    for fault in repeated_if_idempotent {
        assert_eq!(outcomes(&fault).await, [AGAIN, AGAIN, FINAL], "{fault:?}");
    }
    let repeated_never = [
        Fault::Status(301, "location: /x\r\nretry-after: 0\r\n"),
        Fault::Status(401, ""),
        Fault::Status(409, ""),
        Fault::Status(501, ""),
        Fault::Keep("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"),
        Fault::Keep("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"don"),
        // A length that is too short: what follows the body is no answer to anything.
        Fault::Keep("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"done\""),
    ];
    for fault in repeated_never {
        assert_eq!(outcomes(&fault).await, [FINAL; 3], "{fault:?}");
    }
}

#[tokio::test]
async fn every_form_of_retry_after_counts_for_every_method() {
    let again = [
        "",
        "retry-after: 0\r\n",
        "retry-after: soon\r\n",
        "retry-after: -1\r\n",
        "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "retry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n",
        "retry-after: Sun Nov  6 08:49:37 1994\r\n",
        "date: Tue, 31 Dec 2999 23:59:59 GMT\r\nretry-after: Tue, 31 Dec 2999 23:59:59 GMT\r\n",
    ];
    for headers in again {
        assert_eq!(outcomes(&Fault::Status(429, headers)).await, [AGAIN; 3], "{headers}");
    }
    let too_long = [
        ("retry-after: 120\r\n", 120),
        ("retry-after: 99999999999999999999\r\n", u64::MAX),
        (
            "date: Tue, 31 Dec 2999 23:50:00 GMT\r\nretry-after: Tue, 31 Dec 2999 23:59:59 GMT\r\n",
            599,
        ),
    ];
    for (headers, seconds) in too_long {
        for status in [429, 503] {
            let server = Server::new([Fault::Status(status, headers)]).await;
            let error = read(&builder(&server.url).build().unwrap()).await.unwrap_err();
            assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
            assert_eq!((error.attempts(), server.requests()), (1, 1));
        }
    }
}

#[tokio::test]
async fn where_nobody_listens_every_method_is_repeated() {
    let address = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        listener.local_addr().unwrap()
    };
    let client = builder(&format!("http://{address}")).build().unwrap();
    let error = write(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4), "{error}");
}

#[tokio::test]
async fn a_connection_that_the_server_dropped_meanwhile_carries_no_post_twice() {
    for _ in 0..50 {
        let server = Server::new([Fault::Close(DONE), Fault::Close(DONE)]).await;
        let client = builder(&server.url).build().unwrap();
        read(&client).await.unwrap();
        let outcome = write(&client).header("x-call", "w").await;
        let carried_out = server.carried_out("w");
        assert!(carried_out <= 1, "{carried_out}");
        assert!(outcome.is_err() || carried_out == 1, "{carried_out}");
    }
}

#[tokio::test]
async fn the_limit_of_a_call_is_kept_over_its_attempts() {
    let server = Server::new((0..9).map(|_| Fault::Stall(""))).await;
    let builder = builder(&server.url).attempt_timeout(Duration::from_millis(150));
    let client = builder.call_timeout(Duration::from_millis(400)).build().unwrap();
    let error = read(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        [Some(TimeLimit::Call), Some(TimeLimit::Attempt)].contains(&error.time_limit()),
        "{error}"
    );
    assert_eq!(error.attempts() as usize, server.requests());
}

fn fault(random: &mut Random) -> Fault {
    let begun = [
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"don",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\"d\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\"done\"",
        "nonsense\r\n\r\n",
    ];
    let wishes = [
        "",
        "retry-after: 0\r\n",
        "retry-after: 99999\r\n",
        "retry-after: soon\r\n",
        "retry-after: Sun Nov  6 08:49:37 1994\r\n",
    ];
    match random.below(20) {
        0 | 1 => Fault::ResetUnread,
        2..=4 => Fault::Reset(random.pick(&begun)),
        5..=7 => Fault::Close(random.pick(&begun)),
        8 => Fault::Stall(random.pick(&begun)),
        9..=14 => Fault::Status(
            random.pick(&[204, 307, 400, 404, 408, 429, 429, 429, 500, 502, 503, 503, 504]),
            random.pick(&wishes),
        ),
        15 | 16 => Fault::Close(DONE),
        _ => Fault::Keep(DONE),
    }
}

/// One client, three calls one after the other, so that connections that are kept meet faults too.
async fn one(seed: u64) -> (u32, u32) {
    let mut random = Random::new(seed);
    let faults: Vec<Fault> = (0..8).map(|_| fault(&mut random)).collect();
    let server = Server::new(faults).await;
    let builder = builder(&server.url).attempt_timeout(Duration::from_millis(40));
    let client = builder.call_timeout(Duration::from_secs(2)).build().unwrap();
    let (mut values, mut errors) = (0, 0);
    let mut most = Vec::new();
    for call in ["1", "2", "3"] {
        let is_post = random.below(2) == 0;
        let outcome = if is_post {
            write(&client).header("x-call", call).send().await
        } else {
            read(&client).header("x-call", call).send().await
        };
        most.push((call, if is_post { 1 } else { 4 }));
        match outcome {
            Ok(value) => {
                assert_eq!(*value, "done", "seed {seed}");
                values += 1;
            }
            Err(error) => {
                assert!((1..=4).contains(&error.attempts()), "seed {seed}: {error}");
                assert_ne!(error.kind(), ErrorKind::Configuration, "seed {seed}: {error}");
                errors += 1;
            }
        }
    }
    // At the end, for the server may come to read a request when its call has been given up.
    for (call, most) in most {
        let times = server.carried_out(call);
        assert!(times <= most, "seed {seed}: call {call} was carried out {times} times");
    }
    (values, errors)
}

/// R26, R31.
#[tokio::test]
async fn no_post_twice_whatever_the_connections_do() {
    let mut running = JoinSet::new();
    let (mut values, mut errors) = (0, 0);
    for seed in 0..SCHEDULES {
        running.spawn(one(seed));
        if running.len() >= 24 || seed + 1 == SCHEDULES {
            while let Some(outcome) = running.join_next().await {
                let (more_values, more_errors) = outcome.unwrap();
                values += more_values;
                errors += more_errors;
                if seed + 1 < SCHEDULES {
                    break;
                }
            }
        }
    }
    assert_eq!(u64::from(values + errors), 3 * SCHEDULES);
    // How many calls are answered in time is the machine's matter; that some are, and some are not, is the schedules'.
    assert!(values > 100 && errors > 100, "{values} values, {errors} errors");
    println!("{SCHEDULES} schedules of 3 calls: {values} values, {errors} errors");
}
