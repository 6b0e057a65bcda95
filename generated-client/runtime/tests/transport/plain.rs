//! A server of plain HTTP that keeps what it was sent.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The requests that came, and the address of the client of each connection.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<(Vec<String>, Vec<std::net::SocketAddr>)>>);

impl Seen {
    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.lock().unwrap().0.clone()
    }

    pub(crate) fn connections(&self) -> Vec<std::net::SocketAddr> {
        self.0.lock().unwrap().1.clone()
    }
}

/// Answers every request with this, and keeps connections open.
pub(crate) async fn server(answer: impl Into<Vec<u8>>) -> (String, Seen) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Seen::default();
    let (kept, answer) = (seen.clone(), Arc::new(answer.into()));
    tokio::spawn(async move {
        while let Ok((stream, peer)) = listener.accept().await {
            kept.0.lock().unwrap().1.push(peer);
            tokio::spawn(serve(stream, Arc::clone(&answer), kept.clone()));
        }
    });
    (address.to_string(), seen)
}

async fn serve(mut stream: TcpStream, answer: Arc<Vec<u8>>, seen: Seen) {
    let mut buffer = vec![0; 1 << 14];
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or(0);
        if read == 0 {
            return;
        }
        let request = String::from_utf8_lossy(&buffer[..read]).into_owned();
        seen.0.lock().unwrap().0.push(request);
        _ = stream.write_all(&answer).await;
    }
}

pub(crate) fn json(text: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
        text.len()
    )
}
