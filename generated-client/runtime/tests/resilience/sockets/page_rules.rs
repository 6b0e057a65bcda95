//! The rules of paging over connections on loopback: what a server may not do, and what the error says.

#![allow(clippy::panic, reason = "a test fails by a panic")]

use specwright_runtime::{
    Authorization, BearerToken, Client, Error, ErrorKind, Items, PagingRule, RetryPolicy, Secret,
    codegen::{Call, Operation, Paging},
};

use super::page_server::{PageServer, Reply, page};

static TOKEN: Operation = Operation::get("List", "/a").paged(Paging::token(&["next"]).into_query("t").items(&["rows"]));
static URL: Operation = Operation::get("List", "/a").paged(Paging::url(&["next"]).items(&["rows"]));
static NUMBER: Operation =
    Operation::get("List", "/a").paged(Paging::page_number(1).into_query("page").items(&["rows"]).max(3));

/// What comes before the error, and the error.
async fn failure(mut items: Items<i64>) -> (Vec<i64>, Error) {
    let mut before = Vec::new();
    loop {
        match items.next().await.unwrap() {
            Ok(item) => before.push(item),
            Err(error) => {
                assert_eq!((error.kind(), error.operation()), (ErrorKind::Paging, Some("List")));
                assert!(items.next().await.is_none());
                return (before, error);
            }
        }
    }
}

fn rule(error: &Error) -> (PagingRule, u64) {
    let problem = error.paging().unwrap();
    (problem.rule().clone(), problem.page())
}

