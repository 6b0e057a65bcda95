//! Whether a failed attempt is followed by another one, and how long the call waits before it.

mod budget;
mod jitter;

use std::time::Duration;

pub use self::budget::RetryBudget;
use self::{budget::Budget, jitter::Jitter};
use crate::{Error, ErrorKind};

/// How a client repeats attempts that failed: at most 3 times, after a random part of 0.5 s, 1 s, 2 s ... 20 s.
///
/// Whatever the policy, an attempt is repeated only where that does no harm ([`Error::is_retryable`] says where), where
/// the pause ends before the call's time limit, and while the client's [`RetryBudget`] lasts.
///
/// The server's wish (`Retry-After`, `retry-after-ms`) comes before the random pause, so that calls that were refused
/// together do not return together. A wish that does not fit into the rest of the call's time ends the call with the
/// error; [`Error::retry_after`] returns it.
///
/// ```
/// # use std::time::Duration;
/// use specwright_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(8).pause(Duration::from_secs(1)).max_pause(Duration::from_secs(60));
/// assert_ne!(patient, RetryPolicy::never());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a client or a call"]
pub struct RetryPolicy {
    max_attempts: u32,
    pause: Duration,
    max_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 4,
            pause: Duration::from_millis(500),
            max_pause: Duration::from_secs(20),
        }
    }
}

impl RetryPolicy {
    /// One attempt and no more.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many attempts a call may have, the first one included: 4. Zero counts as one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest pause before the first retry: 0.5 s. It doubles with each retry.
    pub fn pause(mut self, longest: Duration) -> Self {
        self.pause = longest;
        self
    }

    /// What no pause exceeds, unless the server asks for a longer one: 20 s.
    pub fn max_pause(mut self, longest: Duration) -> Self {
        self.max_pause = longest;
        self
    }

    /// The pause before another attempt; `None` where there is to be none. `draw` is the random part, of 2^64.
    fn decide(&self, failure: &Failure, draw: u64) -> Option<Duration> {
        if !failure.is_retryable || failure.retries.saturating_add(1) >= self.max_attempts {
            return None;
        }
        let factor = 1_u32.checked_shl(failure.retries).unwrap_or(u32::MAX);
        let ceiling = self.pause.saturating_mul(factor).min(self.max_pause);
        let wish = failure.retry_after.unwrap_or_default();
        // A wish that just fits is kept, whatever the jitter.
        let jitter = part(ceiling, draw);
        let jitter = if wish.is_zero() {
            jitter
        } else {
            jitter.min(failure.remaining.saturating_sub(wish) / 2)
        };
        let pause = wish.saturating_add(jitter);
        (pause < failure.remaining).then_some(pause)
    }
}

/// An attempt that failed, as far as the decision depends on it.
#[derive(Debug)]
struct Failure {
    is_retryable: bool,
    /// How many retries came before.
    retries: u32,
    retry_after: Option<Duration>,
    /// What is left of the call's time.
    remaining: Duration,
}

/// `draw` parts, of 2^64, of a duration. Beyond 584 years it stays at 584 years.
fn part(whole: Duration, draw: u64) -> Duration {
    let nanoseconds = u64::try_from(whole.as_nanos()).unwrap_or(u64::MAX);
    let part = (u128::from(nanoseconds) * u128::from(draw)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX))
}

/// What all calls of a client share: the default policy, the budget, and where random pauses come from.
#[derive(Debug)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    budget: Budget,
    jitter: Jitter,
}

/// What follows a failed attempt.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Another attempt after this pause.
    Again(Duration),
    /// The error.
    Final,
    /// The error, although another attempt would be made if the budget covered it.
    BudgetSpent,
}

impl Retries {
    pub(crate) fn new(policy: RetryPolicy, budget: RetryBudget, seed: Option<u64>) -> Self {
        Self {
            policy,
            budget: Budget::new(budget),
            jitter: seed.map_or_else(Jitter::unpredictable, Jitter::seeded),
        }
    }

    /// A random part of a pause.
    pub(crate) fn random_part(&self, longest: Duration) -> Duration {
        part(longest, self.jitter.draw())
    }

    pub(crate) fn succeeded(&self) {
        self.budget.put_back();
    }

    /// What follows a failed attempt; a pause is paid for by the budget.
    pub(crate) fn decide(
        &self,
        policy: Option<&RetryPolicy>,
        retries: u32,
        error: &Error,
        remaining: Duration,
    ) -> Decision {
        let failure = Failure {
            is_retryable: error.is_retryable(),
            retries,
            retry_after: error.retry_after(),
            remaining,
        };
        let Some(pause) = policy.unwrap_or(&self.policy).decide(&failure, self.jitter.draw()) else {
            return Decision::Final;
        };
        if error.is_free_to_repeat() || self.budget.take(error.kind() == ErrorKind::Timeout) {
            Decision::Again(pause)
        } else {
            Decision::BudgetSpent
        }
    }
}

#[cfg(test)]
mod tests;
