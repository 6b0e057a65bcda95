//! A credential that refreshes its tokens.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    runtime::{Handle, Id},
    sync::watch,
    task::AbortHandle,
    time::{Instant, timeout},
};

use super::{TokenError, TokenSource, expiry::Held, fetch::fetch};
use crate::{Authorization, BoxFuture, Client, Credential, CredentialError};

/// How long a token request may take, its repetitions included.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);

/// How long a valid token is used further after fetching its successor has failed, before that is tried again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How long a call waits for a token request on another runtime, which may not run, before it makes its own.
const FOREIGN_PATIENCE: Duration = Duration::from_secs(5);

/// How often a call asks for the token request in progress: one may be lost with its runtime, and one may not run.
const LOOKS: u32 = 3;

/// A credential that stores a token of a [`TokenSource`] and refreshes it.
///
/// - All calls that wait for a token share one token request. Dropping a call does not cancel it. The request has its own time
///   limit of 30 s, which includes its retries. A call waits for it within its own time limit.
/// - The next token is fetched before the current one expires: after nine tenths of its lifetime, but at least 10 s and at most
///   240 s before its end, and not before half of its lifetime. Calls use the current token until then, and also if the refresh
///   fails.
/// - A token that the server rejects with 401 is dropped, unless it has already been replaced.
/// - A token without a lifetime is used until it is rejected. A token with the lifetime zero is used only by the calls that
///   waited for it.
///
/// The token request is a separate task on the runtime of the call that starts it, and is cancelled when the credential is
/// dropped. If that runtime does not run, calls on other runtimes send their own request after 5 s.
pub struct RefreshingToken {
    source: Arc<dyn TokenSource>,
    state: Arc<Mutex<State>>,
    request_limit: Duration,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    refresh: Option<Refresh>,
    begun: u64,
    pause_until: Option<Instant>,
    /// Requests that calls on another runtime no longer wait for.
    overtaken: Vec<AbortHandle>,
}

/// A token request in progress.
struct Refresh {
    number: u64,
    since: Instant,
    runtime: Id,
    outcome: watch::Receiver<Outcome>,
    task: AbortHandle,
}

type Outcome = Option<Result<Authorization, TokenError>>;

/// What a call finds when it asks for a token.
enum Standing {
    Valid(Authorization),
    Awaited {
        outcome: watch::Receiver<Outcome>,
        /// Whether the request is on another runtime, which possibly does not run.
        is_foreign: bool,
    },
}

impl RefreshingToken {
    /// Creates a credential with a token source. The first call fetches the first token.
    pub fn new(source: impl TokenSource) -> Self {
        Self {
            source: Arc::new(source),
            state: Arc::default(),
            request_limit: REQUEST_LIMIT,
        }
    }

    /// Sets the time limit of a token request, including its retries. The default is 30 s. An attempt may take half of it.
    #[must_use]
    pub fn request_timeout(mut self, limit: Duration) -> Self {
        self.request_limit = limit;
        self
    }

    async fn current(&self, client: &Client) -> Result<Authorization, TokenError> {
        // A request is lost with the runtime that it ran on, or by a panic of its source: then this call makes its own.
        let mut has_waited = false;
        for _ in 0..LOOKS {
            let (mut outcome, is_foreign) = match self.standing(client, has_waited)? {
                Standing::Valid(authorization) => return Ok(authorization),
                Standing::Awaited { outcome, is_foreign } => (outcome, is_foreign),
            };
            let arrived = outcome.wait_for(Option::is_some);
            let arrived = if is_foreign {
                has_waited = true;
                timeout(FOREIGN_PATIENCE, arrived).await.ok().and_then(Result::ok)
            } else {
                arrived.await.ok()
            };
            if let Some(outcome) = arrived.and_then(|outcome| outcome.clone()) {
                return outcome;
            }
        }
        Err(TokenError::new("the token request was cancelled"))
    }

