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
    pub(super) statuses: Statuses,
    pub(super) content_type: Option<String>,
    /// The media types that the document lists for such a body; `None` if the client sends no `Accept` of the document.
    pub(super) media: Option<&'static str>,
    pub(super) body: Bytes,
    /// Why the answer is not one of the document.
    pub(super) problem: Option<String>,
}

/// The statuses that an answer can have. The first one is sent unless the test selects another.
#[derive(Clone, Debug)]
pub(super) enum Statuses {
    /// Those of the candidates that the document declares. An operation that does not list its statuses has the usual ones.
    Success {
        candidates: Vec<u16>,
        usual: &'static [u16],
    },
    /// Those of a variant.
    Exactly(Vec<u16>),
    /// The document does not decide it.
    Any,
}

/// The statuses of success whose responses never have content.
const EMPTY: [u16; 2] = [204, 205];

impl Statuses {
    /// The statuses of success with content.
    fn with_content(operation: &Operation) -> Self {
        let has_content = |status: &u16| !EMPTY.contains(status) && !operation.without_body.contains(status);
        Self::Success {
            candidates: (200..=299).filter(has_content).collect(),
            usual: &[200],
        }
    }

    /// The statuses of success without content, if others have content.
    fn without_content(operation: &Operation) -> Self {
        let own = operation.without_body;
        Self::Success {
            candidates: own.iter().copied().chain(EMPTY).collect(),
            usual: if own.is_empty() { &[204] } else { own },
        }
    }

    /// The statuses of success, if none has content.
    fn of_nothing() -> Self {
        Self::Success {
            candidates: EMPTY.into_iter().take(1).chain(200..=299).collect(),
            usual: &[204],
        }
    }
}

impl Written {
    fn of(operation: &Operation, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self {
            statuses: Statuses::with_content(operation),
            content_type: Some(content_type.into()),
            media: operation.accept,
            body: body.into(),
            problem: None,
        }
    }

    /// An answer without content.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            statuses: Statuses::of_nothing(),
            content_type: None,
            media: None,
            body: Bytes::new(),
            problem: None,
        }
    }

    /// An error whose content the document does not describe. `variant` is the variant of this status.
    #[must_use]
    pub fn unknown(status: u16, variant: &str) -> Self {
        let problem = match (300..=599).contains(&status) {
            false => Some(format!("status {status} is not one of an error")),
            true if variant.is_empty() => None,
            true => Some(format!("errors with status {status} are the variant `{variant}`")),
        };
        Self {
            statuses: Statuses::Exactly(vec![status]),
            problem,
            ..Self::nothing()
        }
    }

    /// An answer that says by its variant which status it has.
    pub fn by_status<T: ByStatus>(operation: &Operation, answer: &T) -> Self {
        let of_success = statuses_of(answer, 200..=299);
        let statuses = if of_success.is_empty() {
            statuses_of(answer, 100..=599)
        } else {
            of_success
        };
        Self {
            statuses: Statuses::Exactly(statuses),
            ..answer.written(operation)
        }
    }

    /// An error that says by its variant which status it has.
    pub(super) fn failure<T: ByStatus>(operation: &Operation, failure: &T) -> Self {
        let written = failure.written(operation);
        if let Statuses::Exactly(_) = written.statuses {
            return written;
        }
        let of_error = statuses_of(failure, 400..=599);
        let statuses = if of_error.is_empty() {
            statuses_of(failure, 300..=399)
        } else {
            of_error
        };
        Self {
            statuses: Statuses::Exactly(statuses),
            // The client accepts the media types of answers. It reads errors as they come.
            media: None,
            ..written
        }
    }

    /// An answer of a server that the document does not describe.
    #[must_use]
    pub(super) fn undeclared(self) -> Self {
        Self {
            statuses: Statuses::Any,
            ..self
        }
    }

    /// JSON.
    pub fn json<T: Json>(operation: &Operation, value: &T) -> Self {
        let text = wire::to_vec(value);
        let problem = problem_of(value, &text);
        let media = declared(operation, is_json);
        Self {
            problem,
            ..Self::of(operation, media.unwrap_or("application/json"), text)
        }
    }

    /// JSON, or no content.
    pub fn optional<T: Json>(operation: &Operation, value: &Option<T>) -> Self {
        match value {
            Some(value) => Self::json(operation, value),
            None => Self {
                statuses: Statuses::without_content(operation),
                ..Self::nothing()
            },
        }
    }

    /// Text.
    #[must_use]
    pub fn text(operation: &Operation, text: &str) -> Self {
        let media = declared(operation, |media| media.starts_with("text/"));
        let media = media.or_else(|| declared(operation, |media| !media.contains('*')));
        Self::of(operation, media.unwrap_or("text/plain"), text.to_owned())
    }

    /// Bytes of any content.
    #[must_use]
    pub fn bytes(operation: &Operation, bytes: &Bytes) -> Self {
        let media = declared(operation, |media| !media.contains('*') && !is_json(media));
        let media = media.or_else(|| declared(operation, |media| !media.contains('*')));
        Self::of(operation, media.unwrap_or("application/octet-stream"), bytes.clone())
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
        Self::streamed(operation, "text/event-stream", body)
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
            ..Self::streamed(operation, media, lines_text.concat())
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
        Self::streamed(operation, format!("{media}; boundary={BOUNDARY}"), body)
    }

    fn streamed(operation: &Operation, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self {
            media: operation.accept_stream.or(operation.accept),
            ..Self::of(operation, content_type, body)
        }
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

/// The statuses of a variant among these.
fn statuses_of<T: ByStatus>(value: &T, among: RangeInclusive<u16>) -> Vec<u16> {
    among
        .filter(|status| T::variant_of(*status) == value.variant())
        .collect()
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
