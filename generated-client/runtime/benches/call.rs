//! A whole call over loopback: request, connection that is kept, response, reading of the model.
//!
//! `cargo bench -p specwright-runtime --bench call`

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::wildcard_imports,
    reason = "a benchmark measures time, and its models are not an interface"
)]

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Instant,
};

use specwright_runtime::{Client, forms::*};

const WARM_UP: usize = 200;
const CALLS: usize = 2_000;

model! {
    pub struct App = "App" {
        id: Option<String> = "id",
        display_name: Option<String> = "displayName",
        user_count: Option<i64> = "userCount",
    }
}

operations! {
    pub struct Apps = "apps" {
        GET "/apps/{id}"
        fn read(id: String) -> ReadApp = "Apps.Get" {
            answer: json App,
        },
    }
}

const BODY: &str = r#"{"id":"a1","displayName":"An application","userCount":12}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that ends is not a failure of the benchmark.
            std::thread::spawn(move || drop(serve(stream)));
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let times = runtime.block_on(async {
        let apps = Apps(Client::builder(&*url).bearer_token("token").build()?);
        let mut times = Vec::with_capacity(CALLS);
        for number in 0..WARM_UP + CALLS {
            let start = Instant::now();
            let app = apps.read("a1").await?;
            if app.user_count != Some(12) {
                return Err("the answer is another one".into());
            }
            if number >= WARM_UP {
                times.push(start.elapsed());
            }
        }
        Ok::<_, Box<dyn std::error::Error>>(times)
    });
    let mut times = times?;
    times.sort_unstable();
    let at = |hundredth: usize| times.get(CALLS * hundredth / 100).copied().unwrap_or_default();
    println!(
        "{CALLS} calls: median {:?}, 90 % below {:?}, 99 % below {:?}",
        at(50),
        at(90),
        at(99)
    );
    Ok(())
}

/// Answers every request on a connection; a request has no body.
fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            return Ok(());
        }
        received.extend_from_slice(buffer.get(..length).unwrap_or_default());
        if received.ends_with(b"\r\n\r\n") {
            received.clear();
            stream.write_all(answer.as_bytes())?;
        }
    }
}
