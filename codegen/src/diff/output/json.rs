//! A verdict for programs; `verdict.schema.json` describes it.

use serde_json::{Value, json};

use crate::{
    diagnostic::printable_json,
    diff::verdict::{Change, Spot, Verdict},
};

pub(super) fn text(verdict: &Verdict, next: Option<&str>) -> String {
    let value = json!({
        "rust": verdict.rust.as_str(),
        "http": verdict.http.as_str(),
        "silent": verdict.silent,
        "next_version": next,
        "changes": verdict.changes.iter().map(change).collect::<Vec<_>>(),
        "orphans": verdict.orphans,
        "notes": verdict.notes,
    });
    let mut text = printable_json(&value);
    text.push('\n');
    text
}

fn change(change: &Change) -> Value {
    let items = change.items.iter().map(|(sign, path)| {
        let what = match sign {
            '-' => "removed",
            '+' => "added",
            '~' => "changed",
            _ => "same",
        };
        json!({"path": path, "change": what})
    });
    json!({
        "rust": change.rust.as_str(),
        "http": change.http.as_str(),
        "silent": change.silent,
        "guess": change.guess,
        "sentence": change.sentence,
        "reasons": change.reasons,
        "advice": change.advice,
        "pin": change.pin,
        "items": items.collect::<Vec<_>>(),
        "places": {"old": change.old.as_ref().map(place), "new": change.new.as_ref().map(place)},
        "rules": change.rules,
        "category": change.category.as_str(),
    })
}

fn place(spot: &Spot) -> Value {
    json!({"file": spot.file, "line": spot.line, "column": spot.column, "pointer": spot.pointer})
}
