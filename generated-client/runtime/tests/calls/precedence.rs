//! What the caller gives takes precedence over what the document declares.

use std::sync::OnceLock;

use specwright_runtime::{
    Client, ClientBuilder, ErrorKind, RetryPolicy, ServerTemplate, Upload,
    codegen::{Call, Input, Operation, Style},
};

use crate::{header, server::Server};

static UPLOADS: OnceLock<String> = OnceLock::new();

/// An absolute server of an operation, as a document has it.
fn uploads() -> ServerTemplate {
    ServerTemplate::new(UPLOADS.get().unwrap().as_str())
}

fn relative() -> ServerTemplate {
    ServerTemplate::new("/v2")
}

static ABSOLUTE: Operation = Operation::post("absolute", "/files").server(uploads);
static RELATIVE: Operation = Operation::get("relative", "/files").server(relative);
static PLAIN: Operation = Operation::post("plain", "/files").accept("application/vnd.files+json; version=1");

async fn answering() -> Server {
    Server::with("204 No Content", "text/plain", "").await
}

fn client(builder: ClientBuilder) -> Client {
    let builder = builder.bearer_token("tok-12345678").retry(RetryPolicy::never());
    builder.build().unwrap()
}

async fn sent(builder: ClientBuilder, operation: &'static Operation, server: Server) -> String {
    Call::new(&client(builder), operation, &[])
        .send_ignoring_body()
        .await
        .unwrap();
    server.request().await
}

/// R22.
#[tokio::test]
async fn a_base_url_takes_precedence_over_servers_of_operations() {
    let other = answering().await;
    UPLOADS.set(format!("{}/up", other.url)).unwrap();
    for operation in [&ABSOLUTE, &RELATIVE] {
        let own = answering().await;
        let request = sent(Client::builder(format!("{}/v1", own.url)), operation, own).await;
        assert!(request.contains(" /v1/files HTTP"), "{request}");
        assert_eq!(header(&request, "authorization"), ["Bearer tok-12345678"]);
    }
    let own = answering().await;
    let url = format!("{}/v1", own.url);
    let request = sent(Client::builder(url).operation_servers(true), &RELATIVE, own).await;
    assert!(request.contains(" /v2/files HTTP"), "{request}");
    // A server of the document is where other operations go.
    let own = answering().await;
    let template = || {
        ServerTemplate::new("{base}/v1")
            .variable("base", "", &[])
            .with("base", "")
    };
    let request = sent(Client::builder(template().relative_to(&own.url)), &RELATIVE, own).await;
    assert!(request.contains(" /v2/files HTTP"), "{request}");
    let own = answering().await;
    let builder = Client::builder(template().relative_to(&own.url)).operation_servers(false);
    let request = sent(builder, &ABSOLUTE, own).await;
    assert!(request.contains(" /v1/files HTTP"), "{request}");
    // Credentials stay with the origin that they are for.
    let builder = Client::builder("http://127.0.0.1:1/v1").operation_servers(true);
    let request = sent(builder, &ABSOLUTE, other).await;
    assert!(request.contains(" /up/files HTTP"), "{request}");
    assert!(header(&request, "authorization").is_empty());
}

async fn sent_by(make: impl FnOnce(Call) -> Call) -> String {
    let own = answering().await;
    let client = client(Client::builder(&*own.url));
    make(Call::new(&client, &PLAIN, &[])).send_raw().await.unwrap();
    own.request().await
}

#[tokio::test]
async fn headers_of_the_caller_take_precedence_wherever_they_are_set() {
    let request = sent_by(|call| call.header("Content-Type", "application/json; v=9").json(&1)).await;
    assert_eq!(header(&request, "content-type"), ["application/json; v=9"]);
    let request = sent_by(|call| call.json(&1).header("Content-Type", "application/json; v=9")).await;
    assert_eq!(header(&request, "content-type"), ["application/json; v=9"]);
    let request = sent_by(|call| call.json(&1)).await;
    assert_eq!(header(&request, "content-type"), ["application/json"]);
    assert_eq!(header(&request, "accept"), ["application/vnd.files+json; version=1"]);
    let request = sent_by(|call| call.header("Accept", "text/csv")).await;
    assert_eq!(header(&request, "accept"), ["text/csv"]);
    let request = sent_by(|call| {
        call.cookie(Input::from("a").style(Style::FORM), &1)
            .header("Cookie", "b=2")
    })
    .await;
    assert_eq!(header(&request, "cookie"), ["b=2; a=1"]);
    let request = sent_by(|call| call.upload("image/png", Upload::from("x").content_type("image/gif"))).await;
    assert_eq!(header(&request, "content-type"), ["image/gif"]);
}

/// Parts cannot be told apart without their boundary.
#[tokio::test]
async fn a_content_type_of_the_caller_has_the_boundary_of_the_parts() {
    for (given, start) in [
        ("multipart/related", "multipart/related;boundary="),
        (
            "multipart/form-data; boundary=\"own\"",
            "multipart/form-data; boundary=\"own\"",
        ),
    ] {
        let request = sent_by(|call| call.header("Content-Type", given).part("a", &1)).await;
        let content_type = header(&request, "content-type").concat();
        assert!(content_type.starts_with(start), "{content_type}");
        let boundary = content_type.rsplit_once("boundary=").unwrap().1.trim_matches('"');
        assert!(request.contains(&format!("\r\n--{boundary}--\r\n")), "{request}");
    }
}

#[tokio::test]
async fn an_error_names_the_host_and_port_that_gave_no_answer() {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let closed = format!("127.0.0.1:{port}");
    for (url, target) in [
        (format!("http://{closed}"), closed),
        (
            "http://nothing.localhost:1".to_owned(),
            "nothing.localhost:1".to_owned(),
        ),
    ] {
        let client = client(Client::builder(url));
        let error = Call::new(&client, &PLAIN, &[]).send_raw().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(error.to_string().contains(&target), "{error}");
    }
}
