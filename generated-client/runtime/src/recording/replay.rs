//! A transport that returns recorded responses.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{Request, Response};

use super::Exchange;
use crate::{Body, BoxFuture, Transport, TransportError, TransportErrorKind, credential::KeyInQuery, wire};

/// A transport that returns, for each request, the response of the first unused exchange that matches.
///
/// A request without a matching exchange is an error of the kind [`InvalidRequest`](crate::ErrorKind::InvalidRequest), which is
/// never retried. Clones share their exchanges.
#[derive(Clone)]
pub struct Replay(Arc<Mutex<Vec<Exchange>>>);

impl Replay {
    /// Creates a transport with exchanges.
    pub fn new(exchanges: impl IntoIterator<Item = Exchange>) -> Self {
        Self(Arc::new(Mutex::new(exchanges.into_iter().collect())))
    }

    /// Creates a transport from the JSON of [`Recorder::to_json`](super::Recorder::to_json).
    pub fn from_json(text: &str) -> Result<Self, wire::DecodeError> {
        wire::from_str::<Vec<Exchange>>(text).map(Self::new)
    }

    /// Returns the exchanges that are not used yet.
    #[must_use]
    pub fn unused(&self) -> Vec<Exchange> {
        self.exchanges().clone()
    }

    fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request<Body>) -> Result<Response<Body>, TransportError> {
        let method = request.method().as_str();
        let target = KeyInQuery::without_key(request);
        // What a stream holds is not looked at: any exchange with its method and target fits that tells no body.
        let sent = request.body().as_bytes().map_or(&[][..], |sent| sent);
        let mut exchanges = self.exchanges();
        let fits = |exchange: &Exchange| exchange.answers(method, &target, sent);
        match exchanges.iter().position(fits) {
            Some(index) => exchanges.remove(index).answer(),
            None => {
                let reason = format!(
                    "no exchange is recorded for {method} {} with this query and body",
                    request.uri().path()
                );
                Err(TransportError::new(TransportErrorKind::Request, reason))
            }
        }
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let answer = self.answer(&request);
        Box::pin(async { answer })
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Replay")
    }
}
