//! What a call makes of its parameters.

use specwright_runtime::{
    Client, ErrorKind, Method, Upload,
    codegen::{Call, Input, JsonForm, Operation, Style},
};

use crate::{
    Apps, Model, apps, header,
    server::{Server, Then, answer},
};

#[tokio::test]
async fn a_request_is_what_was_called_and_a_response_what_was_sent() {
    let text = answer(
        "200 OK",
        "content-type: application/json; charset=utf-8\r\nx-trace: t-1\r\n",
        r#"{"a":"b"}"#,
    );
    let server = Server::answering(text, Then::Close).await;
    let response = apps(&server)
        .list("a/1 ?")
        .page_size(7)
        .header("x-one", "1")
        .await
        .unwrap();
    assert_eq!(response["a"], "b");
    assert_eq!((response.status().as_u16(), response.request_id()), (200, Some("t-1")));
    assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(response.into_inner(), Model::from([("a".to_owned(), "b".to_owned())]));

    let request = server.request().await;
    assert!(
        request.starts_with("GET /api/v1/apps/a%2F1%20%3F/entitlements?page_size=7 HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(header(&request, "authorization"), ["Bearer tok-12345678"]);
    assert_eq!(header(&request, "accept"), ["application/json"]);
    assert_eq!(header(&request, "x-one"), ["1"]);
    assert!(
        header(&request, "user-agent")[0].starts_with("specwright-runtime/"),
        "{request}"
    );
    assert!(header(&request, "content-type").is_empty());
    assert!(header(&request, "content-length").is_empty());
}

#[tokio::test]
async fn a_body_is_json() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    apps(&server)
        .create()
        .body(Model::from([("k".to_owned(), "v\n".to_owned())]))
        .send()
        .await
        .unwrap();
    let request = server.request().await;
    assert!(request.ends_with("\r\n\r\n{\"k\":\"v\\n\"}"), "{request}");
    assert_eq!(header(&request, "content-type"), ["application/json"]);
}

#[tokio::test]
async fn an_optional_body_defaults_to_an_empty_object_where_the_operation_says_so() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    apps(&server).create().send().await.unwrap();
    let request = server.request().await;
    assert!(request.ends_with("\r\n\r\n{}"), "{request}");
    assert_eq!(header(&request, "content-type"), ["application/json"]);

    let server = Server::with("200 OK", "application/json", "{}").await;
    apps(&server).remove("a").send().await.unwrap();
    assert!(server.request().await.ends_with("\r\n\r\n"));
}

#[tokio::test]
async fn parameters_stand_where_they_belong() {
    static ALL: Operation = Operation::new("All", Method::GET, "/p/{m}?fixed=1");
    let server = Server::with("200 OK", "application/json", "{}").await;
    let client = Client::builder(&*server.url).build().unwrap();
    let call = Call::new(&client, &ALL, &[]);
    let call = call
        .path_styled(&["a", "b"], Style::MATRIX)
        .query("q", &vec![Some("x&y"), None])
        .query(Input::from("r").style(Style::PIPE_DELIMITED), &[1, 2])
        .query("absent", &None::<i32>)
        .query(
            Input::from("f").style(Style::JSON),
            &JsonForm(&Model::from([("k".to_owned(), "v".to_owned())])),
        )
        .header_parameter("x-list", &[1.5, 2.0])
        .cookie("c", &"d;e")
        .cookie("g", &true);
    call.send_for_json::<Model>().await.unwrap();
    let request = server.request().await;
    let target = "GET /p/;m=a,b?fixed=1&q=x%26y&r=1%7C2&f=%7B%22k%22%3A%22v%22%7D HTTP/1.1";
    assert!(request.starts_with(target), "{request}");
    assert_eq!(header(&request, "x-list"), ["1.5,2"]);
    assert_eq!(header(&request, "cookie"), ["c=d%3Be; g=true"]);
}

