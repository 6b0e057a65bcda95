//! A body of server-sent events.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;

use super::{Chunks, Event, event::Parser};
use crate::{
    Error, ErrorKind,
    wire::{self, Json},
};

/// The server-sent events of a response, as a [`Stream`] or by [`Events::next`].
///
/// An event whose data do not decode is an error, after which the next one can be read; a lost connection, an event
/// that is larger than a body may be, or a pause beyond the idle limit end the stream. Nothing connects again by itself:
/// [`Events::last_id`] is what a new call would send as `Last-Event-ID`.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Events<T> {
    chunks: Chunks,
    parser: Parser,
    ready: VecDeque<Event<String>>,
    decode: fn(String) -> Result<T, wire::DecodeError>,
}

/// No event is pinned: they are handed out by value.
impl<T> Unpin for Events<T> {}

impl<T: Json> Events<T> {
    pub(crate) fn json(chunks: Chunks) -> Self {
        Self::new(chunks, |data| wire::from_str(&data))
    }
}

impl Events<String> {
    pub(crate) fn text(chunks: Chunks) -> Self {
        Self::new(chunks, Ok)
    }
}

impl<T> Events<T> {
    fn new(chunks: Chunks, decode: fn(String) -> Result<T, wire::DecodeError>) -> Self {
        Self {
            chunks,
            parser: Parser::default(),
            ready: VecDeque::new(),
            decode,
        }
    }

    /// The next event; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The events with their data as text, for streams that end with a word that is no JSON.
    pub fn into_text(self) -> Events<String> {
        Events {
            chunks: self.chunks,
            parser: self.parser,
            ready: self.ready,
            decode: Ok,
        }
    }

    /// The id that the server sent last.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.parser.id()
    }

    /// How long the server wants a client to wait before it connects again.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry()
    }

    fn decoded(&self, event: Event<String>) -> Result<Event<T>, Error> {
        let Event { event, data, id } = event;
        match (self.decode)(data) {
            Ok(data) => Ok(Event { event, data, id }),
            Err(error) => {
                let message = format!("an event of type {event:?} does not decode: {error}");
                Err(self
                    .chunks
                    .marked(Error::new(ErrorKind::Decode, message).caused_by(error)))
            }
        }
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(event) = this.ready.pop_front() {
                return Poll::Ready(Some(this.decoded(event)));
            }
            let Some(chunk) = ready!(Pin::new(&mut this.chunks).poll_next(context)) else {
                return Poll::Ready(None);
            };
            match chunk {
                Ok(chunk) => this
                    .ready
                    .extend(chunk.iter().filter_map(|byte| this.parser.read(*byte))),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            let longest = this.chunks.longest;
            if this.parser.held() > longest {
                let message = format!("an event exceeds {longest} bytes");
                let error = Error::new(ErrorKind::ResponseTooLarge, message);
                this.ready.clear();
                return Poll::Ready(Some(Err(this.chunks.failed(error))));
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events")
    }
}
