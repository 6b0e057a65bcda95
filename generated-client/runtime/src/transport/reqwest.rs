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

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use crate::{Error, ErrorKind, limits::Limits, server::BaseUrl};

/// Carries requests over reqwest: HTTP/1.1 and HTTP/2, pooled connections, TLS 1.2 or newer.
///
/// Proxies come from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) and the system's settings;
/// a client whose base URL is loopback uses none, so that what is meant for this machine does not leave it.
/// It follows no redirect, retries nothing and keeps no cookies.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    pub(crate) fn new(base: &BaseUrl, limits: &Limits) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(limits.connect)
            .http2_max_header_list_size(u32::try_from(limits.headers).unwrap_or(u32::MAX));
        let builder = if base.is_loopback() {
            builder.no_proxy()
        } else {
            builder
        };
        let client = secure(builder, base)?
            .build()
            .map_err(|error| cannot_start("reqwest", error))?;
        Ok(Self(client))
    }
}

#[cfg(feature = "rustls")]
fn secure(builder: reqwest::ClientBuilder, base: &BaseUrl) -> Result<reqwest::ClientBuilder, Error> {
    use rustls::version::{TLS12, TLS13};
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13, &TLS12]);
    let config = if base.is_plain_http() {
        // A server without TLS can be reached where the platform has no roots to trust; https then trusts nobody.
        config.map(|config| config.with_root_certificates(rustls::RootCertStore::empty()))
    } else {
        config.and_then(BuilderVerifierExt::with_platform_verifier)
    };
    let config = config.map_err(|error| cannot_start("TLS", error))?;
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[expect(clippy::unnecessary_wraps, reason = "with rustls it can fail")]
fn secure(builder: reqwest::ClientBuilder, _base: &BaseUrl) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder.tls_version_min(reqwest::tls::Version::TLS_1_2))
}

#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
#[expect(clippy::unnecessary_wraps, reason = "with rustls it can fail")]
fn secure(builder: reqwest::ClientBuilder, _base: &BaseUrl) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder)
}

fn cannot_start(what: &str, error: impl error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Configuration, format!("{what} cannot be set up: {error}")).caused_by(error)
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = converted(request)?;
            let response = self.0.execute(request).await.map_err(classified)?;
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
        Some(bytes) => Some(reqwest::Body::from(bytes.clone())),
        None => Some(reqwest::Body::wrap(Outgoing(Mutex::new(body)))),
    };
    let mut request = reqwest::Request::try_from(Request::from_parts(parts, Bytes::new()))
        .map_err(|error| TransportError::new(TransportErrorKind::Request, error.without_url()))?;
    if request.url().as_str() != uri {
        let reason = "the URL would be changed by being parsed";
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
