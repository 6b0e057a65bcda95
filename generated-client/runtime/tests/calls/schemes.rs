//! To each operation the credentials that it needs, where its document says that they go.

use specwright_runtime::{
    Bytes, Client, ClientBuilder, Error, ErrorKind, RetryPolicy,
    codegen::{Call, Credentials, Operation},
    http::Request,
    mock::Mock,
};

use crate::{server::Server, values};

static INHERITS: Operation = Operation::get("inherits", "/a");
static OPEN: Operation = Operation::get("open", "/b").security(&[]);
static BOTH: Operation = Operation::get("both", "/c").security(&[&["bearer", "key"]]);
static OPTIONAL: Operation = Operation::get("optional", "/d").security(&[&[], &["key"]]);
static OTHER: Operation = Operation::get("other", "/e").security(&[&["basic"], &["query"], &["cookie"]]);

fn credentials() -> Credentials {
    Credentials::new(&[&["bearer"]])
}

/// A server that answers every operation.
fn server() -> Mock {
    let mock = Mock::new();
    for path in ["/a", "/b", "/c", "/d", "/e"] {
        mock.endpoint("GET", path).raw(204, "").any_times();
    }
    mock
}

fn builder(mock: &Mock) -> ClientBuilder {
    let builder = Client::builder("https://example.com").retry(RetryPolicy::never());
    builder.transport(mock.transport())
}

async fn request(
    operation: &'static Operation,
    with: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Request<Bytes>, Error> {
    let mock = server();
    let client = with(builder(&mock)).build()?;
    Call::new(&client, operation, &[]).send_ignoring_body().await?;
    Ok(mock.received().remove(0))
}

#[tokio::test]
async fn an_operation_gets_what_it_needs_and_nothing_else() {
    let all = |builder: ClientBuilder| {
        builder.credentials(
            credentials()
                .bearer("bearer", "TESTTOKEN")
                .key_in_header("key", "X-Key", "TESTKEY"),
        )
    };
    let rows: [(_, &[&str], &[&str]); 4] = [
        (&INHERITS, &["Bearer TESTTOKEN"], &[]),
        (&OPEN, &[], &[]),
        (&BOTH, &["Bearer TESTTOKEN"], &["TESTKEY"]),
        (&OPTIONAL, &[], &["TESTKEY"]),
    ];
    for (operation, authorization, key) in rows {
        let request = request(operation, all).await.unwrap();
        assert_eq!(values(&request, "authorization"), authorization, "{}", operation.id());
        assert_eq!(values(&request, "x-key"), key, "{}", operation.id());
    }
}

#[tokio::test]
async fn the_first_alternative_that_the_client_has_is_taken() {
    let basic = request(&OTHER, |builder| {
        builder.credentials(
            credentials()
                .key_in_query("query", "q", "TESTKEY")
                .basic("basic", "ann", "pw"),
        )
    });
    let basic = basic.await.unwrap();
    assert_eq!(values(&basic, "authorization"), ["Basic YW5uOnB3"]);
    assert_eq!(basic.uri(), "https://example.com/e");
    let query = request(&OTHER, |builder| {
        builder.credentials(credentials().key_in_query("query", "q", "a key&"))
    });
    assert_eq!(query.await.unwrap().uri(), "https://example.com/e?q=a%20key%26");
    let cookie = request(&OTHER, |builder| {
        builder.credentials(credentials().key_in_cookie("cookie", "sid", "a;b"))
    });
    assert_eq!(values(&cookie.await.unwrap(), "cookie"), ["sid=a%3Bb"]);
}

#[tokio::test]
async fn an_operation_that_needs_another_credential_is_refused_unsent() {
    let only_key = |builder: ClientBuilder| builder.credentials(credentials().key_in_header("key", "X-Key", "TESTKEY"));
    let error = request(&BOTH, only_key).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 0));
    let expected = "both: the operation requires `bearer` with `key`, but the client does not have the credential";
    assert_eq!(error.to_string(), expected);
    // Who has none at all knows what he does, and who brings his own too.
    assert!(
        request(&BOTH, |builder| builder.credentials(credentials()))
            .await
            .is_ok()
    );
    let mock = server();
    let client = only_key(builder(&mock)).build().unwrap();
    let call = Call::new(&client, &BOTH, &[]).header("authorization", "Bearer own");
    call.send_ignoring_body().await.unwrap();
    let request = mock.received().remove(0);
    assert_eq!(values(&request, "authorization"), ["Bearer own"]);
    assert!(values(&request, "x-key").is_empty());
}

