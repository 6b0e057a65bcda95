//! The transport over reqwest.

use std::{
    error, io,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

use super::{
    Body, BoxFuture, Transport, TransportError, TransportErrorKind,
    certificates::{AskedFor, NO_CERTIFICATE, NO_TLS},
    pings::Pings,
    pools::Pools,
    progress::PIECE,
    secure::{HAS_TLS, secure},
    settings::{self, HttpSettings},
    unprocessed::is_unprocessed,
    watch::ConnectionWatch,
};
use crate::{Error, error::chain as render_chain, limits::Limits, server::BaseUrl};

/// The transport over reqwest: HTTP/1.1 and HTTP/2, pooled connections, TLS 1.2 or newer.
///
/// By default each client has its own transport with the settings of its builder. For other settings of reqwest, create a
/// transport with [`ReqwestTransport::from_builder`], or with `ReqwestTransport::from` from an existing client of reqwest.
///
/// The default transport uses the proxies of the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in upper or
/// lower case) and of the system's settings. A client with a loopback base URL does not use them, so its data stays on this
/// machine. An invalid proxy of the environment is an error when the client is built. The transport does not follow redirects,
/// does not retry, and does not store cookies.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    pools: Pools,
    asked: AskedFor,
    /// Whether the caller created the client, which can support TLS even if this crate does not.
    is_foreign: bool,
}

impl ReqwestTransport {
    pub(crate) fn new(settings: &HttpSettings, base: &BaseUrl, limits: &Limits) -> Result<Self, Error> {
        let asked = AskedFor::default();
        let (settings, base, limits) = (settings.clone(), base.clone(), limits.clone());
        let made = asked.clone();
        let pools = Pools::new(move || {
            let builder = settings.builder(&base, &limits)?;
            secure(builder, &settings, &base, &made)?.build().map_err(cannot_start)
        });
        Ok(Self {
            pools: pools?,
            asked,
            is_foreign: false,
        })
    }

    /// Creates a transport from a builder of reqwest.
    ///
    /// This function overrides four settings of the builder: redirects are not followed, reqwest does not retry, TLS is 1.2 or
    /// newer, and HTTP/2 connections have pings. For a higher minimum version of TLS, create a client of reqwest and use
    /// `ReqwestTransport::from`. All other settings, such as proxies, certificates and the time to connect, are those of the
    /// builder. [`ClientBuilder::connect_timeout`](crate::ClientBuilder::connect_timeout) has no effect on this transport.
    ///
    /// After an attempt that reached its time limit, later requests can use the same connection until a ping detects that it is
    /// dead.
    ///
    /// reqwest requires a process-wide cryptography provider for rustls. If none is installed, this function installs ring.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        #[cfg(feature = "rustls")]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // One that another thread installed meanwhile is as good.
            _ = rustls::crypto::ring::default_provider().install_default();
        }
        let builder = settings::ours(builder, &Pings::default());
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        let builder = builder.tls_version_min(reqwest::tls::Version::TLS_1_2);
        Ok(Self::from(builder.build().map_err(cannot_start)?))
    }
}

/// Carries requests over a client that is there already.
///
/// Its settings stay as they are, and with them the promises about redirects, retries, TLS and pings are the caller's: a
/// client of reqwest follows redirects and repeats refused streams unless its builder says otherwise, and sends HTTP/2
/// pings only if its builder says so. Its connections are its own too: after an attempt that was not answered in time, later
/// requests may use the same connection.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self {
            pools: Pools::only(client),
            asked: AskedFor::default(),
            is_foreign: true,
        }
    }
}

fn cannot_start(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let reason = render_chain(&error);
    Error::configuration(format!("reqwest cannot be set up: {reason}")).caused_by(error)
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let uri = request.uri().clone();
            if !HAS_TLS && !self.is_foreign && uri.scheme_str() == Some("https") {
                return Err(TransportError::new(TransportErrorKind::Tls, NO_TLS));
            }
            let (number, client) = self.pools.current();
            if let Some(watch) = request.extensions().get::<ConnectionWatch>() {
                let pools = self.pools.clone();
                watch.retire_by(move || pools.retire(number));
            }
            let request = converted(request)?;
            let asked_before = self.asked.count();
            let response = client.execute(request).await.map_err(|error| {
                if self.asked.explains(asked_before, &uri) {
                    return TransportError::new(TransportErrorKind::Tls, NO_CERTIFICATE);
                }
                classified(error)
            })?;
            self.asked.answered(&uri);
            let response: Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Body::new(Incoming(body))))
        })
    }
}

/// reqwest parses the URI anew: what it would change on the way is refused.
fn converted(request: Request<Body>) -> Result<reqwest::Request, TransportError> {
    let uri = request.uri().to_string();
    let (parts, body) = request.into_parts();
    let body = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) if bytes.len() <= PIECE => Some(reqwest::Body::from(bytes.clone())),
        _ => Some(reqwest::Body::wrap(Outgoing(Mutex::new(body)))),
    };
    let mut request = reqwest::Request::try_from(Request::from_parts(parts, Bytes::new()))
        .map_err(|error| TransportError::new(TransportErrorKind::Request, error.without_url()))?;
    if request.url().as_str() != uri {
        let reason = "the URL is not in normal form: reqwest would change it";
        return Err(TransportError::new(TransportErrorKind::Request, reason));
    }
    *request.body_mut() = body;
    Ok(request)
}

/// A body as reqwest sends it: it wants to share what is only ever read in one place.
struct Outgoing(Mutex<Body>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// URLs are taken out of errors: a query can hold what is not for logs.
fn classified(error: reqwest::Error) -> TransportError {
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() && error.is_timeout() {
        TransportErrorKind::ConnectTimeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Request
    } else if is_unprocessed(&error) {
        TransportErrorKind::NotProcessed
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind, error.without_url())
}

/// A TLS failure lies somewhere among the causes, wrapped into one `io::Error` or several.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause = error::Error::source(error);
    // As deep as reqwest, hyper and the connector nest, with room to spare.
    for _ in 0..16 {
        let Some(error) = cause else { return false };
        if is_tls_library(error) {
            return true;
        }
        // The source of an `io::Error` is that of the error it wraps, not the wrapped error itself.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = wrapped.map_or_else(|| error.source(), |wrapped| Some(wrapped));
    }
    false
}

#[cfg(feature = "rustls")]
fn is_tls_library(error: &(dyn error::Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn is_tls_library(error: &(dyn error::Error + 'static)) -> bool {
    error.is::<native_tls::Error>()
}

#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
fn is_tls_library(_error: &(dyn error::Error + 'static)) -> bool {
    false
}

/// A body as reqwest reads it.
struct Incoming(reqwest::Body);

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = http_body::Body::poll_frame(Pin::new(&mut self.0), context);
        frame.map(|frame| frame.map(|frame| frame.map_err(interrupted)))
    }

    fn is_end_stream(&self) -> bool {
        http_body::Body::is_end_stream(&self.0)
    }
}

fn interrupted(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, error.without_url())
}
