//! Limits of time and size.

use std::{fmt, time::Duration};

/// A time limit of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeLimit {
    /// Opening a connection, TLS included.
    Connect,
    /// One attempt, from the last byte of the request to the last byte of the response.
    Attempt,
    /// The pause between two pieces of a body, while it is sent or received.
    Idle,
    /// The whole call, including the credential and the pauses between attempts.
    Call,
    /// Waiting for a condition with [`wait_until`](crate::wait_until), including all calls.
    Wait,
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "connect",
            Self::Attempt => "attempt",
            Self::Idle => "idle",
            Self::Call => "call",
            Self::Wait => "wait",
        })
    }
}

impl TimeLimit {
    /// The methods that set it.
    pub(crate) fn setting(self) -> &'static str {
        match self {
            Self::Connect => "`ClientBuilder::connect_timeout`",
            Self::Attempt => "the call's `attempt_timeout`, or `ClientBuilder::attempt_timeout`",
            Self::Idle => "the call's `idle_timeout`, or `ClientBuilder::idle_timeout`",
            Self::Call => "the call's `timeout`, or `ClientBuilder::call_timeout`",
            Self::Wait => "`WaitPolicy::limit`",
        }
    }
}

/// The limits of a client. Sizes are bytes.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    /// 30 s, or a longer time limit of the call, unless it is set.
    pub(crate) attempt: Option<Duration>,
    pub(crate) idle: Duration,
    pub(crate) call: Duration,
    /// Of a decompressed body.
    pub(crate) response_body: usize,
    /// Of the decompressed body of an error; what lies beyond is cut off.
    pub(crate) error_body: usize,
    /// Names and values of all headers together.
    pub(crate) headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: None,
            idle: Duration::from_secs(20),
            call: Duration::from_secs(60),
            response_body: 64 << 20,
            error_body: 1 << 20,
            headers: 64 << 10,
        }
    }
}

impl Limits {
    const ATTEMPT: Duration = Duration::from_secs(30);

    /// How long one attempt of a call may take, which has perhaps a limit of its own.
    pub(crate) fn attempt_of(&self, call: Option<Duration>) -> Duration {
        self.attempt
            .unwrap_or_else(|| Self::ATTEMPT.max(call.unwrap_or_default()))
    }
}
