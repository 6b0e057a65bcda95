//! The recorder of exchanges.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::BytesMut;
use http::{HeaderMap, Request, Response, header};

use super::{
    Exchange,
    exchange::{recorded, text_or_bytes},
};
use crate::{
    Body, BoxFuture, Secret, Transport, TransportError,
    credential::{Echoes, KeyInQuery},
    error::redacted,
    wire,
};

/// Records the exchanges of a client that is built with [`ClientBuilder::record`](crate::ClientBuilder::record).
///
/// Clones share their exchanges. Bodies are recorded unchanged. Two kinds of exchanges are not recorded: requests with a form,
/// because they fetch tokens, and responses that end too early. If a response contains the credential of its request,
/// `[redacted]` replaces it.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Exchange>>>);

impl Recorder {
    /// Creates a recorder without exchanges.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the recorded exchanges, in the order of the responses.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the recorded exchanges as JSON, for [`Replay::from_json`](super::Replay::from_json).
    #[must_use]
    pub fn to_json(&self) -> String {
        let exchanges: Vec<String> = self
            .exchanges()
            .iter()
            .map(|exchange| String::from_utf8_lossy(&wire::to_vec(exchange)).into_owned())
            .collect();
        // One exchange a line, so that a difference shows which one it is in.
        format!("[\n{}\n]\n", exchanges.join(",\n"))
    }

    pub(crate) fn around(self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Recording { recorder: self, inner })
    }

    fn keep(&self, exchange: Exchange) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Recorder")
    }
}

struct Recording {
    recorder: Recorder,
    inner: Arc<dyn Transport>,
}

impl Transport for Recording {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut exchange = Exchange {
                method: request.method().to_string(),
                target: KeyInQuery::without_key(&request),
                request_body: request.body().as_bytes().and_then(|sent| text_or_bytes(sent).0),
                ..Exchange::default()
            };
            let is_kept = !is_form(request.headers());
            let Echoes(secrets) = request.extensions().get().cloned().unwrap_or_default();
            let response = self.inner.send(request).await?;
            if !is_kept {
                return Ok(response);
            }
            let (parts, mut body) = response.into_parts();
            let mut whole = BytesMut::new();
            while let Some(chunk) = body.chunk().await? {
                whole.extend_from_slice(&chunk);
            }
            let whole = whole.freeze();
            exchange.status = parts.status.as_u16();
            exchange.headers = recorded(&parts.headers);
            (exchange.body, exchange.bytes) = text_or_bytes(&whole);
            redact(&mut exchange, &secrets);
            self.recorder.keep(exchange);
            Ok(Response::from_parts(parts, Body::from(whole)))
        })
    }
}

/// Takes what the server repeats of a credential out of its answer.
fn redact(exchange: &mut Exchange, secrets: &[Secret]) {
    for text in exchange.headers.values_mut().chain(&mut exchange.body) {
        *text = redacted(text, secrets);
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .map(|value| value.as_bytes().to_ascii_lowercase());
    content_type.is_some_and(|content_type| content_type.starts_with(b"application/x-www-form-urlencoded"))
}
