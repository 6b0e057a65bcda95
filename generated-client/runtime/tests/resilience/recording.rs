//! Exchanges that were recorded answer again.

use specwright_runtime::{
    Client, ErrorKind, RetryPolicy,
    codegen::{Call, Operation},
    http::HeaderValue,
    recording::{Exchange, Recorder, Replay},
};

use crate::{
    read,
    scripted::{Answer, Scripted, ok, status},
    write,
};

fn replaying(replay: &Replay) -> Client {
    let builder = Client::builder("https://example.com").bearer_token("hush-12345");
    builder.transport(replay.clone()).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_was_recorded_is_replayed() {
    let server = Scripted::new([
        status(503),
        Answer::Status(
            200,
            vec![("x-a", "b".to_owned()), ("set-cookie", "hush".to_owned())],
            "\"b\"",
        ),
        ok("\"made\""),
    ]);
    let recorder = Recorder::new();
    let builder = server.builder().bearer_token("hush-12345").record(&recorder);
    let client = builder.build().unwrap();
    assert_eq!(*read(&client).await.unwrap(), "b");
    assert_eq!(
        *write(&client).body(serde_json::json!({"é": "\""})).await.unwrap(),
        "made"
    );
    assert!(!recorder.to_json().contains("hush"), "{}", recorder.to_json());

    let replay = Replay::from_json(&recorder.to_json()).unwrap();
    assert_eq!(replay.unused(), recorder.exchanges());
    let client = replaying(&replay);
    assert_eq!(
        *write(&client).body(serde_json::json!({"é": "\""})).await.unwrap(),
        "made"
    );
    let response = read(&client).await.unwrap();
    assert_eq!(
        (response.as_str(), &response.headers()["x-a"]),
        ("b", &"b".parse().unwrap())
    );
    assert!(replay.unused().is_empty());
}

#[tokio::test(start_paused = true)]
async fn forms_are_not_recorded() {
    static TOKEN: Operation = Operation::post("Token", "/token");
    let server = Scripted::new([ok("\"hush\"")]);
    let recorder = Recorder::new();
    let client = server.builder().record(&recorder).build().unwrap();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    let call = Call::new(&client, &TOKEN, &[]).body(form, "client_secret=hush");
    assert_eq!(*call.send_for_text().await.unwrap(), "\"hush\"");
    assert!(recorder.exchanges().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_request_that_fits_nothing_is_an_error_and_changes_nothing() {
    let exchange = Exchange::new("POST", "/apps", 200, "\"made\"").with_request_body("{}");
    let replay = Replay::new([exchange]);
    let client = replaying(&replay);
    let error = write(&client).body(serde_json::json!({"a": 1})).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 1));
    assert!(error.to_string().contains("POST /apps"), "{error}");
    assert_eq!(replay.unused().len(), 1);
    write(&client).body(serde_json::json!({})).await.unwrap();
    assert_eq!(write(&client).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test(start_paused = true)]
async fn exchanges_answer_once_in_their_order_with_any_status_and_body() {
    let binary = r#"[{"method":"GET","target":"/apps/a1","status":200,"bytes":"/w=="}]"#;
    let client = replaying(&Replay::from_json(binary).unwrap());
    assert_eq!(read(&client).send_raw().await.unwrap().into_inner(), [0xff].as_slice());

    let replay = Replay::new([
        Exchange::new("GET", "/apps/a1", 404, "no").with_header("content-type", "text/plain"),
        Exchange::new("GET", "/apps/a1", 200, "\"b\""),
    ]);
    let client = replaying(&replay);
    let error = read(&client).retry(RetryPolicy::never()).await.unwrap_err();
    assert_eq!(error.to_string(), "Apps.Get: 404 Not Found: no");
    assert_eq!(*read(&client).await.unwrap(), "b");
    assert!(Replay::from_json("[{}]").is_err());
}
