//! Waiting until the response of a call meets a condition.

use std::{future::IntoFuture, time::Duration};

use http::StatusCode;
use tokio::time::{Instant, sleep, timeout};

use crate::{Error, ErrorKind, Response, TimeLimit};

/// The policy of [`wait_until`]. By default the pause is 2 s, grows by half each time up to 15 s, and the limit is 5 minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until something is waited for by it"]
pub struct WaitPolicy {
    limit: Duration,
    pause: Duration,
    max_pause: Duration,
    absent_is_not_yet: bool,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            limit: Duration::from_secs(300),
            pause: Duration::from_secs(2),
            max_pause: Duration::from_secs(15),
            absent_is_not_yet: false,
        }
    }
}

impl WaitPolicy {
    /// Sets the maximum time to wait. The default is 5 minutes.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Sets the pause between the first two calls. The default is 2 s. Each further pause is longer by half.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Sets the maximum of all pauses. The default is 15 s.
    pub fn max_pause(mut self, longest: Duration) -> Self {
        self.max_pause = longest;
        self
    }

    /// Continues to wait after the status 404, for resources that reads do not return immediately after their creation.
    pub fn until_found(mut self) -> Self {
        self.absent_is_not_yet = true;
        self
    }

    fn is_not_yet(&self, error: &Error) -> bool {
        error.is_retryable() || (self.absent_is_not_yet && error.status() == Some(StatusCode::NOT_FOUND))
    }
}

/// Repeats a call until its response meets a condition, because reads on some servers return a change only minutes after the
/// write.
///
/// An error ends the waiting, unless it is retryable ([`Error::is_retryable`]). When the limit of the policy is reached, the
/// error has the limit [`TimeLimit::Wait`], and its source is the error of the last call, if any.
///
/// ```
/// # use specwright_runtime::{Error, Sending, WaitPolicy, wait_until};
/// async fn shows(list: impl Fn() -> Sending<Vec<String>>, owner: &str) -> Result<(), Error> {
///     let is_owner = |owners: &Vec<String>| owners.iter().any(|id| id == owner);
///     let owners = wait_until(WaitPolicy::default(), list, is_owner).await?;
///     println!("{} owners", owners.len());
///     Ok(())
/// }
/// ```
pub async fn wait_until<T, F>(
    policy: WaitPolicy,
    mut call: impl FnMut() -> F,
    mut is_expected: impl FnMut(&T) -> bool,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
{
    // The timers of tokio panic outside of its runtime.
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(Error::new(
            ErrorKind::Configuration,
            "waiting is done inside a tokio runtime",
        ));
    }
    let started = Instant::now();
    let mut calls: u32 = 0;
    let mut failure = None;
    let polls = poll(&policy, &mut call, &mut is_expected, &mut calls, &mut failure);
    if let Ok(outcome) = timeout(policy.limit, polls).await {
        return outcome;
    }
    let error = Error::timeout(TimeLimit::Wait, policy.limit).with_effort(calls, started.elapsed());
    Err(match failure {
        Some(failure) => error.caused_by(failure),
        None => error,
    })
}

async fn poll<T, F>(
    policy: &WaitPolicy,
    call: &mut impl FnMut() -> F,
    is_expected: &mut impl FnMut(&T) -> bool,
    calls: &mut u32,
    failure: &mut Option<Error>,
) -> Result<Response<T>, Error>
where
    F: IntoFuture<Output = Result<Response<T>, Error>>,
{
    let mut pause = policy.pause.min(policy.max_pause);
    loop {
        *calls = calls.saturating_add(1);
        match call().into_future().await {
            Ok(response) if is_expected(response.value()) => return Ok(response),
            Ok(_) => *failure = None,
            Err(error) if policy.is_not_yet(&error) => {
                pause = pause.max(error.retry_after().unwrap_or_default());
                *failure = Some(error);
            }
            Err(error) => return Err(error),
        }
        sleep(pause).await;
        pause = pause.saturating_add(pause / 2).min(policy.max_pause);
    }
}
