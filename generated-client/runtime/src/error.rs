//! Why a call did not succeed.

mod render;
mod rpc;

use std::{
    error, fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

#[cfg(feature = "reqwest")]
pub(crate) use self::render::chain;
pub(crate) use self::render::{redacted, redirect_message, snippet, status_line, status_message};
pub use self::rpc::{RpcCode, RpcStatus};
use crate::{
    Answer, CredentialError, Header, Operation, Outcome, PagingProblem, Secret, TimeLimit, TransportError,
    TransportErrorKind,
    answer::without_mark,
    response::Head,
    retry_after::retry_after,
    wire::{self, Json},
};

/// Why a call did not succeed. `Display` is one line: the operation, what happened, what the server said about it, and
/// the request's id. It shows no credential and no more than 4 KiB of a body.
pub struct Error(Box<Inner>);

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is set up wrongly: its base URL, a credential, a header.
    Configuration,
    /// The call cannot be a request: an argument is empty or cannot be written.
    InvalidRequest,
    /// The credential could not be had.
    Credential,
    /// There was no connection.
    Connect,
    /// There was no secure connection, as over a certificate that is not trusted.
    Tls,
    /// A time limit was reached; [`Error::time_limit`] says which.
    Timeout,
    /// The connection was lost, or what came over it was not HTTP.
    Transport,
    /// The server answered with a redirect, which is never followed.
    Redirect,
    /// The server answered with a status that is no success.
    Status,
    /// The response has another content type than the operation's.
    UnexpectedContentType,
    /// The response's body, or a header that was asked for, is not what the document says.
    Decode,
    /// The response's body or headers are larger than allowed.
    ResponseTooLarge,
    /// The pages of an operation break a rule of paging; [`Error::paging`] names it.
    Paging,
    /// An attempt failed in a way that is repeated, but the client's
    /// [retry budget](crate::ClientBuilder::retry_budget) is spent. The source is the failure, and so are the status,
    /// the headers and the body.
    RetryBudget,
}

struct Inner {
    kind: ErrorKind,
    message: String,
    operation: Option<&'static Operation>,
    head: Option<Head>,
    body: Bytes,
    rpc_status: Option<RpcStatus>,
    time_limit: Option<TimeLimit>,
    may_have_been_sent: bool,
    /// Whether a repetition of this very call does no harm, whatever its operation.
    is_repeatable: bool,
    attempts: u32,
    elapsed: Duration,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Error {
    /// A client that is set up wrongly, for the faces of generated clients that check more than the runtime does.
    ///
    /// The reason is shown as it stands: it must hold no secret.
    pub fn configuration(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, reason)
    }

