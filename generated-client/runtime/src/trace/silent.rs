//! The same interface without the feature `tracing`, which does nothing.

use std::{future::Future, time::Duration};

use crate::{Error, call::Prepared, response::Received};

pub(crate) struct CallSpan;

#[expect(clippy::unused_self, reason = "the face of the span that is written to")]
impl CallSpan {
    pub(crate) fn of(_prepared: &Prepared) -> Self {
        Self
    }

    pub(crate) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(crate) fn retrying(&self, _error: &Error, _retries: u32, _pause: Duration) {}

    pub(crate) fn slowed_down(&self, _per_second: f64) {}

    pub(crate) fn budget_spent(&self, _error: &Error) {}

    pub(crate) fn ended(&self, _outcome: &Result<Received, Error>) {}
}
