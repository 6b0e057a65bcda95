//! C25: JSON as some servers send it.

use specwright_runtime::{
    ErrorKind,
    codegen::{Call, Operation},
};

use crate::scripted::{Answer, Scripted};

static GET: Operation = Operation::get("Get", "/");

fn sent(content_type: Option<&str>, body: &'static str) -> Answer {
    let headers = content_type.map(|content_type| ("content-type", content_type.to_owned()));
    Answer::Status(200, headers.into_iter().collect(), body)
}

async fn read(answer: Answer, strict: bool) -> Result<Vec<i64>, specwright_runtime::Error> {
    let client = Scripted::new([answer]).builder().strict_json(strict).build().unwrap();
    let call = Call::new(&client, &GET, &[]).send_for_json::<Vec<i64>>();
    call.await.map(specwright_runtime::Response::into_inner)
}

#[tokio::test(start_paused = true)]
async fn json_with_a_mark_as_text_or_without_a_type_is_read() {
    let rows = [
        (None, "[1]", true),
        (None, "\u{feff}[1]", false),
        (Some("application/json"), "\u{feff}[1]", false),
        (Some("text/plain"), "[1]", false),
        (Some("text/plain; charset=utf-8"), "\u{feff} [1]\r\n", false),
        (Some("application/problem+json"), "[1]", true),
    ];
    for (content_type, body, is_strict_enough) in rows {
        let lenient = read(sent(content_type, body), false).await;
        assert_eq!(lenient.unwrap(), [1], "{content_type:?} {body:?}");
        let strict = read(sent(content_type, body), true).await;
        assert_eq!(strict.is_ok(), is_strict_enough, "{content_type:?} {body:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn white_space_alone_is_a_body_that_is_empty() {
    for (body, strict, is_read) in [
        ("", false, true),
        ("", true, true),
        (" \r\n", false, true),
        ("\u{feff}\n", false, true),
        (" \r\n", true, false),
    ] {
        let client = Scripted::new([sent(Some("application/json"), body)]).builder();
        let client = client.strict_json(strict).build().unwrap();
        let call = Call::new(&client, &GET, &[]).send_for_json::<serde_json::Map<String, serde_json::Value>>();
        let outcome = call.await.map(specwright_runtime::Response::into_inner);
        assert_eq!(outcome.is_ok_and(|read| read.is_empty()), is_read, "{body:?} {strict}");
    }
}

#[tokio::test(start_paused = true)]
async fn text_that_is_not_json_is_named_by_its_type() {
    for strict in [false, true] {
        let error = read(sent(Some("text/plain"), "no healthy upstream"), strict)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
        assert!(error.to_string().contains("no healthy upstream"), "{error}");
        let error = read(sent(Some("text/html"), "[1]"), strict).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
    }
}

#[tokio::test(start_paused = true)]
async fn null_is_an_optional_answer_that_is_absent() {
    for (body, strict, expected) in [
        ("null", false, Some(None)),
        ("\u{feff}null\n", false, Some(None)),
        ("[1]", false, Some(Some(vec![1]))),
        ("null", true, None),
        ("nil", false, None),
    ] {
        let client = Scripted::new([sent(Some("application/json"), body)]).builder();
        let client = client.strict_json(strict).build().unwrap();
        let call = Call::new(&client, &GET, &[]).send_for_optional_json::<Vec<i64>>();
        let read = call.await.ok().map(specwright_runtime::Response::into_inner);
        assert_eq!(read, expected, "{body:?} {strict}");
    }
}
