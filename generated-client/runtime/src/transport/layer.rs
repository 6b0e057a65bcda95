//! Layers around a transport.

use std::{fmt, sync::Arc};

use http::{Request, Response};

use super::{Body, BoxFuture, Transport, TransportError};

/// A layer around a [`Transport`] that sees all requests and responses, for example for logging, metrics, signatures or a
/// cache.
///
/// A layer runs once for each attempt and each token request, after the credential was added. Sensitive headers are marked as
/// sensitive. The layer forwards the request to `inner`, or returns a response itself.
///
/// ```
/// use specwright_runtime::{
///     Body, BoxFuture, Client, Layer, Transport, TransportError,
///     http::{HeaderValue, Request, Response},
/// };
///
/// struct Region;
///
/// impl Layer for Region {
///     fn send<'a>(
///         &'a self,
///         mut request: Request<Body>,
///         inner: &'a dyn Transport,
///     ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
///         request.headers_mut().insert("x-region", HeaderValue::from_static("eu"));
///         inner.send(request)
///     }
/// }
///
/// # struct Nowhere;
/// # impl Transport for Nowhere {
/// #     fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
/// #         Box::pin(async { Ok(Response::new(Body::from(""))) })
/// #     }
/// # }
/// let client = Client::builder("https://example.com").layer(Region);
/// # let client = client.transport(Nowhere);
/// let client = client.build()?;
/// # let _ = client;
/// # Ok::<(), specwright_runtime::Error>(())
/// ```
pub trait Layer: Send + Sync + 'static {
    /// Forwards the request to `inner`, or returns a response itself.
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        inner: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;
}

/// A transport with a layer around it.
struct Layered {
    layer: Arc<dyn Layer>,
    inner: Arc<dyn Transport>,
}

/// A transport with layers around it, the first of which sees a request first.
pub(crate) fn layered(transport: Arc<dyn Transport>, layers: Vec<Arc<dyn Layer>>) -> Arc<dyn Transport> {
    let around = |inner, layer| -> Arc<dyn Transport> { Arc::new(Layered { layer, inner }) };
    layers.into_iter().rev().fold(transport, around)
}

impl Transport for Layered {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.layer.send(request, self.inner.as_ref())
    }
}

impl fmt::Debug for Layered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Layered")
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }
}
