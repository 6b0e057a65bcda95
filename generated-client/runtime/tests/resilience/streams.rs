//! Streams that are lost and continued: server-sent events, downloads, lines of JSON.

use std::time::Duration;

use specwright_runtime::{
    Chunks, Client, ErrorKind, Events, Lines, Reconnect,
    codegen::{Call, Operation},
};

use crate::scripted::{Answer, Scripted, status};

static EVENTS: Operation = Operation::get("Events", "/events").accept("text/event-stream");
static ENDING: Operation = Operation::get("Ending", "/events")
    .accept("text/event-stream")
    .events_end("[DONE]");
static CHAT: Operation = Operation::post("Chat", "/chat").accept("text/event-stream");
static FILE: Operation = Operation::get("File", "/file").accept("application/octet-stream");

fn sse() -> Vec<(&'static str, String)> {
    vec![("content-type", "text/event-stream".to_owned())]
}

fn cut(body: &'static str) -> Answer {
    Answer::Cut(200, sse(), body)
}

fn whole(body: &'static str) -> Answer {
    Answer::Status(200, sse(), body)
}

async fn events(client: &Client) -> Events<String> {
    let call = Call::new(client, &EVENTS, &[]).send_for_text_events();
    call.await.unwrap().into_inner()
}

/// The data of all events, and the error at the end.
async fn read(mut events: Events<String>) -> (Vec<String>, Option<ErrorKind>) {
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => data.push(event.data),
            Err(error) => return (data, Some(error.kind())),
        }
    }
    (data, None)
}

