//! Whether two JSON values are the same: numbers by value, members in any order.

use serde_json::Value;

pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The first place where two values differ, and what stands there in each.
pub(crate) fn difference(a: &Value, b: &Value) -> String {
    match (a, b) {
        (Value::Array(elements), Value::Array(others)) if elements.len() == others.len() => {
            let mut pairs = elements.iter().zip(others).enumerate();
            let differs = pairs.find(|(_, (a, b))| !same(a, b));
            differs.map_or_else(String::new, |(index, (a, b))| format!("/{index}{}", difference(a, b)))
        }
        (Value::Object(members), Value::Object(others)) => {
            let nothing = Value::from("(nothing)");
            let names = members.keys().chain(others.keys());
            let pairs = names.map(|name| {
                (
                    name,
                    members.get(name).unwrap_or(&nothing),
                    others.get(name).unwrap_or(&nothing),
                )
            });
            let differs = pairs.into_iter().find(|(_, a, b)| !same(a, b));
            differs.map_or_else(String::new, |(name, a, b)| format!("/{name}{}", difference(a, b)))
        }
        _ => format!(": {a} became {b}"),
    }
}

#[test]
fn differences_have_a_place() {
    use serde_json::json;
    let (a, b) = (json!({"a": [1, {"b": 2}], "c": 3}), json!({"a": [1, {"b": 4}], "c": 3}));
    assert_eq!(difference(&a, &b), "/a/1/b: 2 became 4");
    assert_eq!(difference(&json!({"a": 1}), &json!({})), "/a: 1 became \"(nothing)\"");
}

#[test]
fn numbers_are_compared_by_value() {
    use serde_json::json;
    assert!(same(&json!({"a": 1, "b": [2.0]}), &json!({"b": [2], "a": 1.0})));
    assert!(!same(
        &json!(9_007_199_254_740_993_u64),
        &json!(9_007_199_254_740_992_u64)
    ));
    assert!(!same(&json!({"a": null}), &json!({})));
}
