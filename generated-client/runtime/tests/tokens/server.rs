//! A server on loopback that answers each request by a function and keeps what was asked.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Received {
    fn new(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut words = head.split(' ');
        Self {
            method: words.next().unwrap_or_default().to_owned(),
            path: words.next().unwrap_or_default().to_owned(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find_map(|(candidate, value)| candidate.eq_ignore_ascii_case(name).then_some(value))
    }

    /// A field of a form; `%XX` is decoded.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let mut fields = self.body.split('&').filter_map(|field| field.split_once('='));
        fields.find_map(|(candidate, value)| (candidate == name).then(|| decoded(value)))
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap()
}

/// A status line, further header lines, and a body.
pub(crate) struct Answer(pub(crate) &'static str, pub(crate) String, pub(crate) String);

/// A success with this JSON.
pub(crate) fn ok(json: impl Into<String>) -> Answer {
    with("200 OK", json)
}

/// Any status with this JSON.
pub(crate) fn with(status: &'static str, json: impl Into<String>) -> Answer {
    Answer(status, "content-type: application/json\r\n".to_owned(), json.into())
}

/// A running server.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// A server that answers by this function; its second argument is the number of the request, from 1, among those
    /// of the same path.
    pub(crate) async fn by(answer: impl Fn(&Received, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
        };
        let (requests, answer) = (Arc::clone(&server.requests), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (requests, answer) = (Arc::clone(&requests), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &requests, answer.as_ref()).await });
            }
        });
        server
    }

    /// What was asked, in its order.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    /// What was asked of this path.
    pub(crate) fn requests_of(&self, path: &str) -> Vec<Received> {
        let requests = self.requests();
        requests.into_iter().filter(|request| request.path == path).collect()
    }
}

async fn serve(mut stream: TcpStream, requests: &Mutex<Vec<Received>>, answer: &impl Fn(&Received, usize) -> Answer) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let number = {
        let mut requests = requests.lock().unwrap();
        requests.push(request.clone());
        requests.iter().filter(|earlier| earlier.path == request.path).count()
    };
    let Answer(status, headers, body) = answer(&request, number);
    let length = body.len();
    let text = format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    // A client that has had enough closes the connection.
    _ = stream.write_all(text.as_bytes()).await;
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&buffer[..read]);
        let received = Received::new(&String::from_utf8_lossy(&request));
        let length = received.header("content-length").and_then(|length| length.parse().ok());
        let is_head_complete = request.windows(4).any(|window| window == b"\r\n\r\n");
        if is_head_complete && received.body.len() >= length.unwrap_or(0) {
            return Some(received);
        }
    }
}
