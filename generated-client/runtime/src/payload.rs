//! The body of a request: bytes, which can be sent again, or a stream, which cannot be sent again after it was read from.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::{Body, TransportError, TransportErrorKind};

#[derive(Clone)]
pub(crate) enum Payload {
    Bytes(Bytes),
    Stream(Once),
}

/// A stream that the first attempt to read from it takes.
#[derive(Clone)]
pub(crate) struct Once {
    source: Arc<Mutex<Option<Body>>>,
    pub(crate) length: Option<u64>,
}

impl Default for Payload {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl Payload {
    pub(crate) fn stream(source: Body, length: Option<u64>) -> Self {
        Self::Stream(Once {
            source: Arc::new(Mutex::new(Some(source))),
            length,
        })
    }

    /// Several payloads one after the other; bytes as long as all of them are.
    pub(crate) fn joined(pieces: &[Self]) -> Self {
        let mut whole = Vec::new();
        for piece in pieces {
            match piece {
                Self::Bytes(bytes) => whole.extend_from_slice(bytes),
                Self::Stream(_) => return Self::chained(pieces),
            }
        }
        Self::Bytes(whole.into())
    }

    fn chained(pieces: &[Self]) -> Self {
        let length = pieces
            .iter()
            .try_fold(0_u64, |sum, piece| sum.checked_add(piece.length()?));
        let bodies = pieces.iter().map(Self::body).collect();
        Self::stream(Body::new(Chain(bodies)), length)
    }

    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream(once) => once.length,
        }
    }

    /// The bytes; none of a stream.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream(_) => &[],
        }
    }

    /// Whether it cannot go out again: a part of it is gone.
    pub(crate) fn is_spent(&self) -> bool {
        match self {
            Self::Bytes(_) => false,
            Self::Stream(once) => once.source().is_none(),
        }
    }

    /// The body of one attempt.
    pub(crate) fn body(&self) -> Body {
        match self {
            Self::Bytes(bytes) => Body::from(bytes.clone()),
            Self::Stream(once) => Body::new(Attempt {
                once: once.clone(),
                taken: None,
            }),
        }
    }
}

impl Once {
    fn source(&self) -> MutexGuard<'_, Option<Body>> {
        self.source.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The stream of one attempt. The first reader takes it.
struct Attempt {
    once: Once,
    taken: Option<Body>,
}

impl http_body::Body for Attempt {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.taken.is_none() {
            let source = self.once.source().take();
            self.taken = source;
        }
        match &mut self.taken {
            Some(body) => Pin::new(body).poll_frame(context),
            None => {
                let reason = "an earlier attempt has already read the stream of the body";
                Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Request, reason))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.once.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Bodies one after the other.
struct Chain(VecDeque<Body>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(None) => self.0.pop_front(),
                other => return other,
            };
        }
        Poll::Ready(None)
    }
}
