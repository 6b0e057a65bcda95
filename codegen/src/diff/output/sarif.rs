//! A verdict as SARIF 2.1.0: a result for each change, at its place in the new document, or else in the old one.

use serde_json::{Value, json};

use crate::{
    diagnostic::printable_json,
    diff::verdict::{Change, Http, Rust, Spot, Verdict},
};

pub(super) fn text(verdict: &Verdict) -> String {
    let mut rules: Vec<&str> = verdict.changes.iter().map(rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let results = verdict.changes.iter().map(|change| result(change, &rules));
    let mut text = printable_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "specwright diff",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    }));
    text.push('\n');
    text
}

/// The rule of a change: of the surface, or of HTTP where the surface is the same.
fn rule(change: &Change) -> &'static str {
    let mut rules = change.rules.iter().copied();
    let own = rules.next().unwrap_or_default();
    if own == "document" {
        rules.next().unwrap_or(own)
    } else {
        own
    }
}

fn described(rule: &str) -> Value {
    json!({"id": rule, "shortDescription": {"text": rule.replace('-', " ")}})
}

fn result(change: &Change, rules: &[&str]) -> Value {
    let rule = rule(change);
    let level = match (change.silent, change.rust, change.http) {
        (true, ..) => "error",
        (_, Rust::Major, _) | (.., Http::Breaking) => "warning",
        _ => "note",
    };
    let (rust, http) = (change.rust.as_str(), change.http.as_str());
    let mut text = format!("{} (Rust: {rust}, HTTP: {http})", change.sentence);
    if !change.reasons.is_empty() {
        text = format!("{text}\nBreaking: {}.", change.reasons.join("; "));
    }
    for advice in &change.advice {
        text = format!("{text}\n{advice}");
    }
    if let Some(pin) = &change.pin {
        text = format!("{text}\nTo keep the old name, add to the configuration: {pin}");
    }
    let related = change.old.iter().filter(|_| change.new.is_some()).map(|spot| {
        let mut location = location(spot);
        location["message"] = json!({"text": "the old document"});
        location
    });
    json!({
        "ruleId": rule,
        "ruleIndex": rules.binary_search(&rule).ok(),
        "level": level,
        "message": {"text": text},
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
