//! The attempts of one call, with the pauses between them.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{Client, Error, call::Prepared, execute::attempt, response::Received, trace::CallSpan};

/// How far a call has come, for the one who cuts it off.
#[derive(Default)]
pub(crate) struct Effort {
    /// How many attempts were begun.
    pub(crate) attempts: u32,
    /// Whether the request has gone out again with another credential.
    pub(crate) is_replayed: bool,
    /// Why the attempt before the current one failed.
    pub(crate) failure: Option<Error>,
}

/// When a call began and how long it may take.
#[derive(Clone, Copy)]
pub(crate) struct Deadline {
    pub(crate) started: Instant,
    pub(crate) limit: Duration,
}

impl Deadline {
    fn remaining(self) -> Duration {
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
    let mut retries: u32 = 0;
    loop {
        let error = match attempt(client, prepared, effort).await {
            Ok(received) => {
                client.retries().succeeded();
                return Ok(received);
            }
            Err(error) => error.of(prepared.operation),
        };
        if prepared.body.is_spent() {
            return Err(error);
        }
        let remaining = deadline.remaining();
        let Some(pause) = client
            .retries()
            .pause(prepared.retry.as_ref(), retries, &error, remaining)
        else {
            return Err(error);
        };
        retries = retries.saturating_add(1);
        span.retrying(&error, retries, pause);
        effort.failure = Some(error);
        sleep(pause).await;
    }
}
