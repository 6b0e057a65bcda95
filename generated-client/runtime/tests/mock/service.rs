//! The mock as a service of tower, without a client in the same process.

use std::{future::poll_fn, pin::Pin};

use specwright_runtime::{
    Body,
    http::{Request, Response},
    mock::Mock,
};
use tower_service::Service as _;

use crate::api::{Get, List, pet, pets};

async fn text(response: Response<Body>) -> (u16, String) {
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let mut text = Vec::new();
    while let Some(frame) = poll_fn(|context| http_body::Body::poll_frame(Pin::new(&mut body), context)).await {
        text.extend_from_slice(&frame.unwrap().into_data().unwrap());
    }
    (status, String::from_utf8(text).unwrap())
}

async fn send(mock: &Mock, method: &str, target: &str) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri(target)
        .body(Body::from(""))
        .unwrap();
    text(mock.transport().call(request).await.unwrap()).await
}

#[tokio::test]
async fn requests_are_routed_by_method_and_template() {
    let mock = Mock::new();
    let pets = pets(&mock);
    mock.any::<Get>().answers(pet("7", "Rex"));
    mock.expect(pets.watch()).answers(Vec::new());
    assert_eq!(
        send(&mock, "GET", "/v1/pets/7").await,
        (200, r#"{"id":"7","name":"Rex"}"#.to_owned())
    );
    // A segment that is written out comes before an argument.
    assert_eq!(
        send(&mock, "GET", "/pets/events").await,
        (200, "data: [DONE]\n\n".to_owned())
    );
    assert_eq!(mock.requests::<Get>()[0].id, 7);
    let (status, problem) = send(&mock, "GET", "/pets/x").await;
    assert!(
        status == 422 && problem.contains("path argument `id`: expected an integer"),
        "{status} {problem}"
    );
    let (status, problem) = send(&mock, "POST", "/pets").await;
    assert!(
        status == 501 && problem.contains("no expectation is for this operation"),
        "{status} {problem}"
    );
    assert!(mock.requests::<List>().is_empty());
    let report = mock.report().unwrap();
    assert!(report.contains("invalid request `GET /pets/x`"), "{report}");
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(mock)));
}
