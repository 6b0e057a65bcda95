//! An HTTP/2 server on loopback, frame by frame, that fails as it is told. With rustls it also has TLS.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::Notify,
};

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `REFUSED_STREAM` after the whole request.
    Refuse,
    /// `REFUSED_STREAM` after its headers.
    RefuseEarly,
    /// `GOAWAY` with this reason, for the streams before this one.
    GoAwayBefore(u32),
    /// The request is taken, `GOAWAY` includes it, and the connection is closed.
    GoAwayWith,
    /// The request is taken and answered, and the connection goes away in order.
    LastAnswer,
    /// The request is taken, and the stream is reset with this reason.
    Reset(u32),
    /// The request is taken, and the connection is closed.
    Close,
    /// The request is taken, and the connection is closed within the answer.
    Cut,
    /// The request is taken and never answered; pings are.
    Silent,
    /// The request is taken, and nothing on the connection is answered any more.
    Freeze,
    /// The same after the answer.
    FreezeLater,
    /// Answered when the test says so.
    Late,
    Answer,
}

#[derive(Default)]
struct Script {
    faults: VecDeque<Fault>,
    every: Option<(usize, Fault)>,
    requests: usize,
    connections: usize,
    pings: usize,
    processed: Vec<String>,
}

/// A stream to a client, with TLS or without.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

pub(crate) struct Server {
    pub(crate) url: String,
    /// The root of the server's certificate, where it has TLS.
    #[cfg(feature = "rustls")]
    pub(crate) root: Option<specwright_runtime::Certificate>,
    script: Arc<Mutex<Script>>,
    late: Arc<Notify>,
}

