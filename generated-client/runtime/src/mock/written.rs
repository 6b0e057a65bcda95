//! Answers of operations, written as a server writes them.

use std::{convert::Infallible, ops::RangeInclusive};

use bytes::Bytes;

use crate::{
    Operation,
    answer::is_json,
    wire::{self, Json},
};

/// An answer before the mock sends it.
#[derive(Clone, Debug)]
pub struct Written {
    pub(super) status: Option<u16>,
    pub(super) content_type: Option<String>,
    pub(super) body: Bytes,
    /// Why the answer is not one of the document.
    pub(super) problem: Option<String>,
}

impl Written {
    fn of(content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self {
            status: None,
            content_type: Some(content_type.into()),
            body: body.into(),
            problem: None,
        }
    }

    /// An answer without a body.
    #[must_use]
    pub fn nothing(status: u16) -> Self {
        Self {
            status: Some(status),
            content_type: None,
            body: Bytes::new(),
            problem: None,
        }
    }

    /// An answer of a status that has no body.
    #[must_use]
    pub fn without_body() -> Self {
        Self {
            status: None,
            ..Self::nothing(0)
        }
    }

    /// An answer that says by its variant which status it has.
    pub fn by_status<T: ByStatus>(operation: &Operation, answer: &T) -> Self {
        let written = answer.written(operation);
        let status = status_of(answer, 200..=299).or_else(|| status_of(answer, 100..=599));
        Self {
            status: written.status.or(status),
            ..written
        }
    }

    /// JSON.
    pub fn json<T: Json>(operation: &Operation, value: &T) -> Self {
        let text = wire::to_vec(value);
        let problem = problem_of(value, &text);
        let media = declared(operation, is_json);
        Self {
            problem,
            ..Self::of(media.unwrap_or("application/json"), text)
        }
    }

    /// JSON, or no content.
    pub fn optional<T: Json>(operation: &Operation, value: &Option<T>) -> Self {
        match value {
            Some(value) => Self::json(operation, value),
            None => Self::nothing(operation.without_body.first().copied().unwrap_or(204)),
        }
    }

    /// Text.
    #[must_use]
    pub fn text(operation: &Operation, text: &str) -> Self {
        let media = declared(operation, |media| media.starts_with("text/"));
        let media = media.or_else(|| declared(operation, |media| !media.contains('*')));
        Self::of(media.unwrap_or("text/plain"), text.to_owned())
    }

    /// Bytes of any content.
    #[must_use]
    pub fn bytes(operation: &Operation, bytes: &Bytes) -> Self {
        let media = declared(operation, |media| !media.contains('*') && !is_json(media));
        let media = media.or_else(|| declared(operation, |media| !media.contains('*')));
        Self::of(media.unwrap_or("application/octet-stream"), bytes.clone())
    }

    /// Server-sent events with data that is text.
    #[must_use]
    pub fn text_events(operation: &Operation, events: &[String]) -> Self {
        let mut body = String::new();
        for data in events.iter().map(String::as_str).chain(operation.events_end) {
            for line in data.split('\n') {
                body.extend(["data: ", line, "\n"]);
            }
            body.push('\n');
        }
        Self::of("text/event-stream", body)
    }

    /// Server-sent events with data that is JSON.
    pub fn events<T: Json>(operation: &Operation, events: &[T]) -> Self {
        let texts: Vec<String> = events.iter().map(json_text).collect();
        Self {
            problem: problem_of_all(events),
            ..Self::text_events(operation, &texts)
        }
    }

    /// JSON values, one a line.
    pub fn lines<T: Json>(operation: &Operation, lines: &[T]) -> Self {
        let media = stream_media(operation, |media| media.contains("json"));
        let media = media.unwrap_or("application/x-ndjson");
        let start = if media.contains("json-seq") { "\u{1e}" } else { "" };
        let lines_text: Vec<String> = lines
            .iter()
            .map(|line| format!("{start}{}\n", json_text(line)))
            .collect();
        Self {
            problem: problem_of_all(lines),
            ..Self::of(media, lines_text.concat())
        }
    }

