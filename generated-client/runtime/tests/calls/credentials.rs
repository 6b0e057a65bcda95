//! Credentials go to their origin and nowhere else.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use specwright_runtime::{
    Authorization, BoxFuture, Client, Credential, CredentialError, ErrorKind, Secret, mock::Mock,
};

use crate::{Apps, List, apps_of, mocked, values};

/// R22: another server, even another port, is another origin.
#[tokio::test]
async fn credentials_stay_with_their_origin() {
    let mock = Mock::new();
    mock.any::<List>().raw(200, "{}");
    let apps = apps_of(Client::builder("https://own.example").transport(mock.transport()));
    for (server, authorization) in [
        ("https://other.example", &[][..]),
        ("https://own.example:444", &[]),
        ("https://own.example/v2", &["Bearer tok-12345678"]),
    ] {
        apps.list("a").server(server).await.unwrap();
        let request = mock.received().pop().unwrap();
        let target = format!("{server}/api/v1/apps/a/entitlements");
        assert_eq!(request.uri().to_string(), target);
        assert_eq!(values(&request, "authorization"), authorization, "{server}");
    }
}

#[tokio::test]
async fn an_authorization_of_the_callers_own_replaces_the_clients() {
    let mock = Mock::new();
    let apps = mocked(&mock);
    mock.expect(apps.list("a")).raw(200, "{}");
    apps.list("a").header("Authorization", "Basic x").await.unwrap();
    assert_eq!(values(&mock.received()[0], "authorization"), ["Basic x"]);
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
    for (status, told) in [(401, 1), (403, 0)] {
        let mock = Mock::new();
        mock.any::<List>().raw(status, "").times(1);
        let count = Arc::new(AtomicUsize::new(0));
        let client = mock
            .builder::<Client>()
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
