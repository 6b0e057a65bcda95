//! What keeps a client from answering an outage with a multiple of its usual requests.

use std::sync::atomic::{AtomicU32, Ordering};

const FULL: u32 = 500;
const RETRY: u32 = 5;
/// A time-out has cost the server and the caller more than a refusal has.
const RETRY_AFTER_TIMEOUT: u32 = 10;
const SUCCESS: u32 = 1;

/// Tokens that retries take and successes put back.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl Budget {
    /// Pays for a retry; `false` where there is not enough left.
    pub(super) fn take(&self, after_timeout: bool) -> bool {
        let price = if after_timeout { RETRY_AFTER_TIMEOUT } else { RETRY };
        self.change(|tokens| tokens.checked_sub(price))
    }

    pub(super) fn put_back(&self) {
        self.change(|tokens| (tokens < FULL).then_some(tokens.saturating_add(SUCCESS)));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // The count is all that is shared: nothing else is published by it.
        self.0
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
        let budget = Budget::default();
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
        let budget = Budget::default();
        assert_eq!((0..200).filter(|_| budget.take(true)).count(), 50);
        (0..9).for_each(|_| budget.put_back());
        assert!(!budget.take(true));
        assert!(budget.take(false));
    }
}
