//! A transport that does as it is told, in time that can be paused.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body as _, Frame};
use specwright_runtime::{
    Body, BoxFuture, Bytes, Client, ClientBuilder, Transport, TransportError, TransportErrorKind,
    http::{HeaderMap, Request, Response},
};
use tokio::time::{Instant, sleep};

/// What the server makes of one request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A status, header lines and a body.
    Status(u16, Vec<(&'static str, String)>, &'static str),
    /// A failure before or after the request was sent.
    Fails(TransportErrorKind),
    /// Nothing ever.
    Silent,
    /// A status 200 and the beginning of a body, after which the connection is lost.
    Truncated,
    /// A status, header lines and the beginning of a body, after which the connection is lost.
    Cut(u16, Vec<(&'static str, String)>, &'static str),
    /// A status 200 and the beginning of a body, after which nothing comes.
    Stalls,
    /// The same later.
    After(Duration, Box<Answer>),
}

pub(crate) fn ok(body: &'static str) -> Answer {
    Answer::Status(200, Vec::new(), body)
}

pub(crate) fn status(status: u16) -> Answer {
    Answer::Status(status, Vec::new(), "")
}

pub(crate) fn retry_after(status: u16, wish: impl Into<String>) -> Answer {
    Answer::Status(status, vec![("retry-after", wish.into())], "")
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) after: Duration,
    pub(crate) target: String,
    pub(crate) body: String,
    pub(crate) headers: HeaderMap,
}

#[derive(Clone)]
pub(crate) struct Scripted(Arc<Script>);

struct Script {
    began: Instant,
    answers: Mutex<VecDeque<Answer>>,
    arrivals: Mutex<Vec<Arrival>>,
}

impl Scripted {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Arc::new(Script {
            began: Instant::now(),
            answers: Mutex::new(answers.into_iter().collect()),
            arrivals: Mutex::new(Vec::new()),
        }))
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder("https://example.com")
            .transport(self.clone())
            .retry_seed(7)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn arrivals(&self) -> Vec<Arrival> {
        self.0.arrivals.lock().unwrap().clone()
    }

    /// How long the client waited between requests.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        let arrivals = self.arrivals();
        arrivals
            .windows(2)
            .map(|two| two[1].after.saturating_sub(two[0].after))
            .collect()
    }
}

async fn read(mut body: Body) -> Result<String, TransportError> {
    let mut whole = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        whole.extend_from_slice(&frame?.into_data().unwrap());
    }
    Ok(String::from_utf8(whole).unwrap())
}

impl Transport for Scripted {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let answer = self.0.answers.lock().unwrap().pop_front();
        let after = self.0.began.elapsed();
        Box::pin(async move {
            let headers = request.headers().clone();
            let target = request.uri().path_and_query().unwrap().to_string();
            // Who has no connection reads nothing of the body.
            let body = match &answer {
                Some(Answer::Fails(TransportErrorKind::Connect)) => Ok(String::new()),
                _ => read(request.into_body()).await,
            };
            self.0.arrivals.lock().unwrap().push(Arrival {
                after,
                target,
                body: body.as_deref().unwrap_or_default().to_owned(),
                headers,
            });
            body?;
            let mut answer = answer.unwrap_or_else(|| status(418));
            while let Answer::After(pause, then) = answer {
                sleep(pause).await;
                answer = *then;
            }
            match answer {
                Answer::Status(status, headers, body) => Ok(response(status, headers, Body::from(body))),
                Answer::Cut(status, headers, body) => Ok(response(status, headers, Body::new(Lost(Some(body))))),
                Answer::Fails(kind) => Err(TransportError::new(kind, "scripted")),
                Answer::Truncated => Ok(Response::new(Body::new(Begun(2, false)))),
                Answer::Stalls => Ok(Response::new(Body::new(Begun(2, true)))),
                Answer::Silent | Answer::After(..) => std::future::pending().await,
            }
        })
    }
}

fn response(status: u16, headers: Vec<(&'static str, String)>, body: Body) -> Response<Body> {
    let headers = headers.into_iter();
    let made = headers.fold(Response::builder().status(status), |made, (name, value)| {
        made.header(name, value)
    });
    made.body(body).unwrap()
}

/// A body that is lost after its first piece.
struct Lost(Option<&'static str>);

impl http_body::Body for Lost {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let lost = || TransportError::new(TransportErrorKind::Interrupted, "scripted");
        let piece = self.0.take().filter(|piece| !piece.is_empty());
        Poll::Ready(Some(
            piece.map(|piece| Frame::data(Bytes::from(piece))).ok_or_else(lost),
        ))
    }
}

/// A body of some pieces that never ends well.
struct Begun(u8, bool);

impl http_body::Body for Begun {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.0 > 0 {
            self.0 -= 1;
            return Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"\"")))));
        }
        if self.1 {
            return Poll::Pending;
        }
        let cut = TransportError::new(TransportErrorKind::Interrupted, "scripted");
        Poll::Ready(Some(Err(cut)))
    }
}
