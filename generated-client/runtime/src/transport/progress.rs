//! The progress of a request's body, so that a large upload does not reach the time limit of an attempt.

use std::{
    future::Future,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout_at};

use crate::{Error, TimeLimit};

/// Bytes of a body that are handed to the transport at a time.
pub(crate) const PIECE: usize = 64 << 10;

/// The shortest time between two looks at a body that is being sent.
const SHORTEST_LOOK: Duration = Duration::from_millis(10);

/// Where the body of one attempt is. Clones tell of the same body.
#[derive(Clone, Debug)]
pub(crate) struct Progress(Arc<Mutex<State>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The transport has not requested a piece yet.
    NotBegun(Instant),
    /// The transport took a piece at this time, and has not requested the next one yet.
    HandedOver(Instant),
    /// The stream of the caller does not have the next piece yet.
    WaitingForSource,
    /// The transport took the last piece at this time, or the response has started.
    Finished(Instant),
}

impl Progress {
    /// The progress of a body that is not sent yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State::NotBegun(Instant::now()))))
    }

    /// The progress of a body so small that sending it takes no time.
    pub(crate) fn finished() -> Self {
        Self(Arc::new(Mutex::new(State::Finished(Instant::now()))))
    }

    pub(super) fn hand_over(&self) {
        *self.state() = State::HandedOver(Instant::now());
    }

    pub(super) fn wait_for_source(&self) {
        *self.state() = State::WaitingForSource;
    }

    /// The body is sent, or the server answers without it.
    pub(crate) fn finish(&self) {
        let mut state = self.state();
        if !matches!(*state, State::Finished(_)) {
            *state = State::Finished(Instant::now());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The limit that counts at present, and when it is reached.
    fn limit(&self, attempt: Duration, idle: Duration) -> (TimeLimit, Option<Instant>) {
        match *self.state() {
            State::NotBegun(since) | State::Finished(since) => (TimeLimit::Attempt, since.checked_add(attempt)),
            State::HandedOver(since) => (TimeLimit::Idle, since.checked_add(idle)),
            State::WaitingForSource => (TimeLimit::Attempt, None),
        }
    }

    /// The exchange, within the limit of an attempt but for the time in which the body is sent, and within the idle limit
    /// in that time.
    pub(crate) async fn within<T>(
        &self,
        attempt: Duration,
        idle: Duration,
        exchange: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut exchange = pin!(exchange);
        loop {
            let (_, end) = self.limit(attempt, idle);
            let now = Instant::now();
            let look = self
                .is_moving()
                .then(|| now.checked_add((idle / 4).max(SHORTEST_LOOK)))
                .flatten();
            let next = match (end, look) {
                (Some(end), Some(look)) => end.min(look),
                (Some(next), None) | (None, Some(next)) => next,
                // Longer than the clock can tell.
                (None, None) => return exchange.await,
            };
            if let Ok(outcome) = timeout_at(next, exchange.as_mut()).await {
                return outcome;
            }
            match self.limit(attempt, idle) {
                (TimeLimit::Idle, Some(end)) if end <= Instant::now() => {
                    return Err(Error::timeout(TimeLimit::Idle, idle));
                }
                (limit, Some(end)) if end <= Instant::now() => return Err(Error::timeout(limit, attempt)),
                _ => {}
            }
        }
    }

    /// Whether the transport may move the body on between two looks: a task of its own sends it.
    fn is_moving(&self) -> bool {
        !matches!(*self.state(), State::Finished(_))
    }
}
