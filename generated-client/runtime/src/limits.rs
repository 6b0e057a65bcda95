//! How long and how much a call may take.

use std::{fmt, time::Duration};

/// Which time limit a call ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeLimit {
    /// Opening a connection, TLS included.
    Connect,
    /// One attempt, from the request to the last byte of the response.
    Attempt,
    /// The pause between two pieces of a response's body.
    Idle,
    /// The whole call, with fetching a credential and with the pauses between attempts.
    Call,
    /// Waiting for a change to show, with all its calls.
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

/// The limits of a client. Sizes are bytes.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) attempt: Duration,
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
            attempt: Duration::from_secs(30),
            idle: Duration::from_secs(20),
            call: Duration::from_secs(60),
            response_body: 64 << 20,
            error_body: 1 << 20,
            headers: 64 << 10,
        }
    }
}
