//! Logging in at a browser, in simulated time and therefore without sockets.
#![cfg(feature = "credentials")]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use conductorone_client::{
    Client, DeviceLogin, Error, ErrorKind, PersonalClient, Transport,
    http::{Request, Response},
};
use specwright_runtime::{Body, BoxFuture, Bytes, TransportError};
use tokio::time::Instant;

const DEVICE: &str = r#"{"device_code": "CANARY-device", "user_code": "ABCD-EFGH", "verification_uri": "https://a.example/d",
    "verification_uri_complete": "https://a.example/d?code=ABCD-EFGH", "expires_in": 600, "interval": 5}"#;

const TOKEN: &str = r#"{"access_token": "CANARY-token", "token_type": "Bearer", "expires_in": 600}"#;

/// A tenant that answers each question for the token by the next of these words; then the login stays pending.
#[derive(Clone)]
struct Tenant {
    words: &'static [&'static str],
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Tenant {
    fn saying(words: &'static [&'static str]) -> Self {
        Self {
            words,
            requests: Arc::default(),
        }
    }

    fn answer(&self, path: &str) -> (u16, String) {
        let polls = self.requests_of("/auth/v1/token").len();
        match path {
            "/auth/v1/device_authorization" => (200, DEVICE.to_owned()),
            "/auth/v1/token" => match self.words.get(polls.saturating_sub(1)).copied() {
                Some("token") => (200, TOKEN.to_owned()),
                Some("busy") => (503, String::new()),
                word => (
                    400,
                    format!(
                        r#"{{"error": "{}", "error_description": "why"}}"#,
                        word.unwrap_or("authorization_pending")
                    ),
                ),
            },
            _ => (
                200,
                r#"{"client": {"clientId": "a@acme.conductor.one/pcc"}, "clientSecret": "CANARY-secret"}"#.to_owned(),
            ),
        }
    }

    fn requests_of(&self, path: &str) -> Vec<Request<Bytes>> {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .filter(|request| request.uri().path() == path)
            .cloned()
            .collect()
    }
}

impl Transport for Tenant {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let path = request.uri().path().to_owned();
        let request = request.map(|body| body.as_bytes().unwrap().clone());
        self.requests.lock().unwrap().push(request);
        let (status, body) = self.answer(&path);
        let response = Response::builder().status(status).body(Body::from(body)).unwrap();
        Box::pin(async { Ok(response) })
    }
}

async fn login(tenant: &Tenant) -> (Result<PersonalClient, Error>, Duration) {
    let builder = Client::builder("acme.conductor.one").unwrap().transport(tenant.clone());
    let login = DeviceLogin::begin_with(&builder.build().unwrap(), "public")
        .await
        .unwrap();
    assert_eq!(login.verification_url(), "https://a.example/d?code=ABCD-EFGH");
    assert_eq!(login.user_code(), "ABCD-EFGH");
    assert!(!format!("{login:?}").contains("CANARY"));
    let started = Instant::now();
    let outcome = login.personal_client("laptop").await;
    (outcome, started.elapsed())
}

/// After `slow_down` and after a failure the pause is 5 s longer, and the login goes on.
#[tokio::test(start_paused = true)]
async fn a_login_goes_on_until_it_is_confirmed() {
    let tenant = Tenant::saying(&["authorization_pending", "slow_down", "busy", "token"]);
    let (outcome, elapsed) = login(&tenant).await;
    let own = outcome.unwrap();
    assert_eq!(own.client_id(), "a@acme.conductor.one/pcc");
    assert_eq!(own.client_secret().expose(), "CANARY-secret");
    assert!(!format!("{own:?}").contains("CANARY"));
    assert_eq!(elapsed.as_secs(), 5 + 10 + 15);
}

#[tokio::test(start_paused = true)]
async fn each_step_asks_for_what_it_needs() {
    let tenant = Tenant::saying(&["token"]);
    login(&tenant).await.0.unwrap();
    let bodies = |path| tenant.requests_of(path)[0].body().clone();
    assert_eq!(bodies("/auth/v1/device_authorization"), "client_id=public");
    assert_eq!(
        bodies("/auth/v1/token"),
        "client_id=public&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=CANARY-device"
    );
    assert_eq!(bodies("/api/v1/iam/personal_clients"), r#"{"display_name":"laptop"}"#);
    let created = tenant.requests_of("/api/v1/iam/personal_clients");
    assert_eq!(created[0].headers()["authorization"], "Bearer CANARY-token");
}

#[tokio::test(start_paused = true)]
async fn a_login_that_is_refused_is_over() {
    let tenant = Tenant::saying(&["authorization_pending", "access_denied"]);
    let error = login(&tenant).await.0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "the token endpoint answered 400 Bad Request: access_denied: why"
    );
    assert_eq!(tenant.requests_of("/auth/v1/token").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_login_that_nobody_confirms_ends() {
    let tenant = Tenant::saying(&[]);
    let (outcome, elapsed) = login(&tenant).await;
    assert_eq!(outcome.unwrap_err().to_string(), "the login was not confirmed in time");
    assert!((590..=600).contains(&elapsed.as_secs()), "{elapsed:?}");
}
