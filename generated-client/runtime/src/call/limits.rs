//! How long one call may take, and whether it is repeated.

use std::time::Duration;

use super::Call;

impl Call {
    /// Sets the time limit of the whole call, instead of the client's. One attempt may then take as long, where that is
    /// more than 30 s and the client's own limit of an attempt is not set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.draft.timeout = Some(limit);
        self
    }

    /// Sets the time limit of each attempt, from the last byte of the request to the last byte of the response.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.draft.attempt_timeout = Some(limit);
        self
    }

    /// Sets how long the pause between two pieces of a body may be, while it is sent or received.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.draft.idle_timeout = Some(limit);
        self
    }

    /// Declares that sending this call twice does no harm: failed attempts are repeated as those of a GET are.
    pub fn repeatable(mut self) -> Self {
        self.draft.is_repeatable = true;
        self
    }
}
