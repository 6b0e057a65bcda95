//! Decides whether a value is valid.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::{Map, Value};

use super::{
    format::has_format,
    limits::{count, pointed, range},
};
use crate::pattern::linear;

/// How many schemas can apply to one value of another.
const MAX_DEPTH: usize = 256;
/// How many schemas are applied in one decision.
const MAX_STEPS: usize = 200_000;

/// Returns whether a value is valid according to a schema of JSON Schema 2020-12. `$ref` is a JSON pointer into `document`.
///
/// Common formats are checked. The result is `false` if the decision is not possible: a pattern is not supported, a reference
/// points to nothing, a schema has a keyword such as `unevaluatedProperties`, or the decision takes too long.
#[must_use]
pub fn is_valid(document: &Value, schema: &Value, value: &Value) -> bool {
    let mut judge = Judge {
        document,
        steps: 0,
        is_undecided: false,
    };
    judge.holds(schema, value, 0) && !judge.is_undecided
}

struct Judge<'d> {
    document: &'d Value,
    steps: usize,
    /// Whether a part of the decision was not possible. The inverse of such a part is not known either.
    is_undecided: bool,
}

impl Judge<'_> {
    fn undecided(&mut self) -> bool {
        self.is_undecided = true;
        false
    }

    fn holds(&mut self, schema: &Value, value: &Value, depth: usize) -> bool {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps >= MAX_STEPS {
            return self.undecided();
        }
        let schema = match schema {
            Value::Bool(flag) => return *flag,
            Value::Object(schema) => schema,
            _ => return false,
        };
        let mut keywords = schema.iter();
        keywords.all(|(keyword, limit)| self.keyword(schema, keyword, limit, value, depth + 1))
    }

    fn keyword(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        limit: &Value,
        value: &Value,
        depth: usize,
    ) -> bool {
        match keyword {
            "$ref" => {
                let document = self.document;
                match limit.as_str().and_then(|reference| pointed(document, reference)) {
                    Some(target) => self.holds(target, value, depth),
                    None => self.undecided(),
                }
            }
            "allOf" => schemas(limit).all(|part| self.holds(part, value, depth)),
            "anyOf" => schemas(limit).any(|part| self.holds(part, value, depth)),
            "oneOf" => schemas(limit).filter(|part| self.holds(part, value, depth)).count() == 1,
            "not" => !self.holds(limit, value, depth),
            "if" => {
                let branch = if self.holds(limit, value, depth) {
                    "then"
                } else {
                    "else"
                };
                schema.get(branch).is_none_or(|branch| self.holds(branch, value, depth))
            }
            "type" => has_type(limit, value),
            "const" => same(limit, value),
            "enum" => schemas(limit).any(|allowed| same(allowed, value)),
            "unevaluatedProperties" | "unevaluatedItems" => limit == &Value::Bool(true) || self.undecided(),
            // Other ways to refer to schemas.
            "$id" | "$dynamicRef" | "$recursiveRef" | "dependencies" => self.undecided(),
            _ => match value {
                Value::Number(_) => number(keyword, limit, value),
                Value::String(text) if keyword == "pattern" => match limit.as_str().and_then(compiled) {
                    Some(pattern) => pattern.is_match(text),
                    None => self.undecided(),
                },
                Value::String(text) => string(keyword, limit, text),
                Value::Array(elements) => self.array(schema, keyword, limit, elements, depth),
                Value::Object(members) => self.object(schema, keyword, limit, members, depth),
                Value::Null | Value::Bool(_) => true,
            },
        }
    }

    fn array(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        limit: &Value,
        elements: &[Value],
        depth: usize,
    ) -> bool {
        let prefix = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        match keyword {
            "minItems" => count(schema, keyword).is_some_and(|min| elements.len() >= min),
            "maxItems" => count(schema, keyword).is_some_and(|max| elements.len() <= max),
            "uniqueItems" => limit == &Value::Bool(false) || is_unique(elements),
            "prefixItems" => schemas(limit)
                .zip(elements)
                .all(|(schema, element)| self.holds(schema, element, depth)),
            "items" => elements
                .iter()
                .skip(prefix)
                .all(|element| self.holds(limit, element, depth)),
            "contains" => {
                let min = count(schema, "minContains").unwrap_or(1);
                let max = count(schema, "maxContains").unwrap_or(usize::MAX);
                let found = elements.iter().filter(|element| self.holds(limit, element, depth));
                (min..=max).contains(&found.count())
            }
            _ => true,
        }
    }

    fn object(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        limit: &Value,
        members: &Map<String, Value>,
        depth: usize,
    ) -> bool {
        let entries = || limit.as_object().into_iter().flatten();
        match keyword {
            "required" => schemas(limit).all(|name| has(members, name)),
            "minProperties" => count(schema, keyword).is_some_and(|min| members.len() >= min),
            "maxProperties" => count(schema, keyword).is_some_and(|max| members.len() <= max),
            "properties" => entries().all(|(name, schema)| {
                let member = members.get(name);
                member.is_none_or(|member| self.holds(schema, member, depth))
            }),
            "patternProperties" => entries().all(|(pattern, schema)| match compiled(pattern) {
                Some(pattern) => {
                    let mut matched = members.iter().filter(|(name, _)| pattern.is_match(name));
                    matched.all(|(_, member)| self.holds(schema, member, depth))
                }
                None => self.undecided(),
            }),
            "additionalProperties" => match additional(schema, members) {
                Some(others) => others.into_iter().all(|member| self.holds(limit, member, depth)),
                None => self.undecided(),
            },
            "propertyNames" => members
                .keys()
                .all(|name| self.holds(limit, &Value::from(name.as_str()), depth)),
            "dependentRequired" => {
                let mut of_present = entries().filter(|(name, _)| members.contains_key(*name));
                of_present.all(|(_, names)| schemas(names).all(|name| has(members, name)))
            }
            "dependentSchemas" => {
                let value = Value::Object(members.clone());
                let mut of_present = entries().filter(|(name, _)| members.contains_key(*name));
                of_present.all(|(_, schema)| self.holds(schema, &value, depth))
            }
            _ => true,
        }
    }
}

