//! The error of a token request.

use std::{error, fmt, sync::Arc, time::Duration};

use http::StatusCode;

/// The error of a token request. `Display` writes one line without secrets. Cloning is cheap: all calls that wait for a token
/// return the same error.
///
/// The error of such a call has the kind [`ErrorKind::Credential`](crate::ErrorKind::Credential) and this error as its source.
#[derive(Clone)]
pub struct TokenError(Arc<Inner>);

#[derive(Clone, Default)]
pub(super) struct Inner {
    pub(super) message: String,
    pub(super) status: Option<StatusCode>,
    pub(super) code: Option<String>,
    pub(super) description: Option<String>,
    pub(super) is_retryable: bool,
    pub(super) retry_after: Option<Duration>,
    pub(super) clock_skew: Option<i64>,
    pub(super) source: Option<Arc<dyn error::Error + Send + Sync>>,
}

impl TokenError {
    /// Creates an error with a reason, which is printed unchanged, so it must not contain secrets.
    pub fn new(reason: impl Into<String>) -> Self {
        Self::from(Inner {
            message: reason.into(),
            ..Inner::default()
        })
    }

    /// Marks the error as retryable.
    #[must_use]
    pub fn retryable(self) -> Self {
        Self::from(Inner {
            is_retryable: true,
            ..Arc::unwrap_or_clone(self.0)
        })
    }

    /// Sets the cause, which is printed, so it must not contain secrets.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::from(Inner {
            source: Some(Arc::from(cause.into())),
            ..Arc::unwrap_or_clone(self.0)
        })
    }

    /// Returns the status of the token endpoint's response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the `error` of an OAuth error body, such as `invalid_client`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the `error_description` of an OAuth error body. Secrets of the request are redacted in it.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Returns whether another request can succeed: the connection failed, there was no response, or the status is 408, 429,
    /// 500, 502, 503 or 504.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable
    }

    /// Returns how many seconds the clock of the server is ahead of the local clock, or a negative number if it is behind. The
    /// value is present if a request with an assertion was rejected and the clocks differ by more than a minute. The next
    /// assertion can use it.
    #[must_use]
    pub fn clock_skew(&self) -> Option<i64> {
        self.0.clock_skew
    }

    /// Returns the pause that the server requests before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl From<Inner> for TokenError {
    fn from(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenError")
            .field("message", &self.0.message)
            .field("status", &self.0.status)
            .field("is_retryable", &self.0.is_retryable)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl error::Error for TokenError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
