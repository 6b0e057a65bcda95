//! The same over real connections, measured: `cargo test -p specwright-runtime --test load -- --ignored --nocapture`.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use specwright_runtime::Client;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    job,
    limited::{Bucket, Limit},
    told,
};

struct Server {
    url: String,
    requests: Arc<AtomicUsize>,
}

async fn server(limit: Limit) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let (counted, bucket) = (Arc::clone(&requests), Arc::new(Mutex::new(Bucket::new(limit))));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(
                stream,
                Arc::clone(&counted),
                Arc::clone(&bucket),
                limit.says_when,
            ));
        }
    });
    Server { url, requests }
}

async fn serve(mut stream: TcpStream, requests: Arc<AtomicUsize>, bucket: Arc<Mutex<Bucket>>, says_when: bool) {
    let mut held = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        held.extend_from_slice(&buffer[..read]);
        while let Some(end) = held.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            held.drain(..end + 4);
            requests.fetch_add(1, Ordering::Relaxed);
            let taken = bucket.lock().unwrap().take();
            let answer = match taken {
                Ok(()) => "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 6\r\n\r\n\"done\"",
                Err(_) if says_when => "HTTP/1.1 429 X\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n",
                Err(_) => "HTTP/1.1 429 X\r\ncontent-length: 0\r\n\r\n",
            };
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

#[tokio::test]
#[ignore = "takes two minutes: a measurement"]
async fn measured() {
    for (name, limit) in [
        ("with Retry-After", Limit::WITH_RETRY_AFTER),
        ("without Retry-After", Limit::SILENT),
    ] {
        for at_a_time in [50, 200] {
            let server = server(limit).await;
            let client = Client::builder(&server.url).call_timeout(Duration::from_secs(120));
            let client = client.build().unwrap();
            let outcome = job(&client, at_a_time).await;
            told(name, at_a_time, &outcome, server.requests.load(Ordering::Relaxed));
        }
    }
}
