//! A verdict for a terminal.

use std::fmt::Write as _;

use crate::diff::verdict::{Change, Rust, Spot, Verdict};

/// The verdict first, then the changes, the strictest first.
pub(super) fn text(verdict: &Verdict, next: Option<&str>) -> String {
    let mut text = headline(verdict);
    text.push('\n');
    if let Some(next) = next {
        let _ = writeln!(text, "Next version: {next}.");
    }
    for shown in shown(verdict) {
        text.push('\n');
        match shown {
            Shown::Change(change) => write(&mut text, change),
            Shown::More(change, count) => {
                let (rust, http) = (change.rust.as_str(), change.http.as_str());
                let _ = writeln!(text, "{rust} / {http}: {}", more(change, count));
            }
        }
    }
    for note in notes(verdict) {
        let _ = writeln!(text, "\nnote: {note}");
    }
    text
}

/// So many changes of one kind are shown; what follows is counted.
const MAX_OF_ONE_KIND: usize = 10;

/// A change, or how many more there are of its kind.
pub(super) enum Shown<'v> {
    Change(&'v Change),
    More(&'v Change, usize),
}

/// The changes that people see; JSON and SARIF have all of them.
pub(super) fn shown(verdict: &Verdict) -> Vec<Shown<'_>> {
    let kind = |change: &Change| {
        // Another name is never like another.
        let is_its_own = change.rust == Rust::Major;
        (
            change.rust,
            change.http,
            change.silent,
            change.rules.clone(),
            is_its_own.then(|| change.sentence.clone()),
        )
    };
    let mut counts: Vec<(_, usize)> = Vec::new();
    let mut shown = Vec::new();
    for change in &verdict.changes {
        let kind = kind(change);
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind.clone(), 1)),
        }
        let count = counts
            .iter()
            .find(|(known, _)| *known == kind)
            .map_or(0, |(_, count)| *count);
        if count <= MAX_OF_ONE_KIND {
            shown.push(Shown::Change(change));
        }
    }
    for (kind_of, count) in counts.into_iter().filter(|(_, count)| *count > MAX_OF_ONE_KIND) {
        let last = verdict.changes.iter().find(|change| kind(change) == kind_of);
        shown.extend(last.map(|change| Shown::More(change, count - MAX_OF_ONE_KIND)));
    }
    shown
}

/// How many more changes of a kind there are.
pub(super) fn more(change: &Change, count: usize) -> String {
    let changes = if count == 1 { "change" } else { "changes" };
    format!("{count} more {changes} of the kind `{}`.", change.rules.join("`, `"))
}

/// What a reader should know beside the changes.
pub(super) fn notes(verdict: &Verdict) -> Vec<String> {
    let mut notes = verdict.notes.clone();
    if !verdict.orphans.is_empty() {
        notes.push(format!(
            "No operation uses `{}` any more.",
            verdict.orphans.join("`, `")
        ));
    }
    notes
}

/// The verdict in one line.
pub(super) fn headline(verdict: &Verdict) -> String {
    if verdict.changes.is_empty() {
        return "No change: the client stays the same.".to_owned();
    }
    let silent = if verdict.silent {
        " Silent: old programs compile and mean something else."
    } else {
        ""
    };
    let count = match verdict.changes.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    format!(
        "Rust: {}. HTTP: {}.{silent} {count}.",
        verdict.rust.as_str(),
        verdict.http.as_str()
    )
}

// Writing to a string cannot fail.
fn write(text: &mut String, change: &Change) {
    let silent = if change.silent { ", silent" } else { "" };
    let (rust, http) = (change.rust.as_str(), change.http.as_str());
    let _ = writeln!(text, "{rust} / {http}{silent}: {}", change.sentence);
    if !change.reasons.is_empty() {
        let _ = writeln!(text, "    breaking: {}", change.reasons.join("; "));
    }
    for (sign, item) in &change.items {
        let _ = writeln!(text, "    {sign} {item}");
    }
    for advice in &change.advice {
        let _ = writeln!(text, "    callers: {advice}");
    }
    if let Some(pin) = &change.pin {
        let _ = writeln!(text, "    to keep the old name, add to the configuration: {pin}");
    }
    for (word, spot) in [("old", &change.old), ("new", &change.new)] {
        if let Some(Spot {
            file,
            line,
            column,
            pointer,
        }) = spot
        {
            let pointer = pointer.replace('\n', "\\n");
            let _ = writeln!(text, "    {word}: {file}:{line}:{column} {pointer}");
        }
    }
}
