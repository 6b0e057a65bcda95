//! The retry budget, which prevents a client from multiplying its requests during an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// The budget that limits retries while few calls succeed.
///
/// The budget contains 500 tokens. A retry takes 5 tokens, or 10 after a time limit was reached. A success returns 1 token.
/// Some retries are free: after the status 429, after 503 with `Retry-After`, and of requests that the server did not process.
/// If the budget does not allow a retry, the call returns [`ErrorKind::RetryBudget`](crate::ErrorKind::RetryBudget). All clones
/// of a client share one budget.
///
/// ```
/// use specwright_runtime::RetryBudget;
///
/// let larger = RetryBudget::default().tokens(5_000);
/// assert_ne!(larger, RetryBudget::unlimited());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a budget does nothing until it is given to a client"]
pub struct RetryBudget {
    tokens: u32,
    retry_cost: u32,
    timeout_cost: u32,
    success_refund: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self {
            tokens: 500,
            retry_cost: 5,
            timeout_cost: 10,
            success_refund: 1,
        }
    }
}

impl RetryBudget {
    /// Returns an unlimited budget: only [`RetryPolicy`](crate::RetryPolicy) limits retries.
    pub fn unlimited() -> Self {
        Self::default().retry_cost(0).timeout_cost(0)
    }

    /// Sets the number of tokens of the full budget. The default is 500.
    pub fn tokens(mut self, tokens: u32) -> Self {
        self.tokens = tokens;
        self
    }

    /// Sets how many tokens a retry takes. The default is 5.
    pub fn retry_cost(mut self, tokens: u32) -> Self {
        self.retry_cost = tokens;
        self
    }

    /// Sets how many tokens a retry takes after a time limit was reached. The default is 10.
    ///
    /// It is larger than for other failures, because such an attempt uses more time of the server and the caller.
    pub fn timeout_cost(mut self, tokens: u32) -> Self {
        self.timeout_cost = tokens;
        self
    }

    /// Sets how many tokens a successful call returns. The default is 1.
    pub fn success_refund(mut self, tokens: u32) -> Self {
        self.success_refund = tokens;
        self
    }
}

/// Tokens that retries take and successes put back.
#[derive(Debug)]
pub(super) struct Budget {
    settings: RetryBudget,
    tokens: AtomicU32,
}

impl Budget {
    pub(super) fn new(settings: RetryBudget) -> Self {
        Self {
            settings,
            tokens: AtomicU32::new(settings.tokens),
        }
    }

    /// Pays for a retry; `false` where there is not enough left.
    pub(super) fn take(&self, after_timeout: bool) -> bool {
        let settings = self.settings;
        let cost = if after_timeout {
            settings.timeout_cost
        } else {
            settings.retry_cost
        };
        self.change(|tokens| tokens.checked_sub(cost))
    }

    pub(super) fn put_back(&self) {
        let settings = self.settings;
        self.change(|tokens| {
            (tokens < settings.tokens).then(|| tokens.saturating_add(settings.success_refund).min(settings.tokens))
        });
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // The count is all that is shared: nothing else is published by it.
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R26.
    #[test]
    fn a_hundred_retries_use_it_up_and_five_successes_pay_for_another() {
        let budget = Budget::new(RetryBudget::default());
        budget.put_back();
        assert_eq!((0..200).filter(|_| budget.take(false)).count(), 100);
        (0..4).for_each(|_| budget.put_back());
        assert!(!budget.take(false));
        budget.put_back();
        assert!(budget.take(false));
        assert!(!budget.take(false));
    }

    #[test]
    fn time_outs_cost_double() {
        let budget = Budget::new(RetryBudget::default());
        assert_eq!((0..200).filter(|_| budget.take(true)).count(), 50);
        (0..9).for_each(|_| budget.put_back());
        assert!(!budget.take(true));
        assert!(budget.take(false));
    }

    #[test]
    fn settings_are_kept() {
        let settings = RetryBudget::default().tokens(9).retry_cost(2).success_refund(50);
        let budget = Budget::new(settings);
        assert_eq!((0..200).filter(|_| budget.take(false)).count(), 4);
        budget.put_back();
        assert_eq!((0..200).filter(|_| budget.take(false)).count(), 4);
        let budget = Budget::new(RetryBudget::unlimited());
        assert_eq!((0..9_000).filter(|_| budget.take(true)).count(), 9_000);
    }
}
