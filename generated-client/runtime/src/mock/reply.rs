//! What a mock answers a request with.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{
    declared::Declared,
    operation::Mocked,
    written::{Statuses, Written},
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
    /// What the document declares, if the reply has a type.
    pub(super) declared: Option<Arc<Declared>>,
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "answers and errors are given away, as a server gives them away"
)]
impl<M: Mocked> Reply<M> {
    /// Creates a reply with an answer of the operation. Its status is the one that the document declares: that of the variant, if
    /// answers differ by status.
    ///
    /// # Panics
    ///
    /// If the answer cannot be an answer of the operation. With the feature `validate`, all limits of the document are checked.
    #[track_caller]
    pub fn answer(answer: M::Answer) -> Self {
        Self::written(M::write(&answer))
    }

    /// Creates a reply with an error that the document declares for the operation.
    ///
    /// # Panics
    ///
    /// As [`Reply::answer`].
    #[track_caller]
    pub fn failure(failure: M::Failure) -> Self {
        Self::written(Written::failure(M::OPERATION, &failure))
    }

    #[track_caller]
    pub(super) fn written(written: Written) -> Self {
        if let Some(problem) = written.problem {
            invalid(&format!(
                "the answer of {} is invalid: {problem}. To send it in spite of that, use `raw`",
                M::OPERATION.id()
            ));
        }
        let statuses = match written.statuses {
            Statuses::Success { mut candidates, usual } => {
                candidates.retain(|status| M::declares(*status, usual));
                Some(candidates)
            }
            Statuses::Exactly(statuses) => Some(statuses),
            Statuses::Any => None,
        };
        let status = statuses.as_ref().and_then(|statuses| statuses.first().copied());
        let mut reply = Self::raw(status.unwrap_or(200), written.body);
        reply.raw.headers.clear();
        let content_type = written.content_type.as_deref();
        reply.raw.declared = statuses
            .map(|statuses| Declared::new(M::OPERATION.id(), statuses, content_type, written.media))
            .map(Arc::new);
        match content_type {
            Some(content_type) => reply.header("content-type", content_type),
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
    /// If the status is invalid, or if the document does not declare it for such an answer or error. [`Reply::raw`] takes any
    /// status.
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        if let Err(reason) = self.raw.set_status(status) {
            invalid(&reason);
        }
        self
    }

    /// Sets a header of the response.
    ///
    /// # Panics
    ///
    /// If the name or the value is invalid, or if it is a content type that the document does not declare for such an answer or
    /// error. A raw reply can have any.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Err(reason) = self.raw.set_header(name, value) {
            invalid(&reason);
        }
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
    pub(super) fn set_status(&mut self, status: u16) -> Result<(), String> {
        self.status = StatusCode::from_u16(status).map_err(|_| format!("{status} is not a status of HTTP"))?;
        match &self.declared {
            Some(declared) => declared.check_status(status),
            None => Ok(()),
        }
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let (Ok(name), Ok(valid)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) else {
            return Err(format!("`{name}: {value}` is not a valid header"));
        };
        let declared = self.declared.as_ref();
        if let Some(declared) = declared.filter(|_| name == http::header::CONTENT_TYPE) {
            declared.check_content_type(value)?;
        }
        self.headers.insert(name, valid);
        Ok(())
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
