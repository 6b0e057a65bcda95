//! Throttling: a client lowers its rate of requests if the server limits it (R33).

mod rate;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http::Uri;
use tokio::time::{Instant, sleep};

use self::rate::{Answers, Rate};

/// Origins that are remembered at a time. Calls to further ones are not throttled: a client has few.
const MAX_ORIGINS: usize = 64;

/// What timers can tell apart. Shorter sleeps may be none.
const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

/// The longest the first call in the queue sleeps before it looks at the rate again.
const LONGEST_SLEEP: Duration = Duration::from_millis(100);

/// The setting by which a client adapts its rate of requests to a server that limits it.
///
/// Requests are sent immediately until the server returns 429, or 503 with `Retry-After`. From then on, requests to that origin
/// are delayed to keep a rate. The rate falls with each such response and rises with others. All clones of a client share the
/// rate. A call waits within its own time limit.
///
/// ```
/// use specwright_runtime::{Client, Throttle};
///
/// # fn example() -> Result<(), specwright_runtime::Error> {
/// let client = Client::builder("https://example.com").throttle(Throttle::default().max_rate(50.0)).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "a throttle does nothing until it is given to a client"]
pub struct Throttle {
    is_adaptive: bool,
    max_rate: Option<f64>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            is_adaptive: true,
            max_rate: None,
        }
    }
}

impl Throttle {
    /// Returns a throttle that never delays a request.
    pub fn off() -> Self {
        Self {
            is_adaptive: false,
            max_rate: None,
        }
    }

    /// Sets the maximum rate, in requests per second to one origin, for servers with a known limit.
    ///
    /// Values that are not positive numbers are ignored.
    pub fn max_rate(mut self, per_second: f64) -> Self {
        if per_second > 0.0 && per_second.is_finite() {
            self.max_rate = Some(per_second);
        }
        self
    }
}

/// The rates of a client, by origin.
#[derive(Debug)]
pub(crate) struct Throttles {
    settings: Throttle,
    origins: Mutex<Vec<(String, Arc<Origin>)>>,
}

/// What is known of one origin.
#[derive(Debug)]
pub(crate) struct Origin {
    /// Calls wait here in the order of their start. A call that is dropped leaves the queue.
    queue: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    settings: Throttle,
}

#[derive(Debug)]
struct State {
    answers: Answers,
    rate: Option<Rate>,
}

/// The call's turn comes after its time limit.
#[derive(Debug)]
pub(crate) struct TooLate {
    pub(crate) per_second: f64,
}

impl Throttles {
    pub(crate) fn new(settings: Throttle) -> Self {
        Self {
            settings,
            origins: Mutex::default(),
        }
    }

    /// The origin of this URL; `None` where requests to it are never delayed.
    pub(crate) fn origin(&self, uri: &Uri) -> Option<Arc<Origin>> {
        if !self.settings.is_adaptive && self.settings.max_rate.is_none() {
            return None;
        }
        let name = (uri.scheme_str()?, uri.authority()?.as_str());
        let is_named = |known: &str| {
            let rest = known.strip_prefix(name.0).and_then(|rest| rest.strip_prefix("://"));
            rest == Some(name.1)
        };
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, origin)) = origins.iter().find(|(known, _)| is_named(known)) {
            return Some(Arc::clone(origin));
        }
        if origins.len() >= MAX_ORIGINS {
            return None;
        }
        let now = Instant::now();
        let origin = Arc::new(Origin {
            queue: tokio::sync::Mutex::default(),
            state: Mutex::new(State {
                answers: Answers::new(now),
                rate: self.settings.max_rate.map(|max_rate| Rate::fixed(max_rate, now)),
            }),
            settings: self.settings,
        });
        origins.push((format!("{}://{}", name.0, name.1), Arc::clone(&origin)));
        Some(origin)
    }
}

impl Origin {
    /// Waits until another request may go out; not where that is beyond `remaining`.
    pub(crate) async fn turn(&self, remaining: impl Fn() -> Duration) -> Result<(), TooLate> {
        if self.state().rate.is_none() {
            return Ok(());
        }
        let _first = self.queue.lock().await;
        loop {
            let (wait, per_second) = {
                let mut state = self.state();
                state.forget(Instant::now(), self.settings);
                let Some(rate) = &mut state.rate else { return Ok(()) };
                match rate.take(Instant::now()) {
                    None => return Ok(()),
                    Some(wait) => (wait, rate.per_second()),
                }
            };
            if wait > remaining() {
                return Err(TooLate { per_second });
            }
            sleep(wait.clamp(SHORTEST_SLEEP, LONGEST_SLEEP)).await;
        }
    }

    /// The requests a second that are sent at present; `None` without a limit.
    pub(crate) fn per_second(&self) -> Option<f64> {
        self.state().rate.as_ref().map(Rate::per_second)
    }

    /// Takes note of an answer that refused a request, sent at `sent`, because there were too many. Returns the new rate
    /// where it falls.
    pub(crate) fn refused(&self, sent: Instant) -> Option<f64> {
        if !self.settings.is_adaptive {
            return None;
        }
        let now = Instant::now();
        let mut state = self.state();
        let State { answers, rate } = &mut *state;
        match rate {
            Some(rate) => rate.decrease(sent, now).then(|| rate.per_second()),
            None => Some(rate.insert(Rate::measured(answers.per_second(now), now)).per_second()),
        }
    }

    /// Takes note of an answer that did not, to a request sent at `sent`.
    pub(crate) fn answered(&self, sent: Instant) {
        let now = Instant::now();
        let mut state = self.state();
        let State { answers, rate } = &mut *state;
        answers.count(now);
        if let Some(rate) = rate {
            rate.increase(sent, answers.per_second(now), self.settings.max_rate);
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Forgets a rate that the server has not asked for in a long time.
    fn forget(&mut self, now: Instant, settings: Throttle) {
        if settings.max_rate.is_none() && self.rate.as_ref().is_some_and(|rate| rate.is_old(now)) {
            self.rate = None;
        }
    }
}
