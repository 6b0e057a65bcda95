//! Calls from threads without a runtime.

use specwright_runtime::{
    Client, ErrorKind, blocking,
    recording::{Exchange, Replay},
};

use crate::{read, write};

fn client(answers: usize) -> Client {
    let exchanges = (0..answers).map(|_| Exchange::new("GET", "/apps/a1", 200, "\"b\""));
    Client::builder("https://example.com")
        .transport(Replay::new(exchanges))
        .build()
        .unwrap()
}

#[test]
fn a_call_is_waited_for_from_any_thread() {
    let client = client(9);
    assert_eq!(*read(&client).send().wait().unwrap(), "b");
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                read(&client)
                    .send()
                    .wait()
                    .map(specwright_runtime::Response::into_inner)
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap(), "b");
    }
    assert_eq!(
        write(&client).send().wait().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
}

/// C5: a thread that polls tasks is not blocked, whatever the runtime and wherever in it.
#[tokio::test]
async fn on_a_thread_that_polls_tasks_it_is_an_error() {
    let error = read(&client(1)).send().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("spawn_blocking"), "{error}");
    let in_a_task = tokio::spawn(async { read(&client(1)).send().wait().map(|_| ()) });
    assert_eq!(in_a_task.await.unwrap().unwrap_err().kind(), ErrorKind::Configuration);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn on_a_worker_of_many_threads_it_is_an_error() {
    assert!(read(&client(1)).send().wait().is_err());
    let in_a_task = tokio::spawn(async { read(&client(1)).send().wait().map(|_| ()) });
    assert!(in_a_task.await.unwrap().is_err());
}

/// C5
#[tokio::test]
async fn blocking_threads_of_a_runtime_may_wait() {
    let waiting = tokio::task::spawn_blocking(|| {
        read(&client(1))
            .send()
            .wait()
            .map(specwright_runtime::Response::into_inner)
    });
    assert_eq!(waiting.await.unwrap().unwrap(), "b");
}

/// C5
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_blocked_in_place_may_wait() {
    let answer = tokio::task::block_in_place(|| read(&client(1)).send().wait().unwrap().into_inner());
    assert_eq!(answer, "b");
    let in_a_task =
        tokio::spawn(async { tokio::task::block_in_place(|| read(&client(1)).send().wait().unwrap().into_inner()) });
    assert_eq!(in_a_task.await.unwrap(), "b");
    let waiting = tokio::task::spawn_blocking(|| read(&client(1)).send().wait().unwrap().into_inner());
    assert_eq!(waiting.await.unwrap(), "b");
}

/// A thread outside of a runtime that has entered one drives none of its tasks.
#[test]
fn a_thread_that_has_entered_a_runtime_may_wait() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _entered = runtime.enter();
    assert_eq!(*read(&client(1)).send().wait().unwrap(), "b");
}

#[test]
fn whatever_is_made_of_calls_is_waited_for() {
    let client = client(2);
    let both = async { (read(&client).await, read(&client).await) };
    let (first, second) = blocking::wait(both).unwrap();
    assert_eq!((first.unwrap().as_str(), second.unwrap().as_str()), ("b", "b"));
}

/// Connections are kept by the runtime's thread, so that a second call finds the first one's.
#[cfg(feature = "reqwest")]
#[test]
fn connections_are_kept_from_call_to_call() {
    use std::io::{Read, Write};

    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let client = Client::builder(format!("http://{}", listener.local_addr().unwrap()))
        .build()
        .unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        for _ in 0..2 {
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n\"b\"")
                .unwrap();
        }
    });
    assert_eq!(*read(&client).send().wait().unwrap(), "b");
    assert_eq!(*read(&client).send().wait().unwrap(), "b");
    server.join().unwrap();
}
