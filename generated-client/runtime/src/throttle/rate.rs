//! A token bucket whose rate rises by steps and falls by a factor.

use std::time::Duration;

use tokio::time::Instant;

/// What remains of a rate after a refusal.
const DECREASE: f64 = 0.85;

/// The rise in a second, as a part of the rate that was last too high.
const STEP: f64 = 0.05;

/// As many times the rate that was too high is evidence that it no longer is.
const OUTGROWN: f64 = 1.2;

/// The rise with each answer then: a tenth of the rate in a second.
const GROWTH: f64 = 0.1;

/// The least rise in a second, in requests a second.
const SMALLEST_STEP: f64 = 1.0;

/// A request each five seconds finds out whether the server takes requests again.
const LOWEST: f64 = 0.2;

/// How long a part of a second, in requests, may go out at once. It makes up for timers that are late.
const BURST_SECONDS: f64 = 0.02;

/// A rate is forgotten when the server has refused nothing for so long.
const MEMORY: Duration = Duration::from_secs(300);

/// Requests a second to one origin.
#[derive(Debug)]
pub(super) struct Rate {
    per_second: f64,
    /// The last rate that was too high. Up to a fraction of it the rate rises with every response, and above that in steps.
    too_high: f64,
    tokens: f64,
    filled: Instant,
    /// The time of the last decrease. Rejections of requests that were sent before it have no effect.
    fell: Instant,
    has_served_since: bool,
}

impl Rate {
    /// The first rate after a refusal, of what the server took in the second before.
    pub(super) fn measured(per_second: f64, now: Instant) -> Self {
        Self {
            per_second: per_second.max(1.0),
            too_high: f64::INFINITY,
            tokens: 0.0,
            filled: now,
            fell: now,
            has_served_since: false,
        }
    }

    /// A rate that the caller has set.
    pub(super) fn fixed(per_second: f64, now: Instant) -> Self {
        Self {
            too_high: per_second,
            tokens: 1.0,
            ..Self::measured(per_second, now).with_rate(per_second)
        }
    }

    fn with_rate(self, per_second: f64) -> Self {
        Self { per_second, ..self }
    }

    pub(super) fn per_second(&self) -> f64 {
        self.per_second
    }

    pub(super) fn is_old(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.fell) > MEMORY
    }

    /// Takes a token, or tells how long to wait for one.
    pub(super) fn take(&mut self, now: Instant) -> Option<Duration> {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        let most = self.per_second.mul_add(BURST_SECONDS, 1.0);
        self.tokens = passed.mul_add(self.per_second, self.tokens).min(most);
        self.filled = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        let wait = (1.0 - self.tokens) / self.per_second;
        Some(Duration::try_from_secs_f64(wait).unwrap_or(Duration::MAX))
    }

    /// Lowers the rate, unless it has fallen since that request was sent.
    pub(super) fn decrease(&mut self, sent: Instant, now: Instant) -> bool {
        if sent <= self.fell {
            return false;
        }
        // Refusals in a row are a server that takes nothing for a while: they do not tell how much it takes later.
        if self.has_served_since {
            self.too_high = self.per_second;
        }
        self.per_second = (self.per_second * DECREASE).max(LOWEST);
        self.has_served_since = false;
        self.fell = now;
        true
    }

    /// Raises the rate after an answer to a request sent at `sent`, where the rate is what limits the client. `answered`
    /// is how many answers came in the last second.
    pub(super) fn increase(&mut self, sent: Instant, answered: f64, max_rate: Option<f64>) {
        self.has_served_since |= sent > self.fell;
        if self.per_second > answered.max(1.0) * 2.0 {
            return;
        }
        let rise = if self.per_second < self.too_high * DECREASE {
            1.0
        } else if self.per_second < self.too_high * OUTGROWN {
            (self.too_high * STEP).max(SMALLEST_STEP) / self.per_second.max(1.0)
        } else {
            GROWTH
        };
        let most = max_rate.unwrap_or(f64::INFINITY);
        self.per_second = (self.per_second + rise).min(most);
    }
}

/// Answers of the last second, by tenths of it.
#[derive(Debug)]
pub(super) struct Answers {
    began: Instant,
    /// The tenth, counted from the beginning, that was counted last.
    last: u64,
    tenths: [u32; 10],
}

impl Answers {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            began: now,
            last: 0,
            tenths: [0; 10],
        }
    }

    pub(super) fn count(&mut self, now: Instant) {
        self.move_to(now);
        if let Some(tenth) = self.tenths.get_mut(place(self.last)) {
            *tenth = tenth.saturating_add(1);
        }
    }

    pub(super) fn per_second(&mut self, now: Instant) -> f64 {
        self.move_to(now);
        self.tenths.iter().copied().map(f64::from).sum()
    }

    /// Empties the tenths that have passed.
    fn move_to(&mut self, now: Instant) {
        let tenth = now.saturating_duration_since(self.began).as_millis() / 100;
        let tenth = u64::try_from(tenth).unwrap_or(u64::MAX);
        if tenth.saturating_sub(self.last) >= 10 {
            self.tenths = [0; 10];
        } else {
            for passed in self.last.saturating_add(1)..=tenth {
                if let Some(count) = self.tenths.get_mut(place(passed)) {
                    *count = 0;
                }
            }
        }
        self.last = self.last.max(tenth);
    }
}

fn place(tenth: u64) -> usize {
    usize::try_from(tenth % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests;
