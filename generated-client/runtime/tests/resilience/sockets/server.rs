//! A server on loopback that fails as it is told, request by request.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What becomes of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is reset before anything is read; of a connection kept open, after the request is read.
    ResetUnread,
    /// These bytes are sent, and the connection is closed in order.
    Close(&'static str),
    /// These bytes are sent, and the connection is reset.
    Reset(&'static str),
    /// These bytes are sent, and then none any more.
    Stall(&'static str),
    /// These bytes are sent, and the connection is kept open.
    Keep(&'static str),
    /// The same of bytes that are no text.
    Bytes(&'static [u8]),
    /// The first bytes are sent, and then the others again and again, as long as anybody takes them.
    Endless(&'static str, &'static str),
    /// These bytes are sent, and then one more at a time, each after a pause.
    Drip(&'static str),
    /// A status with header lines and no body.
    Status(u16, &'static str),
}

pub(crate) const DONE: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 6\r\n\r\n\"done\"";

/// What is left to do, and what happened so far.
struct Script {
    faults: VecDeque<Fault>,
    requests: usize,
    /// The calls, by their header `x-call`, that a server may have carried out: all that were read and not refused by
    /// 429.
    carried_out: Vec<String>,
}

pub(crate) struct Server {
    pub(crate) url: String,
    script: Arc<Mutex<Script>>,
    listening: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Server {
    pub(crate) async fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(Script {
            faults: faults.into_iter().collect(),
            requests: 0,
            carried_out: Vec::new(),
        }));
        let shared = Arc::clone(&script);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, script, listening }
    }

    /// How many requests came, read or not.
    pub(crate) fn requests(&self) -> usize {
        self.script.lock().unwrap().requests
    }

    /// How often a call may have been carried out.
    pub(crate) fn carried_out(&self, call: &str) -> usize {
        let script = self.script.lock().unwrap();
        script.carried_out.iter().filter(|done| *done == call).count()
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>) {
    if script.lock().unwrap().faults.front() == Some(&Fault::ResetUnread) {
        take(&script, None);
        _ = stream.set_zero_linger();
        return;
    }
    while let Some(request) = read_request(&mut stream).await {
        let (bytes, end) = match take(&script, Some(&request)) {
            Fault::ResetUnread => (Vec::new(), End::Reset),
            Fault::Close(text) => (text.into(), End::Close),
            Fault::Reset(text) => (text.into(), End::Reset),
            Fault::Stall(text) => (text.into(), End::Stall),
            Fault::Keep(text) => (text.into(), End::Keep),
            Fault::Bytes(bytes) => (bytes.into(), End::Keep),
            Fault::Endless(text, more) => (text.into(), End::Repeat(more)),
            Fault::Drip(text) => (text.into(), End::Drip),
            Fault::Status(status, headers) => {
                let text = format!("HTTP/1.1 {status} X\r\n{headers}content-length: 0\r\n\r\n");
                (text.into(), End::Keep)
            }
        };
        // A client that has had enough closes the connection before the answer's end.
        _ = stream.write_all(&bytes).await;
        match end {
            End::Keep => {}
            End::Repeat(more) => {
                while stream.write_all(more.as_bytes()).await.is_ok() {}
                return;
            }
            End::Drip => {
                while stream.write_all(b"1").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                return;
            }
            End::Close => return,
            End::Reset => {
                _ = stream.set_zero_linger();
                return;
            }
            End::Stall => {
                _ = stream.read(&mut [0; 16]).await;
                return;
            }
        }
    }
}

enum End {
    Keep,
    Close,
    Reset,
    Stall,
    Repeat(&'static str),
    Drip,
}

fn take(script: &Mutex<Script>, request: Option<&str>) -> Fault {
    let mut script = script.lock().unwrap();
    let fault = script.faults.pop_front().unwrap_or(Fault::Keep(DONE));
    script.requests += 1;
    if let Some(request) = request.filter(|_| !matches!(fault, Fault::Status(429, _))) {
        let call = header(request, "x-call").unwrap_or_default();
        script.carried_out.push(call);
    }
    fault
}

/// Reads a request; `None` where the connection ended before it did.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&request) {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            _ => return None,
        }
    }
    Some(String::from_utf8(request).unwrap())
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find_map(|(found, value)| found.eq_ignore_ascii_case(name).then(|| value.to_owned()))
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = header(head, "content-length").and_then(|length| length.parse().ok());
    body.len() >= length.unwrap_or(0)
}
