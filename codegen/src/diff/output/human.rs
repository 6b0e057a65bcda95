//! A verdict for a terminal.

use std::fmt::Write as _;

use crate::diff::{Change, Spot, Verdict};

/// The verdict first, then the changes, the strictest first.
pub(super) fn text(verdict: &Verdict, next: Option<&str>) -> String {
    let mut text = headline(verdict);
    text.push('\n');
    if let Some(next) = next {
        let _ = writeln!(text, "Next version: {next}.");
    }
    for change in &verdict.changes {
        text.push('\n');
        write(&mut text, change);
    }
    for note in notes(verdict) {
        let _ = writeln!(text, "\nnote: {note}");
    }
    text
}

/// What a reader should know beside the changes.
pub(super) fn notes(verdict: &Verdict) -> Vec<String> {
    let mut notes = verdict.notes.clone();
    if !verdict.orphans.is_empty() {
        notes.push(format!("No operation uses `{}` any more.", verdict.orphans.join("`, `")));
    }
    notes
}

/// The verdict in one line.
pub(super) fn headline(verdict: &Verdict) -> String {
    if verdict.changes.is_empty() {
        return "No change: both documents give the same client.".to_owned();
    }
    let silent = if verdict.silent {
        ", and old programs compile and mean something else"
    } else {
        ""
    };
    let count = match verdict.changes.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    format!("Rust: {}. HTTP: {}{silent}. {count}.", verdict.rust.as_str(), verdict.http.as_str())
}

// Writing to a string cannot fail.
fn write(text: &mut String, change: &Change) {
    let silent = if change.silent { ", silent" } else { "" };
    let (rust, http) = (change.rust.as_str(), change.http.as_str());
    let _ = writeln!(text, "{rust} / {http}{silent}: {}", change.sentence);
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
            let _ = writeln!(text, "    {word}: {file}:{line}:{column} {pointer}");
        }
    }
}