impl Server {
    pub(crate) async fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self::at(format!("http://{}", listener.local_addr().unwrap()), faults);
        let (script, late) = (Arc::clone(&server.script), Arc::clone(&server.late));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Connection::new(stream, Arc::clone(&script), Arc::clone(&late)).serve());
            }
        });
        server
    }

    /// A server with TLS, which chooses HTTP/2 in the handshake.
    #[cfg(feature = "rustls")]
    pub(crate) async fn with_tls(faults: impl IntoIterator<Item = Fault>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let (acceptor, root) = super::tls::acceptor();
        let server = Self {
            root: Some(root),
            ..Self::at(format!("https://{}", listener.local_addr().unwrap()), faults)
        };
        let (script, late) = (Arc::clone(&server.script), Arc::clone(&server.late));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, script, late) = (acceptor.clone(), Arc::clone(&script), Arc::clone(&late));
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
                        Connection::new(stream, script, late).serve().await;
                    }
                });
            }
        });
        server
    }

    fn at(url: String, faults: impl IntoIterator<Item = Fault>) -> Self {
        Self {
            url,
            #[cfg(feature = "rustls")]
            root: None,
            script: Arc::new(Mutex::new(Script {
                faults: faults.into_iter().collect(),
                ..Script::default()
            })),
            late: Arc::default(),
        }
    }

    /// The fault meets every so many requests.
    pub(crate) fn every(self, number: usize, fault: Fault) -> Self {
        self.script.lock().unwrap().every = Some((number, fault));
        self
    }

    pub(crate) fn requests(&self) -> usize {
        self.script.lock().unwrap().requests
    }

    pub(crate) fn connections(&self) -> usize {
        self.script.lock().unwrap().connections
    }

    pub(crate) fn pings(&self) -> usize {
        self.script.lock().unwrap().pings
    }

    /// The bodies of the requests that were taken.
    pub(crate) fn processed(&self) -> Vec<String> {
        self.script.lock().unwrap().processed.clone()
    }

    pub(crate) fn answer_late(&self) {
        self.late.notify_one();
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

struct Connection<S> {
    stream: S,
    script: Arc<Mutex<Script>>,
    late: Arc<Notify>,
    bodies: HashMap<u32, (Fault, Vec<u8>)>,
    waiting: Option<u32>,
    /// The last stream whose request was taken.
    last_taken: u32,
}

enum Next {
    Go,
    Close,
    Freeze,
}

impl<S: Stream> Connection<S> {
    fn new(stream: S, script: Arc<Mutex<Script>>, late: Arc<Notify>) -> Self {
        script.lock().unwrap().connections += 1;
        Self {
            stream,
            script,
            late,
            bodies: HashMap::new(),
            waiting: None,
            last_taken: 0,
        }
    }

    async fn serve(mut self) {
        let mut preface = [0; 24];
        if self.stream.read_exact(&mut preface).await.is_err() || !self.send(SETTINGS, 0, 0, &[]).await {
            return;
        }
        loop {
            let late = Arc::clone(&self.late);
            let frame = if let Some(stream) = self.waiting {
                tokio::select! {
                    frame = read_frame(&mut self.stream) => frame,
                    () = late.notified() => {
                        self.waiting = None;
                        self.answer(stream).await;
                        continue;
                    }
                }
            } else {
                read_frame(&mut self.stream).await
            };
            let Some(frame) = frame else { return };
            match self.take(frame).await {
                Next::Go => {}
                Next::Close => return,
                Next::Freeze => return self.freeze().await,
            }
        }
    }

    async fn freeze(mut self) {
        let mut buffer = [0; 4096];
        while let Ok(1..) = self.stream.read(&mut buffer).await {}
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> bool {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend_from_slice(&stream.to_be_bytes());
        frame.extend_from_slice(payload);
        self.stream.write_all(&frame).await.is_ok() && self.stream.flush().await.is_ok()
    }

    async fn take(&mut self, (kind, flags, stream, payload): Frame) -> Next {
        match kind {
            SETTINGS if flags & ACK == 0 => {
                self.send(SETTINGS, ACK, 0, &[]).await;
            }
            PING if flags & ACK == 0 => {
                self.script.lock().unwrap().pings += 1;
                self.send(PING, ACK, 0, &payload).await;
            }
            HEADERS => {
                let fault = next_fault(&self.script);
                if fault == Fault::RefuseEarly {
                    self.send(RST_STREAM, 0, stream, &7_u32.to_be_bytes()).await;
                } else {
                    self.bodies.insert(stream, (fault, Vec::new()));
                }
            }
            DATA => {
                if let Some((_, body)) = self.bodies.get_mut(&stream) {
                    body.extend_from_slice(&payload);
                }
            }
            _ => return Next::Go,
        }
        if flags & END_STREAM == 0 || !matches!(kind, HEADERS | DATA) {
            return Next::Go;
        }
        match self.bodies.remove(&stream) {
            Some((fault, body)) => self.end(stream, fault, body).await,
            None => Next::Go,
        }
    }

    async fn end(&mut self, stream: u32, fault: Fault, body: Vec<u8>) -> Next {
        if !matches!(fault, Fault::Refuse | Fault::GoAwayBefore(_)) {
            let body = String::from_utf8(body).unwrap();
            self.script.lock().unwrap().processed.push(body);
            self.last_taken = self.last_taken.max(stream);
        }
        let fault = match fault {
            Fault::GoAwayBefore(_) if self.last_taken > stream => Fault::Refuse,
            fault => fault,
        };
        match fault {
            Fault::Refuse | Fault::RefuseEarly => {
                self.send(RST_STREAM, 0, stream, &7_u32.to_be_bytes()).await;
            }
            // What was taken already cannot be refused.
            Fault::GoAwayBefore(reason) => {
                self.go_away(self.last_taken, reason).await;
                return self.linger().await;
            }
            Fault::GoAwayWith => {
                self.go_away(self.last_taken, 0).await;
                return Next::Close;
            }
            Fault::LastAnswer => {
                self.go_away(self.last_taken, 0).await;
                self.answer(stream).await;
                return self.linger().await;
            }
            Fault::Reset(reason) => {
                self.send(RST_STREAM, 0, stream, &reason.to_be_bytes()).await;
            }
            Fault::Close => return Next::Close,
            Fault::Cut => {
                self.send(HEADERS, END_HEADERS, stream, HEAD).await;
                self.send(DATA, 0, stream, b"\"do").await;
                return Next::Close;
            }
            Fault::Silent => {}
            Fault::Freeze => return Next::Freeze,
            Fault::FreezeLater => {
                self.answer(stream).await;
                return Next::Freeze;
            }
            Fault::Late => self.waiting = Some(stream),
            Fault::Answer => self.answer(stream).await,
        }
        Next::Go
    }

    async fn go_away(&mut self, last: u32, reason: u32) {
        let payload = [last.to_be_bytes(), reason.to_be_bytes()].concat();
        self.send(GOAWAY, 0, 0, &payload).await;
    }

    /// Closing at once would take what was sent along.
    async fn linger(&mut self) -> Next {
        _ = self.stream.shutdown().await;
        Next::Freeze
    }

    async fn answer(&mut self, stream: u32) {
        self.send(HEADERS, END_HEADERS, stream, HEAD).await;
        self.send(DATA, END_STREAM, stream, b"\"done\"").await;
    }
}

/// `:status: 200` and `content-type: application/json` in HPACK.
const HEAD: &[u8] = b"\x88\x0f\x10\x10application/json";

fn next_fault(script: &Mutex<Script>) -> Fault {
    let mut script = script.lock().unwrap();
    script.requests += 1;
    let number = script.requests;
    let every = script.every.filter(|(every, _)| number.is_multiple_of(*every));
    every
        .map(|(_, fault)| fault)
        .or_else(|| script.faults.pop_front())
        .unwrap_or(Fault::Answer)
}

type Frame = (u8, u8, u32, Vec<u8>);

async fn read_frame(stream: &mut impl Stream) -> Option<Frame> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.ok()?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; usize::try_from(length).unwrap()];
    stream.read_exact(&mut payload).await.ok()?;
    let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]) & 0x7fff_ffff;
    Some((head[3], head[4], id, payload))
}