#[tokio::test]
async fn a_base_path_is_kept() {
    let server = Server::with("200 OK", "application/json", "{}").await;
    let client = Client::builder(format!("{}/base/v2/", server.url)).build().unwrap();
    Apps(client).list("x").send().await.unwrap();
    assert!(
        server
            .request()
            .await
            .starts_with("GET /base/v2/api/v1/apps/x/entitlements HTTP/1.1")
    );
}

#[tokio::test]
async fn arguments_that_address_something_else_are_refused_before_anything_is_sent() {
    let client = Client::builder("http://127.0.0.1:1").build().unwrap();
    for argument in ["", ".", ".."] {
        let error = Apps(client.clone())
            .list(argument)
            .page_size(1)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(
            error.to_string().starts_with("Apps.List: path argument `app_id` is "),
            "{error}"
        );
        assert_eq!(error.attempts(), 0);
    }
}

#[tokio::test]
async fn headers_that_cannot_be_are_refused_without_their_value() {
    let client = Client::builder("http://127.0.0.1:1").build().unwrap();
    for (name, value) in [
        ("x-a", "hush\r\nx-b: 1"),
        ("x a", "hush"),
        ("Host", "hush"),
        ("content-length", "hush"),
    ] {
        let error = Apps(client.clone())
            .list("a")
            .header(name, value)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
}

#[tokio::test]
async fn the_first_problem_is_the_one_returned() {
    let client = Client::builder("http://127.0.0.1:1").build().unwrap();
    let error = Apps(client).list("").header("x a", "").send().await.unwrap_err();
    assert!(error.to_string().contains("app_id"), "{error}");
}

#[tokio::test]
async fn a_call_to_a_server_that_misleads_is_refused() {
    let client = Client::builder("https://example.com").build().unwrap();
    let error = Apps(client)
        .list("a")
        .server("http://example.com")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("plain http"), "{error}");
}

#[test]
fn settings_that_cannot_be_are_returned_by_build() {
    let rows = [
        Client::builder("http://example.com").build(),
        Client::builder("https://example.com").bearer_token("hush\n").build(),
        Client::builder("https://example.com").user_agent("a\nb").build(),
        Client::builder("https://example.com").request_id_header("a b").build(),
    ];
    for outcome in rows {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Configuration, None));
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

/// R24.
#[test]
fn no_debug_shows_a_secret() {
    let client = Client::builder("https://example.com").bearer_token("hush-12345");
    assert!(!format!("{client:?}").contains("hush"));
    let client = client.build().unwrap();
    let call = Apps(client.clone()).list("hush").header("x-api-key", "hush");
    assert!(!format!("{client:?} {call:?}").contains("hush"));
    assert!(!format!("{:?}", call.send()).contains("hush"));
}

#[test]
fn a_call_in_flight_crosses_threads() {
    fn crosses<T: Send + 'static>(_: &T) {}
    let client = Client::builder("https://example.com").build().unwrap();
    crosses(&Apps(client).list("a").send());
}

/// Two chunks that are there at once.
struct Chunks(Vec<&'static str>);

impl futures_core::Stream for Chunks {
    type Item = Result<specwright_runtime::Bytes, std::convert::Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop().map(|chunk| Ok(chunk.into())))
    }
}

#[tokio::test]
async fn a_stream_goes_out_with_its_length_or_in_chunks() {
    static PUT: Operation = Operation::put("Put", "/file");
    let chunks = || Upload::stream(Chunks(vec!["cd", "ab"])).content_type("image/png");
    for (upload, framing, body) in [
        (chunks().length(4), "content-length: 4", "abcd"),
        (
            chunks(),
            "transfer-encoding: chunked",
            "2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n",
        ),
    ] {
        let server = Server::with("200 OK", "application/json", "{}").await;
        let client = Client::builder(&*server.url).build().unwrap();
        let call = Call::new(&client, &PUT, &[]).upload("image/*", upload);
        call.send_ignoring_body().await.unwrap();
        let request = server.request().await;
        assert_eq!(header(&request, "content-type"), ["image/png"]);
        assert!(request.to_ascii_lowercase().contains(framing), "{request}");
        assert_eq!(request.split_once("\r\n\r\n").unwrap().1, body);
    }
}

