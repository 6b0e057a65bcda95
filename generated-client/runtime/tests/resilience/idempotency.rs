//! C11: keys by which a server recognizes a repeated request.

use specwright_runtime::{Client, ErrorKind, TransportErrorKind, forms::operations};

use crate::{
    read,
    scripted::{Answer, Scripted, ok, status},
    write,
};

operations! {
    struct Payments = "payments" {
        POST "/payments"
        fn pay() -> Pay = "Pay" {
            optional body: serde_json::Value = json,
            answer: json String,
            with idempotency_key("X-Payment-Key"),
        },
    }
}

fn pay(client: &Client) -> Pay {
    Payments(client.clone()).pay()
}

fn failures() -> Scripted {
    let lost = Answer::Fails(TransportErrorKind::Interrupted);
    Scripted::new([lost, status(503), ok("\"b\"")])
}

/// The keys that arrived under this name, one a request.
fn keys(server: &Scripted, name: &str) -> Vec<String> {
    let arrivals = server.arrivals();
    let keys = arrivals.iter().map(|arrival| arrival.headers.get(name));
    keys.map(|key| key.map_or("none", |key| key.to_str().unwrap()).to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_post_with_a_key_is_repeated_with_the_same_key() {
    let server = failures();
    write(&server.client()).idempotency_key("k-1").await.unwrap();
    assert_eq!(keys(&server, "idempotency-key"), ["k-1", "k-1", "k-1"]);
    let server = failures();
    write(&server.client()).header("Idempotency-Key", "k-2").await.unwrap();
    assert_eq!(keys(&server, "idempotency-key"), ["k-2", "k-2", "k-2"]);
    // R26 still says which failures.
    let server = Scripted::new([status(409), ok("\"b\"")]);
    let error = write(&server.client()).idempotency_key("k-1").await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
}

#[tokio::test(start_paused = true)]
async fn a_declared_key_is_made_where_none_is_given_a_new_one_for_each_call() {
    let server = Scripted::new([status(503), ok("\"b\""), ok("\"b\""), ok("\"b\"")]);
    let client = server.client();
    pay(&client).await.unwrap();
    pay(&client).await.unwrap();
    pay(&client).idempotency_key("mine").await.unwrap();
    let keys = keys(&server, "x-payment-key");
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!((keys[0].len(), keys[3].as_str()), (36, "mine"));
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_declared_repeatable() {
    let server = failures();
    write(&server.client()).repeatable().await.unwrap();
    assert_eq!(server.arrivals().len(), 3);
    let server = Scripted::new((0..9).map(|_| status(503)));
    let error = write(&server.client()).repeatable().await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (4, true));
    assert_eq!(write(&failures().client()).await.unwrap_err().attempts(), 1);
    assert_eq!(keys(&server, "idempotency-key")[0], "none");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_no_header_can_carry_is_refused_unseen() {
    let error = read(&failures().client()).idempotency_key("hush\n").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
}
