//! The words of an error: one line, no secret, no more than a glance at a body.

use std::{error::Error, fmt::Write};

use http::{HeaderValue, StatusCode};

use super::RpcStatus;
use crate::encoding::one_line;

/// Bytes of a body that a message shows.
const SHOWN_BODY: usize = 4 << 10;

/// Bytes of a redirect's target that a message shows.
const SHOWN_TARGET: usize = 512;

/// `404 Not Found: NOT_FOUND: no such app`, or the beginning of the body where it is no `google.rpc.Status`.
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
pub(super) fn chain(error: &dyn Error) -> String {
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

/// Takes a secret out of what the server may have echoed.
pub(crate) fn redacted(text: &str, secret: &HeaderValue) -> String {
    let Ok(secret) = secret.to_str() else {
        return text.to_owned();
    };
    let token = secret.rsplit(' ').next().unwrap_or(secret);
    // A token so short is found in ordinary words.
    if token.len() < 8 {
        text.to_owned()
    } else {
        text.replace(token, "[redacted]")
    }
}
