//! What a call makes of the server's answer.

use specwright_runtime::{Client, ErrorKind, RpcCode, codegen::Call, mock::Mock};

use crate::{
    Apps, List, REMOVE, apps, failure, mocked,
    server::{Server, Then, answer},
};

#[tokio::test]
async fn a_status_with_an_rpc_status_is_typed() {
    let body = r#"{"code":5,"message":"no app","details":[{"@type":"a.B"}]}"#;
    let error = failure(404, "application/json", body).await;
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::Status, 404)
    );
    assert_eq!(error.rpc_code(), Some(RpcCode::NotFound));
    assert_eq!(error.rpc_status().unwrap().details().len(), 1);
    assert_eq!(
        error.to_string(),
        "Apps.List: 404 Not Found: NOT_FOUND: no app (request id t-2)"
    );
    assert_eq!((error.operation(), error.attempts()), (Some("Apps.List"), 1));
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    assert_eq!(error.body_as::<serde_json::Value>().unwrap()["code"], 5);
}

#[tokio::test]
async fn a_status_with_text_shows_its_beginning_and_no_token() {
    let error = failure(500, "text/plain", "oh no\ntok-12345678 is bad").await;
    assert_eq!(
        error.to_string(),
        "Apps.List: 500 Internal Server Error: oh no\\n[redacted] is bad (request id t-2)"
    );
    assert_eq!((error.rpc_code(), error.is_retryable()), (None, true));
}

#[tokio::test]
async fn a_page_instead_of_json_is_an_error_that_says_so() {
    let error = failure(200, "text/html", "<html>\n").await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
    assert_eq!(
        error.to_string(),
        "Apps.List: 200 with content type text/html instead of JSON: <html>\\n (request id t-2)"
    );
    assert_eq!(error.body(), b"<html>\n");
}

#[tokio::test]
async fn json_of_another_shape_is_a_decode_error_that_keeps_the_body() {
    for body in ["{\"a\":", "[1]"] {
        let error = failure(200, "application/json", body).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(
            error
                .to_string()
                .starts_with("Apps.List: the response does not decode: "),
            "{error}"
        );
        assert_eq!(error.body(), body.as_bytes());
        assert!(!error.is_retryable());
    }
}

/// R22.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in [301, 307] {
        let mock = Mock::new();
        let location = "/api/v1/apps?x=hush";
        mock.any::<List>().raw(status, "").header("location", location).times(1);
        let error = mocked(&mock).list("a1").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(
            error
                .to_string()
                .ends_with("the redirect to /api/v1/apps is not followed"),
            "{error}"
        );
        assert_eq!(error.headers().unwrap()["location"], location);
    }
}

#[tokio::test]
async fn a_response_without_a_body_decodes() {
    let mock = Mock::new();
    let apps = mocked(&mock);
    mock.expect(apps.list("a"))
        .raw(204, "")
        .then()
        .raw(200, "")
        .header("content-type", "text/plain");
    assert!(apps.list("a").await.unwrap().is_empty());
    assert!(apps.list("a").await.unwrap().is_empty());
    mock.expect(apps.remove("a"))
        .raw(200, "<html>")
        .header("content-type", "text/html");
    apps.remove("a").await.unwrap();
}

#[tokio::test]
async fn a_response_without_a_body_is_an_error_where_members_are_required() {
    let mock = Mock::new();
    mock.endpoint("DELETE", "/api/v1/apps/a").raw(204, "");
    let call = Call::new(&mock.client(), &REMOVE, &[&"a"]);
    let error = call.send_for_json::<f64>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("the response has no body"), "{error}");
}

#[tokio::test]
async fn a_lost_connection_is_told_from_none_and_from_an_insecure_one() {
    let truncated = answer("200 OK", "", "123").replace("length: 3", "length: 9");
    for text in [
        String::new(),
        "HTTP/1.1 2".to_owned(),
        "nonsense\r\n\r\n".to_owned(),
        truncated,
    ] {
        let server = Server::answering(text, Then::Close).await;
        let error = apps(&server).create().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(!error.is_retryable(), "a POST may have been carried out");
        assert!(!error.to_string().contains("http://"), "{error}");
    }
    let closed = {
        tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap()
            .local_addr()
            .unwrap()
    };
    let client = Client::builder(format!("http://{closed}")).build().unwrap();
    let error = Apps(client).create().send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.is_retryable()),
        (ErrorKind::Connect, true),
        "{error}"
    );
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_server_without_tls_is_an_insecure_connection() {
    let server = Server::answering("HTTP/1.1 200 OK\r\n\r\n", Then::Close).await;
    let client = Client::builder(server.url.replace("http:", "https:")).build().unwrap();
    let error = Apps(client)
        .list("a")
        .timeout(std::time::Duration::from_secs(5))
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Tls, false), "{error}");
}

/// R23: what the certificate says is checked.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused() {
    let address = crate::server::self_signed();
    let client = Client::builder(format!("https://{address}"))
        .bearer_token("hush-12345")
        .build()
        .unwrap();
    let error = Apps(client).list("a").send().await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Tls, false), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

/// C17: a body in an encoding that no feature decodes. Its bytes alone would show `expected UTF-8, found 0x8b`.
#[tokio::test]
async fn an_encoding_that_is_not_decoded_is_named() {
    static GZIP: [u8; 22] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
    ];
    for (status, encoding) in [(200, "compress"), (200, "x-unknown"), (503, "x-unknown")] {
        let mock = Mock::new();
        mock.any::<List>()
            .raw(status, &GZIP[..])
            .header("content-encoding", encoding);
        let error = mocked(&mock).list("a1").await.unwrap_err();
        let message = error.to_string();
        assert!(
            message.contains(&format!("`Content-Encoding: {encoding}`")),
            "{message}"
        );
        assert!(!message.contains('\u{fffd}') && !message.contains("UTF-8"), "{message}");
        let kind = if status == 200 {
            ErrorKind::Decode
        } else {
            ErrorKind::Status
        };
        assert_eq!((error.kind(), error.body()), (kind, &GZIP[..]), "{message}");
    }
}
