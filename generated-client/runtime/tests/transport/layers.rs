//! Transports and layers of one's own.

use std::sync::{Arc, Mutex};

use specwright_runtime::{
    Body, BoxFuture, Client, ClientCredentials, ErrorKind, Layer, ReqwestTransport, RetryPolicy, Transport,
    TransportError, TransportErrorKind,
    http::{HeaderValue, Request, Response},
    reqwest,
};

use crate::{
    answer, builder, get,
    plain::{json, server},
};

/// Answers with what the request says of itself.
struct Echo;

impl Transport for Echo {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let token = request.uri().path() == "/token";
        let trail = request
            .headers()
            .get("x-trail")
            .and_then(|trail| trail.to_str().ok())
            .unwrap_or("none");
        let text = if token {
            r#"{"access_token":"t","token_type":"bearer"}"#.to_owned()
        } else {
            format!("\"{trail}\"")
        };
        Box::pin(async { Ok(Response::new(Body::from(text))) })
    }
}

/// Adds its name to a header, and keeps whether the credential was sensitive.
struct Named(&'static str, Arc<Mutex<Vec<Option<bool>>>>);

impl Layer for Named {
    fn send<'a>(
        &'a self,
        mut request: Request<Body>,
        inner: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        let sensitive = request.headers().get("authorization").map(HeaderValue::is_sensitive);
        self.1.lock().unwrap().push(sensitive);
        let before = request
            .headers()
            .get("x-trail")
            .map_or(String::new(), |trail| trail.to_str().unwrap().to_owned());
        let trail = HeaderValue::from_str(&format!("{before}{}", self.0)).unwrap();
        request.headers_mut().insert("x-trail", trail);
        inner.send(request)
    }
}

#[tokio::test]
async fn layers_are_around_any_transport_and_the_first_one_is_the_outermost() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let client = Client::builder("https://example.com")
        .token_source(ClientCredentials::new("/token", "id", "secret"))
        .layer(Named("a", Arc::clone(&seen)))
        .layer(Named("b", Arc::clone(&seen)))
        .transport(Echo)
        .build()
        .unwrap();
    assert_eq!(answer(&client).await.unwrap(), "ab");
    // The token request has no credential yet, and the one of the call is marked.
    assert_eq!(*seen.lock().unwrap(), [None, None, Some(true), Some(true)]);
}

/// Fails once, then lets pass.
struct Flaky(Mutex<bool>);

impl Layer for Flaky {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        inner: &'a dyn Transport,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        if std::mem::replace(&mut *self.0.lock().unwrap(), false) {
            return Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect, "by the layer")) });
        }
        inner.send(request)
    }
}

#[tokio::test]
async fn layers_run_for_each_attempt_of_the_default_transport_too() {
    let (address, seen) = server(json("\"b\"")).await;
    let client = Client::builder(format!("http://{address}")).layer(Flaky(Mutex::new(true)));
    let response = get(&client.build().unwrap()).send_for_json::<String>().await.unwrap();
    assert_eq!((response.as_str(), seen.requests().len()), ("b", 1));
}

/// R22, R26: whatever the caller's builder said.
#[tokio::test]
async fn a_builder_of_reqwest_follows_no_redirect() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: /apps\r\ncontent-length: 0\r\n\r\n";
    let (address, seen) = server(moved).await;
    let own = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::limited(3))
        .user_agent("own");
    let transport = ReqwestTransport::from_builder(own).unwrap();
    let client = builder(&format!("http://{address}"))
        .transport(transport)
        .build()
        .unwrap();
    let error = answer(&client).await.unwrap_err();
    assert_eq!(
        (error.kind(), seen.requests().len()),
        (ErrorKind::Redirect, 1),
        "{error}"
    );
}

#[tokio::test]
async fn a_client_of_reqwest_stays_as_it_is() {
    let (address, seen) = server(json("\"b\"")).await;
    let mut headers = specwright_runtime::http::HeaderMap::new();
    headers.insert("x-own", HeaderValue::from_static("1"));
    // `from_builder` made sure of a provider; a client of the caller's own does so itself.
    ReqwestTransport::from_builder(reqwest::Client::builder()).unwrap();
    let own = reqwest::Client::builder().default_headers(headers).build().unwrap();
    let client = builder(&format!("http://{address}"))
        .transport(ReqwestTransport::from(own))
        .build()
        .unwrap();
    assert_eq!(answer(&client).await.unwrap(), "b");
    assert!(seen.requests()[0].contains("x-own: 1"), "{:?}", seen.requests());
}

#[test]
fn a_builder_of_reqwest_that_cannot_be_is_a_configuration_error() {
    let own = reqwest::Client::builder().user_agent("a\nb");
    let error = ReqwestTransport::from_builder(own).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
}

#[tokio::test]
async fn transports_can_be_shared() {
    let shared: Arc<dyn Transport> = Arc::new(Echo);
    let client = || {
        Client::builder("https://example.com")
            .retry(RetryPolicy::never())
            .transport(Arc::clone(&shared))
    };
    assert_eq!(answer(&client().build().unwrap()).await.unwrap(), "none");
    assert_eq!(answer(&client().build().unwrap()).await.unwrap(), "none");
}

/// Fails in this way.
#[cfg(feature = "tower")]
struct Refusing(TransportErrorKind);

#[cfg(feature = "tower")]
impl Transport for Refusing {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let error = TransportError::new(self.0, "no");
        Box::pin(async { Err(error) })
    }
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn services_of_tower_are_transports_and_the_other_way_round() {
    use specwright_runtime::{TowerTransport, TransportService};

    let round = TowerTransport::new(TransportService::new(Echo));
    let client = builder("https://example.com").transport(round).build().unwrap();
    assert_eq!(answer(&client).await.unwrap(), "none");

    // The errors of a transport keep their kind; those of others are interrupted connections.
    for (kind, expected) in [
        (TransportErrorKind::Connect, ErrorKind::Connect),
        (TransportErrorKind::Tls, ErrorKind::Tls),
        (TransportErrorKind::Interrupted, ErrorKind::Transport),
    ] {
        let round = TowerTransport::new(TransportService::new(Refusing(kind)));
        let client = builder("https://example.com").transport(round).build().unwrap();
        assert_eq!(answer(&client).await.unwrap_err().kind(), expected);
    }
}
