//! How a request differs from the call that an expectation was made with.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::{
    inputs::split,
    request::{Seen, is_form, is_json},
};
use crate::{
    Operation,
    call::Expected,
    encoding::one_line,
    paging::Place,
    path,
    style::backwards::{Pairs, percent_decoded, split_pairs},
    wire::Value,
};

/// Bytes of a value that a difference shows.
const SHOWN_VALUE: usize = 120;

/// Differences of one request that are shown.
pub(super) const SHOWN_DIFFERENCES: usize = 8;

/// One place in which a request differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    place: String,
    expected: String,
    found: Option<String>,
}

impl Difference {
    fn new(place: String, expected: &str, found: Option<&str>) -> Self {
        Self {
            place,
            expected: one_line(expected, SHOWN_VALUE),
            found: found.map(|found| one_line(found, SHOWN_VALUE)),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, expected, found } = self;
        match found {
            Some(found) => write!(formatter, "{place}: expected `{expected}`, found `{found}`"),
            None => write!(formatter, "{place}: expected `{expected}`, but it is missing"),
        }
    }
}

/// All places in which a request differs from a call. An input that the call does not set is not compared.
pub(super) fn differences(expected: &Expected, seen: &Seen) -> Vec<Difference> {
    let mut found = Vec::new();
    arguments(expected, seen, &mut found);
    let query = |uri: &http::Uri| split_pairs(uri.query().unwrap_or_default(), "&");
    pairs("query parameter", &query(&expected.uri), &query(&seen.uri), &mut found);
    for name in expected.headers.keys() {
        let (wanted, sent) = (
            header(&expected.headers, name.as_str()),
            header(&seen.headers, name.as_str()),
        );
        if sent.as_ref() != wanted.as_ref() {
            let wanted = wanted.unwrap_or_default();
            found.push(Difference::new(format!("header `{name}`"), &wanted, sent.as_deref()));
        }
    }
    let sent = header(&seen.headers, "cookie").unwrap_or_default();
    pairs(
        "cookie",
        &split_pairs(&expected.cookies, "; "),
        &split_pairs(&sent, "; "),
        &mut found,
    );
    if let Some((content_type, body)) = &expected.body {
        bodies(expected.operation, (content_type.as_ref(), body), seen, &mut found);
    }
    found
}

fn arguments(expected: &Expected, seen: &Seen, found: &mut Vec<Difference>) {
    let template = expected.operation.path();
    // The URL of a next page need not be one of the template.
    let (Some(wanted), Some(sent)) = (
        path::arguments_of(template, expected.uri.path()),
        path::arguments_of(template, seen.uri.path()),
    ) else {
        return;
    };
    for ((name, wanted), (_, sent)) in wanted.into_iter().zip(sent) {
        let (wanted, sent) = (percent_decoded(wanted), percent_decoded(sent));
        if wanted != sent {
            found.push(Difference::new(format!("path argument `{name}`"), &wanted, Some(&sent)));
        }
    }
}

