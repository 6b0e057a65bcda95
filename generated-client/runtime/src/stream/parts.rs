//! A body of parts.

use std::{
    error, fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, header};

use super::{
    Chunks,
    part_reader::{Broken, PartReader},
};
use crate::{
    Error, ErrorKind, answer, multipart,
    wire::{self, Json, quoted},
};

/// One part of a multipart response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Part<T> {
    /// The headers of the part.
    pub headers: HeaderMap,
    /// The content of the part.
    pub data: T,
}

/// The parts of a multipart response. Read them as a [`Stream`] or with [`Parts::next`].
///
/// A part that cannot be decoded is an error, after which the next part can be read. The stream ends with an error if the body
/// ends before its last delimiter, a part is larger than the limit of a body, its headers have more than 16 KiB, the connection
/// is interrupted, or a pause is longer than the idle limit.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Parts<T> {
    chunks: Chunks,
    /// `None` if the content type does not have a boundary.
    reader: Option<PartReader>,
    is_over: bool,
    decode: Decode<T>,
}

type Decode<T> = fn(&HeaderMap, Bytes) -> Result<T, Box<dyn error::Error + Send + Sync>>;

/// No part is pinned: they are handed out by value.
impl<T> Unpin for Parts<T> {}

impl<T: Json> Parts<T> {
    /// Parts that are JSON.
    pub(crate) fn json(chunks: Chunks, headers: &HeaderMap) -> Self {
        Self::new(chunks, headers, |_, data| Ok(wire::from_slice(&data)?))
    }

    /// Parts that are text, where their own content type is not JSON.
    pub(crate) fn text(chunks: Chunks, headers: &HeaderMap) -> Self {
        Self::new(chunks, headers, |headers, data| {
            if is_json(headers) {
                return Ok(wire::from_slice(&data)?);
            }
            Ok(wire::from_str(&quoted(std::str::from_utf8(&data)?))?)
        })
    }
}

impl Parts<Bytes> {
    /// Parts as they come.
    pub(crate) fn bytes(chunks: Chunks, headers: &HeaderMap) -> Self {
        Self::new(chunks, headers, |_, data| Ok(data))
    }
}

impl<T> Parts<T> {
    fn new(chunks: Chunks, headers: &HeaderMap, decode: Decode<T>) -> Self {
        let content_type = headers.get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let boundary = content_type.and_then(multipart::declared_boundary);
        Self {
            reader: boundary.map(|boundary| PartReader::new(boundary, chunks.longest)),
            chunks,
            is_over: false,
            decode,
        }
    }

    /// Returns the next part, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Part<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn decoded(&self, headers: HeaderMap, data: Bytes) -> Result<Part<T>, Error> {
        match (self.decode)(&headers, data) {
            Ok(data) => Ok(Part { headers, data }),
            Err(error) => {
                let message = format!("a part of the response cannot be decoded: {error}");
                let error = Error::new(ErrorKind::Decode, message).caused_by(error);
                Err(self.chunks.marked(error))
            }
        }
    }

    fn ended(&mut self, kind: ErrorKind, message: impl Into<String>) -> Error {
        self.is_over = true;
        self.chunks.failed(Error::new(kind, message))
    }
}

impl<T> Stream for Parts<T> {
    type Item = Result<Part<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.is_over {
                return Poll::Ready(None);
            }
            let Some(reader) = &mut this.reader else {
                let message = "the content type of the response does not have a boundary";
                return Poll::Ready(Some(Err(this.ended(ErrorKind::Decode, message))));
            };
            match reader.next() {
                Ok(Some((headers, data))) => return Poll::Ready(Some(this.decoded(headers, data))),
                Ok(None) if reader.is_over() => {
                    this.is_over = true;
                    continue;
                }
                Ok(None) => {}
                Err(Broken::TooLarge(message)) => {
                    return Poll::Ready(Some(Err(this.ended(ErrorKind::ResponseTooLarge, message))));
                }
                Err(Broken::Malformed(message)) => {
                    return Poll::Ready(Some(Err(this.ended(ErrorKind::Decode, message))));
                }
            }
            match ready!(Pin::new(&mut this.chunks).poll_next(context)) {
                Some(Ok(chunk)) => reader.push(&chunk),
                Some(Err(error)) => {
                    this.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    let message = "the response ends before the last delimiter of its parts";
                    return Poll::Ready(Some(Err(this.ended(ErrorKind::Decode, message))));
                }
            }
        }
    }
}

impl<T> fmt::Debug for Parts<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Parts")
    }
}

/// Whether the content type of a part is JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default();
    answer::is_json(&essence.trim().to_ascii_lowercase())
}
