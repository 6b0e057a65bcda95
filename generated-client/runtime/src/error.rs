//! The error of a call.

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

/// The error of a call. `Display` writes one line: the operation, the failure, the message of the server, and the id of the
/// request. It does not contain credentials, and contains at most 4 KiB of a body.
pub struct Error(Box<Inner>);

/// The kind of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The configuration of the client is invalid: its base URL, a credential or a header.
    Configuration,
    /// The call is not a valid request: an argument is empty or cannot be written.
    InvalidRequest,
    /// The credential is not available.
    Credential,
    /// The connection failed.
    Connect,
    /// The TLS connection failed, for example because the certificate is not trusted.
    Tls,
    /// A time limit was reached; see [`Error::time_limit`].
    Timeout,
    /// The connection was interrupted, or the data was not HTTP.
    Transport,
    /// The server returned a redirect. The client does not follow redirects.
    Redirect,
    /// The server returned a status other than 2xx.
    Status,
    /// The content type of the response is not one that the document declares.
    UnexpectedContentType,
    /// The body of the response, or a header that was read, does not match the document.
    Decode,
    /// The body or the headers of the response are larger than the limit.
    ResponseTooLarge,
    /// The pages of an operation break a rule of paging; [`Error::paging`] names it.
    Paging,
    /// An attempt failed and could be retried, but the [retry budget](crate::ClientBuilder::retry_budget) of the client is used
    /// up. The source, the status, the headers and the body are those of the failed attempt.
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
    /// Whether this call can be repeated safely, independently of its operation.
    is_repeatable: bool,
    attempts: u32,
    elapsed: Duration,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Error {
    /// Creates an error of the kind [`ErrorKind::Configuration`], for clients that validate more than the runtime does.
    ///
    /// The reason is printed unchanged, so it must not contain secrets.
    pub fn configuration(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, reason)
    }

    /// Creates an error of the kind [`ErrorKind::Credential`], for programs that fetch credentials themselves.
    ///
    /// The cause is printed unchanged, so it must not contain secrets.
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

    /// Returns an error with the same kind and message, for callers that need it twice.
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

    /// Returns whether a dead connection can be the cause.
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

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the id of the operation, or `None` if building a client failed.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(Operation::id)
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.head.as_ref().map(|head| head.status)
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.head.as_ref().map(|head| &head.headers)
    }

    /// Returns a header of the response that the document declares, by the constant of its call. Returns `None` if it is
    /// absent.
    ///
    /// # Errors
    ///
    /// Returns an error if the header does not match the document.
    pub fn header<T: Json>(&self, header: Header<T>) -> Result<Option<T>, Self> {
        let read = self.headers().map_or(Ok(None), |headers| header.read(headers));
        read.map_err(|error| match self.0.operation {
            Some(operation) => error.of(operation),
            None => error,
        })
    }

    /// Returns the server's id of the request, if the client has a request id header. A credential in it is redacted.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.head.as_ref()?.request_id.as_deref()
    }

    /// Returns the body of the response unchanged, as far as it was read. For an error status, it has at most 1 MiB.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Decodes the body of the response as a model, for error bodies that the document declares.
    pub fn body_as<T: Json>(&self) -> Result<T, wire::DecodeError> {
        wire::from_slice(without_mark(&self.0.body))
    }

    #[doc(hidden)]
    /// Decodes the response of an error status, for operations with different errors for each status. Generated enums of
    /// failures use it. Returns `None` if the response does not match the document or does not have a body.
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

    /// Decodes the response of an error status, for operations with one form of errors. Returns `None` if it does not match.
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

    /// Returns the body of the response as `google.rpc.Status`, if it has that form.
    #[must_use]
    pub fn rpc_status(&self) -> Option<&RpcStatus> {
        self.0.rpc_status.as_ref()
    }

    /// Returns the gRPC code in the body of the response.
    #[must_use]
    pub fn rpc_code(&self) -> Option<RpcCode> {
        self.rpc_status()?.code()
    }

    /// Returns the rule of paging that a server broke, and the page that broke it.
    #[must_use]
    pub fn paging(&self) -> Option<&PagingProblem> {
        self.0.source.as_deref()?.downcast_ref()
    }

    /// Returns the time limit that was reached.
    #[must_use]
    pub fn time_limit(&self) -> Option<TimeLimit> {
        self.0.time_limit
    }

    /// Returns the pause that the server requests before the next attempt, by `retry-after-ms`, `x-ms-retry-after-ms`, or
    /// `Retry-After` in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, SystemTime::now())
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the duration of the call.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Returns whether the same call can succeed later and can be repeated safely.
    ///
    /// This is the case if no byte was sent, if the server did not process the request, and after 429. For operations and calls
    /// that can be repeated safely, it is also the case after 408, 500, 502, 503, 504, an interrupted connection or a time
    /// limit.
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
