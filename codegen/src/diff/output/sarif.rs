//! A verdict as SARIF 2.1.0: a result for each change, at its place in the new document, or else in the old one.

use serde_json::{Value, json};

use crate::{
    diagnostic::printable_json,
    diff::verdict::{Change, Http, Rust, Spot, Verdict},
};

pub(super) fn text(verdict: &Verdict) -> String {
    let mut rules: Vec<&str> = verdict
        .changes
        .iter()
        .filter_map(|change| change.rules.first().copied())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let results = verdict.changes.iter().map(|change| result(change, &rules));
    let mut text = printable_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| json!({"id": rule})).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    }));
    text.push('\n');
    text
}

fn result(change: &Change, rules: &[&str]) -> Value {
    let rule = change.rules.first().copied().unwrap_or_default();
    let level = match (change.silent, change.rust, change.http) {
        (true, ..) => "error",
        (_, Rust::Major, _) | (.., Http::Breaking) => "warning",
        _ => "note",
    };
    let (rust, http) = (change.rust.as_str(), change.http.as_str());
    let advice = change.advice.join("\n");
    let advice = if advice.is_empty() {
        advice
    } else {
        format!("\n{advice}")
    };
    let related = change.old.iter().filter(|_| change.new.is_some()).map(|spot| {
        let mut location = location(spot);
        location["message"] = json!({"text": "the old document"});
        location
    });
    json!({
        "ruleId": rule,
        "ruleIndex": rules.binary_search(&rule).ok(),
        "level": level,
        "message": {"text": format!("{} (Rust: {rust}, HTTP: {http}){advice}", change.sentence)},
        "locations": change.new.iter().chain(&change.old).take(1).map(location).collect::<Vec<_>>(),
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

fn location(spot: &Spot) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": {"uri": crate::diagnostic::relative_uri(&spot.file)},
            "region": {"startLine": spot.line, "startColumn": spot.column},
        },
        "logicalLocations": [{"fullyQualifiedName": spot.pointer}],
    })
}
