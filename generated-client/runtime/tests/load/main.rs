//! R33: many calls against a server that limits its clients, over an in-process transport in paused time, and over
//! sockets on loopback (`--ignored --nocapture`), which prints what it took.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

mod limited;
#[cfg(feature = "reqwest")]
mod sockets;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use specwright_runtime::{Client, Error, forms::operations};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use self::limited::{Limit, Limited};

const CALLS: usize = 2_000;

operations! {
    struct Apps = "apps" {
        GET "/apps/{id}"
        fn read(id: String) -> Read = "Apps.Get" {
            answer: json String,
        },
    }
}

fn read(client: &Client) -> Read {
    Apps(client.clone()).read("a1")
}

/// How a job of many calls went.
struct Outcome {
    succeeded: usize,
    errors: Vec<Error>,
    elapsed: Duration,
}

/// Makes [`CALLS`] calls, so many at a time, each task with a clone of the client.
async fn job(client: &Client, at_a_time: usize) -> Outcome {
    let started = Instant::now();
    let begun = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..at_a_time {
        let (client, begun) = (client.clone(), Arc::clone(&begun));
        tasks.spawn(async move {
            let (mut succeeded, mut errors) = (0, Vec::new());
            while begun.fetch_add(1, Ordering::Relaxed) < CALLS {
                match read(&client).await {
                    Ok(_) => succeeded += 1,
                    Err(error) => errors.push(error),
                }
            }
            (succeeded, errors)
        });
    }
    let mut outcome = Outcome {
        succeeded: 0,
        errors: Vec::new(),
        elapsed: Duration::ZERO,
    };
    while let Some(done) = tasks.join_next().await {
        let (succeeded, errors) = done.unwrap();
        outcome.succeeded += succeeded;
        outcome.errors.extend(errors);
    }
    outcome.elapsed = started.elapsed();
    outcome
}

fn told(name: &str, at_a_time: usize, outcome: &Outcome, requests: usize) {
    let per_call = f64::from(u32::try_from(requests * 1000 / CALLS).unwrap()) / 1000.0;
    println!(
        "{name}, {at_a_time} at a time: {} of {CALLS} succeed, {requests} requests ({per_call:.3} a call), {:.2} s",
        outcome.succeeded,
        outcome.elapsed.as_secs_f64()
    );
    if let Some(error) = outcome.errors.first() {
        println!("  first error: {error}");
    }
}

/// All calls succeed with few requests more than calls.
async fn holds(limit: Limit, at_a_time: usize, most_requests: usize) {
    let server = Limited::new(limit);
    let client = Client::builder("https://example.com").transport(server.clone());
    let client = client
        .call_timeout(Duration::from_secs(120))
        .retry_seed(7)
        .build()
        .unwrap();
    let outcome = job(&client, at_a_time).await;
    told(&format!("{limit:?}"), at_a_time, &outcome, server.requests());
    assert_eq!(outcome.succeeded, CALLS);
    assert!(server.requests() <= most_requests, "{} requests", server.requests());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_when_to_come_again_serves_all_with_three_tenths_more_requests() {
    for at_a_time in [50, 200] {
        holds(Limit::WITH_RETRY_AFTER, at_a_time, CALLS * 13 / 10).await;
        holds(
            Limit {
                latency: Duration::from_millis(80),
                ..Limit::WITH_RETRY_AFTER
            },
            at_a_time,
            CALLS * 13 / 10,
        )
        .await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_only_refuses_serves_all_with_six_tenths_more_requests() {
    for at_a_time in [50, 200] {
        holds(Limit::SILENT, at_a_time, CALLS * 16 / 10).await;
        holds(
            Limit {
                latency: Duration::from_millis(80),
                ..Limit::SILENT
            },
            at_a_time,
            CALLS * 16 / 10,
        )
        .await;
    }
}

/// A server that counts by minutes, as many do.
#[tokio::test(start_paused = true)]
async fn a_quota_that_is_used_up_for_a_while_costs_few_requests() {
    let server = Limited::new(Limit {
        rate: 0.0,
        burst: 1000.0,
        window: Duration::from_secs(60),
        ..Limit::WITH_RETRY_AFTER
    });
    let client = Client::builder("https://example.com").transport(server.clone());
    let client = client
        .call_timeout(Duration::from_secs(600))
        .retry_seed(7)
        .build()
        .unwrap();
    let outcome = job(&client, 50).await;
    told("1,000 a minute", 50, &outcome, server.requests());
    assert_eq!(outcome.succeeded, CALLS);
    assert!(server.requests() <= CALLS * 13 / 10, "{} requests", server.requests());
    sleep(Duration::from_secs(1)).await;
}
