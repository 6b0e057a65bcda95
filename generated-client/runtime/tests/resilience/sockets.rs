//! The same over the real transport and connections on loopback: how often the server carries out what is asked.

mod cells;
mod http2;
mod page_rules;
mod page_server;
mod pages;
mod server;

use std::{env, time::Duration};

use specwright_runtime::{Client, ClientBuilder, ErrorKind, RetryPolicy, TimeLimit};
use tokio::{runtime::Handle, task::JoinSet};

use self::server::{DONE, Fault, Server};
use crate::{read, remove, schedules::Random, write};

/// How many schedules are run; `FAULT_SCHEDULES` asks for more.
const SCHEDULES: u64 = 1_000;

fn builder(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::default().pause(Duration::from_millis(1));
    Client::builder(url).retry(policy)
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
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<p>x",
    ];
    let wishes = [
        "",
        "retry-after: 0\r\n",
        "retry-after: 99999\r\n",
        "retry-after: soon\r\n",
        "retry-after: Sun Nov  6 08:49:37 1994\r\n",
    ];
    match random.below(23) {
        0 | 1 => Fault::ResetUnread,
        2..=4 => Fault::Reset(random.pick(&begun)),
        5..=7 => Fault::Close(random.pick(&begun)),
        8 => Fault::Stall(random.pick(&begun)),
        9..=14 => Fault::Status(
            random.pick(&[204, 307, 400, 404, 408, 429, 429, 429, 500, 502, 503, 503, 504]),
            random.pick(&wishes),
        ),
        15 | 16 => Fault::Close(DONE),
        17 => Fault::Endless(cells::CHUNKED, "8\r\n12345678\r\n"),
        18 => Fault::Drip(random.pick(&begun)),
        19 => Fault::Bytes(random.pick(&[cells::NO_TEXT, b"\xff\xfe\r\n\r\n"])),
        _ => Fault::Keep(DONE),
    }
}

/// One client, three calls one after the other, so that connections that are kept meet faults too.
async fn one(seed: u64) -> (u32, u32) {
    let mut random = Random::new(seed);
    let faults: Vec<Fault> = (0..8).map(|_| fault(&mut random)).collect();
    let server = Server::new(faults).await;
    let builder = builder(&server.url).attempt_timeout(Duration::from_millis(40));
    let builder = builder.max_response_body(cells::LIMIT);
    let client = builder.call_timeout(Duration::from_secs(2)).build().unwrap();
    let (mut values, mut errors) = (0, 0);
    let mut most = Vec::new();
    for call in ["1", "2", "3"] {
        let kind = random.below(4);
        let outcome = match kind {
            0 | 1 => write(&client).header("x-call", call).send().await,
            2 => read(&client).header("x-call", call).send().await,
            _ => remove(&client).header("x-call", call).send().await,
        };
        most.push((call, if kind < 2 { 1 } else { 4 }));
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

/// R26, R31: no POST twice, and nothing left behind: neither a task of the client's nor a connection, whose end is that of
/// a task of the server's.
#[tokio::test]
async fn no_post_twice_whatever_the_connections_do() {
    let schedules = env::var("FAULT_SCHEDULES").map_or(SCHEDULES, |number| number.parse().unwrap());
    let mut running = JoinSet::new();
    let (mut values, mut errors) = (0, 0);
    for seed in 0..schedules {
        running.spawn(one(seed));
        if running.len() >= 24 || seed + 1 == schedules {
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
    assert_eq!(u64::from(values + errors), 3 * schedules);
    // How many calls are answered in time is the machine's matter; that some are, and some are not, is the schedules'.
    assert!(values > 100 && errors > 100, "{values} values, {errors} errors");
    while Handle::current().metrics().num_alive_tasks() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("{schedules} schedules of 3 calls: {values} values, {errors} errors, no task left");
}

/// A body that is handed over in pieces is still announced as a whole.
#[tokio::test]
async fn a_large_body_has_its_length() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const SIZE: usize = 1 << 20;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut received = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = stream.read(&mut buffer).await.unwrap();
            received.extend_from_slice(&buffer[..read]);
            let head = received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            if read == 0 || head.is_some_and(|head| received.len() >= head + 4 + SIZE) {
                break;
            }
        }
        stream.write_all(DONE.as_bytes()).await.unwrap();
        received
    });
    let body = serde_json::json!("x".repeat(SIZE - 2));
    write(&builder(&url).build().unwrap()).body(body).await.unwrap();
    let received = String::from_utf8(server.await.unwrap()).unwrap();
    let (head, body) = received.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("content-length: {SIZE}")), "{head}");
    assert!(!head.contains("transfer-encoding"), "{head}");
    assert_eq!(body.len(), SIZE);
}
