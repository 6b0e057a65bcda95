//! What a mock answers a request with.

use std::{fmt, marker::PhantomData, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{
    operation::Mocked,
    written::{ByStatus as _, Written, status_of},
};

/// A failure of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The connection fails before the request is sent.
    NotConnected,
    /// The server reports that it has not processed the request.
    NotProcessed,
    /// The connection is lost after the request was sent, before the response.
    ConnectionLost,
    /// The server never answers, so a time limit of the client ends the attempt.
    NoResponse,
}

/// A response, or a failure instead of it. `M` is the type of the calls of the operation.
#[must_use = "a reply does nothing until it is given to an expectation"]
pub struct Reply<M> {
    pub(super) raw: RawReply,
    operation: PhantomData<fn() -> M>,
}

/// A reply of any operation.
#[derive(Clone, Debug, Default)]
pub(super) struct RawReply {
    pub(super) fault: Option<Fault>,
    pub(super) delay: Duration,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The number of bytes after which the connection is lost.
    pub(super) cut: Option<usize>,
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "answers and errors are given away, as a server gives them away"
)]
impl<M: Mocked> Reply<M> {
    /// Creates a reply with an answer of the operation.
    ///
    /// # Panics
    ///
    /// If the answer cannot be an answer of the operation. With the feature `validate`, all limits of the document are checked.
    #[track_caller]
    pub fn answer(answer: M::Answer) -> Self {
        Self::written(M::write(&answer), 200)
    }

    /// Creates a reply with an error that the document declares for the operation.
    ///
    /// # Panics
    ///
    /// As [`Reply::answer`].
    #[track_caller]
    pub fn failure(failure: M::Failure) -> Self {
        let written = failure.written(M::OPERATION);
        let status = status_of(&failure, 400..=599).or_else(|| status_of(&failure, 300..=399));
        Self::written(written, status.unwrap_or(500))
    }

    #[track_caller]
    pub(super) fn written(written: Written, status: u16) -> Self {
        if let Some(problem) = written.problem {
            invalid(&format!(
                "the answer of {} is invalid: {problem}. To send it in spite of that, use `raw`",
                M::OPERATION.id()
            ));
        }
        let mut reply = Self::raw(written.status.unwrap_or(status), written.body);
        reply.raw.headers.clear();
        match written.content_type {
            Some(content_type) => reply.header("content-type", &content_type),
            None => reply,
        }
    }

    /// Creates a reply with any status and body. The content type is JSON unless [`Reply::header`] sets another one.
    ///
    /// # Panics
    ///
    /// If the status is invalid.
    #[track_caller]
    pub fn raw(status: u16, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let mut headers = HeaderMap::new();
        if !body.is_empty() {
            headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let Ok(status) = StatusCode::from_u16(status) else {
            invalid(&format!("{status} is not a status of HTTP"));
        };
        Self::of(RawReply {
            status,
            headers,
            body,
            ..RawReply::default()
        })
    }

    /// Creates a failure of the connection.
    pub fn fault(fault: Fault) -> Self {
        Self::of(RawReply {
            fault: Some(fault),
            ..RawReply::default()
        })
    }

    pub(super) fn of(raw: RawReply) -> Self {
        Self {
            raw,
            operation: PhantomData,
        }
    }

    /// Sets another status.
    ///
    /// # Panics
    ///
    /// If the status is invalid.
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => self.raw.status = status,
            Err(_) => invalid(&format!("{status} is not a status of HTTP")),
        }
        self
    }

    /// Sets a header of the response.
    ///
    /// # Panics
    ///
    /// If the name or the value is invalid.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.raw.set_header(name, value);
        self
    }

    /// Waits before the reply is sent. The pause is one of tokio's clock, so a test can pause the clock.
    pub fn after(mut self, delay: Duration) -> Self {
        self.raw.delay = delay;
        self
    }

    /// Loses the connection after this number of bytes of the body.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.raw.cut = Some(bytes);
        self
    }
}

impl RawReply {
    #[track_caller]
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => _ = self.headers.insert(name, value),
            _ => invalid(&format!("`{name}: {value}` is not a valid header")),
        }
    }
}

impl<M> Clone for Reply<M> {
    fn clone(&self) -> Self {
        Self {
            raw: self.raw.clone(),
            operation: PhantomData,
        }
    }
}

impl<M> fmt::Debug for Reply<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Reply").field(&self.raw).finish()
    }
}

/// Fails the test at the line that declared something invalid.
#[track_caller]
#[allow(
    clippy::panic,
    reason = "an expectation that cannot be valid fails the test at its line"
)]
pub(super) fn invalid(reason: &str) -> ! {
    panic!("invalid expectation: {reason}")
}
