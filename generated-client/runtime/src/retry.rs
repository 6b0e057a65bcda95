//! Retries: whether a failed attempt is repeated, and the pause before it.

mod budget;
mod jitter;

use std::time::Duration;

pub use self::budget::RetryBudget;
use self::{budget::Budget, jitter::Jitter};
use crate::{Error, ErrorKind};

/// The policy for retries of failed attempts. By default there are at most 3 retries, after random pauses of up to 0.5 s, 1 s
/// and 2 s.
///
/// With every policy, an attempt is retried only if it can be repeated safely ([`Error::is_retryable`]), if the pause ends
/// before the time limit of the call, and if the [`RetryBudget`] of the client allows it.
///
/// The pause that the server requests (`Retry-After`, `retry-after-ms`) is added to the random pause, so that calls that were
/// rejected together are not retried together. If the requested pause exceeds the remaining time of the call, the call ends
/// with the error, and [`Error::retry_after`] returns the pause.
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
    /// Returns a policy without retries.
    pub fn never() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts of a call, including the first one. The default is 4. Zero counts as one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum pause before the first retry. The default is 0.5 s. It doubles with each retry.
    pub fn pause(mut self, longest: Duration) -> Self {
        self.pause = longest;
        self
    }

    /// Sets the maximum of all pauses, unless the server requests a longer one. The default is 20 s.
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
    /// The number of previous retries.
    retries: u32,
    retry_after: Option<Duration>,
    /// The remaining time of the call.
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
    /// The attempt is retried after this pause.
    Again(Duration),
    /// The call returns the error.
    Final,
    /// The call returns the error because the budget is used up.
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
