//! What a call tells to who traces it. A program of its own: elsewhere, tests that trace nothing would have the events
//! switched off before the first one that does.
#![cfg(all(feature = "tracing", feature = "test-util"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

use std::{
    collections::BTreeMap,
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};

use specwright_runtime::{
    Client,
    codegen::{Call, Operation},
    recording::{Exchange, Replay},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Keeps the fields of spans, and of each event a line.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    span: BTreeMap<String, String>,
    events: Vec<String>,
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.span.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Subscriber for Trace {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The documented target, and no other.
        metadata.target() == "specwright_runtime"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut *self.0.lock().unwrap());
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut *self.0.lock().unwrap());
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().events.push(line.0);
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

fn client(answers: impl IntoIterator<Item = Exchange>) -> Client {
    let builder = Client::builder("https://example.com").bearer_token("hush-12345");
    builder.transport(Replay::new(answers)).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_span_has_opentelemetry_s_names_and_each_retry_an_event() {
    static GET: Operation = Operation::get("Apps.Get", "/apps/{id}");

    let trace = Trace::default();
    let _guard = tracing::subscriber::set_default(trace.clone());
    let answer = |status| Exchange::new("GET", "/apps/hush?q=hush", status, "\"hush\"");
    let client = client([answer(503).with_header("retry-after", "3"), answer(429), answer(200)]);
    let call = Call::new(&client, &GET, &[&"hush"]).query("q", &"hush");
    call.send_for_text().await.unwrap();
    let told = trace.0.lock().unwrap();
    let expected = [
        ("otel.name", "\"GET /apps/{id}\""),
        ("otel.kind", "\"client\""),
        ("http.request.method", "\"GET\""),
        ("operation.id", "\"Apps.Get\""),
        ("url.template", "\"/apps/{id}\""),
        ("server.address", "\"example.com\""),
        ("server.port", "443"),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "2"),
    ];
    for (name, value) in expected {
        assert_eq!(
            told.span.get(name).map(String::as_str),
            Some(value),
            "{name} of {told:?}"
        );
    }
    assert_eq!(told.span.len(), expected.len(), "{told:?}");
    assert_eq!(told.events.len(), 2, "{told:?}");
    for part in [
        "error.type=\"503\"",
        "operation.id=\"Apps.Get\"",
        "http.request.resend_count=1",
        // The server's wish of 3 s, and a random part of 0.5 s.
        "retry.pause_ms=3",
    ] {
        assert!(told.events[0].contains(part), "{part} of {told:?}");
    }
    assert!(!format!("{told:?}").contains("hush"), "{told:?}");
}

/// R24.
#[tokio::test(start_paused = true)]
async fn nothing_that_a_caller_or_a_server_said_is_told() {
    static CREATE: Operation = Operation::post("Apps.Create", "/apps");

    let trace = Trace::default();
    let _guard = tracing::subscriber::set_default(trace.clone());
    let answer = |status| Exchange::new("POST", "/apps", status, "hush").with_header("x-hush", "hush");
    let client = client([answer(429), answer(400)]);
    let call = Call::new(&client, &CREATE, &[])
        .header("x-hush", "hush")
        .json(&"hush".to_owned());
    call.send_for_text().await.unwrap_err();
    let told = trace.0.lock().unwrap();
    assert_eq!(told.span.get("error.type").map(String::as_str), Some("\"400\""));
    assert_eq!(told.events.len(), 1);
    assert!(!format!("{told:?}").contains("hush"), "{told:?}");
}
