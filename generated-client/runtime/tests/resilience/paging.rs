//! Pages and items of two operations, as they are generated: the token in the query and in the body.

use std::{future::poll_fn, pin::Pin, time::Duration};

use futures_core::Stream;
use specwright_runtime::{
    Client, ErrorKind, RetryPolicy, TransportErrorKind,
    forms::{operations, response_model},
};

use crate::scripted::{Answer, Scripted, ok, status};

response_model! {
    pub struct Page = "Page" {
        list: Option<Vec<String>> = "list",
        next_page_token: Option<String> = "nextPageToken",
    }
}

operations! {
    struct Apps = "apps" {
        GET "/apps"
        fn list() -> List = "Apps.List" {
            answer: json Page,
            optional {
                page_size: i32 = query("page_size"),
                filter: String = query("filter"),
            },
            paging(String: token(&["nextPageToken"]), into_query("page_token"), items(&["list"]), size_in_query("page_size", 1, 100)),
        },

        POST "/find"
        fn find() -> Find = "Apps.Find" {
            optional body: serde_json::Value = json,
            answer: json Page,
            paging(String: token(&["nextPageToken"]), into_body(&["pageToken"]), items(&["list"]), size_in_body(&["pageSize"], 1, 100)),
            with idempotent,
        },
    }
}

fn list(client: &Client) -> List {
    Apps(client.clone()).list()
}

fn find(client: &Client) -> Find {
    Apps(client.clone()).find()
}

