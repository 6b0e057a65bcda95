//! Settings of a client that keep it well behaved under load, and how strictly it reads.

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
    /// Sets how many failed attempts the client repeats while hardly any call succeeds.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.reliability.budget = budget;
        self
    }

    /// Sets how the client adapts its rate of requests to a server that refuses too many.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.reliability.throttle = throttle;
        self
    }

    /// Sets how many requests of all clones of the client may be on their way at a time. There is no limit by default.
    ///
    /// Further calls wait for a place, within their own time limit. A response that is read as a stream keeps its place
    /// until it is read or dropped. Zero counts as one.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.reliability.max_in_flight = Some(requests);
        self
    }

    /// Sets whether JSON is read strictly: no byte order mark, no content type `text/plain`, and no body `null` where the
    /// status says that an optional answer is present. By default these are accepted.
    pub fn strict_json(mut self, strict: bool) -> Self {
        self.reliability.strict_json = strict;
        self
    }
}