    /// Parts of any content.
    #[must_use]
    pub fn byte_parts(operation: &Operation, parts: &[Bytes]) -> Self {
        Self::parts(operation, "application/octet-stream", parts)
    }

    /// Parts that are JSON.
    pub fn json_parts<T: Json>(operation: &Operation, parts: &[T]) -> Self {
        let texts: Vec<Bytes> = parts.iter().map(|part| Bytes::from(json_text(part))).collect();
        Self {
            problem: problem_of_all(parts),
            ..Self::parts(operation, "application/json", &texts)
        }
    }

    /// Parts that are the text of scalars.
    pub fn text_parts<T: Json>(operation: &Operation, parts: &[T]) -> Self {
        let text = |part: &T| {
            let json = json_text(part);
            Bytes::from(wire::from_str::<String>(&json).unwrap_or(json))
        };
        let texts: Vec<Bytes> = parts.iter().map(text).collect();
        Self::parts(operation, "text/plain", &texts)
    }

    fn parts(operation: &Operation, of_part: &str, parts: &[Bytes]) -> Self {
        const BOUNDARY: &str = "mock-7MA4YWxkTrZu0gW";
        let media = stream_media(operation, |media| media.starts_with("multipart/"));
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Type: {of_part}\r\n\r\n").as_bytes());
            body.extend_from_slice(part);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let media = media.unwrap_or("multipart/mixed");
        Self::of(format!("{media}; boundary={BOUNDARY}"), body)
    }
}

fn json_text<T: Json>(value: &T) -> String {
    String::from_utf8(wire::to_vec(value)).unwrap_or_default()
}

/// Why a value is not one that the document declares.
fn problem_of<T: Json>(value: &T, written: &[u8]) -> Option<String> {
    #[cfg(feature = "validate")]
    if let Err(error) = wire::Validate::validate(value) {
        return Some(error.to_string());
    }
    let _ = value;
    wire::from_slice::<T>(written).err().map(|error| error.to_string())
}

fn problem_of_all<T: Json>(values: &[T]) -> Option<String> {
    values.iter().find_map(|value| problem_of(value, &wire::to_vec(value)))
}

/// The first media type that an operation declares of this kind.
fn declared(operation: &Operation, is_wanted: impl Fn(&str) -> bool) -> Option<&'static str> {
    media_of(operation.accept?, is_wanted)
}

fn stream_media(operation: &Operation, is_wanted: impl Fn(&str) -> bool) -> Option<&'static str> {
    let of_stream = operation.accept_stream.and_then(|media| media_of(media, &is_wanted));
    of_stream.or_else(|| declared(operation, is_wanted))
}

fn media_of(accept: &'static str, is_wanted: impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut types = accept
        .split(',')
        .map(|media| media.split(';').next().unwrap_or_default().trim());
    types.find(|media| is_wanted(&media.to_ascii_lowercase()))
}

/// Answers or errors that differ by status. Generated enums implement it.
pub trait ByStatus {
    #[doc(hidden)]
    /// Writes the body.
    fn written(&self, operation: &Operation) -> Written;

    #[doc(hidden)]
    /// The name of the variant of this value.
    fn variant(&self) -> &'static str;

    #[doc(hidden)]
    /// The name of the variant for a status.
    fn variant_of(status: u16) -> &'static str;
}

/// The first status of a variant among these.
pub(super) fn status_of<T: ByStatus>(value: &T, among: RangeInclusive<u16>) -> Option<u16> {
    among
        .into_iter()
        .find(|status| T::variant_of(*status) == value.variant())
}

/// An operation without declared errors has none to answer with.
impl ByStatus for Infallible {
    fn written(&self, _: &Operation) -> Written {
        match *self {}
    }

    fn variant(&self) -> &'static str {
        match *self {}
    }

    fn variant_of(_: u16) -> &'static str {
        ""
    }
}