    /// `has_waited`: whether the call has waited for a request on another runtime as long as it does.
    fn standing(&self, client: &Client, has_waited: bool) -> Result<Standing, TokenError> {
        let runtime =
            Handle::try_current().map_err(|_| TokenError::new("tokens are awaited inside a tokio runtime"))?;
        let now = Instant::now();
        let mut state = lock(&self.state);
        let here = runtime.id();
        if has_waited {
            state.overtake(here);
        }
        let running = state.running(now, self.request_limit);
        if let Some(held) = state.held.as_ref().filter(|held| held.is_valid(now)) {
            let authorization = held.authorization.clone();
            let may_begin = state.pause_until.is_none_or(|until| now >= until);
            if held.is_due(now) && running.is_none() && may_begin {
                self.begin(&mut state, client, &runtime);
            }
            return Ok(Standing::Valid(authorization));
        }
        let outcome = running.unwrap_or_else(|| self.begin(&mut state, client, &runtime));
        let is_foreign = state.refresh.as_ref().is_some_and(|refresh| refresh.runtime != here);
        Ok(Standing::Awaited { outcome, is_foreign })
    }

    fn begin(&self, state: &mut State, client: &Client, runtime: &Handle) -> watch::Receiver<Outcome> {
        state.begun = state.begun.wrapping_add(1);
        let number = state.begun;
        let (sender, outcome) = watch::channel(None);
        let (shared, source) = (Arc::clone(&self.state), Arc::clone(&self.source));
        let (client, limit) = (client.clone(), self.request_limit);
        let task = runtime.spawn(async move {
            let fetched = fetch(source.as_ref(), &client, limit).await;
            let outcome = lock(&shared).finish(number, fetched);
            sender.send_replace(Some(outcome));
        });
        state.refresh = Some(Refresh {
            number,
            since: Instant::now(),
            runtime: runtime.id(),
            outcome: outcome.clone(),
            task: task.abort_handle(),
        });
        outcome
    }
}

impl State {
    /// Returns the result of the request in progress. A request that cannot end any more is abandoned.
    ///
    /// Its sender is gone when its task is; its time is over when its runtime has not run, as one does not that
    /// runs only while a call blocks on it.
    fn running(&mut self, now: Instant, limit: Duration) -> Option<watch::Receiver<Outcome>> {
        let refresh = self.refresh.as_ref()?;
        let is_over = now.saturating_duration_since(refresh.since) > limit;
        if !is_over && refresh.outcome.has_changed().is_ok() {
            return Some(refresh.outcome.clone());
        }
        self.give_up();
        None
    }

    /// Waits no longer for a request on another runtime than `here`. It may still end, for those who wait there.
    fn overtake(&mut self, here: Id) {
        if let Some(refresh) = self.refresh.take_if(|refresh| refresh.runtime != here) {
            self.overtaken.retain(|task| !task.is_finished());
            self.overtaken.push(refresh.task);
        }
    }

    fn finish(&mut self, number: u64, fetched: Result<Held, TokenError>) -> Result<Authorization, TokenError> {
        if self.refresh.as_ref().is_some_and(|refresh| refresh.number == number) {
            self.refresh = None;
        }
        match fetched {
            Ok(held) => {
                let authorization = held.authorization.clone();
                self.held = Some(held);
                self.pause_until = None;
                Ok(authorization)
            }
            Err(error) => {
                self.pause_until = Instant::now().checked_add(PAUSE_AFTER_FAILURE);
                Err(error)
            }
        }
    }

    fn give_up(&mut self) {
        if let Some(refresh) = self.refresh.take() {
            refresh.task.abort();
        }
    }
}

/// A panic cannot have left a half-done change, because each change is one assignment.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Credential for RefreshingToken {
    fn authorization<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(self.current(client).await?) })
    }

    fn rejected(&self, authorization: &Authorization) -> bool {
        let mut state = lock(&self.state);
        if state
            .held
            .as_ref()
            .is_some_and(|held| held.authorization == *authorization)
        {
            state.held = None;
        }
        true
    }
}

impl Drop for RefreshingToken {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.give_up();
        state.overtaken.iter().for_each(AbortHandle::abort);
    }
}

impl fmt::Debug for RefreshingToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RefreshingToken([redacted])")
    }
}
