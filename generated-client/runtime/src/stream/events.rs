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

use http::{HeaderName, HeaderValue, StatusCode};

use super::{
    Chunks, Event, Reconnect,
    event::Parser,
    reconnect::{Reconnecting, is_lost},
};
use crate::{
    Error, ErrorKind, decode,
    response::Received,
    wire::{self, Json},
};

/// The server-sent events of a response. Read them as a [`Stream`] or with [`Events::next`].
///
/// An event that cannot be decoded is an error, after which the next event can be read. An interrupted connection, an event
/// that is larger than the limit of a body, or a pause longer than the idle limit ends the stream, unless [`Events::reconnect`]
/// continues it.
#[must_use = "a stream is read by `next` or as a stream"]
pub struct Events<T> {
    chunks: Chunks,
    parser: Parser,
    ready: VecDeque<Event<String>>,
    decode: fn(String) -> Result<T, wire::DecodeError>,
    /// The data of the event that ends the stream.
    end: Option<String>,
    reconnecting: Option<Reconnecting>,
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

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
        let end = chunks.operation().events_end.map(str::to_owned);
        Self {
            chunks,
            parser: Parser::default(),
            ready: VecDeque::new(),
            decode,
            end,
            reconnecting: None,
        }
    }

    /// Sets the data of the event that ends the stream, such as `[DONE]`. This event is not returned. Documents can declare it.
    pub fn end_at(mut self, data: impl Into<String>) -> Self {
        self.end = Some(data.into());
        self
    }

    /// Continues the events with further calls if the connection is interrupted or the server ends it. Like browsers, it sends
    /// the last id in `Last-Event-ID`, after the pause that the server requests (`retry:`).
    ///
    /// The stream then ends at the final event ([`Events::end_at`]), with the status 204, when the calls of the policy do not
    /// return new events, or with an error that cannot be retried. A call that cannot be repeated safely is not sent again,
    /// unless it is declared with `repeatable`.
    pub fn reconnect(mut self, policy: Reconnect) -> Self {
        let source = self.chunks.source.as_deref();
        self.reconnecting = source.and_then(|source| Reconnecting::new(policy, source));
        self
    }

    /// Returns the next event, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the events with their data as strings, for streams with a final event that is not JSON.
    pub fn into_text(self) -> Events<String> {
        Events {
            chunks: self.chunks,
            parser: self.parser,
            ready: self.ready,
            decode: Ok,
            end: self.end,
            reconnecting: self.reconnecting,
        }
    }

    /// Returns the last id that the server sent.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.parser.id()
    }

    /// Returns the pause that the server requests before a client reconnects.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry()
    }

    fn decoded(&self, event: Event<String>) -> Result<Event<T>, Error> {
        let Event { event, data, id } = event;
        match (self.decode)(data) {
            Ok(data) => Ok(Event { event, data, id }),
            Err(error) => {
                let message = format!("an event of type {event:?} cannot be decoded: {error}");
                Err(self
                    .chunks
                    .marked(Error::new(ErrorKind::Decode, message).caused_by(error)))
            }
        }
    }
}

impl<T> Events<T> {
    /// The next event that is complete; pending where more must be read.
    fn take_ready(&mut self) -> Poll<Option<Result<Event<T>, Error>>> {
        let Some(event) = self.ready.pop_front() else {
            return Poll::Pending;
        };
        if let Some(reconnecting) = &mut self.reconnecting {
            reconnecting.succeeded();
        }
        if self.end.as_deref() == Some(event.data.as_str()) {
            self.close();
            return Poll::Ready(None);
        }
        Poll::Ready(Some(self.decoded(event)))
    }

    fn close(&mut self) {
        self.chunks.close();
        self.ready.clear();
        self.reconnecting = None;
    }

    /// Begins another call; `false` where there is to be none.
    fn reconnects(&mut self, error: Option<&Error>) -> bool {
        let Some(reconnecting) = &mut self.reconnecting else {
            return false;
        };
        let id = self
            .parser
            .dispatched_id()
            .and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok());
        let headers = id.map(|id| (LAST_EVENT_ID, id)).into_iter().collect();
        let wish = error.and_then(Error::retry_after).or(self.parser.retry());
        error.is_none_or(is_lost) && reconnecting.begin(wish, headers)
    }

    /// Goes on with the answer of another call; `false` where the server says that there is nothing more.
    fn reopen(&mut self, received: Received) -> Result<bool, Error> {
        if received.head.status == StatusCode::NO_CONTENT {
            return Ok(false);
        }
        self.chunks = decode::text_events(received)?.into_inner().chunks;
        self.parser.restart();
        Ok(true)
    }

    /// Ends the stream, with an error or without.
    fn ended(&mut self, error: Option<Error>) -> Option<Result<Event<T>, Error>> {
        self.close();
        error.map(|error| Err(self.chunks.marked(error)))
    }

    fn read(&mut self, chunk: &[u8]) -> Result<(), Error> {
        self.ready
            .extend(chunk.iter().filter_map(|byte| self.parser.read(*byte)));
        let longest = self.chunks.longest;
        if self.parser.held() <= longest {
            return Ok(());
        }
        let message = format!("an event exceeds the limit of {longest} bytes");
        self.close();
        Err(self.chunks.failed(Error::new(ErrorKind::ResponseTooLarge, message)))
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let next @ Poll::Ready(_) = this.take_ready() {
                return next;
            }
            if let Some(reconnecting) = &mut this.reconnecting
                && let Some(opened) = ready!(reconnecting.poll_opened(context))
            {
                match opened.and_then(|received| this.reopen(received)) {
                    Ok(true) => {}
                    Ok(false) => return Poll::Ready(this.ended(None)),
                    Err(error) if this.reconnects(Some(&error)) => continue,
                    Err(error) => return Poll::Ready(this.ended(Some(error))),
                }
            }
            match ready!(Pin::new(&mut this.chunks).poll_next(context)) {
                Some(Ok(chunk)) => {
                    if let Err(error) = this.read(&chunk) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) if this.reconnects(Some(&error)) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if this.reconnects(None) => {}
                None => return Poll::Ready(this.ended(None)),
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events")
    }
}