fn last_ids(server: &Scripted) -> Vec<String> {
    let arrivals = server.arrivals();
    let ids = arrivals.iter().map(|arrival| arrival.headers.get("last-event-id"));
    ids.map(|id| id.map_or("none", |id| id.to_str().unwrap()).to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn events_go_on_after_the_last_one_that_was_complete() {
    let server = Scripted::new([
        cut("retry: 3000\nid: 7\ndata: a\n\ndata: b\n\nid: 8\ndata: half"),
        whole("data: c\n\nid: 9\n\n"),
        status(204),
    ]);
    let stream = events(&server.client()).await.reconnect(Reconnect::default());
    assert_eq!(read(stream).await, (vec!["a".into(), "b".into(), "c".into()], None));
    assert_eq!(last_ids(&server), ["none", "7", "9"]);
    for pause in server.pauses() {
        assert!(
            pause >= Duration::from_secs(3) && pause <= Duration::from_millis(4502),
            "{pause:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn without_being_told_nothing_connects_again() {
    let server = Scripted::new([cut("data: a\n\n"), whole("data: b\n\n")]);
    let stream = events(&server.client()).await;
    assert_eq!(read(stream).await, (vec!["a".into()], Some(ErrorKind::Transport)));
    assert_eq!(server.arrivals().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_that_bring_nothing_new_are_counted_and_their_pauses_grow() {
    let server = Scripted::new((0..20).map(|index| if index == 2 { cut("data: b\n\n") } else { cut("") }));
    let stream = events(&server.client())
        .await
        .reconnect(Reconnect::default().max_attempts(4));
    assert_eq!(read(stream).await, (vec!["b".into()], Some(ErrorKind::Transport)));
    // The first call, two until something came, and four after that.
    assert_eq!(server.arrivals().len(), 7);
    let pauses: Vec<u64> = server
        .pauses()
        .iter()
        .map(|pause| pause.as_millis().try_into().unwrap())
        .collect();
    for (pause, least) in pauses.iter().zip([1000, 2000, 1000, 2000, 4000, 8000]) {
        assert!((least..=least * 3 / 2 + 2).contains(pause), "{pauses:?}");
    }
    // An end in order is no error.
    let server = Scripted::new((0..20).map(|_| whole("")));
    let stream = events(&server.client())
        .await
        .reconnect(Reconnect::default().max_attempts(2));
    assert_eq!(read(stream).await, (vec![], None));
    assert_eq!(server.arrivals().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_final_ends_the_stream() {
    let page = Answer::Status(200, vec![("content-type", "text/html".into())], "<html>");
    for (answer, kind) in [
        (status(403), ErrorKind::Status),
        (page, ErrorKind::UnexpectedContentType),
    ] {
        let server = Scripted::new([cut("data: a\n\n"), answer, whole("data: b\n\n")]);
        let stream = events(&server.client()).await.reconnect(Reconnect::default());
        assert_eq!(read(stream).await, (vec!["a".into()], Some(kind)));
        assert_eq!(server.arrivals().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_sent_again_only_where_it_is_repeatable() {
    let server = || Scripted::new([cut("data: a\n\n"), whole("data: b\n\n"), status(204)]);
    for (call, expected) in [
        (
            Call::new(&server().client(), &CHAT, &[]),
            (vec!["a".to_owned()], Some(ErrorKind::Transport)),
        ),
        (
            Call::new(&server().client(), &CHAT, &[]).repeatable(),
            (vec!["a".to_owned(), "b".to_owned()], None),
        ),
    ] {
        let stream = call
            .json(&"hello".to_owned())
            .send_for_text_events()
            .await
            .unwrap()
            .into_inner();
        assert_eq!(read(stream.reconnect(Reconnect::default())).await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_declared_or_given_word_ends_the_events() {
    let body = "data: {\"a\":1}\n\ndata: [DONE]\n\ndata: never\n\n";
    let server = Scripted::new([whole(body), whole(body), whole(body)]);
    let call = Call::new(&server.client(), &ENDING, &[]).send_for_events::<serde_json::Value>();
    let mut stream = call.await.unwrap().into_inner().reconnect(Reconnect::default());
    assert_eq!(stream.next().await.unwrap().unwrap().data["a"], 1);
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
    let stream = events(&server.client()).await.end_at("[DONE]");
    assert_eq!(read(stream).await, (vec!["{\"a\":1}".into()], None));
    let stream = events(&server.client()).await;
    assert_eq!(read(stream).await.0.len(), 3);
}

fn file(range: Option<&str>, etag: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("accept-ranges", "bytes".to_owned()),
        ("etag", etag.to_owned()),
        ("content-length", "9".to_owned()),
    ];
    headers.extend(range.map(|range| ("content-range", range.to_owned())));
    headers
}

async fn download(client: &Client) -> Chunks {
    Call::new(client, &FILE, &[])
        .send_for_chunks()
        .await
        .unwrap()
        .into_inner()
}

async fn bytes(mut chunks: Chunks) -> (String, Option<specwright_runtime::Error>) {
    let mut whole = Vec::new();
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => whole.extend_from_slice(&chunk),
            Err(error) => return (String::from_utf8(whole).unwrap(), Some(error)),
        }
    }
    (String::from_utf8(whole).unwrap(), None)
}

#[tokio::test(start_paused = true)]
async fn a_download_goes_on_where_it_was_lost() {
    let server = Scripted::new([
        Answer::Cut(200, file(None, "\"e\""), "abc"),
        Answer::Cut(206, file(Some("bytes 3-8/9"), "\"e\""), "de"),
        status(503),
        Answer::Status(206, file(Some("bytes 5-8/9"), "\"e\""), "fghi"),
    ]);
    let chunks = download(&server.client()).await.resume(Reconnect::default());
    let (whole, error) = bytes(chunks).await;
    assert_eq!((whole.as_str(), error.is_none()), ("abcdefghi", true), "{error:?}");
    let sent = |name| -> Vec<String> {
        let arrivals = server.arrivals();
        let values = arrivals.iter().filter_map(|arrival| arrival.headers.get(name));
        values.map(|value| value.to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(sent("range"), ["bytes=3-", "bytes=5-", "bytes=5-"]);
    assert_eq!(sent("if-range"), ["\"e\""; 3]);
}

#[tokio::test(start_paused = true)]
async fn a_download_that_changed_or_cannot_go_on_is_an_error() {
    let lost = || Answer::Cut(200, file(None, "\"e\""), "abc");
    for then in [
        Answer::Status(200, file(None, "\"f\""), "ABCDEFGHI"),
        Answer::Status(206, file(Some("bytes 2-8/9"), "\"e\""), "cdefghi"),
        Answer::Status(206, file(Some("bytes 3-8/9"), "\"f\""), "DEFGHI"),
        Answer::Status(206, file(None, "\"e\""), "defghi"),
    ] {
        let server = Scripted::new([lost(), then.clone(), then.clone()]);
        let chunks = download(&server.client()).await.resume(Reconnect::default());
        let (begun, error) = bytes(chunks).await;
        let error = error.unwrap();
        assert_eq!((begun.as_str(), error.kind()), ("abc", ErrorKind::Decode), "{then:?}");
        assert!(error.to_string().contains("interrupted after 3 bytes"), "{error}");
        assert_eq!(server.arrivals().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn only_what_the_server_can_continue_is_asked_for_again_and_nothing_by_default() {
    let without = |name: &str| {
        let headers = file(None, "\"e\"").into_iter().filter(|(header, _)| *header != name);
        Answer::Cut(200, headers.collect(), "abc")
    };
    let rows = [
        (without("nothing"), false),
        (without("accept-ranges"), true),
        (without("etag"), true),
        (Answer::Cut(200, file(None, "W/\"e\""), "abc"), true),
        (Answer::Cut(206, file(Some("bytes 0-8/9"), "\"e\""), "abc"), true),
    ];
    for (answer, resumes) in rows {
        let server = Scripted::new([answer.clone()]);
        let chunks = download(&server.client()).await;
        let chunks = if resumes {
            chunks.resume(Reconnect::default())
        } else {
            chunks
        };
        let (_, error) = bytes(chunks).await;
        assert_eq!(error.unwrap().kind(), ErrorKind::Transport, "{answer:?}");
        assert_eq!(server.arrivals().len(), 1, "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn lines_go_on_within_a_line() {
    let server = Scripted::new([
        Answer::Cut(200, file(None, "\"e\""), "1\n2\n3"),
        Answer::Status(206, file(Some("bytes 5-8/9"), "\"e\""), "4\n5\n"),
    ]);
    let call = Call::new(&server.client(), &FILE, &[]).send_for_lines::<i64>();
    let mut lines: Lines<i64> = call.await.unwrap().into_inner().resume(Reconnect::default());
    let mut read = Vec::new();
    while let Some(line) = lines.next().await {
        read.push(line.unwrap());
    }
    assert_eq!(read, [1, 2, 34, 5]);
}

/// R31, C10.
#[tokio::test(start_paused = true)]
async fn a_stream_keeps_its_place_until_it_is_read_or_dropped() {
    let server = Scripted::new([
        whole("data: a\n\n"),
        whole("data: b\n\n"),
        whole("data: c\n\n"),
        whole(""),
    ]);
    let client = server.builder().max_in_flight(1).build().unwrap();
    let mut first = events(&client).await;
    let second = Call::new(&client, &EVENTS, &[]).timeout(Duration::from_secs(1));
    assert_eq!(
        second.send_for_text_events().await.unwrap_err().kind(),
        ErrorKind::Timeout
    );
    while first.next().await.is_some() {}
    let second = events(&client).await;
    drop(second);
    let _last = events(&client).await;
}
