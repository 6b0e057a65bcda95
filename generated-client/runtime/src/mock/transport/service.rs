//! The mock as a service of tower, for servers such as those of axum and hyper.

use std::{
    convert::Infallible,
    error,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;
use tower_service::Service;

use super::{MockTransport, problem_response};
use crate::{Body, BoxFuture, Transport as _, TransportError, TransportErrorKind};

/// A request that no expectation fits gets status 501 with a problem document (RFC 9457), and is reported at the end of the
/// test. So does a request for which the mock fails as a connection does.
///
/// ```no_run
/// # use specwright_runtime::mock::Mock;
/// # async fn example() -> std::io::Result<()> {
/// let mock = Mock::new();
/// // let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// // axum::serve(listener, axum::Router::new().fallback_service(mock.transport())).await?;
/// # Ok(())
/// # }
/// ```
impl<B> Service<Request<B>> for MockTransport
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn error::Error + Send + Sync>>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let mock = self.clone();
        Box::pin(async move {
            let request = request.map(|body| Body::new(Received(Box::pin(body))));
            Ok(mock.send(request).await.unwrap_or_else(|error| {
                let detail = error::Error::source(&error).map(ToString::to_string);
                let problem = serde_json::json!({"title": error.to_string(), "status": 501, "detail": detail});
                problem_response(501, &problem)
            }))
        })
    }
}

/// The body of a request from a server.
struct Received<B>(Pin<Box<B>>);

impl<B> http_body::Body for Received<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = self.0.as_mut().poll_frame(context);
        let lost = |error: B::Error| TransportError::new(TransportErrorKind::Interrupted, error);
        frame.map(|frame| frame.map(|frame| frame.map_err(lost)))
    }
}
