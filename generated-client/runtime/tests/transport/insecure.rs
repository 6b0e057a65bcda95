//! Without TLS.

use specwright_runtime::{Client, ErrorKind, RetryPolicy, Server};

use crate::{answer, builder, get, refused};

/// C20: when the client is built, not at the first call.
#[test]
fn https_names_the_features_that_bring_tls() {
    let message = refused(builder("https://example.com"));
    assert!(
        message.contains("`rustls`") && message.contains("`native-tls`"),
        "{message}"
    );
}

/// C20: not repeated.
#[tokio::test]
async fn a_call_to_an_https_server_is_an_error_that_is_not_repeated() {
    let client = Client::builder("http://127.0.0.1:1")
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let elsewhere = get(&client).server(Server::from("https://example.com"));
    let error = elsewhere.send_for_json::<String>().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
    assert!(error.to_string().contains("`rustls`"), "{error}");
}

#[tokio::test]
async fn plain_http_works() {
    let (address, _) = crate::plain::server(crate::plain::json("\"b\"")).await;
    assert_eq!(
        answer(&builder(&format!("http://{address}")).build().unwrap())
            .await
            .unwrap(),
        "b"
    );
}
