//! A server on loopback that writes down what it is asked.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use conductorone_client::Client;
use serde_json::Value;

/// The token of every client in these tests; no output may show it.
pub(crate) const TOKEN: &str = "tok-5fb1c0ffee";

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query, still percent-encoded.
    pub(crate) target: String,
    /// Names in lower case, in the order of the wire.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    /// The value of a header that came once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(candidate, _)| candidate == name);
        let (_, value) = values.next()?;
        assert!(values.next().is_none(), "{name} came twice");
        Some(value)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the server says to every request.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a str,
}

impl<'a> Answer<'a> {
    /// A success as the API sends it: always 200 and JSON.
    pub(crate) fn json(body: &'a str) -> Self {
        Self {
            status: 200,
            headers: &[("content-type", "application/json"), ("c1-trace-id", "trace-1")],
            body,
        }
    }

    fn text(self) -> String {
        let headers = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let length = self.body.len();
        let length = if self.status == 204 {
            String::new()
        } else {
            format!("content-length: {length}\r\n")
        };
        let (status, headers, body) = (self.status, headers.collect::<String>(), self.body);
        format!("HTTP/1.1 {status} -\r\nconnection: close\r\n{length}{headers}\r\n{body}")
    }
}

/// A running server. Its thread ends with the test's process.
pub(crate) struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn answering(answer: Answer<'_>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let (log, answer) = (Arc::clone(&requests), answer.text());
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A connection without a whole request is one that the client gave up.
                _ = stream.and_then(|stream| serve(&stream, &log, &answer));
            }
        });
        Self { url, requests }
    }

    pub(crate) fn json(body: &str) -> Self {
        Self::answering(Answer::json(body))
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.url, TOKEN).unwrap()
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Everything that came so far. What a call has sent is here once the call has returned.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one request that came.
    pub(crate) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

fn serve(mut stream: &TcpStream, log: &Mutex<Vec<Request>>, answer: &str) -> io::Result<()> {
    let request = read(&mut BufReader::new(stream))?;
    log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    stream.write_all(answer.as_bytes())
}

fn read(stream: &mut impl BufRead) -> io::Result<Request> {
    let first = line(stream)?;
    let mut words = first.split(' ').map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let mut headers = Vec::new();
    loop {
        let line = line(stream)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let body = String::from_utf8(body).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(Request {
        method,
        target,
        headers,
        body,
    })
}

fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if stream.take(64 << 10).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}
