//! Values of the tree, compared as JSON Schema compares them.

use std::cmp::Ordering;

use crate::read::{Node, Number, Value};

/// Whether a value has a type; `None` if the type is unknown.
pub(super) fn has_type(value: &Node, kind: &str) -> Option<bool> {
    let own = match &value.value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) => match kind {
            "integer" if is_whole(number) => "integer",
            _ => "number",
        },
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_known = matches!(kind, "boolean" | "integer" | "number" | "string" | "array" | "object");
    is_known.then_some(own == kind)
}

fn is_whole(number: &Number) -> bool {
    number.is_integer() || number.as_f64().is_none_or(|value| value.fract() == 0.0)
}

/// Whether two values are equal. Scalars are compared as text: an `enum` of strings without quotes has numbers.
pub(super) fn same(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            let has =
                |member: &crate::read::Member| b.get(&member.name).is_some_and(|other| same(&member.value, other));
            a.len() == b.len() && a.iter().all(has)
        }
        (Value::Number(a), Value::Number(b)) => order(a, b) == Some(Ordering::Equal) || a.text() == b.text(),
        (Value::Null, Value::Null) => true,
        _ => match (text(left), text(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
    }
}

fn text(value: &Node) -> Option<&str> {
    match &value.value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.text()),
        Value::Bool(flag) => Some(if *flag { "true" } else { "false" }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The order of two numbers; `None` if a number is too large to compare.
pub(super) fn order(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}
