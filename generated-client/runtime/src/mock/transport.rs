//! The transport of a mock.

use std::{
    fmt,
    future::pending,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body::{Frame, SizeHint};

use super::{
    defaults::DefaultAnswer,
    reply::{Fault, RawReply},
    report,
    request::Seen,
    state::{Adjust, Entry, Fit, Respond, State},
};
use crate::{Body, BoxFuture, Transport, TransportError, TransportErrorKind, wire::Value};

/// The transport of a [`Mock`](super::Mock). Clones answer for the same mock.
///
/// A request that no expectation fits is an error of the kind [`InvalidRequest`](crate::ErrorKind::InvalidRequest), which is never
/// retried, and is reported at the end of the test.
#[derive(Clone)]
pub struct MockTransport(Arc<State>);

/// What answers a request.
struct Chosen {
    entry: Arc<Entry>,
    respond: Respond,
    adjust: Vec<Adjust>,
}

impl MockTransport {
    pub(super) fn new(state: Arc<State>) -> Self {
        Self(state)
    }

    /// The first expectation that fits and has a reply left.
    fn choose(&self, seen: &Seen, has_body: bool) -> Option<Arc<Entry>> {
        let mut entries = self.0.entries();
        entries.retain(|entry| entry.has_steps() && seen.is_for(&entry.route));
        if seen.operation.is_none() {
            // Without the client's word, a template with fewer arguments fits better.
            entries.sort_by_key(|entry| entry.route.arguments());
        }
        entries
            .into_iter()
            .find(|entry| matches!(entry.fit(seen, has_body), Fit::Fits))
    }

    fn take(&self, seen: &Seen) -> Option<Chosen> {
        // Another thread may take the last reply meanwhile.
        std::iter::from_fn(|| self.choose(seen, true))
            .take(16)
            .find_map(|entry| {
                let (respond, adjust) = entry.take()?;
                Some(Chosen { entry, respond, adjust })
            })
    }

    async fn answer(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let mut seen = Seen::of(&request);
        seen.body = match self.read(&seen, request.into_body()).await? {
            Some(body) => body,
            None => return Err(failed(Fault::NotConnected)),
        };
        self.0.keep(&seen);
        let Some(chosen) = self.take(&seen) else {
            if let Some(answer) = self.0.default_answer(&seen) {
                return Ok(default_response(answer));
            }
            let report = report::unexpected(&seen, &self.0);
            self.0.note(report.clone());
            return Err(TransportError::new(TransportErrorKind::Request, report));
        };
        if let Err(problems) = (chosen.entry.check)(&seen) {
            return Ok(self.refuse(&seen, &problems));
        }
        match (chosen.respond)(&seen) {
            Ok(reply) => match adjusted(reply, &chosen.adjust) {
                Ok(reply) => respond(reply).await,
                Err(problem) => {
                    let (id, at) = (&chosen.entry.route, chosen.entry.location);
                    let problem = format!("invalid reply of {id} at {at}: {problem}");
                    self.0.note(problem.clone());
                    Err(TransportError::new(TransportErrorKind::Request, problem))
                }
            },
            Err(problem) => Ok(self.refuse(&seen, &[problem])),
        }
    }

    /// Reads the body; `None` if the connection fails before anything of a stream is read.
    async fn read(&self, seen: &Seen, mut body: Body) -> Result<Option<Bytes>, TransportError> {
        if body.as_bytes().is_none()
            && let Some(entry) = self.choose(seen, false)
            && entry.take_unconnected()
        {
            self.0.keep(seen);
            return Ok(None);
        }
        let mut whole = BytesMut::new();
        while let Some(chunk) = body.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(Some(whole.freeze()))
    }

    /// Notes that a request is not what the document declares, and answers so.
    fn refuse(&self, seen: &Seen, problems: &[String]) -> Response<Body> {
        let listed = problems.join("\n  - ");
        self.0.note(format!(
            "invalid request {}: it is not what the document declares\n  - {listed}",
            seen.shown()
        ));
        let problem = serde_json::json!({
            "title": "the request is not what the document declares",
            "status": 422,
            "errors": problems.iter().map(|problem| serde_json::json!({"detail": problem})).collect::<Vec<_>>(),
        });
        problem_response(422, &problem)
    }
}

fn default_response(answer: &DefaultAnswer) -> Response<Body> {
    let (media, body) = answer.content.unwrap_or_default();
    let mut response = Response::new(Body::from(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or_default();
    if answer.content.is_some()
        && let Ok(media) = HeaderValue::from_str(media)
    {
        response.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    response
}

fn problem_response(status: u16, problem: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(problem.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    let media = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

fn adjusted(mut reply: RawReply, adjust: &[Adjust]) -> Result<RawReply, String> {
    for adjust in adjust {
        adjust(&mut reply)?;
    }
    Ok(reply)
}

async fn respond(reply: RawReply) -> Result<Response<Body>, TransportError> {
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    match reply.fault {
        Some(Fault::NoResponse) => pending().await,
        Some(fault) => return Err(failed(fault)),
        None => {}
    }
    let body = match reply.cut {
        Some(bytes) => Body::new(Cut {
            left: Some(reply.body.slice(..bytes.min(reply.body.len()))),
        }),
        None => Body::from(reply.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    Ok(response)
}

fn failed(fault: Fault) -> TransportError {
    let (kind, reason) = match fault {
        Fault::NotConnected => (TransportErrorKind::Connect, "the mock does not accept the connection"),
        Fault::NotProcessed => (
            TransportErrorKind::NotProcessed,
            "the mock does not process the request",
        ),
        Fault::ConnectionLost | Fault::NoResponse => {
            (TransportErrorKind::Interrupted, "the mock closes the connection")
        }
    };
    TransportError::new(kind, reason)
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MockTransport")
    }
}

/// A body that ends too early.
struct Cut {
    left: Option<Bytes>,
}

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(match self.left.take() {
            Some(bytes) if !bytes.is_empty() => {
                self.left = Some(Bytes::new());
                Some(Ok(Frame::data(bytes)))
            }
            Some(_) => Some(Err(failed(Fault::ConnectionLost))),
            None => None,
        })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}

#[cfg(feature = "tower")]
mod service;
