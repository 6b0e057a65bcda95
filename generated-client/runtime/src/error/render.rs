//! The text of an error: one line, without secrets, with a short part of the body.

use std::{
    error::Error,
    fmt::{self, Write},
};

use http::{HeaderValue, StatusCode};

use super::RpcStatus;
use crate::{Secret, encoding::one_line};

/// Bytes of a body that a message shows.
const SHOWN_BODY: usize = 4 << 10;

/// Bytes of a redirect's target that a message shows.
const SHOWN_TARGET: usize = 512;

const REDACTED: &str = "[redacted]";

/// Minimum length in bytes of a token, also of one at the end of a string: shorter ones are found in ordinary words.
const SHORTEST: usize = 8;

/// Bytes of a token before a mark of cutting.
const SHORTEST_AT_MARK: usize = 4;

/// The mark at which messages and JSON paths are cut.
const CUT_MARKS: [&str; 2] = ["…", "..."];

/// Causes that are searched for a secret; they can be linked at will.
const CHECKED_CAUSES: usize = 64;

/// `404 Not Found: NOT_FOUND: no such app`, or the beginning of the body if it is not a `google.rpc.Status`.
pub(crate) fn status_message(status: StatusCode, rpc: Option<&RpcStatus>, body: &[u8]) -> String {
    let mut message = status_line(status);
    match rpc {
        Some(rpc) => {
            // Writing to a String cannot fail.
            _ = match rpc.code() {
                Some(code) => write!(message, ": {code}"),
                None => write!(message, ": code {}", rpc.number()),
            };
            if !rpc.message().is_empty() {
                message.push_str(": ");
                message.push_str(&one_line(rpc.message(), SHOWN_BODY));
            }
        }
        None if body.is_empty() => {}
        None => {
            message.push_str(": ");
            message.push_str(&snippet(body));
        }
    }
    message
}

/// The beginning of a body that may not be text.
pub(crate) fn snippet(body: &[u8]) -> String {
    let shown = body.get(..SHOWN_BODY).unwrap_or(body);
    let mut snippet = one_line(&String::from_utf8_lossy(shown), SHOWN_BODY);
    if shown.len() < body.len() && !snippet.ends_with('…') {
        snippet.push('…');
    }
    snippet
}

/// Names the target without its query, user name and fragment, which may hold secrets.
pub(crate) fn redirect_message(status: StatusCode, location: &HeaderValue) -> String {
    let location = String::from_utf8_lossy(location.as_bytes());
    let target = location.split(['?', '#']).next().unwrap_or_default();
    let target = match target.split_once("://") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{host}{path}")
        }
        None => target.to_owned(),
    };
    format!(
        "{}: the redirect to {} is not followed",
        status_line(status),
        one_line(&target, SHOWN_TARGET)
    )
}

pub(crate) fn status_line(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// An error and its causes, each that says something new.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    // Causes can be linked at will; a message needs the first few.
    for _ in 0..8 {
        let Some(error) = cause else { break };
        let text = error.to_string();
        if !words.contains(&text) {
            words.push_str(": ");
            words.push_str(&text);
        }
        cause = error.source();
    }
    one_line(&words, SHOWN_BODY)
}

/// Takes a secret out of what the server may have echoed, also where the echo is cut within the secret.
pub(crate) fn redacted(text: &str, secrets: &[Secret]) -> String {
    tokens(secrets).fold(text.to_owned(), |text, token| without(&text, token))
}

fn without(text: &str, token: &str) -> String {
    let text = text.replace(token, REDACTED);
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = CUT_MARKS.iter().filter_map(|mark| rest.find(mark)).min() {
        let (head, tail) = rest.split_at(at);
        kept.push_str(head);
        cut_secret(&mut kept, token, SHORTEST_AT_MARK);
        let mark = CUT_MARKS.iter().find(|mark| tail.starts_with(**mark));
        let (mark, tail) = tail.split_at(mark.map_or(tail.len(), |mark| mark.len()));
        kept.push_str(mark);
        rest = tail;
    }
    kept.push_str(rest);
    // A body that was interrupted ends without a mark.
    cut_secret(&mut kept, token, SHORTEST);
    kept
}

/// The secrets that are not found in ordinary words.
fn tokens(secrets: &[Secret]) -> impl Iterator<Item = &str> {
    secrets
        .iter()
        .map(Secret::expose)
        .filter(|token| token.len() >= SHORTEST)
}

/// Replaces the beginning of a token, of at least `shortest` bytes, at the end of a string.
fn cut_secret(text: &mut String, token: &str, shortest: usize) {
    let begun = (shortest..token.len())
        .rev()
        .filter_map(|length| token.get(..length))
        .find(|begun| text.ends_with(begun));
    if let Some(begun) = begun {
        text.truncate(text.len().saturating_sub(begun.len()));
        text.push_str(REDACTED);
    }
}

/// The words of a cause in place of one that shows a secret; `None` where neither it nor its causes do.
pub(super) fn redacted_cause(cause: &(dyn Error + 'static), secrets: &[Secret]) -> Option<Redacted> {
    // Debug escapes what is in quotes.
    let escaped: Vec<String> = tokens(secrets).map(|token| token.escape_debug().to_string()).collect();
    let shows =
        |text: &str| escaped.iter().any(|escaped| text.contains(escaped.as_str())) || redacted(text, secrets) != text;
    std::iter::successors(Some(cause), |&cause| cause.source())
        .take(CHECKED_CAUSES)
        .any(|cause| shows(&cause.to_string()) || shows(&format!("{cause:?}")))
        .then(|| Redacted(redacted(&chain(cause), secrets)))
}

/// Returns the message of a cause, without secrets.
pub(super) struct Redacted(String);

impl fmt::Display for Redacted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Error for Redacted {}
