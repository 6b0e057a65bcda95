//! Credentials go to their origin and nowhere else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use specwright_runtime::{Authorization, BoxFuture, Client, Credential, CredentialError, ErrorKind, Secret};

use crate::{Apps, apps, header, server::Server};

/// R22: another server, even another port, is another origin.
#[tokio::test]
async fn credentials_stay_with_their_origin() {
    let own = Server::with("200 OK", "application/json", "{}").await;
    let other = Server::with("200 OK", "application/json", "{}").await;
    apps(&own).list("a").server(&*other.url).send().await.unwrap();
    assert!(header(&other.request().await, "authorization").is_empty());
    apps(&own)
        .list("a")
        .server(format!("{}/v2", own.url))
        .send()
        .await
        .unwrap();
    let request = own.request().await;
    assert!(request.starts_with("GET /v2/api/v1/"), "{request}");
    assert_eq!(header(&request, "authorization"), ["Bearer tok-12345678"]);
}

#[tokio::test]
async fn an_authorization_of_the_callers_own_replaces_the_clients() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    apps(&server)
        .list("a")
        .header("Authorization", "Basic x")
        .send()
        .await
        .unwrap();
    assert_eq!(header(&server.request().await, "authorization"), ["Basic x"]);
}

struct Counted(Arc<AtomicUsize>);

impl Credential for Counted {
    fn authorization<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(Authorization::bearer(&Secret::new("counted"))?) })
    }

    fn rejected(&self, _authorization: &Authorization) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        false
    }
}

#[tokio::test]
async fn a_credential_is_told_of_401_alone() {
    for (status, told) in [("401 Unauthorized", 1), ("403 Forbidden", 0)] {
        let server = Server::with(status, "text/plain", "").await;
        let count = Arc::new(AtomicUsize::new(0));
        let client = Client::builder(&*server.url)
            .credential(Counted(Arc::clone(&count)))
            .build()
            .unwrap();
        assert!(Apps(client).list("a").send().await.is_err());
        assert_eq!(count.load(Ordering::Relaxed), told, "{status}");
    }
}

struct Unavailable;

impl Credential for Unavailable {
    fn authorization<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Err("no token today".into()) })
    }
}

#[tokio::test]
async fn without_its_credential_nothing_is_sent() {
    let client = Client::builder("http://127.0.0.1:1")
        .credential(Unavailable)
        .build()
        .unwrap();
    let error = Apps(client).list("a").send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 0));
    assert_eq!(
        error.to_string(),
        "Apps.List: the credential is not available: no token today"
    );
}
