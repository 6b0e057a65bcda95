//! Transports, which send a request to the server and return its response.

#[cfg(feature = "reqwest")]
mod certificates;
mod layer;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod pem;
#[cfg(feature = "reqwest")]
mod pings;
#[cfg(feature = "reqwest")]
mod pools;
pub(crate) mod progress;
#[cfg(feature = "reqwest")]
mod proxy;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
#[cfg(feature = "reqwest")]
mod secure;
#[cfg(feature = "reqwest")]
pub(crate) mod settings;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "reqwest")]
mod unprocessed;
pub(crate) mod watch;

use std::{
    error, fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body as _, Frame, SizeHint};

pub use self::layer::Layer;
pub(crate) use self::layer::layered;
use self::progress::{PIECE, Progress};
#[cfg(feature = "reqwest")]
pub use self::proxy::Proxy;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use self::tls::{Certificate, Identity, TlsVersion};
#[cfg(feature = "tower")]
pub use self::tower::{TowerTransport, TransportService};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A transport, which sends requests without redirects and retries.
///
/// Implement this trait for another HTTP client, for recording or for tests. The caller enforces the limits of time and size.
/// The transport enforces only the time to connect.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request to exactly its URI, and returns the response when its headers are received.
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;
}

/// The body of a request or a response: bytes, or a stream of pieces.
pub struct Body {
    inner: Inner,
    /// Tracks how much of the request's body has been sent.
    progress: Option<Progress>,
}

enum Inner {
    Whole(Bytes),
    Pieces(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>),
}

impl Body {
    /// Creates a body from a stream of pieces.
    pub fn new(body: impl http_body::Body<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self::of(Inner::Pieces(Box::pin(body)))
    }

    fn of(inner: Inner) -> Self {
        Self { inner, progress: None }
    }

    /// Returns the body with progress tracking. Bytes are then sent in pieces.
    pub(crate) fn observed_by(mut self, progress: Progress) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Returns the bytes that are not read yet, if the body is not a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.inner {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Pieces(_) => None,
        }
    }

    /// Returns the next piece, or `None` at the end. Trailers are skipped.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, TransportError>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_frame(context)) {
                None => return Poll::Ready(Ok(None)),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Ok(Some(bytes)));
                    }
                }
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Body")
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::of(Inner::Whole(bytes.into()))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Self { inner, progress } = &mut *self;
        let piece = match inner {
            Inner::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Whole(bytes) if progress.is_some() && bytes.len() > PIECE => {
                Poll::Ready(Some(Ok(Frame::data(bytes.split_to(PIECE)))))
            }
            Inner::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Pieces(pieces) => pieces.as_mut().poll_frame(context),
        };
        if let Some(progress) = &self.progress {
            match &piece {
                Poll::Pending => progress.wait_for_source(),
                Poll::Ready(Some(Ok(_))) if !self.is_end_stream() => progress.hand_over(),
                Poll::Ready(_) => progress.finish(),
            }
        }
        piece
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Whole(bytes) => bytes.is_empty(),
            Inner::Pieces(pieces) => pieces.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Whole(bytes) => {
                u64::try_from(bytes.len()).map_or_else(|_| SizeHint::default(), SizeHint::with_exact)
            }
            Inner::Pieces(pieces) => pieces.size_hint(),
        }
    }
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection failed: the name is unknown, or the server is unreachable or refuses connections.
    Connect,
    /// The connection was not established within its time limit.
    ConnectTimeout,
    /// The TLS handshake failed, for example because the certificate is not trusted.
    Tls,
    /// The transport cannot send the request unchanged.
    Request,
    /// The connection was interrupted, or the data was not HTTP.
    Interrupted,
    /// The server reports that it has not processed the request (HTTP/2: `REFUSED_STREAM`, or `GOAWAY` for an earlier stream),
    /// or the connection was closed before a byte of the request was written.
    NotProcessed,
}

/// The error of a [`Transport`]. Its source is printed, so it must not contain secrets.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    source: Box<dyn error::Error + Send + Sync>,
}

impl TransportError {
    /// Creates an error with its cause, which can be a string.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns whether the server can have started to process the request.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Interrupted)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "the connection failed",
            TransportErrorKind::ConnectTimeout => "the connection timed out",
            TransportErrorKind::Tls => "the TLS connection failed",
            TransportErrorKind::Request => "the request cannot be sent",
            TransportErrorKind::Interrupted => "the connection was interrupted",
            TransportErrorKind::NotProcessed => "the server did not process the request",
        })
    }
}

impl error::Error for TransportError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}
