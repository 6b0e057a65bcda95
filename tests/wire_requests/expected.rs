//! Whether a request is the one that is meant.

use serde_json::Value;

use crate::{driver::Outcome, recorder::Request};

pub(crate) fn judge(expect: &Value, request: Option<&Request>, outcome: &Outcome) -> Result<(), String> {
    let Some(request) = request else {
        return match outcome {
            Err(reason) if expect["error_ok"] == true => {
                let is_refused = reason.contains("path argument");
                is_refused
                    .then_some(())
                    .ok_or_else(|| format!("refused for another reason: {reason}"))
            }
            other => Err(format!("nothing was sent: {other:?}")),
        };
    };
    outcome.clone().map_err(|reason| format!("sent, and then: {reason}"))?;
    let is_sorted = expect["order_free"] == true;
    let target = |text: &str| if is_sorted { sorted(text) } else { text.to_owned() };
    if texts(&expect["never_target"]).any(|never| target(never) == target(&request.target)) {
        return Err(format!("`{}` must never be sent", request.target));
    }
    let mut allowed = texts(&expect["target"]).chain(texts(&expect["target_any"])).peekable();
    if allowed.peek().is_some() && !allowed.any(|allowed| target(allowed) == target(&request.target)) {
        return Err(format!("target `{}`, not as in {expect}", request.target));
    }
    if expect["method"].as_str().is_some_and(|method| method != request.method) {
        return Err(format!("method {}, not as in {expect}", request.method));
    }
    for (name, value) in expect["headers"].as_object().into_iter().flatten() {
        let sent = request.header(name).map(|value| without_boundary(value, request));
        if sent.as_deref() != value.as_str() {
            return Err(format!("header {name}: {sent:?}, not {value}"));
        }
    }
    if let Some(name) = texts(&expect["no_header"]).find(|name| request.header(name).is_some()) {
        return Err(format!("header {name} must not be sent"));
    }
    let body = without_boundary(&request.body, request);
    match expect["body"].as_str() {
        Some(expected) if expected != body => Err(format!("body {body:?}, not {expected:?}")),
        _ => Ok(()),
    }
}

/// Whether a caller got what an answer is worth. An answer that the document does not declare is read like those that it
/// does: where it does not fit, the error says so and has its status.
pub(crate) fn judge_reply(row: &Value, outcome: &Outcome) -> Result<(), String> {
    let status = row["status"].to_string();
    let error = outcome.as_ref().err().map(|error| {
        let mut parts = error.splitn(3, '\t');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        (part(), part(), part())
    });
    let is_decode = |kind: &str| kind == "Decode" || kind == "UnexpectedContentType";
    let holds = match (row["result"].as_str().unwrap_or_default(), &error) {
        ("ok" | "ok-or-decode-error" | "ok-or-api-error", None) => true,
        ("decode-error" | "ok-or-decode-error", Some((kind, of, _))) => is_decode(kind) && *of == status,
        ("api-error", Some((kind, of, body))) => {
            let expected = &row["error_json"];
            let json = serde_json::from_str::<Value>(body).unwrap_or_default();
            kind == "Status" && *of == status && (expected.is_null() || json == *expected)
        }
        ("ok-or-api-error", Some((_, of, _))) => *of == status,
        _ => false,
    };
    holds.then_some(()).ok_or_else(|| format!("{error:?}, not as in {row}"))
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let one = value.as_str().into_iter();
    let several = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    one.chain(several)
}

/// The boundary between parts is a random one.
fn without_boundary(text: &str, request: &Request) -> String {
    let content_type = request.header("content-type").unwrap_or_default();
    match content_type.split_once("boundary=") {
        Some((_, boundary)) => text.replace(boundary, "BOUNDARY"),
        None => text.to_owned(),
    }
}

/// A target with its pairs in order, and those of an object that is joined by commas.
fn sorted(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut pairs: Vec<String> = query.split('&').map(sorted_pair).collect();
    pairs.sort();
    format!("{path}?{}", pairs.join("&"))
}

fn sorted_pair(pair: &str) -> String {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let value = value.replace("%2C", ",");
    let words: Vec<&str> = value.split(',').collect();
    let mut members: Vec<String> = words.chunks(2).map(|member| member.join(",")).collect();
    if words.len() > 2 && words.len().is_multiple_of(2) {
        members.sort();
    }
    format!("{name}={}", members.join(","))
}

/// Whether the pages of a call were asked for as they are meant to be, and gave these items.
pub(crate) fn judge_pages(row: &Value, requests: &[&Request], outcome: &Outcome) -> Result<(), String> {
    let sent: Vec<String> = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.target))
        .collect();
    let expected: Vec<&str> = texts(&row["requests"]).collect();
    if sent != expected {
        return Err(format!("requests {sent:?}, not {expected:?}: {outcome:?}"));
    }
    for (request, expected) in requests.iter().zip(row["bodies"].as_array().into_iter().flatten()) {
        if expected.as_str() != Some(&request.body) {
            return Err(format!("body {:?}, not {expected}", request.body));
        }
    }
    for (request, expected) in requests.iter().zip(row["headers"].as_array().into_iter().flatten()) {
        for (name, value) in expected.as_object().into_iter().flatten() {
            if request.header(name) != value.as_str() {
                return Err(format!("header {name}: {:?}, not {value}", request.header(name)));
            }
        }
    }
    match (outcome, row["error"].as_str()) {
        (Err(reason), Some(part)) if reason.contains(part) => Ok(()),
        (Ok(items), None) => {
            let items: Value = serde_json::from_str(items).unwrap();
            (items == row["items"])
                .then_some(())
                .ok_or_else(|| format!("items {items}, not {}", row["items"]))
        }
        (outcome, _) => Err(format!("{outcome:?}")),
    }
}
