//! What a mock expects and what it has received.

use std::{
    fmt,
    panic::Location,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    defaults::{DefaultAnswer, DefaultAnswers},
    difference::differences,
    endpoint::Route,
    reply::{Fault, RawReply},
    request::Seen,
};
use crate::call::Expected;

/// Makes the reply to a request; the error is a note for the report.
pub(super) type Respond = Arc<dyn Fn(&Seen) -> Result<RawReply, String> + Send + Sync>;

/// A condition on requests of an operation.
pub(super) type Condition = Arc<dyn Fn(&Seen) -> bool + Send + Sync>;

/// Reads the inputs of a request. The error lists what is not as the document declares it.
pub(super) type Check = fn(&Seen) -> Result<(), Vec<String>>;

/// How often a reply is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    /// Once or more if nothing follows, otherwise once.
    Default,
    Exactly(u64),
    /// Any number of times, also never.
    Any,
}

/// A reply with how often it is sent.
pub(super) struct Step {
    pub(super) respond: Respond,
    /// The parts of it that are the same for all requests.
    fixed: Option<RawReply>,
    pub(super) adjust: Vec<Adjust>,
    pub(super) times: Times,
    pub(super) used: u64,
}

/// A change of the reply of a step. The error says why such a reply cannot be changed so.
pub(super) type Adjust = Arc<dyn Fn(&mut RawReply) -> Result<(), String> + Send + Sync>;

/// An expectation: which requests it is for, and what they are answered with.
pub(super) struct Entry {
    pub(super) route: Route,
    pub(super) location: &'static Location<'static>,
    /// The call that requests must be like; `None` for any request of the operation.
    pub(super) expected: Option<Expected>,
    pub(super) check: Check,
    progress: Mutex<Progress>,
}

#[derive(Default)]
struct Progress {
    conditions: Vec<(Condition, &'static Location<'static>)>,
    steps: Vec<Step>,
    received: u64,
}

/// How a request fits an expectation.
pub(super) enum Fit {
    Fits,
    /// It is not for such a request.
    Differs(Vec<String>),
    /// All of its replies were sent.
    UsedUp,
}