#[tokio::test]
async fn another_origin_is_not_followed() {
    let other = PageServer::new([page(r#"{"rows":[9]}"#)]).await;
    let address = other.origin.trim_start_matches("http://").to_owned();
    let nexts = [
        format!("{}/a?key=hush", other.origin),
        format!("//{address}/a?key=hush"),
        "https://ORIGIN_HOST/a?key=hush".to_owned(),
        "http://localhost:1/a?key=hush".to_owned(),
    ];
    for next in nexts {
        let server = PageServer::new([]).await;
        let next = next.replace("ORIGIN_HOST", server.origin.trim_start_matches("http://"));
        let server = PageServer::new([page(&format!(r#"{{"rows":[1],"next":"{next}"}}"#))]).await;
        let token = BearerToken::new("hush").unwrap();
        let client = Client::builder(&*server.origin).credential(token).build().unwrap();
        let (before, error) = failure(Items::new(Call::new(&client, &URL, &[]))).await;
        assert_eq!(before, [1]);
        let (PagingRule::ForeignOrigin { requested, named }, 1) = rule(&error) else {
            panic!("{error}");
        };
        assert_eq!(requested, server.origin);
        assert!(
            next.contains(named.trim_start_matches("http://").trim_start_matches("https://")),
            "{named}"
        );
        let text = format!("{error} {error:?} {:?}", error.paging());
        assert!(text.contains(&requested) && !text.contains("hush"), "{text}");
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_url_from_outside_keeps_the_same_rule() {
    let server = PageServer::new([]).await;
    let (before, error) = failure(server.items(&URL).starting_at("https://example.com/a?key=hush")).await;
    assert!(before.is_empty() && matches!(rule(&error).0, PagingRule::ForeignOrigin { .. }));
    assert!(!error.to_string().contains("hush"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn fragments_and_user_names_are_refused() {
    for next in ["ORIGIN/a#part", "http://user:hush@127.0.0.1/a", "javascript:alert(1)"] {
        let server = PageServer::new([page(&format!(r#"{{"rows":[1],"next":"{next}"}}"#))]).await;
        let (_, error) = failure(server.items(&URL)).await;
        assert!(matches!(rule(&error).0, PagingRule::InvalidUrl { .. }), "{error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
}

/// A key in the query.
struct Key;
impl specwright_runtime::Credential for Key {
    fn authorization<'a>(
        &'a self,
        _client: &'a Client,
    ) -> specwright_runtime::BoxFuture<'a, Result<Authorization, specwright_runtime::CredentialError>> {
        Box::pin(async { Ok(Authorization::query("key", &Secret::new("own"))?) })
    }
}

#[tokio::test]
async fn a_key_in_the_query_is_set_anew_and_not_twice() {
    let server = PageServer::new([
        page(r#"{"rows":[1],"next":"/a?key=of-the-server&page=2"}"#),
        page(r#"{"rows":[2],"next":"/a?page=3"}"#),
        page(r#"{"rows":[3]}"#),
    ])
    .await;
    let client = Client::builder(&*server.origin).credential(Key).build().unwrap();
    let items: Vec<i64> = Items::new(Call::new(&client, &URL, &[])).try_collect().await.unwrap();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(
        server.targets(),
        ["/a?key=own", "/a?page=2&key=own", "/a?page=3&key=own"]
    );
}

#[tokio::test]
async fn a_token_that_comes_again_ends_the_pages() {
    let row = |number: usize, next: &str| page(&format!(r#"{{"rows":[{number}],"next":"{next}"}}"#));
    for length in [1, 2, 3, 20] {
        let tokens: Vec<String> = (0..200).map(|index| format!("hush{}", index % length)).collect();
        let replies: Vec<Reply> = tokens
            .iter()
            .enumerate()
            .map(|(index, token)| row(index, token))
            .collect();
        let server = PageServer::new(replies).await;
        let (before, error) = failure(server.items(&TOKEN)).await;
        let (PagingRule::RepeatedToken { earlier }, page) = rule(&error) else {
            panic!("{error}");
        };
        assert_eq!((page - earlier) % length as u64, 0, "{error}");
        assert!(
            before.len() <= 4 * length + 1 && !error.to_string().contains("hush"),
            "{error}"
        );
        // Of tokens and of URLs alike.
        let replies = tokens
            .iter()
            .enumerate()
            .map(|(index, token)| row(index, &format!("/a?{token}")));
        let server = PageServer::new(replies).await;
        assert!(matches!(
            rule(&failure(server.items(&URL)).await.1).0,
            PagingRule::RepeatedToken { .. }
        ));
    }
}

#[tokio::test]
async fn a_page_that_comes_twice_is_not_given_out_twice() {
    let server = PageServer::new([page(r#"{"rows":[1,2],"page":1}"#), page(r#"{"rows":[1,2],"page":2}"#)]).await;
    let (before, error) = failure(server.items(&NUMBER)).await;
    assert_eq!((before, rule(&error)), (vec![1, 2], (PagingRule::RepeatedPage, 2)));
}

#[tokio::test]
async fn a_number_beyond_its_parameter_is_not_sent() {
    let server = PageServer::new((0..9).map(|row| page(&format!(r#"{{"rows":[{row}]}}"#)))).await;
    let (before, error) = failure(server.items(&NUMBER)).await;
    assert_eq!((before, rule(&error)), (vec![0, 1, 2], (PagingRule::NumberTooLarge, 3)));
    let (_, error) = failure(server.items(&NUMBER).starting_at("x")).await;
    assert_eq!(rule(&error).0, PagingRule::NotANumber);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_token_of_more_than_16_kib_is_not_sent() {
    for (length, is_allowed) in [(16 * 1024, true), (16 * 1024 + 1, false)] {
        let token = "x".repeat(length);
        let first = page(&format!(r#"{{"rows":[1],"next":"{token}"}}"#));
        let server = PageServer::new([first, page("{}")]).await;
        if is_allowed {
            assert_eq!(server.items(&TOKEN).try_collect().await.unwrap(), [1]);
            continue;
        }
        let (_, error) = failure(server.items(&TOKEN)).await;
        assert_eq!(rule(&error).0, PagingRule::TokenTooLong { length });
        assert!(error.to_string().len() < 300 && server.requests().len() == 1);
    }
}

#[tokio::test]
async fn limits_are_errors_and_ends_are_not() {
    let replies = || {
        [("[1,2]", "a"), ("[3,4]", "b"), ("[5,6]", "")]
            .map(|(rows, next)| page(&format!(r#"{{"rows":{rows},"next":"{next}"}}"#)))
    };
    let server = PageServer::new(replies()).await;
    let (before, error) = failure(server.items(&TOKEN).max_pages(2)).await;
    assert_eq!(
        (before.len(), rule(&error).0, server.requests().len()),
        (4, PagingRule::MaxPages(2), 2)
    );
    let server = PageServer::new(replies()).await;
    let (before, error) = failure(server.items(&TOKEN).max_items(3)).await;
    assert_eq!((before.len(), rule(&error).0), (3, PagingRule::MaxItems(3)));
    let server = PageServer::new(replies()).await;
    let items = server
        .items(&TOKEN)
        .max_pages(3)
        .max_items(6)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(items.len(), 6);
}

#[tokio::test]
async fn two_starts_are_an_error_before_anything_is_sent() {
    let server = PageServer::new([]).await;
    let call = Call::new(&server.client(), &TOKEN, &[]).query("t", &"own");
    let (_, error) = failure(Items::new(call).starting_at("other")).await;
    assert_eq!(rule(&error).0, PagingRule::TwoStarts);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_item_without_its_key_is_an_error() {
    static LAST: Operation =
        Operation::get("List", "/a").paged(Paging::last_item(&["id"]).into_query("after").items(&["rows"]));
    let server = PageServer::new([page(r#"{"rows":[7]}"#)]).await;
    let (before, error) = failure(server.items(&LAST)).await;
    assert_eq!((before, rule(&error).0), (vec![7], PagingRule::NoKey));
}

#[tokio::test]
async fn a_retry_repeats_a_page_and_skips_none() {
    let fails = || Reply(503, "retry-after: 0\r\n", String::new());
    let replies = [
        fails(),
        page(r#"{"rows":[1],"next":"a"}"#),
        fails(),
        fails(),
        page(r#"{"rows":[2],"next":"b"}"#),
        fails(),
        page(r#"{"rows":[3]}"#),
    ];
    for ahead in [0, 1] {
        let server = PageServer::new(replies.clone()).await;
        let policy = RetryPolicy::default().pause(std::time::Duration::from_millis(1));
        let client = Client::builder(&*server.origin).retry(policy).build().unwrap();
        let items: Items<i64> = Items::new(Call::new(&client, &TOKEN, &[]));
        assert_eq!(items.prefetch(ahead).try_collect().await.unwrap(), [1, 2, 3]);
        assert_eq!(
            server.targets(),
            ["/a", "/a", "/a?t=a", "/a?t=a", "/a?t=a", "/a?t=b", "/a?t=b"]
        );
    }
}

#[tokio::test]
async fn a_page_that_does_not_decode_keeps_its_token() {
    let server = PageServer::new([page(r#"{"rows":[1],"next":"a"}"#), page(r#"{"rows":["x"],"next":"b"}"#)]).await;
    let mut items = server.items(&TOKEN);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("rows[0]"), "{error}");
    assert_eq!(items.token(), Some("a"));
    assert!(items.next().await.is_none());
}
