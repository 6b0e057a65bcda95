//! Pages of every style over connections on loopback: what is asked for, and where it ends.

#![allow(
    clippy::items_after_statements,
    reason = "an operation is declared where it is called"
)]

use specwright_runtime::{
    Items,
    codegen::{Call, Operation, Paging},
    wire::Value,
};

use super::page_server::{PageServer, Reply, page, with_header};

/// The items of all pages, and the targets of the requests for them.
async fn all(operation: &'static Operation, replies: impl IntoIterator<Item = Reply>) -> (Vec<i64>, Vec<String>) {
    let server = PageServer::new(replies).await;
    let items = server.items(operation).try_collect().await.unwrap();
    (items, server.targets())
}

#[tokio::test]
async fn a_token_in_the_body_goes_into_query_header_or_body() {
    static QUERY: Operation = Operation::get("a", "/a").paged(
        Paging::token(&["meta", "next"])
            .into_query("cursor")
            .items(&["data", "rows"]),
    );
    let replies = [
        page(r#"{"data":{"rows":[1,2]},"meta":{"next":"x y"}}"#),
        page(r#"{"data":{"rows":[]},"meta":{"next":"z"}}"#),
        page(r#"{"data":null,"meta":{"next":null}}"#),
    ];
    let (items, targets) = all(&QUERY, replies).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(targets, ["/a", "/a?cursor=x%20y", "/a?cursor=z"]);

    static HEADER: Operation =
        Operation::get("a", "/a").paged(Paging::header_token("X-Next").into_header("X-Token").items(&[]));
    let server = PageServer::new([with_header("x-next: t1\r\n", "[1]"), page("[2]")]).await;
    assert_eq!(server.items(&HEADER).try_collect().await.unwrap(), [1, 2]);
    assert!(server.requests()[1].to_lowercase().contains("x-token: t1"));

    static BODY: Operation = Operation::post("a", "/a").paged(
        Paging::token(&["cursor"])
            .into_body(&["page", "cursor"])
            .items(&["items"])
            .more(&["has_more"]),
    );
    let server = PageServer::new([
        page(r#"{"items":[1],"cursor":"c1","has_more":true}"#),
        // The token is still there at the end: `has_more` decides.
        page(r#"{"items":[2],"cursor":"c2","has_more":false}"#),
    ])
    .await;
    let call = Call::new(&server.client(), &BODY, &[]).json(&serde_json::json!({"q": 1.5}));
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [1, 2]);
    assert!(server.requests()[1].ends_with(r#"{"q":1.5,"page":{"cursor":"c1"}}"#));
}

#[tokio::test]
async fn a_url_is_followed_as_it_is_wherever_it_is_found() {
    static BODY: Operation = Operation::get("a", "/v1/a").paged(Paging::url(&["links", "next"]).items(&["data"]));
    let replies = [
        page(r#"{"data":[1],"links":{"next":"ORIGIN/v1/a?page=2&size=1"}}"#),
        page(r#"{"data":[2],"links":{"next":"/v1/a?page=3"}}"#),
        page(r#"{"data":[3],"links":{"next":"?page=4"}}"#),
        page(r#"{"data":[4],"links":{"next":""}}"#),
    ];
    let (items, targets) = all(&BODY, replies).await;
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(
        targets,
        ["/v1/a", "/v1/a?page=2&size=1", "/v1/a?page=3", "/v1/a?page=4"]
    );

    static LINK: Operation = Operation::get("a", "/a").paged(Paging::link("next").items(&[]));
    let link = "link: <ORIGIN/a?page=0>; rel=\"prev\", <ORIGIN/a?page=2>; rel=\"next\"\r\n";
    let (items, targets) = all(&LINK, [with_header(link, "[1]"), page("[2]")]).await;
    assert_eq!(
        (items, targets),
        (vec![1, 2], vec!["/a".to_owned(), "/a?page=2".to_owned()])
    );

    static EITHER: Operation =
        Operation::get("a", "/a").paged(Paging::token_or_url(&["next"]).into_query("after").items(&["data"]));
    let replies = [
        page(r#"{"data":[1],"next":"t1"}"#),
        page(r#"{"data":[2],"next":"/b?after=t2"}"#),
        page(r#"{"data":[3]}"#),
    ];
    let (items, targets) = all(&EITHER, replies).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(targets, ["/a", "/a?after=t1", "/b?after=t2"]);

    static QUERY: Operation = Operation::get("a", "/a").paged(Paging::url(&["next"]).query_only().items(&["data"]));
    let replies = [
        page(r#"{"data":[1],"next":"http://internal:8080/x?page=2"}"#),
        page(r#"{"data":[2]}"#),
    ];
    let (items, targets) = all(&QUERY, replies).await;
    assert_eq!(
        (items, targets),
        (vec![1, 2], vec!["/a".to_owned(), "/a?page=2".to_owned()])
    );
}

#[tokio::test]
async fn a_url_is_asked_for_by_the_declared_method() {
    static SEARCH: Operation =
        Operation::post("a", "/a").paged(Paging::token_or_url(&["nextLink"]).items(&["value"]).method("GET"));
    let server = PageServer::new([page(r#"{"value":[1],"nextLink":"ORIGIN/a?skip=1"}"#), page("{}")]).await;
    let call = Call::new(&server.client(), &SEARCH, &[]).json(&serde_json::json!({"q": 1}));
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [1]);
    let requests = server.requests();
    assert!(
        requests[0].starts_with("POST /a ") && requests[0].ends_with(r#"{"q":1}"#),
        "{requests:?}"
    );
    assert!(
        requests[1].starts_with("GET /a?skip=1 ") && requests[1].ends_with("\r\n\r\n"),
        "{requests:?}"
    );
    assert!(!requests[1].to_lowercase().contains("content-type"), "{requests:?}");
}

#[tokio::test]
async fn a_member_of_the_last_item_selects_the_next_page() {
    static LIST: Operation = Operation::get("a", "/a").paged(
        Paging::last_item(&["id"])
            .into_query("starting_after")
            .items(&["data"])
            .more(&["has_more"]),
    );
    let server = PageServer::new([
        page(r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        page(r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ])
    .await;
    let call = Call::new(&server.client(), &LIST, &[]);
    let items: Vec<Value> = Items::new(call).try_collect().await.unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(server.targets(), ["/a", "/a?starting_after=b"]);

    static TEXTS: Operation = Operation::get("a", "/a").paged(Paging::last_item(&[]).into_query("from").items(&[]));
    let (items, targets) = all(&TEXTS, [page("[1,2]"), page("[3]"), page("[]")]).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(targets, ["/a", "/a?from=2", "/a?from=3"]);
}

#[tokio::test]
async fn page_numbers_end_where_the_response_says_so() {
    static EMPTY: Operation = Operation::get("a", "/a").paged(Paging::page_number(1).into_query("page").items(&[]));
    // A short page is not an end.
    let (items, targets) = all(&EMPTY, [page("[1,2]"), page("[3]"), page("[4]"), page("[]")]).await;
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(targets, ["/a", "/a?page=2", "/a?page=3", "/a?page=4"]);

    static PAGES: Operation = Operation::get("a", "/a").paged(
        Paging::page_number(0)
            .into_query("page")
            .items(&["content"])
            .pages(&["totalPages"])
            .done(&["last"]),
    );
    let replies = [
        page(r#"{"content":[1],"totalPages":2}"#),
        page(r#"{"content":[2],"totalPages":2}"#),
    ];
    assert_eq!(all(&PAGES, replies).await.1, ["/a", "/a?page=1"]);
    let replies = [
        page(r#"{"content":[1],"last":false}"#),
        page(r#"{"content":[2],"last":true}"#),
    ];
    assert_eq!(all(&PAGES, replies).await.0, [1, 2]);

    static HEADER: Operation = Operation::get("a", "/a").paged(
        Paging::page_number(1)
            .into_query("page")
            .items(&[])
            .pages_in_header("X-Pages"),
    );
    let replies = [
        with_header("x-pages: 2\r\n", "[1]"),
        with_header("x-pages: 2\r\n", "[2]"),
    ];
    assert_eq!(all(&HEADER, replies).await.0, [1, 2]);

    static TOTAL: Operation = Operation::get("a", "/a").paged(
        Paging::page_number(1)
            .into_query("page")
            .items(&["rows"])
            .total(&["total"]),
    );
    let replies = [page(r#"{"rows":[1,2],"total":3}"#), page(r#"{"rows":[3],"total":3}"#)];
    assert_eq!(all(&TOTAL, replies).await.0, [1, 2, 3]);
}

#[tokio::test]
async fn a_total_below_what_a_page_holds_ends_nothing() {
    static TOTAL: Operation = Operation::get("a", "/a").paged(
        Paging::offset(0)
            .into_query("offset")
            .items(&["rows"])
            .total(&["total"]),
    );
    for uncounted in ["0", "-1", "1"] {
        let of = |rows: &str| page(&format!(r#"{{"rows":{rows},"total":{uncounted}}}"#));
        let (items, targets) = all(&TOTAL, [of("[1,2]"), of("[3,4]"), of("[]")]).await;
        assert_eq!(items, [1, 2, 3, 4], "total {uncounted}");
        assert_eq!(targets, ["/a", "/a?offset=2", "/a?offset=4"]);
    }

    static PAGES: Operation = Operation::get("a", "/a").paged(
        Paging::page_number(1)
            .into_query("page")
            .items(&["rows"])
            .pages(&["pages"]),
    );
    let of = |rows: &str| page(&format!(r#"{{"rows":{rows},"pages":0}}"#));
    assert_eq!(all(&PAGES, [of("[1]"), of("[2]"), of("[]")]).await.0, [1, 2]);
}

#[tokio::test]
async fn offsets_grow_by_what_came_or_by_the_size() {
    static ITEMS: Operation = Operation::get("a", "/a").paged(
        Paging::offset(1)
            .into_query("startIndex")
            .items(&["Resources"])
            .total(&["totalResults"]),
    );
    let replies = [
        page(r#"{"Resources":[1,2],"totalResults":3}"#),
        page(r#"{"Resources":[3],"totalResults":3}"#),
    ];
    let (items, targets) = all(&ITEMS, replies).await;
    assert_eq!(
        (items, targets),
        (vec![1, 2, 3], vec!["/a".to_owned(), "/a?startIndex=3".to_owned()])
    );

    static SIZE: Operation = Operation::get("a", "/a").paged(
        Paging::offset_by_size(0)
            .into_query("offset")
            .items(&[])
            .size_in_query("limit", 1, 50),
    );
    let server = PageServer::new([page("[1]"), page("[2]"), page("[]")]).await;
    let call = Call::new(&server.client(), &SIZE, &[]).query("limit", &100);
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [1, 2]);
    assert_eq!(
        server.targets(),
        ["/a?limit=50", "/a?limit=50&offset=50", "/a?limit=50&offset=100"]
    );

    static SHORT: Operation = Operation::get("a", "/a").paged(
        Paging::offset(0)
            .into_query("offset")
            .items(&[])
            .size_in_query("limit", 1, 50)
            .ends_short(),
    );
    let server = PageServer::new([page("[1,2]"), page("[3]")]).await;
    let call = Call::new(&server.client(), &SHORT, &[]).query("limit", &2);
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn ends_that_are_declared_are_kept() {
    static SAME: Operation =
        Operation::get("a", "/a").paged(Paging::token(&["next"]).into_query("t").items(&["rows"]).ends_same());
    let replies = [page(r#"{"rows":[1],"next":"f1"}"#), page(r#"{"rows":[2],"next":"f1"}"#)];
    let (items, targets) = all(&SAME, replies).await;
    assert_eq!(
        (items, targets),
        (vec![1, 2], vec!["/a".to_owned(), "/a?t=f1".to_owned()])
    );

    static EMPTY: Operation =
        Operation::get("a", "/a").paged(Paging::token(&["next"]).into_query("t").items(&["rows"]).ends_empty());
    let replies = [page(r#"{"rows":[1],"next":"1"}"#), page(r#"{"rows":[],"next":"2"}"#)];
    assert_eq!(all(&EMPTY, replies).await.0, [1]);

    static ALONE: Operation = Operation::get("a", "/a").paged(
        Paging::token(&["next_page"])
            .into_query("page_token")
            .items(&["items"])
            .alone(),
    );
    let server = PageServer::new([page(r#"{"items":[1],"next_page":"p"}"#), page(r#"{"items":[2]}"#)]).await;
    let call = Call::new(&server.client(), &ALONE, &[])
        .query("limit", &1)
        .query("sort", &"x");
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [1, 2]);
    assert_eq!(server.targets(), ["/a?limit=1&sort=x", "/a?page_token=p"]);
}

#[tokio::test]
async fn every_style_continues_where_it_stopped() {
    static TOKEN: Operation =
        Operation::get("a", "/a").paged(Paging::token(&["next"]).into_query("t").items(&["rows"]));
    static URL: Operation = Operation::get("a", "/a").paged(Paging::url(&["next"]).items(&["rows"]));
    static NUMBER: Operation =
        Operation::get("a", "/a").paged(Paging::page_number(1).into_query("page").items(&["rows"]));
    static OFFSET: Operation = Operation::get("a", "/a").paged(Paging::offset(0).into_query("offset").items(&["rows"]));
    let rows: [(&Operation, &str, &str, &str); 4] = [
        (&TOKEN, r#"{"rows":[1,2],"next":"t1"}"#, "t1", "/a?t=t1"),
        (&URL, r#"{"rows":[1,2],"next":"/b?x=1"}"#, "/b?x=1", "/b?x=1"),
        (&NUMBER, r#"{"rows":[1,2]}"#, "2", "/a?page=2"),
        (&OFFSET, r#"{"rows":[1,2]}"#, "2", "/a?offset=2"),
    ];
    for (operation, first, token, target) in rows {
        let server = PageServer::new([page(first), page(r#"{"rows":[3]}"#)]).await;
        let mut pages = server.pages(operation);
        pages.next().await.unwrap().unwrap();
        assert_eq!(pages.token(), Some(token));
        let mut items = server.items(operation).starting_at(token);
        assert_eq!(items.next().await.unwrap().unwrap(), 3);
        assert_eq!(server.targets()[1], target);
    }
}

#[tokio::test]
async fn a_page_that_the_call_selects_itself_is_the_first_one() {
    static NUMBER: Operation = Operation::get("a", "/a").paged(
        Paging::page_number(1)
            .into_query("page")
            .items(&[])
            .total_in_header("x-total"),
    );
    let server = PageServer::new([
        with_header("x-total: 6\r\n", "[5]"),
        with_header("x-total: 6\r\n", "[6]"),
        page("[]"),
    ])
    .await;
    let call = Call::new(&server.client(), &NUMBER, &[]).query("page", &5);
    // How many items came before is not known: an empty page ends it.
    assert_eq!(Items::<i64>::new(call).try_collect().await.unwrap(), [5, 6]);
    assert_eq!(server.targets(), ["/a?page=5", "/a?page=6", "/a?page=7"]);
}

#[tokio::test]
async fn no_page_is_asked_for_beyond_what_is_taken() {
    static NUMBER: Operation = Operation::get("a", "/a").paged(Paging::page_number(1).into_query("page").items(&[]));
    for ahead in [0, 1] {
        let server = PageServer::new([page("[1,2]"), page("[3,4]"), page("[5]")]).await;
        let items = server.items(&NUMBER).prefetch(ahead).take(4);
        assert_eq!(items.try_collect().await.unwrap(), [1, 2, 3, 4]);
        assert_eq!(server.requests().len(), 2);
        let server = PageServer::new([page("[1,2]"), page("[3,4]"), page("[5]")]).await;
        let pages = server
            .pages(&NUMBER)
            .prefetch(ahead)
            .take(2)
            .try_collect()
            .await
            .unwrap();
        assert_eq!((pages.len(), server.requests().len()), (2, 2));
        let server = PageServer::new([page("[1]")]).await;
        assert!(server.items(&NUMBER).take(0).next().await.is_none());
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn the_next_page_comes_while_items_are_read() {
    static NUMBER: Operation = Operation::get("a", "/a").paged(Paging::page_number(1).into_query("page").items(&[]));
    let server = PageServer::new([page("[1,2]"), page("[3]"), page("[]")]).await;
    let mut items = server.items(&NUMBER).prefetch(1);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    // Nobody asks for items meanwhile.
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(items.try_collect().await.unwrap(), [2, 3]);
    assert_eq!(server.targets(), ["/a", "/a?page=2", "/a?page=3"]);
}

#[cfg(feature = "blocking")]
#[test]
fn pages_and_items_are_iterators_for_programs_that_block() {
    static NUMBER: Operation = Operation::get("a", "/a").paged(Paging::page_number(1).into_query("page").items(&[]));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    for ahead in [0, 1] {
        let server = runtime.block_on(PageServer::new([page("[1,2]"), page("[3]"), page("[]")]));
        let items: Result<Vec<i64>, _> = server.items(&NUMBER).prefetch(ahead).wait().collect();
        assert_eq!(items.unwrap(), [1, 2, 3]);
        let server = runtime.block_on(PageServer::new([page("[1,2]"), page("[3]"), page("[]")]));
        assert_eq!(server.pages(&NUMBER).prefetch(ahead).wait().count(), 3);
    }
}
