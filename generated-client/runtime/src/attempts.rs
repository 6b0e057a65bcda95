//! The attempts of one call, with the pauses between them.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{
    Client, Error,
    call::Prepared,
    execute::attempt,
    response::Received,
    retry::Decision,
    trace::CallSpan,
    transport::watch::ConnectionWatch,
    turn::{Turn, Waiting},
};

/// How far a call has come, for the one who cuts it off.
#[derive(Default)]
pub(crate) struct Effort {
    /// How many attempts were begun.
    pub(crate) attempts: u32,
    /// Whether the request has gone out again with another credential.
    pub(crate) is_replayed: bool,
    /// Why the attempt before the current one failed.
    pub(crate) failure: Option<Error>,
    /// What the call waits for before its next attempt.
    pub(crate) waiting: Option<Waiting>,
    /// The connection of the current attempt.
    pub(crate) watch: Option<ConnectionWatch>,
}

/// When a call began and how long it may take.
#[derive(Clone, Copy)]
pub(crate) struct Deadline {
    pub(crate) started: Instant,
    pub(crate) limit: Duration,
}

impl Deadline {
    pub(crate) fn remaining(self) -> Duration {
        self.limit.saturating_sub(self.started.elapsed())
    }
}

/// Attempts until one succeeds or fails for good. The caller keeps the deadline; no pause here goes beyond it.
pub(crate) async fn repeat(
    client: &Client,
    prepared: &Prepared,
    deadline: Deadline,
    effort: &mut Effort,
    span: &CallSpan,
) -> Result<Received, Error> {
    let is_repeatable = prepared.is_repeatable();
    let mut retries: u32 = 0;
    loop {
        let turn = client.turns().turn(&prepared.uri, deadline, &mut effort.waiting);
        let turn = match turn.await {
            Ok(turn) => turn,
            Err(error) => return Err(with_cause(error, effort.failure.take())),
        };
        let outcome = attempt(client, prepared, effort).await;
        if let Some(per_second) = turn.learn(&outcome) {
            span.slowed_down(per_second);
        }
        let error = match outcome {
            Ok(received) => {
                client.retries().succeeded();
                return Ok(keeping_place(received, turn));
            }
            Err(error) => error.of(prepared.operation).repeatable(is_repeatable),
        };
        drop(turn);
        if prepared.body.is_spent() {
            return Err(error);
        }
        let remaining = deadline.remaining();
        let retry = prepared.retry.as_ref();
        let pause = match client.retries().decide(retry, retries, &error, remaining) {
            Decision::Again(pause) => pause,
            Decision::Final => return Err(error),
            Decision::BudgetSpent => {
                span.budget_spent(&error);
                return Err(error.not_repeated_by_budget());
            }
        };
        retries = retries.saturating_add(1);
        span.retrying(&error, retries, pause);
        effort.failure = Some(error);
        sleep(pause).await;
    }
}

/// A body that the caller reads keeps its connection, and with it its place, until it is read.
fn keeping_place(mut received: Received, mut turn: Turn) -> Received {
    if received.stream.is_some() {
        received.place = turn.place.take();
    }
    received
}

/// The error of a call without time left, caused by what made the attempt before fail.
pub(crate) fn with_cause(error: Error, failure: Option<Error>) -> Error {
    match failure {
        Some(failure) => error.caused_by(failure),
        None => error,
    }
}
