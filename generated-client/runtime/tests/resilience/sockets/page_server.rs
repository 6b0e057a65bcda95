//! A server on loopback that gives pages, and keeps what it was asked.

use std::sync::{Arc, Mutex};

use specwright_runtime::{
    Client, Items, Pages,
    codegen::{Call, Operation},
    wire::Value,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A response: a status, header lines and a body in which `ORIGIN` is the server's own.
#[derive(Clone, Debug)]
pub(super) struct Reply(pub(super) u16, pub(super) &'static str, pub(super) String);

pub(super) fn page(body: &str) -> Reply {
    Reply(200, "", body.to_owned())
}

pub(super) fn with_header(header: &'static str, body: &str) -> Reply {
    Reply(200, header, body.to_owned())
}

/// A server that gives the replies one after the other, and keeps what it was asked.
pub(super) struct PageServer {
    pub(super) origin: String,
    requests: Arc<Mutex<Vec<String>>>,
    listening: JoinHandle<()>,
}

impl Drop for PageServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl PageServer {
    pub(super) async fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let replies: Vec<Reply> = replies.into_iter().collect();
        let (kept, own) = (Arc::clone(&requests), origin.clone());
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, replies.clone(), Arc::clone(&kept), own.clone()));
            }
        });
        Self {
            origin,
            requests,
            listening,
        }
    }

    pub(super) fn client(&self) -> Client {
        Client::builder(&*self.origin).build().unwrap()
    }

    pub(super) fn pages(&self, operation: &'static Operation) -> Pages<Value> {
        Pages::new(Call::new(&self.client(), operation, &[]))
    }

    pub(super) fn items(&self, operation: &'static Operation) -> Items<i64> {
        Items::new(Call::new(&self.client(), operation, &[]))
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The targets of the requests, without their method.
    pub(super) fn targets(&self) -> Vec<String> {
        let requests = self.requests();
        let words = requests
            .iter()
            .map(|request| request.split(' ').nth(1).unwrap().to_owned());
        words.collect()
    }
}

async fn serve(mut stream: TcpStream, replies: Vec<Reply>, requests: Arc<Mutex<Vec<String>>>, origin: String) {
    while let Some(request) = read(&mut stream).await {
        let index = {
            let mut requests = requests.lock().unwrap();
            requests.push(request);
            requests.len() - 1
        };
        let none = Reply(418, "", String::new());
        let Reply(status, headers, body) = replies.get(index).unwrap_or(&none);
        let (headers, body) = (headers.replace("ORIGIN", &origin), body.replace("ORIGIN", &origin));
        let length = body.len();
        let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n");
        if stream
            .write_all(format!("{head}{headers}\r\n{body}").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length = length.map_or(0, |(_, value)| value.parse().unwrap());
            if body.len() >= length {
                return Some(text);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            _ => return None,
        }
    }
}
