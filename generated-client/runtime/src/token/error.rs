//! Why there is no token.

use std::{error, fmt, sync::Arc, time::Duration};

use http::StatusCode;

/// Why there is no token. `Display` is one line that shows no secret. Cloning is cheap: all who wait for a token get
/// the same error.
///
/// A call that fails for it has the kind [`ErrorKind::Credential`](crate::ErrorKind::Credential) and this error as its
/// source.
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
    /// A reason, which is shown as it stands: it must hold no secret.
    pub fn new(reason: impl Into<String>) -> Self {
        Self::from(Inner {
            message: reason.into(),
            ..Inner::default()
        })
    }

    /// The same error, after which asking again may help.
    #[must_use]
    pub fn retryable(self) -> Self {
        Self::from(Inner {
            is_retryable: true,
            ..Arc::unwrap_or_clone(self.0)
        })
    }

    /// The same error with its cause, which is printed and must hold no secret.
    #[must_use]
    pub fn caused_by(self, cause: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::from(Inner {
            source: Some(Arc::from(cause.into())),
            ..Arc::unwrap_or_clone(self.0)
        })
    }

    /// The status of the token endpoint's response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The `error` of an OAuth error body, as in `invalid_client`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The `error_description` of an OAuth error body, without the secrets that were sent.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Whether asking again may help: there was no connection or no answer, or the status is 408, 429, 500, 502, 503
    /// or 504.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable
    }

    /// How many seconds the server's clock is ahead of this machine's, where a request with an assertion was refused and the
    /// two differ by more than a minute; negative where it is behind. The next assertion can be made for that time.
    #[must_use]
    pub fn clock_skew(&self) -> Option<i64> {
        self.0.clock_skew
    }

    /// How long the server asked to wait before asking again.
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
