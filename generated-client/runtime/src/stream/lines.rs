//! A body of JSON values, one on each line.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Buf, BytesMut};
use futures_core::Stream;

use super::{Chunks, Reconnect};
use crate::{
    Error, ErrorKind,
    wire::{self, Json},
};

/// The JSON values of a response, one on each line (`application/x-ndjson`, `application/jsonl`) or in each record
/// (`application/json-seq`, RFC 7464). Read them as a [`Stream`] or with [`Lines::next`].
///
/// Empty lines are skipped. A line that cannot be decoded is an error, after which the next line can be read. An interrupted
/// connection, a line that is larger than the limit of a body, or a pause longer than the idle limit ends the stream.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Lines<T> {
    chunks: Chunks,
    held: BytesMut,
    /// The number of bytes of `held` that do not contain the end of a line.
    searched: usize,
    is_over: bool,
    value: PhantomData<fn() -> T>,
}

impl<T: Json> Lines<T> {
    pub(crate) fn of(chunks: Chunks) -> Self {
        Self {
            chunks,
            held: BytesMut::new(),
            searched: 0,
            is_over: false,
            value: PhantomData,
        }
    }

    /// Continues the lines with further calls if the connection is interrupted; see [`Chunks::resume`].
    pub fn resume(mut self, policy: Reconnect) -> Self {
        self.chunks = self.chunks.resume(policy);
        self
    }

    /// Returns the next value, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next line that is there and holds something.
    fn take_line(&mut self) -> Option<BytesMut> {
        loop {
            let fresh = self.held.get(self.searched..).unwrap_or_default();
            let Some(end) = fresh.iter().position(|byte| matches!(*byte, b'\n' | RECORD)) else {
                self.searched = self.held.len();
                return None;
            };
            let line = self.held.split_to(self.searched.saturating_add(end));
            self.held.advance(1);
            self.searched = 0;
            if !line.trim_ascii().is_empty() {
                return Some(line);
            }
        }
    }

    fn decoded(&self, line: &[u8]) -> Result<T, Error> {
        wire::from_slice(line.trim_ascii()).map_err(|error| {
            let message = format!("a line of the response cannot be decoded: {error}");
            self.chunks
                .marked(Error::new(ErrorKind::Decode, message).caused_by(error))
        })
    }
}

/// The character before each value of `application/json-seq`.
const RECORD: u8 = 0x1e;

impl<T: Json> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(line) = this.take_line() {
                return Poll::Ready(Some(this.decoded(&line)));
            }
            let longest = this.chunks.longest;
            if this.held.len() > longest {
                let message = format!("a line exceeds the limit of {longest} bytes");
                this.held.clear();
                this.is_over = true;
                let error = Error::new(ErrorKind::ResponseTooLarge, message);
                return Poll::Ready(Some(Err(this.chunks.failed(error))));
            }
            if this.is_over {
                return Poll::Ready(None);
            }
            match ready!(Pin::new(&mut this.chunks).poll_next(context)) {
                Some(Ok(chunk)) => this.held.extend_from_slice(&chunk),
                // A value that was cut off is not a value.
                Some(Err(error)) => {
                    this.held.clear();
                    this.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    this.is_over = true;
                    this.held.extend_from_slice(b"\n");
                }
            }
        }
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lines")
    }
}
