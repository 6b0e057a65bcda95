//! HTTP/2 pings, which detect dead connections.

use std::time::Duration;

/// When pings are sent, and how long their answers may take.
#[derive(Clone, Debug)]
pub(crate) struct Pings {
    /// The pause between two pings; without it none are sent.
    pub(crate) interval: Option<Duration>,
    /// How long the answer may take before the connection counts as dead; 20 s where it is not set.
    pub(crate) timeout: Option<Duration>,
}

/// A dead connection is found within 25 s, before an attempt reaches its limit of 30 s.
impl Default for Pings {
    fn default() -> Self {
        Self {
            interval: Some(Duration::from_secs(15)),
            timeout: Some(Duration::from_secs(10)),
        }
    }
}

impl Pings {
    pub(super) fn apply(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let builder = builder
            .http2_keep_alive_interval(self.interval)
            .http2_keep_alive_while_idle(self.interval.is_some());
        match self.timeout {
            Some(timeout) => builder.http2_keep_alive_timeout(timeout),
            None => builder,
        }
    }
}
