//! What a mock reports: requests that it did not expect, and expectations that were not met.

use std::{fmt::Write as _, sync::Arc};

use super::{
    difference::SHOWN_DIFFERENCES,
    request::Seen,
    state::{Entry, Fit, State, counted},
};

/// Expectations that a report names if none is for the operation of a request.
const SHOWN_EXPECTATIONS: usize = 8;

/// Why no expectation fits a request: the nearest one, with each difference.
pub(super) fn unexpected(seen: &Seen, state: &State) -> String {
    let entries: Vec<Arc<Entry>> = state.entries().into_iter().filter(|entry| entry.has_steps()).collect();
    let mut text = format!("unexpected request {}", seen.shown());
    let nearest = entries
        .iter()
        .filter(|entry| seen.is_for(&entry.route))
        .map(|entry| (entry, entry.fit(seen, true)))
        .min_by_key(|(_, fit)| match fit {
            Fit::Fits => 0,
            Fit::UsedUp => 1,
            Fit::Differs(differences) => differences.len() + 1,
        });
    match nearest {
        Some((entry, Fit::Differs(differences))) => {
            let (id, at) = (&entry.route, entry.location);
            let _ = write!(text, "\n  the nearest expectation is {id} at {at}");
            for difference in differences.iter().take(SHOWN_DIFFERENCES) {
                let _ = write!(text, "\n    - {difference}");
            }
            if let Some(more) = differences.len().checked_sub(SHOWN_DIFFERENCES + 1) {
                let _ = write!(text, "\n    - and {} more differences", more + 1);
            }
        }
        Some((entry, Fit::UsedUp | Fit::Fits)) => {
            let (id, at, received) = (&entry.route, entry.location, entry.received());
            let _ = write!(
                text,
                "\n  the expectation {id} at {at} has answered {} and has no reply left",
                counted(received)
            );
        }
        None if entries.is_empty() => text.push_str("\n  the mock has no expectations"),
        None => {
            text.push_str("\n  no expectation is for this operation; there are expectations for:");
            for entry in entries.iter().take(SHOWN_EXPECTATIONS) {
                let _ = write!(text, "\n    - {} at {}", entry.route.described(), entry.location);
            }
            if let Some(more) = entries.len().checked_sub(SHOWN_EXPECTATIONS + 1) {
                let _ = write!(text, "\n    - and {} more", more + 1);
            }
        }
    }
    text
}

/// Everything that is wrong at the end of a test; `None` if nothing is.
pub(super) fn report(state: &State) -> Option<String> {
    let mut lines = state.problems();
    for entry in state.entries() {
        if let Some(unmet) = entry.unmet() {
            let (id, at) = (&entry.route, entry.location);
            lines.push(format!("unmet expectation {id} at {at}: {unmet}"));
        }
    }
    if lines.is_empty() {
        return None;
    }
    let mut text = "the requests of this test are not those that its mock expects".to_owned();
    for (index, line) in lines.iter().enumerate() {
        let _ = write!(text, "\n\n{}. {}", index + 1, line.replace('\n', "\n   "));
    }
    text.push('\n');
    Some(text)
}
