//! R24: the token is in the request and nowhere else.

use std::{error::Error as _, fmt::Debug, net::TcpListener};

use conductorone_client::{Client, Error, models::app::v1::SetAppOwnersRequestInput};

use super::{
    APP,
    server::{Answer, Server, TOKEN},
};

fn assert_unseen(what: &str, text: &str) {
    assert!(!text.contains(TOKEN), "{what} shows the token: {text}");
}

fn assert_debug_unseen(what: &str, value: &impl Debug) {
    assert_unseen(what, &format!("{value:?}"));
    assert_unseen(what, &format!("{value:#?}"));
}

/// The error, and everything that its chain of causes prints.
fn assert_error_unseen(what: &str, error: &Error) {
    assert_unseen(what, &error.to_string());
    assert_debug_unseen(what, error);
    let mut cause = error.source();
    while let Some(error) = cause {
        assert_unseen(what, &error.to_string());
        assert_debug_unseen(what, &error);
        cause = error.source();
    }
}

#[tokio::test]
async fn the_token_is_sent_and_not_shown() {
    let server = Server::json("{}");
    assert_debug_unseen(
        "builder",
        &Client::builder("acme.conductor.one").unwrap().bearer_token(TOKEN),
    );
    let client = server.client();
    assert_debug_unseen("client", &client);
    let group = client.app_owners();
    assert_debug_unseen("group", &group);
    assert_debug_unseen("call", &group.list(APP).header("x-key", TOKEN));
    assert_debug_unseen("call with a body", &group.set(APP, SetAppOwnersRequestInput::default()));
    let sending = group.list(APP).send();
    assert_debug_unseen("call on its way", &sending);
    assert_debug_unseen("response", &sending.await.unwrap());
    assert!(server.request().header("authorization").unwrap().contains(TOKEN));
}

async fn assert_answer_unseen(what: &str, answer: Answer<'_>) {
    let error = Server::answering(answer)
        .client()
        .app_owners()
        .list(APP)
        .await
        .unwrap_err();
    assert_error_unseen(what, &error);
}

/// Servers repeat what they refuse.
#[tokio::test]
async fn an_error_does_not_repeat_the_token() {
    let message = format!(r#"{{"code":16,"message":"no such token: {TOKEN}"}}"#);
    let shape = format!(r#"{{"list":"{TOKEN}"}}"#);
    let headers = [("x-refused", TOKEN), ("content-type", "text/plain")];
    assert_answer_unseen(
        "status",
        Answer {
            status: 401,
            headers: &headers,
            body: &message,
        },
    )
    .await;
    assert_answer_unseen(
        "text",
        Answer {
            status: 500,
            headers: &headers,
            body: TOKEN,
        },
    )
    .await;
    assert_answer_unseen("not JSON", Answer::json(&message[1..])).await;
    assert_answer_unseen("another shape", Answer::json(&shape)).await;
}

#[tokio::test]
async fn another_content_type_does_not_repeat_the_token() {
    let headers = [("x-refused", TOKEN), ("content-type", "text/plain")];
    assert_answer_unseen(
        "text",
        Answer {
            status: 200,
            headers: &headers,
            body: TOKEN,
        },
    )
    .await;
}

#[tokio::test]
async fn a_request_id_does_not_repeat_the_token() {
    let headers = [("c1-trace-id", TOKEN), ("content-type", "application/json")];
    for (status, body) in [(500, ""), (200, "["), (200, "{}")] {
        let answer = Answer {
            status,
            headers: &headers,
            body,
        };
        match Server::answering(answer).client().app_owners().list(APP).await {
            Ok(response) => {
                assert_debug_unseen("response", &response);
                assert_eq!(response.request_id(), Some("[redacted]"));
            }
            Err(error) => {
                assert_error_unseen("error", &error);
                assert!(error.to_string().ends_with("(request id [redacted])"), "{error}");
            }
        }
    }
}

/// The path of what does not decode is made of the server's words, in the message and in its cause.
#[tokio::test]
async fn a_path_does_not_repeat_the_token() {
    let long = "k".repeat(64 - 6);
    for name in [TOKEN.to_owned(), format!("{long}{TOKEN}")] {
        let body = format!(r#"{{"{name}":{{"a":[1,}}}}"#);
        let server = Server::json(&body);
        let error = server.client().app_owners().list(APP).await.unwrap_err();
        assert_error_unseen("path", &error);
        let cause = error.source().unwrap();
        for text in [error.to_string(), format!("{error:?}"), cause.to_string()] {
            assert!(!text.contains(&TOKEN[..6]), "{text}");
            assert!(text.contains("[redacted]"), "{text}");
        }
    }
}

/// Wherever within the token a body is cut, its beginning is not shown.
#[tokio::test]
async fn a_body_cut_within_the_token_does_not_show_its_beginning() {
    for shown in [4, 9, TOKEN.len() - 1] {
        let body = format!("{}{TOKEN} is bad", "x".repeat(4096 - shown));
        for status in [200, 500] {
            let answer = Answer {
                status,
                headers: &[("content-type", "text/plain")],
                body: &body,
            };
            let server = Server::answering(answer);
            let error = server.client().app_owners().list(APP).await.unwrap_err();
            assert_error_unseen("cut body", &error);
            for text in [error.to_string(), format!("{error:?}")] {
                assert!(!text.contains(&TOKEN[..4]), "{shown} bytes: {text}");
                assert!(text.contains("[redacted]…"), "{shown} bytes: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_does_not_repeat_the_token() {
    for target in [
        "https://elsewhere.example/login?token=",
        "https://elsewhere.example/login/",
    ] {
        let target = format!("{target}{TOKEN}");
        assert_answer_unseen(
            "redirect",
            Answer {
                status: 302,
                headers: &[("location", &target)],
                body: "",
            },
        )
        .await;
    }
}

#[tokio::test]
async fn an_error_without_an_answer_does_not_show_the_token() {
    // The listener is dropped at once: nobody answers there.
    let address = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let refused = Client::new(&format!("http://{address}"), TOKEN).unwrap();
    let errors = [
        (
            "a token with a line break",
            Client::new("acme.conductor.one", format!("{TOKEN}\n")).unwrap_err(),
        ),
        ("no server", refused.app_owners().list(APP).await.unwrap_err()),
        ("an empty id", refused.app_owners().list("").await.unwrap_err()),
        (
            "a header",
            refused
                .app_owners()
                .list(APP)
                .header("x-key", &format!("{TOKEN}\n"))
                .await
                .unwrap_err(),
        ),
    ];
    for (what, error) in &errors {
        assert_error_unseen(what, error);
    }
}
