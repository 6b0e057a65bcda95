//! Decoding of the body of a response with status 2xx.

use bytes::Bytes;

use crate::{
    Answer, Chunks, Error, Events, Lines, Mismatch, Outcome, Parts, Response,
    response::Received,
    wire::{Json, find::MemberPath},
};

/// The body as JSON. An empty one is read as `{}`, and where that does not fit as `null`.
pub(crate) fn json<T: Json>(received: Received) -> Result<Response<T>, Error> {
    let value = answer(&received).json();
    with_head(received, value)
}

/// Returns the array at a path of the body.
pub(crate) fn list<T: Json>(received: Received, path: MemberPath) -> Result<Vec<T>, Error> {
    match answer(&received).list(path) {
        Ok(list) => Ok(list),
        Err(mismatch) => Err(refused(mismatch, received)),
    }
}

/// Returns the body as JSON, or `None` if the status implies that there is no body.
pub(crate) fn optional_json<T: Json>(received: Received) -> Result<Response<Option<T>>, Error> {
    let answer = answer(&received);
    let value = if answer.has_no_content() && answer.body.is_empty() {
        Ok(None)
    } else {
        match answer.json() {
            Err(_) if answer.is_null() => Ok(None),
            value => value.map(Some),
        }
    };
    with_head(received, value)
}

/// What the status says.
pub(crate) fn outcome<T: Outcome>(received: Received) -> Result<Response<T>, Error> {
    let value = T::read(&answer(&received));
    with_head(received, value)
}

/// The body as it came, whatever it is.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all decoders")]
pub(crate) fn raw(received: Received) -> Result<Response<Bytes>, Error> {
    Ok(Response::new(received.body, received.head))
}

/// The body as it came.
pub(crate) fn bytes(received: Received) -> Result<Response<Bytes>, Error> {
    let value = answer(&received).bytes();
    with_head(received, value)
}

/// Returns the body as a UTF-8 string.
pub(crate) fn text(received: Received) -> Result<Response<String>, Error> {
    let value = answer(&received).text();
    with_head(received, value)
}

/// Nothing of the body, whatever it is.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all decoders")]
pub(crate) fn nothing(received: Received) -> Result<Response<()>, Error> {
    Ok(Response::new((), received.head))
}

/// The body piece by piece.
pub(crate) fn chunks(received: Received) -> Result<Response<Chunks>, Error> {
    streamed(received, |essence| essence != "text/html", Chunks::of)
}

/// The body as server-sent events whose data are JSON.
pub(crate) fn events<T: Json>(received: Received) -> Result<Response<Events<T>>, Error> {
    streamed(
        decoded(received)?,
        |essence| essence == "text/event-stream",
        |received| Events::json(Chunks::of(received)),
    )
}

/// The body as server-sent events whose data are text.
pub(crate) fn text_events(received: Received) -> Result<Response<Events<String>>, Error> {
    streamed(
        decoded(received)?,
        |essence| essence == "text/event-stream",
        |received| Events::text(Chunks::of(received)),
    )
}

/// The body as JSON values, one a line.
pub(crate) fn lines<T: Json>(received: Received) -> Result<Response<Lines<T>>, Error> {
    streamed(
        decoded(received)?,
        |essence| essence != "text/html",
        |received| Lines::of(Chunks::of(received)),
    )
}

/// The body as parts that are JSON.
pub(crate) fn json_parts<T: Json>(received: Received) -> Result<Response<Parts<T>>, Error> {
    streamed(decoded(received)?, is_multipart, |received| {
        Parts::json(Chunks::of(received), &received.head.headers)
    })
}

/// The body as parts that are text.
pub(crate) fn text_parts<T: Json>(received: Received) -> Result<Response<Parts<T>>, Error> {
    streamed(decoded(received)?, is_multipart, |received| {
        Parts::text(Chunks::of(received), &received.head.headers)
    })
}

/// The body as parts of any content.
pub(crate) fn byte_parts(received: Received) -> Result<Response<Parts<Bytes>>, Error> {
    streamed(decoded(received)?, is_multipart, |received| {
        Parts::bytes(Chunks::of(received), &received.head.headers)
    })
}

fn is_multipart(essence: &str) -> bool {
    essence.starts_with("multipart/")
}

/// A response whose body can be read as text piece by piece.
fn decoded(received: Received) -> Result<Received, Error> {
    match answer(&received).expect_decoded() {
        Ok(()) => Ok(received),
        Err(mismatch) => Err(refused(mismatch, received)),
    }
}

/// Returns a body that is read later. If its content type is a wrong one, the error reports nothing but that.
fn streamed<T>(
    mut received: Received,
    is_expected: fn(&str) -> bool,
    make: impl FnOnce(&mut Received) -> T,
) -> Result<Response<T>, Error> {
    let expected = received.operation.accept.unwrap_or("a stream");
    match answer(&received).expect(expected, is_expected) {
        Err(mismatch) => Err(refused(mismatch, received)),
        Ok(()) => {
            let value = make(&mut received);
            Ok(Response::new(value, received.head))
        }
    }
}

fn answer(received: &Received) -> Answer<'_> {
    Answer {
        operation: Some(received.operation),
        status: received.head.status,
        headers: &received.head.headers,
        body: &received.body,
        is_strict: received.is_strict,
        needs_body: false,
    }
}

fn with_head<T>(received: Received, value: Result<T, Mismatch>) -> Result<Response<T>, Error> {
    match value {
        Ok(value) => Ok(Response::new(value, received.head)),
        Err(mismatch) => Err(refused(mismatch, received)),
    }
}

fn refused(mismatch: Mismatch, received: Received) -> Error {
    let error = Error::new(mismatch.kind, mismatch.message);
    let error = match mismatch.cause {
        Some(cause) => error.caused_by(cause),
        None => error,
    };
    let (attempts, elapsed) = received.effort;
    error
        .of(received.operation)
        .with_response(received.head, received.body)
        .without(&received.secrets)
        .with_effort(attempts, elapsed)
}
