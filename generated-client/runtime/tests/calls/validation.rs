//! Bodies that are checked before they are sent, where the client is told to.

use std::error::Error as _;

use specwright_runtime::{
    Client, ErrorKind,
    codegen::{Call, Operation, Rule},
    forms::*,
    wire::{Validate as _, ValidationError},
};

use crate::{CREATE, server::Server};

model! {
    struct App = "App" {
        id: Option<String> = read_only "id" where [MaxLength(1)],
        name: Option<String> = "name" where [MinLength(1)],
    }
}

fn app(name: &str) -> App {
    let mut app = App::default().name(name);
    app.id = Some("read-only".to_owned());
    app
}

#[tokio::test]
async fn a_body_against_its_rules_is_not_sent() {
    let client = Client::builder("http://127.0.0.1:1")
        .validate_requests(true)
        .build()
        .unwrap();
    let call = Call::new(&client, &CREATE, &[]).json(&app(""));
    let error = call.send_ignoring_body().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
    assert_eq!(
        error.to_string(),
        "Apps.Create: body: $.name: `minLength` is 1, found 0 characters"
    );
    let cause = error.source().unwrap().downcast_ref::<ValidationError>().unwrap();
    assert_eq!(cause.violations().len(), 1);
}

#[tokio::test]
async fn a_body_that_is_not_a_model_has_rules_of_its_operation() {
    static LIMITED: Operation =
        Operation::post("Apps.Create", "/").body_rules(&[Rule::MaxItems(1), Rule::Items(&[Rule::MinLength(1)])]);
    let client = Client::builder("http://127.0.0.1:1")
        .validate_requests(true)
        .build()
        .unwrap();
    let call = Call::new(&client, &LIMITED, &[]).json(&vec![String::new(), "a".to_owned()]);
    let error = call.send_ignoring_body().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Apps.Create: body: $: `maxItems` is 1, found 2 elements; $[0]: `minLength` is 1, found 0 characters"
    );
}

#[tokio::test]
async fn what_is_not_sent_breaks_no_rule() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    let client = Client::builder(&*server.url).validate_requests(true).build().unwrap();
    let call = Call::new(&client, &CREATE, &[]).json(&app("Wiki"));
    call.send_ignoring_body().await.unwrap();
    assert!(server.request().await.ends_with("\r\n\r\n{\"name\":\"Wiki\"}"));
    assert!(app("Wiki").validate().is_err());
}

#[tokio::test]
async fn by_default_the_server_is_asked() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    let client = Client::builder(&*server.url).build().unwrap();
    Call::new(&client, &CREATE, &[])
        .json(&app(""))
        .send_ignoring_body()
        .await
        .unwrap();
    assert!(server.request().await.ends_with("\r\n\r\n{\"name\":\"\"}"));
}
