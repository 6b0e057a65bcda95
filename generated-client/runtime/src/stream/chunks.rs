//! A body piece by piece.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Sleep, sleep};

use crate::{Body, Error, ErrorKind, Operation, Secret, TimeLimit, response::Received};

/// The body of a response, piece by piece, as a [`Stream`] or by [`Chunks::next`].
///
/// The time limit of the call ends with the response's headers; from then on each piece has the client's idle limit.
/// The body may be of any size, unless [`Chunks::max_bytes`] bounds it: no more than one piece is held at a time. After an
/// error the stream is over. Dropping it closes the connection.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Chunks {
    body: Option<Body>,
    idle: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    left: Option<usize>,
    limit: usize,
    /// What lines and events may hold.
    pub(super) longest: usize,
    operation: &'static Operation,
    secrets: Vec<Secret>,
}

impl Chunks {
    pub(crate) fn of(received: &mut Received) -> Self {
        let limits = received.stream_limits;
        Self {
            body: received.stream.take(),
            idle: limits.0,
            timer: None,
            left: None,
            limit: 0,
            longest: limits.1,
            operation: received.operation,
            secrets: std::mem::take(&mut received.secrets),
        }
    }

    /// Ends with an error where the body holds more than so many bytes, after decompression.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        (self.left, self.limit) = (Some(bytes), bytes);
        self
    }

    /// The next piece; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// An error of this response's, after which there is nothing more to read.
    pub(super) fn failed(&mut self, error: Error) -> Error {
        self.body = None;
        self.marked(error)
    }

    /// An error of this response's that does not end it.
    pub(super) fn marked(&self, error: Error) -> Error {
        error.of(self.operation).without(&self.secrets)
    }

    fn counted(&mut self, chunk: Bytes) -> Result<Bytes, Error> {
        let Some(left) = self.left else { return Ok(chunk) };
        match left.checked_sub(chunk.len()) {
            Some(left) => {
                self.left = Some(left);
                Ok(chunk)
            }
            None => {
                let message = format!("the response's body exceeds {} bytes", self.limit);
                Err(self.failed(Error::new(ErrorKind::ResponseTooLarge, message)))
            }
        }
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        match body.poll_chunk(context) {
            Poll::Ready(Ok(None)) => {
                self.body = None;
                Poll::Ready(None)
            }
            Poll::Ready(Ok(Some(chunk))) => {
                self.timer = None;
                Poll::Ready(Some(self.counted(chunk)))
            }
            Poll::Ready(Err(error)) => {
                let error = Error::transport(error, Duration::ZERO);
                Poll::Ready(Some(Err(self.failed(error))))
            }
            Poll::Pending => {
                let idle = self.idle;
                let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(idle)));
                if timer.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                let error = Error::timeout(TimeLimit::Idle, idle);
                Poll::Ready(Some(Err(self.failed(error))))
            }
        }
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Chunks")
            .field("operation", &self.operation.id())
            .finish_non_exhaustive()
    }
}
