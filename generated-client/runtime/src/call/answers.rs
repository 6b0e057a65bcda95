//! The forms in which a call returns its answer.

mod parts;

use bytes::Bytes;
use http::{HeaderValue, header};

use super::{Call, JSON};
use crate::{Chunks, Events, Lines, Outcome, Sending, decode, wire::Json};

const ANY: HeaderValue = HeaderValue::from_static("*/*");
const EVENTS: HeaderValue = HeaderValue::from_static("text/event-stream");
const LINES: HeaderValue = HeaderValue::from_static("application/x-ndjson, application/jsonl, application/json-seq");

impl Call {
    /// Sends the call and decodes the response's JSON.
    ///
    /// A response without a body, as with 204, decodes as `{}` or `null` would.
    pub fn send_for_json<T: Json>(self) -> Sending<T> {
        self.send(JSON, decode::json::<T>)
    }

    /// Sends the call and decodes the response's JSON; `None` if the response has no content.
    pub fn send_for_optional_json<T: Json>(self) -> Sending<Option<T>> {
        self.send(JSON, decode::optional_json::<T>)
    }

    /// Sends the call and decodes the response by its status.
    pub fn send_for_outcome<T: Outcome>(self) -> Sending<T> {
        self.send(JSON, decode::outcome::<T>)
    }

    /// Sends the call and returns the response's body unchanged, whatever its content type.
    pub fn send_raw(self) -> Sending<Bytes> {
        self.send(ANY, decode::raw)
    }

    /// Sends the call and returns the response's body unchanged. A page of HTML is an error if the call accepts another
    /// content type.
    pub fn send_for_bytes(self) -> Sending<Bytes> {
        self.send(ANY, decode::bytes)
    }

    /// Sends the call and returns the response's body as a string. It must be UTF-8.
    pub fn send_for_text(self) -> Sending<String> {
        self.send(ANY, decode::text)
    }

    /// Sends the call and ignores the response's body.
    pub fn send_ignoring_body(self) -> Sending<()> {
        self.send(ANY, decode::nothing)
    }

    /// Sends the call and returns the response's body as a stream of pieces, each as soon as it is received.
    pub fn send_for_chunks(self) -> Sending<Chunks> {
        self.streamed().send(ANY, decode::chunks)
    }

    /// Sends the call and returns server-sent events whose data are JSON.
    pub fn send_for_events<T: Json>(self) -> Sending<Events<T>> {
        self.accepting(EVENTS).streamed().send(EVENTS, decode::events::<T>)
    }

    /// Sends the call and returns server-sent events whose data are text.
    pub fn send_for_text_events(self) -> Sending<Events<String>> {
        self.accepting(EVENTS).streamed().send(EVENTS, decode::text_events)
    }

    /// Sends the call and returns JSON values, one a line.
    pub fn send_for_lines<T: Json>(self) -> Sending<Lines<T>> {
        self.accepting(LINES).streamed().send(LINES, decode::lines::<T>)
    }

    fn streamed(mut self) -> Self {
        self.draft.is_streamed = true;
        self
    }

    /// Asks for a stream: as the document declares it, or else by its usual names.
    fn accepting(mut self, usual: HeaderValue) -> Self {
        let declared = self.draft.operation.accept_stream;
        let media = declared
            .and_then(|media| HeaderValue::from_str(media).ok())
            .unwrap_or(usual);
        if let Ok(header::Entry::Vacant(entry)) = self.draft.headers.try_entry(header::ACCEPT) {
            entry.insert(media);
        }
        self
    }
}
