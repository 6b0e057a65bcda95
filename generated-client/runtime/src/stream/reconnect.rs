//! The policy for continuing interrupted streams.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http::{HeaderName, HeaderValue};
use tokio::time::sleep;

use crate::{BoxFuture, Client, Error, ErrorKind, call::Prepared, execute::execute, response::Received};

/// The policy for continuing an interrupted stream with further calls. By default at most 5 calls in a row may return no new
/// data. The pause before a call is 1 s, doubles each time up to 30 s, and has a random addition.
///
/// ```
/// # use std::time::Duration;
/// use specwright_runtime::Reconnect;
///
/// let patient = Reconnect::default().max_attempts(100).max_pause(Duration::from_secs(300));
/// # let _ = patient;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it does nothing until it is given to a stream"]
pub struct Reconnect {
    max_attempts: u32,
    pause: Duration,
    max_pause: Duration,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            pause: Duration::from_secs(1),
            max_pause: Duration::from_secs(30),
        }
    }
}

impl Reconnect {
    /// Sets how many calls in a row may return no new data before the stream ends. The default is 5.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the pause before the first call. The default is 1 s. A server of events can set another pause (`retry:`).
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Sets the maximum pause, unless the server requests a longer one. The default is 30 s.
    pub fn max_pause(mut self, longest: Duration) -> Self {
        self.max_pause = longest;
        self
    }

    /// The pause after so many calls that brought nothing new.
    fn pause_after(&self, failures: u32, wish: Option<Duration>) -> Duration {
        let first = wish.unwrap_or(self.pause);
        let factor = 1_u32.checked_shl(failures).unwrap_or(u32::MAX);
        first.saturating_mul(factor).min(self.max_pause.max(first))
    }
}

/// A stream that is asked for again when it is lost.
pub(super) struct Reconnecting {
    policy: Reconnect,
    source: Box<(Client, Prepared)>,
    /// The number of calls in a row without new data.
    failures: u32,
    opening: Option<BoxFuture<'static, Result<Received, Error>>>,
}

impl Reconnecting {
    /// `None` where another call could do harm, or cannot send what the first one did.
    pub(super) fn new(policy: Reconnect, source: &(Client, Prepared)) -> Option<Self> {
        let (_, prepared) = source;
        let can_repeat = prepared.is_repeatable() && !prepared.body.is_spent();
        can_repeat.then(|| Self {
            policy,
            source: Box::new(source.clone()),
            failures: 0,
            opening: None,
        })
    }

    /// Something new has come.
    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Begins another call with these headers; `false` where none is left.
    pub(super) fn begin(&mut self, wish: Option<Duration>, headers: Vec<(HeaderName, HeaderValue)>) -> bool {
        if self.failures >= self.policy.max_attempts {
            return false;
        }
        let pause = self.policy.pause_after(self.failures, wish);
        self.failures = self.failures.saturating_add(1);
        let (client, mut prepared) = (*self.source).clone();
        let pause = pause.saturating_add(client.retries().random_part(pause / 2));
        for (name, value) in headers {
            prepared.headers.insert(name, value);
        }
        self.opening = Some(Box::pin(async move {
            sleep(pause).await;
            execute(client, prepared).await
        }));
        true
    }

    /// Returns the result of the current call, or `None` if there is no call.
    pub(super) fn poll_opened(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Received, Error>>> {
        let Some(opening) = &mut self.opening else {
            return Poll::Ready(None);
        };
        let opened = std::task::ready!(Pin::new(opening).poll(context));
        self.opening = None;
        Poll::Ready(Some(opened))
    }
}

/// Whether the stream ended because its connection did.
pub(super) fn is_lost(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport
    ) || error.is_retryable()
}

impl fmt::Debug for Reconnecting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reconnecting")
    }
}