#[tokio::test]
async fn an_upload_of_a_range_says_what_it_is() {
    static PUT: Operation = Operation::put("Put", "/file");
    let client = Client::builder("http://127.0.0.1:1").build().unwrap();
    let put = |upload| {
        Call::new(&client, &PUT, &[])
            .upload("image/*", upload)
            .send_ignoring_body()
    };
    for upload in [
        Upload::from("x"),
        Upload::from("x").content_type("image/png\r\nX-Evil: 1"),
    ] {
        let error = put(upload).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
    }
}

#[tokio::test]
async fn a_body_of_parts_is_sent_without_any_part() {
    static POST: Operation = Operation::post("Post", "/").multipart("multipart/mixed");
    let server = Server::with("200 OK", "application/json", "{}").await;
    let client = Client::builder(&*server.url).build().unwrap();
    let call = Call::new(&client, &POST, &[]);
    call.send_ignoring_body().await.unwrap();
    let request = server.request().await;
    assert!(
        header(&request, "content-type")[0].starts_with("multipart/mixed;boundary="),
        "{request}"
    );
    assert!(request.ends_with("--\r\n"), "{request}");
}

#[tokio::test]
async fn parts_and_forms_have_their_content_types() {
    static POST: Operation = Operation::post("Post", "/");
    let model = Model::from([("a".to_owned(), "b c".to_owned())]);
    for (write, content_type, body) in [
        (
            &(|call: Call| call.form(&model, &[])) as &dyn Fn(Call) -> Call,
            "application/x-www-form-urlencoded",
            "a=b%20c",
        ),
        (
            &|call| call.json_as("application/merge-patch+json", &model),
            "application/merge-patch+json",
            r#"{"a":"b c"}"#,
        ),
        (&|call| call.text("text/plain", &7), "text/plain", "7"),
        (&|call| call.upload("*/*", "x"), "application/octet-stream", "x"),
    ] {
        let server = Server::with("200 OK", "application/json", "{}").await;
        let client = Client::builder(&*server.url).build().unwrap();
        write(Call::new(&client, &POST, &[]))
            .send_ignoring_body()
            .await
            .unwrap();
        let request = server.request().await;
        assert!(
            header(&request, "content-type")[0].starts_with(content_type),
            "{request}"
        );
        assert!(request.ends_with(body), "{request}");
    }
}

/// C23
#[tokio::test]
async fn a_call_can_be_sent_again_by_a_clone() {
    for _ in 0..2 {
        let first = Server::with("200 OK", "application/json", "{}").await;
        let call = apps(&first).list("a1").page_size(7).header("x-a", "1");
        let again = call.clone();
        call.await.unwrap();
        let sent = first.request().await;
        let second = Server::with("200 OK", "application/json", "{}").await;
        again
            .server(specwright_runtime::Server::from(&*second.url))
            .await
            .unwrap();
        let sent_again = second.request().await;
        assert_eq!(sent.lines().next(), sent_again.lines().next());
        assert_eq!(
            (crate::header(&sent, "x-a"), crate::header(&sent_again, "x-a")),
            (vec!["1"], vec!["1"])
        );
    }
}

/// C23: what cannot be sent says so in every clone.
#[tokio::test]
async fn a_clone_of_a_call_that_cannot_be_sent_fails_as_it_does() {
    let client = Client::builder("https://example.com").build().unwrap();
    let call = crate::Apps(client).list("..");
    let (copy, original) = (call.clone().await.unwrap_err(), call.await.unwrap_err());
    assert_eq!((copy.kind(), copy.to_string()), (original.kind(), original.to_string()));
}