fn three_pages() -> Scripted {
    Scripted::new([
        ok(r#"{"list":["a","b"],"nextPageToken":"t 1&"}"#),
        ok(r#"{"list":[],"nextPageToken":"t2"}"#),
        ok(r#"{"list":["c"],"nextPageToken":""}"#),
    ])
}

fn targets(server: &Scripted) -> Vec<String> {
    server.arrivals().into_iter().map(|arrival| arrival.target).collect()
}

#[tokio::test(start_paused = true)]
async fn items_of_all_pages_come_in_order_and_an_empty_page_is_no_end() {
    let server = three_pages();
    let mut items = list(&server.client()).filter("x").page_size(2).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, ["a", "b", "c"]);
    assert!(items.next().await.is_none());
    assert_eq!(
        targets(&server),
        [
            "/apps?filter=x&page_size=2",
            "/apps?filter=x&page_size=2&page_token=t%201%26",
            "/apps?filter=x&page_size=2&page_token=t2",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_in_the_body_leaves_the_rest_of_it_as_it_was() {
    let server = three_pages();
    let mut items = find(&server.client())
        .body(serde_json::json!({"pageToken": "", "query": "x", "pageSize": 7}))
        .items();
    while items.next().await.is_some() {}
    let bodies: Vec<String> = server.arrivals().into_iter().map(|arrival| arrival.body).collect();
    assert_eq!(
        bodies,
        [
            r#"{"pageSize":7,"pageToken":"","query":"x"}"#,
            r#"{"pageSize":7,"query":"x","pageToken":"t 1&"}"#,
            r#"{"pageSize":7,"query":"x","pageToken":"t2"}"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_body_gets_one_for_its_second_page() {
    let server = three_pages();
    let mut pages = find(&server.client()).pages();
    pages.next().await.unwrap().unwrap();
    pages.next().await.unwrap().unwrap();
    assert_eq!(server.arrivals()[1].body, r#"{"pageToken":"t 1&"}"#);
}

#[tokio::test(start_paused = true)]
async fn sizes_are_brought_within_the_document_s_limits() {
    for (asked, sent) in [(0, 1), (1, 1), (100, 100), (101, 100), (i32::MIN, 1), (i32::MAX, 100)] {
        let server = Scripted::new([ok("{}"), ok("{}")]);
        list(&server.client()).page_size(asked).await.unwrap();
        let body = serde_json::json!({ "pageSize": asked });
        find(&server.client()).body(body).pages().next().await.unwrap().unwrap();
        let arrivals = server.arrivals();
        assert_eq!(arrivals[0].target, format!("/apps?page_size={sent}"));
        assert_eq!(arrivals[1].body, format!("{{\"pageSize\":{sent}}}"));
    }
}

/// R29.
#[tokio::test(start_paused = true)]
async fn a_token_that_came_before_is_an_error() {
    let page = |token| {
        ok(match token {
            1 => r#"{"list":["a"],"nextPageToken":"1"}"#,
            _ => r#"{"list":["b"],"nextPageToken":"2"}"#,
        })
    };
    let server = Scripted::new([page(1), page(2), page(1), page(2)]);
    let mut items = list(&server.client()).items();
    for expected in ["a", "b", "a"] {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Paging, Some("Apps.List"))
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.arrivals().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn who_stops_goes_on_with_the_token() {
    let server = three_pages();
    let mut pages = list(&server.client()).pages();
    assert_eq!(pages.token(), None);
    pages.next().await.unwrap().unwrap();
    let token = pages.token().unwrap().to_owned();
    assert_eq!(token, "t 1&");
    drop(pages);
    let mut items = list(&server.client()).items().starting_at(token);
    assert_eq!(items.next().await.unwrap().unwrap(), "c");
    assert_eq!(items.token(), None);
    assert_eq!(targets(&server)[1], "/apps?page_token=t%201%26");
}

#[tokio::test(start_paused = true)]
async fn the_token_of_an_item_is_that_of_its_page() {
    let server = Scripted::new([
        ok(r#"{"list":["a"],"nextPageToken":"1"}"#),
        ok(r#"{"list":["b","c"],"nextPageToken":"2"}"#),
    ]);
    let mut items = list(&server.client()).items();
    let mut tokens = Vec::new();
    for _ in 0..3 {
        items.next().await.unwrap().unwrap();
        tokens.push(items.token().unwrap().to_owned());
    }
    assert_eq!(tokens, ["1", "1", "2"]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_fails_ends_the_pages_and_keeps_its_token() {
    let server = Scripted::new([ok(r#"{"list":["a"],"nextPageToken":"1"}"#), status(403)]);
    let mut pages = list(&server.client()).pages();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Status);
    assert_eq!(pages.token(), Some("1"));
    // An ordinary `while let` asks once more.
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.token(), Some("1"));
}

/// C8.
#[tokio::test(start_paused = true)]
async fn the_token_to_go_on_with_outlives_an_error_between_items() {
    let server = Scripted::new([ok(r#"{"list":["a"],"nextPageToken":"1"}"#), status(403)]);
    let mut items = list(&server.client()).items();
    let (mut read, mut failed) = (0, 0);
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => read += 1,
            Err(_) => failed += 1,
        }
    }
    assert_eq!((read, failed, items.token()), (1, 1, Some("1")));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_cannot_be_is_one_error() {
    let server = Scripted::new([]);
    let mut pages = list(&server.client()).header("x a", "").pages();
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::InvalidRequest
    );
    assert!(pages.next().await.is_none());
    assert!(server.arrivals().is_empty());
}

#[tokio::test(start_paused = true)]
async fn each_page_is_retried_by_the_call_s_policy() {
    let lost = Answer::Fails(TransportErrorKind::Interrupted);
    let answers = [
        lost.clone(),
        ok(r#"{"list":["a"],"nextPageToken":"1"}"#),
        lost.clone(),
        ok(r#"{"list":["b"]}"#),
    ];
    let mut items = find(&Scripted::new(answers.clone()).client()).items();
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    let mut items = find(&Scripted::new(answers).client())
        .retry(RetryPolicy::never())
        .items();
    assert!(items.next().await.unwrap().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_wait_for_a_page_loses_nothing() {
    let slow = |body| Answer::After(Duration::from_secs(3), Box::new(ok(body)));
    let server = Scripted::new([slow(r#"{"list":["a"]}"#)]);
    let mut items = list(&server.client()).items();
    let second = Duration::from_secs(1);
    assert!(tokio::time::timeout(second, items.next()).await.is_err());
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(server.arrivals().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn pages_are_a_stream() {
    let server = three_pages();
    let mut pages = list(&server.client()).pages();
    let mut count = 0;
    while let Some(page) = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await {
        assert_eq!(page.unwrap().status().as_u16(), 200);
        count += 1;
    }
    assert_eq!(count, 3);
}
