//! What a program writes down: its types, ids and implementations of traits, by the names of this crate alone.
#![cfg(all(feature = "credentials", feature = "test-util", feature = "rustls"))]
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::HashMap;

use conductorone_client::{
    Authorization, BaseClient, BoxFuture, Client, ClientBuilder, Credential, CredentialError, Error, Form, Secret,
    Token, TokenEndpoint, TokenError, TokenSource,
    apis::app_owners::List as ListAppOwners,
    mock::Mock,
    models::app::v1::{AppEntitlementId, AppId},
};

/// C15: a function that returns settings, and one that takes them.
fn settings() -> Result<ClientBuilder<Client>, Error> {
    Client::builder("acme.conductor.one")
}

fn finished(settings: ClientBuilder) -> Result<Client, Error> {
    settings.bearer_token("token").build()
}

/// C12: a token source.
struct Anonymous;

impl TokenSource for Anonymous {
    fn fetch<'a>(&'a self, client: &'a BaseClient) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let form = Form::new().field("grant_type", "urn:example:anonymous");
            TokenEndpoint::new("auth/v1/token").fetch(client, &form).await
        })
    }
}

/// C12: a credential.
struct Fixed(Secret);

impl Credential for Fixed {
    fn authorization<'a>(&'a self, _: &'a BaseClient) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(Authorization::bearer(&self.0)?) })
    }
}

#[tokio::test]
async fn token_sources_and_credentials_are_implemented_with_this_crate_alone() {
    let mock = Mock::new();
    let token = conductorone_client::wire::from_str(r#"{"access_token": "t1", "token_type": "bearer"}"#).unwrap();
    mock.endpoint("POST", "/auth/v1/token").answers(token).times(1);
    mock.any::<ListAppOwners>().raw(200, r#"{"list": []}"#).times(2);
    let builder = || settings().unwrap().transport(mock.transport());
    let clients = [
        builder().token_source(Anonymous).build().unwrap(),
        builder().credential(Fixed(Secret::new("t2"))).build().unwrap(),
    ];
    for client in clients {
        client.app_owners().list("a1").await.unwrap();
    }
    let received = mock.received();
    let sent: Vec<_> = received
        .iter()
        .map(|request| request.headers().get("authorization"))
        .collect();
    assert_eq!(
        sent,
        [
            None,
            Some(&"Bearer t1".parse().unwrap()),
            Some(&"Bearer t2".parse().unwrap())
        ]
    );
    assert!(finished(settings().unwrap()).is_ok());
}

/// C13: by value or by reference, as an id or as a string; an id is compared and looked up as a string.
#[tokio::test]
async fn ids_are_taken_in_every_form() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let entitlements = client.app_entitlements();
    mock.expect(entitlements.get("a1", "e1")).raw(200, "{}").times(6);
    let (app, id) = (AppId::from("a1"), AppEntitlementId::from("e1"));
    let (app_text, id_text) = (String::from("a1"), String::from("e1"));
    entitlements.get(&app, &id).await.unwrap();
    entitlements.get(&app_text, &id_text).await.unwrap();
    entitlements.get(app_text.as_str(), id_text.as_str()).await.unwrap();
    entitlements.get("a1", "e1").await.unwrap();
    entitlements.get(app_text, id_text).await.unwrap();
    entitlements.get(app.clone(), id.clone()).await.unwrap();
    assert_eq!(app, "a1");
    assert_eq!("a1", app);
    assert_eq!(*"a1", app);
    assert_eq!(app.as_ref(), "a1");
    let names = HashMap::from([(app, "Wiki")]);
    assert_eq!(names.get("a1"), Some(&"Wiki"));
}

/// C16: a fake of a program's own trait answers as the client would.
#[test]
fn responses_and_errors_can_be_made() {
    use conductorone_client::{Response, RpcCode, http, models::app::v1::ListAppOwnersResponse};

    trait Owners {
        fn list(&self) -> Result<Response<ListAppOwnersResponse>, Error>;
    }
    struct Fake(u16);
    impl Owners for Fake {
        fn list(&self) -> Result<Response<ListAppOwnersResponse>, Error> {
            if self.0 == 200 {
                return Ok(Response::from_http(http::Response::new(
                    ListAppOwnersResponse::default(),
                )));
            }
            let body = r#"{"code": 7, "message": "no"}"#;
            Err(Error::from_http(
                http::Response::builder().status(self.0).body(body).unwrap(),
            ))
        }
    }
    assert_eq!(Fake(200).list().unwrap().list, None);
    assert_eq!(
        Fake(403).list().unwrap_err().rpc_code(),
        Some(RpcCode::PermissionDenied)
    );
}

/// C23: where a future is wanted a call becomes one, and a call can be made again.
#[tokio::test]
async fn calls_are_spawned_and_sent_again() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let call = client.app_owners().list("a1");
    mock.expect(call.clone()).raw(200, "{}").times(3);
    tokio::spawn(call.clone().send()).await.unwrap().unwrap();
    tokio::spawn(call.clone().into_future()).await.unwrap().unwrap();
    call.await.unwrap();
}
