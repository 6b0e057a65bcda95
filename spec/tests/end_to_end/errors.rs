//! Answers that are no success.

use conductorone_client::{ErrorKind, RpcCode, models};

use super::{
    APP, ENTITLEMENT,
    server::{Answer, Server},
};

const HEADERS: &[(&str, &str)] = &[("content-type", "application/json"), ("c1-trace-id", "4f1c6b2a9d7e")];

#[tokio::test]
async fn a_status_with_its_code_and_request_id() {
    let body = r#"{"code":5,"message":"app entitlement not found (request-id: 4f1c6b2a9d7e)",
        "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"GONE"}]}"#;
    let server = Server::answering(Answer {
        status: 404,
        headers: HEADERS,
        body,
    });
    let error = server
        .client()
        .app_entitlements()
        .get(APP, ENTITLEMENT)
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(error.operation(), Some("c1.api.app.v1.AppEntitlements.Get"));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.rpc_code(), Some(RpcCode::NotFound));
    assert_eq!(error.request_id(), Some("4f1c6b2a9d7e"));
    let status = error.rpc_status().unwrap();
    assert!(status.message().starts_with("app entitlement not found"));
    assert_eq!(status.details()[0].properties["reason"], "GONE");
    assert_eq!(error.body(), body.as_bytes());
    let model: models::google::rpc::Status = error.body_as().unwrap();
    assert_eq!(model.code, Some(5));

    let shown = error.to_string();
    let expected = "c1.api.app.v1.AppEntitlements.Get: 404 Not Found: NOT_FOUND: app entitlement not found \
                    (request-id: 4f1c6b2a9d7e)";
    assert_eq!(shown, expected);
    assert_eq!(server.requests().len(), 1, "a 404 is not repeated");
}

/// Every code of the gateway, with the status that it has there.
#[tokio::test]
async fn the_codes_of_the_gateway() {
    let rows = [
        (400, 3, RpcCode::InvalidArgument),
        (400, 9, RpcCode::FailedPrecondition),
        (401, 16, RpcCode::Unauthenticated),
        (403, 7, RpcCode::PermissionDenied),
        (409, 6, RpcCode::AlreadyExists),
        (409, 10, RpcCode::Aborted),
        (429, 8, RpcCode::ResourceExhausted),
        (499, 1, RpcCode::Cancelled),
        (500, 2, RpcCode::Unknown),
        (500, 13, RpcCode::Internal),
        (501, 12, RpcCode::Unimplemented),
        (503, 14, RpcCode::Unavailable),
        (504, 4, RpcCode::DeadlineExceeded),
    ];
    for (status, number, code) in rows {
        let body = format!(r#"{{"code":{number},"message":"no"}}"#);
        let server = Server::answering(Answer {
            status,
            headers: HEADERS,
            body: &body,
        });
        let error = server.client().app_owners().add(APP, "user").await.unwrap_err();
        let found = (
            error.kind(),
            error.status().map(|status| status.as_u16()),
            error.rpc_code(),
            error.request_id(),
        );
        assert_eq!(
            found,
            (ErrorKind::Status, Some(status), Some(code), Some("4f1c6b2a9d7e"))
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::json("{}");
    let location = format!("{}/api/v1/apps", elsewhere.url());
    let headers = [("location", location.as_str()), ("c1-trace-id", "trace-9")];
    let server = Server::answering(Answer {
        status: 301,
        headers: &headers,
        body: "",
    });
    let error = server.client().app_owners().list(APP).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(error.request_id(), Some("trace-9"));
    assert!(error.to_string().contains(&location), "{error}");
    assert!(elsewhere.requests().is_empty());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn answers_that_are_no_json_of_the_model() {
    let html = Answer {
        status: 200,
        headers: &[("content-type", "text/html")],
        body: "<html>sign in</html>",
    };
    let rows = [
        (html, ErrorKind::UnexpectedContentType, "text/html"),
        (
            Answer::json("{\"list\":[{\"displayName\":7}]}"),
            ErrorKind::Decode,
            "list[0].displayName",
        ),
        (Answer::json("{\"list\":["), ErrorKind::Decode, "list"),
        (Answer::json("[]"), ErrorKind::Decode, "object"),
    ];
    for (answer, kind, part) in rows {
        let error = Server::answering(answer)
            .client()
            .app_owners()
            .list(APP)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}