impl Entry {
    pub(super) fn new(
        route: Route,
        expected: Option<Expected>,
        check: Check,
        location: &'static Location<'static>,
    ) -> Self {
        Self {
            route,
            location,
            expected,
            check,
            progress: Mutex::default(),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn has_steps(&self) -> bool {
        !self.progress().steps.is_empty()
    }

    pub(super) fn add_condition(&self, condition: Condition, location: &'static Location<'static>) {
        self.progress().conditions.push((condition, location));
    }

    pub(super) fn add_step(&self, respond: Respond, fixed: Option<RawReply>) {
        self.progress().steps.push(Step {
            respond,
            fixed,
            adjust: Vec::new(),
            times: Times::Default,
            used: 0,
        });
    }

    /// Changes the last step.
    pub(super) fn change_step(&self, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.progress().steps.last_mut() {
            change(step);
        }
    }

    /// What is known of the reply of the last step.
    pub(super) fn last_reply(&self) -> RawReply {
        let progress = self.progress();
        let fixed = progress.steps.last().and_then(|step| step.fixed.clone());
        fixed.unwrap_or_default()
    }

    pub(super) fn last_times(&self) -> Times {
        self.progress().steps.last().map_or(Times::Default, |step| step.times)
    }

    /// How a request of the operation fits. Conditions of the test run without a lock.
    pub(super) fn fit(&self, seen: &Seen, has_body: bool) -> Fit {
        let mut differences: Vec<String> = self
            .expected
            .iter()
            .flat_map(|expected| differences(expected, seen))
            .map(|difference| difference.to_string())
            .filter(|difference| has_body || !difference.starts_with("body"))
            .collect();
        let conditions = self.progress().conditions.clone();
        if differences.is_empty() {
            let unmet = conditions.iter().filter(|(condition, _)| !condition(seen));
            differences.extend(unmet.map(|(_, at)| format!("the condition at {at} is false")));
        }
        if !differences.is_empty() {
            return Fit::Differs(differences);
        }
        let progress = self.progress();
        if progress.current().is_none() {
            return Fit::UsedUp;
        }
        Fit::Fits
    }

    /// Takes the reply for one request; `None` if all were sent meanwhile.
    pub(super) fn take(&self) -> Option<(Respond, Vec<Adjust>)> {
        let mut progress = self.progress();
        let index = progress.current()?;
        progress.received += 1;
        let step = progress.steps.get_mut(index)?;
        step.used += 1;
        Some((step.respond.clone(), step.adjust.clone()))
    }

    /// Takes the reply if it is a failure before anything is sent.
    pub(super) fn take_unconnected(&self) -> bool {
        let is_unconnected = {
            let progress = self.progress();
            let current = progress.current().and_then(|index| progress.steps.get(index));
            let fixed = current.and_then(|step| step.fixed.as_ref());
            fixed.is_some_and(|reply| reply.fault == Some(Fault::NotConnected))
        };
        is_unconnected && self.take().is_some()
    }

    pub(super) fn received(&self) -> u64 {
        self.progress().received
    }

    /// What was expected, if it has not happened.
    pub(super) fn unmet(&self) -> Option<String> {
        let progress = self.progress();
        let last = progress.steps.len().saturating_sub(1);
        let wanted: u64 = progress.steps.iter().map(Step::min).sum();
        let is_met = progress.steps.iter().all(|step| step.used >= step.min());
        let is_open = progress
            .steps
            .get(last)
            .is_some_and(|step| step.times == Times::Default);
        let at_least = if is_open { "at least " } else { "" };
        (!is_met).then(|| format!("expected {at_least}{}, received {}", counted(wanted), progress.received))
    }
}

impl Progress {
    /// The step that answers the next request.
    fn current(&self) -> Option<usize> {
        let last = self.steps.len().saturating_sub(1);
        let has_more = |(index, step): (usize, &Step)| match step.times {
            Times::Exactly(times) => step.used < times,
            Times::Default => index == last || step.used == 0,
            Times::Any => true,
        };
        self.steps.iter().enumerate().position(has_more)
    }
}

impl Step {
    /// How often the reply must be sent.
    fn min(&self) -> u64 {
        match self.times {
            Times::Default => 1,
            Times::Exactly(times) => times,
            Times::Any => 0,
        }
    }
}

pub(super) fn counted(requests: u64) -> String {
    format!("{requests} request{}", if requests == 1 { "" } else { "s" })
}

/// Everything that a mock knows; its handle and its transports share it.
#[derive(Default)]
pub(super) struct State {
    entries: Mutex<Vec<Arc<Entry>>>,
    received: Mutex<Vec<Seen>>,
    problems: Mutex<Vec<String>>,
    defaults: Mutex<Option<DefaultAnswers>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(super) fn register(&self, entry: &Arc<Entry>) {
        lock(&self.entries).push(Arc::clone(entry));
    }

    pub(super) fn entries(&self) -> Vec<Arc<Entry>> {
        lock(&self.entries).clone()
    }

    pub(super) fn set_defaults(&self, answers: DefaultAnswers) {
        *lock(&self.defaults) = Some(answers);
    }

    /// The answer of an operation without expectations.
    pub(super) fn default_answer(&self, seen: &Seen) -> Option<&'static DefaultAnswer> {
        let operation = seen.operation?;
        let answer = lock(&self.defaults).and_then(|answers| answers.of(operation.id()))?;
        let mut entries = self.entries().into_iter().filter(|entry| entry.has_steps());
        (!entries.any(|entry| seen.is_for(&entry.route))).then_some(answer)
    }

    pub(super) fn keep(&self, seen: &Seen) {
        lock(&self.received).push(seen.clone());
    }

    pub(super) fn received(&self) -> Vec<Seen> {
        lock(&self.received).clone()
    }

    /// Notes what is wrong with a request.
    pub(super) fn note(&self, problem: String) {
        lock(&self.problems).push(problem);
    }

    pub(super) fn problems(&self) -> Vec<String> {
        lock(&self.problems).clone()
    }
}

impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("State")
            .field("expectations", &self.entries().len())
            .field("received", &self.received().len())
            .finish_non_exhaustive()
    }
}
