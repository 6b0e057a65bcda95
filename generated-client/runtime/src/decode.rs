//! From the body of a response with status 2xx to an operation's value.

use bytes::Bytes;
use http::{HeaderMap, header};

use crate::{
    Error, ErrorKind, Response,
    encoding::one_line,
    error::snippet,
    response::Received,
    wire::{self, Json},
};

/// Bytes of a content type that a message shows.
const SHOWN_CONTENT_TYPE: usize = 200;

/// The body as JSON. An empty one is read as `{}`, and where that does not fit as `null`.
pub(crate) fn json<T: Json>(received: Received) -> Result<Response<T>, Error> {
    if received.body.is_empty() {
        return match wire::from_slice(b"{}").or_else(|_| wire::from_slice(b"null")) {
            Ok(value) => Ok(Response::new(value, received.head)),
            Err(error) => Err(undecodable(
                received,
                format!("the response has no body: {error}"),
                error,
            )),
        };
    }
    if let Some(found) = other_than_json(&received.head.headers) {
        return Err(unexpected(received, &found));
    }
    match wire::from_slice(&received.body) {
        Ok(value) => Ok(Response::new(value, received.head)),
        Err(error) => Err(undecodable(
            received,
            format!("the response does not decode: {error}"),
            error,
        )),
    }
}

/// The body as it came.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all decoders")]
pub(crate) fn bytes(received: Received) -> Result<Response<Bytes>, Error> {
    Ok(Response::new(received.body, received.head))
}

/// The body as a text in UTF-8.
pub(crate) fn text(received: Received) -> Result<Response<String>, Error> {
    match std::str::from_utf8(&received.body) {
        Ok(text) => Ok(Response::new(text.to_owned(), received.head)),
        Err(error) => Err(undecodable(
            received,
            format!("the response is no text: {error}"),
            error,
        )),
    }
}

/// Nothing of the body, whatever it is.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all decoders")]
pub(crate) fn nothing(received: Received) -> Result<Response<()>, Error> {
    Ok(Response::new((), received.head))
}

/// The content type, if it says that the body is not JSON. Without one the body decides.
fn other_than_json(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(header::CONTENT_TYPE)?;
    let content_type = String::from_utf8_lossy(content_type.as_bytes());
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let is_json = essence == "application/json" || essence == "text/json" || essence.ends_with("+json");
    (!is_json).then(|| one_line(&content_type, SHOWN_CONTENT_TYPE))
}

fn unexpected(received: Received, found: &str) -> Error {
    let message = format!(
        "{} with content type {found} instead of JSON: {}",
        received.head.status.as_u16(),
        snippet(&received.body)
    );
    with_response(Error::new(ErrorKind::UnexpectedContentType, message), received)
}

fn undecodable(received: Received, message: String, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    with_response(Error::new(ErrorKind::Decode, message).caused_by(cause), received)
}

fn with_response(error: Error, received: Received) -> Error {
    let (attempts, elapsed) = received.effort;
    error
        .of(received.operation)
        .with_response(received.head, received.body)
        .without(&received.secrets)
        .with_effort(attempts, elapsed)
}