/// One credential for everything goes with everything but what needs none.
#[tokio::test]
async fn one_credential_for_all_operations() {
    let one = |builder: ClientBuilder| builder.bearer_token("TESTTOKEN");
    for operation in [&INHERITS, &BOTH, &OPTIONAL, &OTHER] {
        let request = request(operation, one).await.unwrap();
        assert_eq!(values(&request, "authorization"), ["Bearer TESTTOKEN"]);
    }
    assert!(values(&request(&OPEN, one).await.unwrap(), "authorization").is_empty());
}

#[tokio::test]
async fn a_credential_that_cannot_be_is_refused_unseen() {
    for credentials in [
        credentials().bearer("bearer", "hush\n"),
        credentials().key_in_header("key", "X-Key", "hush\n"),
        credentials().key_in_header("key", "X Key", "hush"),
        credentials().basic("basic", "a:b", "hush"),
        credentials().http("digest", "Digest", "hush\r\n"),
    ] {
        assert!(!format!("{credentials:?}").contains("hush"), "{credentials:?}");
        let error = Client::builder("https://example.com").credentials(credentials).build();
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

/// R24, R22.
#[tokio::test]
async fn a_key_of_the_query_is_in_no_message_and_goes_nowhere_else() {
    let answer = "HTTP/1.1 400 Bad\r\nlocation: /x?q=CANARY-key%20%26\r\ncontent-length: 30\r\n\r\nno CANARY-key%20%26 CANARY-key &";
    let server = Server::answering(answer, crate::server::Then::Close).await;
    let other = Server::with("204 No Content", "text/plain", "").await;
    let key = || credentials().key_in_query("query", "q", "CANARY-key &");
    let client = Client::builder(&*server.url).credentials(key()).build().unwrap();
    let error = Call::new(&client, &OTHER, &[]).send_ignoring_body().await.unwrap_err();
    let shown = format!("{error} {error:?} {client:?} {:?}", error.headers());
    assert!(!shown.contains("CANARY"), "{shown}");
    Call::new(&client, &OTHER, &[])
        .server((&*other.url).into())
        .send_ignoring_body()
        .await
        .unwrap();
    assert!(other.request().await.starts_with("GET /e HTTP"));
}

/// A server that the client trusts is one that the credential is for.
#[tokio::test]
async fn credentials_go_to_trusted_servers() {
    let mock = server();
    let client = builder(&mock)
        .credentials(credentials().bearer("bearer", "TESTTOKEN"))
        .trust("https://other.example")
        .build()
        .unwrap();
    for (server, authorization) in [("other", &["Bearer TESTTOKEN"][..]), ("third", &[])] {
        let url = format!("https://{server}.example");
        let call = Call::new(&client, &INHERITS, &[]).server(url.into());
        call.send_ignoring_body().await.unwrap();
        let request = mock.received().pop().unwrap();
        assert_eq!(request.uri().to_string(), format!("https://{server}.example/a"));
        assert_eq!(values(&request, "authorization"), authorization);
    }
}

/// The recording holds no key, and is found again by a request with one.
#[tokio::test]
async fn recordings_hold_no_key() {
    use specwright_runtime::recording::{Recorder, Replay};
    let recorder = Recorder::new();
    let sent = request(&OTHER, |builder| {
        builder
            .record(&recorder)
            .credentials(credentials().key_in_query("query", "q", "CANARY"))
    });
    assert_eq!(sent.await.unwrap().uri().query(), Some("q=CANARY"));
    assert!(!recorder.to_json().contains("CANARY"), "{}", recorder.to_json());
    let client = Client::builder("https://example.com")
        .transport(Replay::new(recorder.exchanges()))
        .credentials(credentials().key_in_query("query", "q", "another"))
        .build()
        .unwrap();
    Call::new(&client, &OTHER, &[]).send_ignoring_body().await.unwrap();
}