    /// A credential that could not be had, for those who fetch one by steps of their own.
    ///
    /// The cause is shown as it stands: it must hold no secret.
    pub fn credential(cause: impl Into<CredentialError>) -> Self {
        let cause = cause.into();
        Self::new(ErrorKind::Credential, cause.to_string()).caused_by(cause)
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            operation: None,
            head: None,
            body: Bytes::new(),
            rpc_status: None,
            time_limit: None,
            may_have_been_sent: false,
            is_repeatable: false,
            attempts: 0,
            elapsed: Duration::ZERO,
            source: None,
        }))
    }

    /// The same kind and words, for who has to have an error twice.
    pub(crate) fn without_cause(&self) -> Self {
        Self::new(self.0.kind, &*self.0.message)
    }

    pub(crate) fn timeout(limit: TimeLimit, after: Duration) -> Self {
        Self::timeout_while(limit, after, "")
    }

    /// A time limit that was reached while the call waited for something: the reason begins with a space.
    pub(crate) fn timeout_while(limit: TimeLimit, after: Duration, reason: &str) -> Self {
        let setting = limit.setting();
        let message = format!("the {limit} time limit of {after:?} was reached{reason}; set it with {setting}");
        let mut error = Self::new(ErrorKind::Timeout, message);
        error.0.time_limit = Some(limit);
        error.0.may_have_been_sent = limit != TimeLimit::Connect;
        error
    }

    /// The same failure of a call of which nothing that matters was sent.
    pub(crate) fn not_sent(mut self) -> Self {
        self.0.may_have_been_sent = false;
        self
    }

    pub(crate) fn transport(cause: TransportError, connect_limit: Duration) -> Self {
        let kind = match cause.kind() {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::ConnectTimeout => {
                return Self::timeout(TimeLimit::Connect, connect_limit).caused_by(cause);
            }
            TransportErrorKind::Tls => ErrorKind::Tls,
            TransportErrorKind::Request => ErrorKind::InvalidRequest,
            TransportErrorKind::Interrupted | TransportErrorKind::NotProcessed => ErrorKind::Transport,
        };
        let mut error = Self::new(kind, render::chain(&cause));
        error.0.may_have_been_sent = cause.may_have_been_sent();
        error.caused_by(cause)
    }

    /// Names the host and port that a call had no response from.
    pub(crate) fn at(mut self, target: &str) -> Self {
        self.0.message = format!("{target}: {}", self.0.message);
        self
    }

    /// The same failure as one that the retry budget did not cover.
    pub(crate) fn not_repeated_by_budget(self) -> Self {
        let message = format!(
            "{}; it is not repeated because the client's retry budget is spent (`ClientBuilder::retry_budget`)",
            self.0.message
        );
        let inner = Inner {
            kind: ErrorKind::RetryBudget,
            message,
            operation: self.0.operation,
            head: self.0.head.clone(),
            body: self.0.body.clone(),
            rpc_status: self.0.rpc_status.clone(),
            source: None,
            ..*self.0
        };
        Self(Box::new(inner)).caused_by(self)
    }

    pub(crate) fn repeatable(mut self, is_repeatable: bool) -> Self {
        self.0.is_repeatable = is_repeatable;
        self
    }

    /// Whether a connection may be at fault that does not answer any more.
    pub(crate) fn is_stall(&self) -> bool {
        let limits = [TimeLimit::Attempt, TimeLimit::Idle, TimeLimit::Call];
        self.0.time_limit.is_some_and(|limit| limits.contains(&limit))
    }

    /// Whether the server refused the request because there were too many.
    pub(crate) fn is_throttling(&self) -> bool {
        match self.status().map_or(0, |status| status.as_u16()) {
            429 => true,
            503 => self.retry_after().is_some(),
            _ => false,
        }
    }

    /// Whether another attempt costs the server next to nothing: it paces its clients itself, or has not begun.
    pub(crate) fn is_free_to_repeat(&self) -> bool {
        self.is_throttling() || (self.0.kind == ErrorKind::Transport && !self.0.may_have_been_sent)
    }

    pub(crate) fn of(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn with_response(mut self, head: Head, body: Bytes) -> Self {
        self.0.may_have_been_sent = true;
        self.0.head = Some(head);
        self.0.body = body;
        self
    }

    pub(crate) fn with_rpc_status(mut self, status: Option<RpcStatus>) -> Self {
        self.0.rpc_status = status;
        self
    }

    /// Takes secrets out of all that is shown, where a server has sent them back: after the response and the cause
    /// are set.
    pub(crate) fn without(mut self, secrets: &[Secret]) -> Self {
        if secrets.is_empty() {
            return self;
        }
        self.0.message = redacted(&self.0.message, secrets);
        self.0.head = self.0.head.map(|head| head.without(secrets));
        let cause = self.0.source.as_deref();
        match cause.and_then(|cause| render::redacted_cause(cause, secrets)) {
            Some(cause) => self.caused_by(cause),
            None => self,
        }
    }

    pub(crate) fn with_effort(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that was called; `None` for an error of setting up a client.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(Operation::id)
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.head.as_ref().map(|head| head.status)
    }

    /// The headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.head.as_ref().map(|head| &head.headers)
    }

    /// A header of the response that the document describes, by the constant of its call. `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the header is not what the document says.
    pub fn header<T: Json>(&self, header: Header<T>) -> Result<Option<T>, Self> {
        let read = self.headers().map_or(Ok(None), |headers| header.read(headers));
        read.map_err(|error| match self.0.operation {
            Some(operation) => error.of(operation),
            None => error,
        })
    }

    /// The server's id of the request, where the client knows in which header it comes; without the request's
    /// credential, should the server repeat it there.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.head.as_ref()?.request_id.as_deref()
    }

    /// The response's body as it came, as far as it was read; of an error status at most 1 MiB.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The response's body decoded as a model, for error bodies that the document describes.
    pub fn body_as<T: Json>(&self) -> Result<T, wire::DecodeError> {
        wire::from_slice(without_mark(&self.0.body))
    }

    #[doc(hidden)]
    /// What the response of an error status says, for operations whose errors differ by status: generated enums of
    /// failures are read by it. `None` where it is not what the document says, or where it has no body.
    #[must_use]
    pub fn outcome<T: Outcome>(&self) -> Option<T> {
        let head = self.0.head.as_ref().filter(|_| self.has_refused())?;
        let answer = Answer {
            operation: None,
            status: head.status,
            headers: &head.headers,
            body: &self.0.body,
            is_strict: false,
            needs_body: true,
        };
        T::read(&answer).ok()
    }

    /// What the response of an error status says, where all errors have one form. `None` where it is in another one.
    #[must_use]
    pub fn failure<T: Json>(&self) -> Option<T> {
        if !self.has_refused() || self.0.body.is_empty() {
            return None;
        }
        self.body_as().ok()
    }

    /// Whether the server answered with a status that is not a success or a redirect.
    fn has_refused(&self) -> bool {
        let is_status = matches!(self.0.kind, ErrorKind::Status | ErrorKind::RetryBudget);
        is_status && self.status().is_some_and(|status| !status.is_success())
    }

    /// The response's body as `google.rpc.Status`, where it has that shape.
    #[must_use]
    pub fn rpc_status(&self) -> Option<&RpcStatus> {
        self.0.rpc_status.as_ref()
    }

    /// The gRPC code in the response's body.
    #[must_use]
    pub fn rpc_code(&self) -> Option<RpcCode> {
        self.rpc_status()?.code()
    }

    /// Returns the rule of paging that a server broke, and the page that broke it.
    #[must_use]
    pub fn paging(&self) -> Option<&PagingProblem> {
        self.0.source.as_deref()?.downcast_ref()
    }

    /// Which time limit was reached.
    #[must_use]
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.0.time_limit
    }

    /// How long the server asked to wait before the next attempt: by `retry-after-ms`, `x-ms-retry-after-ms`, or
    /// `Retry-After` in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, SystemTime::now())
    }

    /// How many attempts were begun.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Whether the same call may succeed later and can be sent again without harm.
    ///
    /// So it is when no byte was sent or the server did not process the request, after 429, and, for operations and calls
    /// whose repetition does no harm, after 408, 500, 502, 503, 504, a lost connection or a time limit.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let is_idempotent = self.0.is_repeatable || self.0.operation.is_some_and(Operation::is_idempotent);
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::RetryBudget => true,
            ErrorKind::Timeout | ErrorKind::Transport => !self.0.may_have_been_sent || is_idempotent,
            ErrorKind::Status => match self.status().map_or(0, |status| status.as_u16()) {
                429 => true,
                408 | 500 | 502 | 503 | 504 => is_idempotent,
                _ => false,
            },
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(formatter, "{operation}: ")?;
        }
        formatter.write_str(&self.0.message)?;
        if self.0.kind == ErrorKind::Timeout || self.0.attempts > 1 {
            write!(
                formatter,
                " (attempt {}, {:.1} s)",
                self.0.attempts,
                self.0.elapsed.as_secs_f64()
            )?;
        }
        match self.request_id() {
            Some(id) if !self.0.message.contains(id) => write!(formatter, " (request id {id})"),
            _ => Ok(()),
        }
    }
}

/// What `Display` shows and no more: headers and bodies may hold what is not for logs.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("message", &self.0.message)
            .field("request_id", &self.request_id())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests;