fn pairs(kind: &str, wanted: &Pairs, sent: &Pairs, found: &mut Vec<Difference>) {
    let values = |pairs: &Pairs, name: &str| {
        let own = pairs.iter().filter(|(own, _)| own == name);
        own.map(|(_, value)| percent_decoded(value)).collect::<Vec<_>>()
    };
    for (index, (name, _)) in wanted.iter().enumerate() {
        let is_repeated = wanted.iter().take(index).any(|(earlier, _)| earlier == name);
        let (expected, actual) = (values(wanted, name), values(sent, name));
        if is_repeated || expected == actual {
            continue;
        }
        let actual = (!actual.is_empty()).then(|| actual.join(", "));
        found.push(Difference::new(
            format!("{kind} `{name}`"),
            &expected.join(", "),
            actual.as_deref(),
        ));
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn bodies(
    operation: &'static Operation,
    (content_type, wanted): (Option<&HeaderValue>, &Bytes),
    seen: &Seen,
    found: &mut Vec<Difference>,
) {
    let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    if is_json(content_type) {
        let parsed = |body: &Bytes| serde_json::from_slice::<Value>(body).ok();
        match (parsed(wanted), parsed(&seen.body)) {
            (Some(mut wanted), Some(mut sent)) => {
                leave_out_page(operation, &mut wanted, &mut sent);
                values("$", &wanted, &sent, found);
            }
            (Some(wanted), None) => {
                let sent = text(&seen.body);
                found.push(Difference::new("body".to_owned(), &wanted.to_string(), sent.as_deref()));
            }
            (None, _) => {}
        }
    } else if is_form(content_type) {
        let form = |body: &Bytes| split_pairs(&String::from_utf8_lossy(body), "&");
        pairs("body property", &form(wanted), &form(&seen.body), found);
    } else if content_type.starts_with("multipart/") {
        parts(
            &split(content_type, wanted),
            &split(seen.content_type(), &seen.body),
            found,
        );
    } else if *wanted != seen.body {
        let wanted = text(wanted).unwrap_or_default();
        found.push(Difference::new("body".to_owned(), &wanted, text(&seen.body).as_deref()));
    }
}

fn text(body: &Bytes) -> Option<String> {
    (!body.is_empty()).then(|| String::from_utf8_lossy(body).into_owned())
}

fn parts(wanted: &[super::inputs::Piece], sent: &[super::inputs::Piece], found: &mut Vec<Difference>) {
    for (index, part) in wanted.iter().enumerate() {
        let place = match &part.name {
            Some(name) => format!("part `{name}`"),
            None => format!("part {}", index + 1),
        };
        let mut others = sent.iter().filter(|other| other.name == part.name);
        let ordinal = wanted
            .iter()
            .take(index)
            .filter(|other| other.name == part.name)
            .count();
        let other = others.nth(ordinal);
        if other != Some(part) {
            let other = other.map(|other| String::from_utf8_lossy(&other.data).into_owned());
            found.push(Difference::new(
                place,
                &String::from_utf8_lossy(&part.data),
                other.as_deref(),
            ));
        }
    }
}

/// The token of a page is not compared unless the expectation sets one.
fn leave_out_page(operation: &'static Operation, wanted: &mut Value, sent: &mut Value) {
    let Some(paging) = &operation.paging else { return };
    let Some(Place::Body(path) | Place::BodyNumber(path)) = paging.into else {
        return;
    };
    let Some((name, outer)) = path.split_last() else { return };
    let place = |value: &mut Value, remove: bool| -> bool {
        let object = outer.iter().try_fold(value, |value, name| value.get_mut(*name));
        let object = object.and_then(Value::as_object_mut);
        object.is_some_and(|object| {
            if remove {
                object.remove(*name).is_some()
            } else {
                object.contains_key(*name)
            }
        })
    };
    if !place(wanted, false) {
        place(sent, true);
    }
}

/// Differences of two JSON values, by JSON path.
fn values(path: &str, wanted: &Value, sent: &Value, found: &mut Vec<Difference>) {
    match (wanted, sent) {
        (Value::Object(wanted), Value::Object(sent)) => {
            for (name, value) in wanted {
                let place = format!("{path}.{name}");
                match sent.get(name) {
                    Some(other) => values(&place, value, other, found),
                    None => found.push(Difference::new(format!("body {place}"), &value.to_string(), None)),
                }
            }
            for (name, value) in sent.iter().filter(|(name, _)| !wanted.contains_key(*name)) {
                let place = format!("body {path}.{name}");
                found.push(Difference::new(place, "nothing", Some(&value.to_string())));
            }
        }
        (Value::Array(wanted), Value::Array(sent)) if wanted.len() == sent.len() => {
            for (index, (value, other)) in wanted.iter().zip(sent).enumerate() {
                values(&format!("{path}[{index}]"), value, other, found);
            }
        }
        (wanted, sent) if wanted == sent => {}
        (wanted, sent) => {
            let (wanted, sent) = (wanted.to_string(), sent.to_string());
            found.push(Difference::new(format!("body {path}"), &wanted, Some(&sent)));
        }
    }
}
