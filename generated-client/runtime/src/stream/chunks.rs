//! A body as a stream of pieces.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use tokio::{
    sync::OwnedSemaphorePermit,
    time::{Sleep, sleep},
};

use super::{
    Reconnect,
    range::{Range, Resumption},
};
use crate::{
    Body, Client, Error, ErrorKind, Operation, Secret, TimeLimit, call::Prepared, response::Received,
    transport::watch::ConnectionWatch,
};

/// The body of a response as a stream of pieces. Read it as a [`Stream`] or with [`Chunks::next`].
///
/// The time limit of the call applies until the headers of the response are received. After that, the idle limit applies to
/// each piece. The size is not limited, unless [`Chunks::max_bytes`] sets a limit: only one piece is in memory. After an error
/// the stream ends, unless [`Chunks::resume`] continues it. Dropping it closes the connection.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Chunks {
    open: Option<Open>,
    idle: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    left: Option<usize>,
    limit: usize,
    /// What lines and events may hold.
    pub(super) longest: usize,
    operation: &'static Operation,
    secrets: Vec<Secret>,
    /// How the body is asked for again.
    pub(super) source: Option<Box<(Client, Prepared)>>,
    /// The range that can be requested again.
    range: Option<Range>,
    resumption: Option<Resumption>,
}

/// A body that is being read, with the resources that are released at its end.
struct Open {
    body: Body,
    watch: Option<ConnectionWatch>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Open {
    fn of(received: &mut Received) -> Option<Self> {
        Some(Self {
            body: received.stream.take()?,
            watch: received.watch.take(),
            _place: received.place.take(),
        })
    }
}

impl Chunks {
    pub(crate) fn of(received: &mut Received) -> Self {
        let limits = received.stream_limits;
        let source = received.origin.take();
        Self {
            open: Open::of(received),
            idle: limits.0,
            timer: None,
            left: None,
            limit: 0,
            longest: limits.1,
            operation: received.operation,
            secrets: std::mem::take(&mut received.secrets),
            range: source.as_ref().and_then(|source| Range::of(&source.1, &received.head)),
            source,
            resumption: None,
        }
    }

    /// Sets the maximum size of the decompressed body. A larger body is an error.
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        (self.left, self.limit) = (Some(bytes), bytes);
        self
    }

    /// Continues the body with further calls if the connection is interrupted, from the byte after the last one (`Range`).
    ///
    /// This applies to responses to GET with status 200, a strong `ETag` and `Accept-Ranges: bytes`. If the client decompresses
    /// the body, `Content-Length` is also required. A body that has changed in the meantime is an error.
    pub fn resume(mut self, policy: Reconnect) -> Self {
        let parts = self.source.as_deref().zip(self.range.clone());
        self.resumption = parts.and_then(|(source, range)| Resumption::new(policy, source, range));
        self
    }

    /// Returns the next piece, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// An error of this response's, after which there is nothing more to read.
    pub(super) fn failed(&mut self, error: Error) -> Error {
        (self.open, self.resumption) = (None, None);
        self.marked(error)
    }

    /// An error of this response's that does not end it.
    pub(super) fn marked(&self, error: Error) -> Error {
        error.of(self.operation).without(&self.secrets)
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Nothing more is read.
    pub(super) fn close(&mut self) {
        (self.open, self.resumption) = (None, None);
    }

    fn counted(&mut self, chunk: Bytes) -> Result<Bytes, Error> {
        if let Some(resumption) = &mut self.resumption {
            resumption.received(chunk.len());
        }
        let Some(left) = self.left else { return Ok(chunk) };
        match left.checked_sub(chunk.len()) {
            Some(left) => {
                self.left = Some(left);
                Ok(chunk)
            }
            None => {
                let message = format!("the response's body exceeds the limit of {} bytes", self.limit);
                Err(self.failed(Error::new(ErrorKind::ResponseTooLarge, message)))
            }
        }
    }

    /// The next piece of the body that is open.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(open) = &mut self.open else {
            return Poll::Ready(None);
        };
        match open.body.poll_chunk(context) {
            Poll::Ready(Ok(None)) => {
                self.close();
                Poll::Ready(None)
            }
            Poll::Ready(Ok(Some(chunk))) => {
                self.timer = None;
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(Error::transport(error, Duration::ZERO)))),
            Poll::Pending => {
                let idle = self.idle;
                let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(idle)));
                ready!(timer.as_mut().poll(context));
                if let Some(watch) = &open.watch {
                    watch.stalled();
                }
                Poll::Ready(Some(Err(Error::timeout(TimeLimit::Idle, idle))))
            }
        }
    }

    /// Takes the rest of a body that was lost.
    fn reopen(&mut self, opened: Result<Received, Error>) -> Result<(), Error> {
        let Some(resumption) = &mut self.resumption else {
            return Ok(());
        };
        match opened.and_then(|received| resumption.check(received)) {
            Ok(mut received) => {
                self.open = Open::of(&mut received);
                self.secrets.append(&mut received.secrets);
                Ok(())
            }
            Err(error) => self.lost(error),
        }
    }

    /// Begins another call for the rest of the body, or ends with the error.
    fn lost(&mut self, error: Error) -> Result<(), Error> {
        (self.open, self.timer) = (None, None);
        if self
            .resumption
            .as_mut()
            .is_some_and(|resumption| resumption.begin(&error))
        {
            return Ok(());
        }
        Err(self.failed(error))
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(resumption) = &mut this.resumption
                && let Some(opened) = ready!(resumption.poll_opened(context))
                && let Err(error) = this.reopen(opened)
            {
                return Poll::Ready(Some(Err(error)));
            }
            if this.open.is_none() && this.resumption.as_ref().is_some_and(Resumption::is_opening) {
                continue;
            }
            match ready!(this.poll_piece(context)) {
                None => return Poll::Ready(None),
                Some(Ok(chunk)) => return Poll::Ready(Some(this.counted(chunk))),
                Some(Err(error)) => {
                    if let Err(error) = this.lost(error) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
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
