//! A server that keeps what it is asked and answers that there is nothing to say.

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

pub(crate) struct Recorder {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Which call this is the request of.
    pub(crate) fn key(&self) -> Option<&str> {
        self.header("x-case")
    }
}

impl Recorder {
    /// A server with answers by the header `x-case`, of which each request gets the next one; to all others it has nothing to
    /// say. `ORIGIN` in an answer is this server.
    pub(crate) fn start(answers: HashMap<String, Vec<String>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, origin) = (requests.clone(), url.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let earlier: Vec<Request> = kept.lock().unwrap().clone();
                let index = earlier.iter().filter(|earlier| earlier.key() == request.key()).count();
                let answers = request
                    .key()
                    .and_then(|key| answers.get(key))
                    .map_or(&[][..], Vec::as_slice);
                let answer = answers.get(index).map_or(NOTHING, String::as_str);
                stream.write_all(answer.replace("ORIGIN", &origin).as_bytes()).unwrap();
                kept.lock().unwrap().push(request);
            }
        });
        Self { url, requests }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn read(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(request) = parsed(&bytes) {
            return request;
        }
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0, "a request was cut off: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&buffer[..read]);
    }
}

const NOTHING: &str = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

/// The request, once all of it is there.
fn parsed(bytes: &[u8]) -> Option<Request> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let request = Request {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        headers,
        body: body.to_owned(),
    };
    let length = request.header("content-length").unwrap_or("0").parse().ok()?;
    (request.body.len() >= length).then_some(request)
}
