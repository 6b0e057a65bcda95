//! Settings of a client for load and failures, and for strict reading of JSON.

use super::ClientBuilder;
use crate::{Client, RetryBudget, Throttle};

/// What the builder collects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reliability {
    pub(super) budget: RetryBudget,
    pub(super) throttle: Throttle,
    pub(super) max_in_flight: Option<usize>,
    pub(super) strict_json: bool,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Sets the budget that limits retries while few calls succeed.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.reliability.budget = budget;
        self
    }

    /// Sets how the client adapts its rate of requests to a server that limits it.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.reliability.throttle = throttle;
        self
    }

    /// Sets the maximum number of concurrent requests of all clones of the client. By default there is no limit.
    ///
    /// Further calls wait, within their own time limit. A response that is read as a stream counts until it is read or dropped.
    /// Zero counts as one.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.reliability.max_in_flight = Some(requests);
        self
    }

    /// Sets whether JSON is read strictly. Then a byte order mark, the content type `text/plain`, and the body `null` of an
    /// optional answer that must be present are errors. By default they are accepted.
    pub fn strict_json(mut self, strict: bool) -> Self {
        self.reliability.strict_json = strict;
        self
    }
}