/// Returns the members that neither `properties` nor `patternProperties` describes.
fn additional<'m>(schema: &Map<String, Value>, members: &'m Map<String, Value>) -> Option<Vec<&'m Value>> {
    let declared = schema.get("properties").and_then(Value::as_object);
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let patterns = patterns
        .into_iter()
        .flat_map(Map::keys)
        .map(|pattern| compiled(pattern));
    let patterns: Vec<Regex> = patterns.collect::<Option<_>>()?;
    let is_declared = |name: &String| {
        declared.is_some_and(|declared| declared.contains_key(name))
            || patterns.iter().any(|pattern| pattern.is_match(name))
    };
    let others = members.iter().filter(|(name, _)| !is_declared(name));
    Some(others.map(|(_, member)| member).collect())
}

fn has(members: &Map<String, Value>, name: &Value) -> bool {
    name.as_str().is_some_and(|name| members.contains_key(name))
}

fn schemas(list: &Value) -> std::slice::Iter<'_, Value> {
    list.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(&linear(pattern).ok()?).ok()
}

fn has_type(types: &Value, value: &Value) -> bool {
    let is = |name: &str| match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            let is_whole = || number.as_f64().is_some_and(|number| number.fract() == 0.0);
            name == "number" || (name == "integer" && (number.is_i64() || number.is_u64() || is_whole()))
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    };
    match types {
        Value::String(name) => is(name),
        _ => schemas(types).any(|name| name.as_str().is_some_and(is)),
    }
}

/// Returns whether two values are equal as JSON Schema compares them: `1` and `1.0` are equal.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => left == right,
    }
}

fn is_unique(elements: &[Value]) -> bool {
    let scalars: BTreeSet<&str> = elements.iter().filter_map(Value::as_str).collect();
    if scalars.len() == elements.len() {
        return true;
    }
    let is_new = |(index, element): (usize, &Value)| elements.iter().take(index).all(|other| !same(other, element));
    elements.iter().enumerate().all(is_new)
}

fn number(keyword: &str, limit: &Value, value: &Value) -> bool {
    let whole = |value: &Value| {
        value
            .as_i64()
            .map(i128::from)
            .or_else(|| value.as_u64().map(i128::from))
    };
    if keyword == "format" {
        let range = limit.as_str().and_then(range);
        let is_inside = |(low, high)| whole(value).is_none_or(|value| (low..=high).contains(&value));
        return range.is_none_or(is_inside);
    }
    let order = match (whole(value), whole(limit)) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        _ => value
            .as_f64()
            .zip(limit.as_f64())
            .and_then(|(value, limit)| value.partial_cmp(&limit)),
    };
    match keyword {
        "minimum" => order.is_some_and(std::cmp::Ordering::is_ge),
        "maximum" => order.is_some_and(std::cmp::Ordering::is_le),
        "exclusiveMinimum" => order.is_some_and(std::cmp::Ordering::is_gt),
        "exclusiveMaximum" => order.is_some_and(std::cmp::Ordering::is_lt),
        "multipleOf" => match (whole(value), whole(limit)) {
            (Some(value), Some(step)) if step > 0 => value % step == 0,
            _ => value
                .as_f64()
                .zip(limit.as_f64())
                .is_some_and(|(value, step)| is_multiple(value, step)),
        },
        _ => true,
    }
}

/// Returns whether a number is a multiple of a step, such as `0.3` of `0.1`.
fn is_multiple(value: f64, step: f64) -> bool {
    let quotient = value / step;
    quotient.is_finite() && (quotient - quotient.round()).abs() < 1e-9
}

fn string(keyword: &str, limit: &Value, text: &str) -> bool {
    let length = || u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    match keyword {
        "minLength" => limit.as_f64().is_some_and(|min| length() >= lengths(min)),
        "maxLength" => limit.as_f64().is_some_and(|max| length() <= lengths(max)),
        "format" => limit.as_str().is_none_or(|format| has_format(text, format)),
        _ => true,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a limit beyond 64 bits is the largest one"
)]
fn lengths(limit: f64) -> u64 {
    limit as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_valid;

    #[test]
    fn references_end() {
        let document = json!({"a": {"$ref": "#/a"}, "b": {"anyOf": [{"$ref": "#/b"}, {"$ref": "#/b"}]}});
        assert!(!is_valid(&document, &document["a"], &json!(1)));
        assert!(!is_valid(&document, &document["b"], &json!(1)));
        assert!(!is_valid(&document, &json!({"not": {"$ref": "#/b"}}), &json!(1)));
        assert!(!is_valid(&document, &json!({"$ref": "#/none"}), &json!(1)));
    }

    #[test]
    fn formats_limit_numbers_and_strings() {
        let document = json!(true);
        for (format, value, expected) in [
            ("int32", json!(2_147_483_648_u64), false),
            ("int32", json!(-1), true),
            ("date", json!("2024-01-01"), true),
            ("date", json!("today"), false),
            ("password", json!("today"), true),
        ] {
            let schema = json!({"format": format});
            assert_eq!(is_valid(&document, &schema, &value), expected, "{format} {value}");
        }
    }
}
