//! The future of a call.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{self, Context, Poll},
};

use crate::{BoxFuture, Error, Response, response::Received};

/// The last step of a call: from a response with status 2xx to the operation's value.
pub(crate) type Decode<T> = fn(Received) -> Result<Response<T>, Error>;

/// The future of a call, which returns a [`Response`] or an [`Error`]. Dropping it cancels the call.
///
/// All operations share this type and its state machine. Only the decoding of the response differs.
#[must_use = "a call does nothing until it is awaited"]
pub struct Sending<T> {
    exchange: BoxFuture<'static, Result<Received, Error>>,
    decode: Decode<T>,
}

impl<T> Sending<T> {
    pub(crate) fn new(exchange: BoxFuture<'static, Result<Received, Error>>, decode: Decode<T>) -> Self {
        Self { exchange, decode }
    }

    /// Blocks the thread until the call is complete, and returns its result; see [`blocking::wait`](crate::blocking::wait).
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Result<Response<T>, Error> {
        crate::blocking::wait(self)?
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = task::ready!(self.exchange.as_mut().poll(context));
        Poll::Ready(received.and_then(self.decode))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sending")
    }
}
