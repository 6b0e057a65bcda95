//! Instances of JSON schemas: values that a schema allows, as far as it can be told without a validator.
//!
//! Schemas are of draft 2020-12 ([`json_schema`](crate::json_schema) makes them of a document's), `$ref` leads into the
//! document, and a seed decides everything. What comes out is nearly always valid; who needs certainty asks a validator.

mod merge;
mod pattern;
mod text;

use serde_json::{Map, Number, Value, json};

use self::merge::Merged;
use crate::random::Random;

/// How deep optional members go.
const DEPTH: i32 = 4;
/// How deep required ones go: whoever is deeper has no end.
const DEEPEST: i32 = -10;

/// Makes instances.
#[derive(Debug)]
pub struct Instances<'d> {
    document: &'d Value,
    random: Random,
}

impl<'d> Instances<'d> {
    /// Instances of the schemas of a document.
    #[must_use]
    pub fn new(document: &'d Value, seed: u64) -> Self {
        Self {
            document,
            random: Random::new(seed),
        }
    }

    /// An instance; `None` where none is found.
    pub fn of(&mut self, schema: &Value) -> Option<Value> {
        self.value(schema, DEPTH)
    }

    fn value(&mut self, schema: &Value, depth: i32) -> Option<Value> {
        if depth < DEEPEST {
            return None;
        }
        let merged = Merged::of(self.document, &mut self.random, schema)?;
        if let Some(allowed) = &merged.values {
            return self.random.choose(allowed).cloned();
        }
        let kinds = merged.kinds();
        let index = self.random.below(kinds.len());
        // Most values are not null, even where they may be.
        let kind = match kinds.get(index).copied()? {
            "null" if kinds.len() > 1 && self.random.chance(60) => {
                kinds.iter().find(|kind| **kind != "null").copied()?
            }
            kind => kind,
        };
        match kind {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.random.chance(50))),
            "integer" => self.integer(&merged).map(Value::Number),
            "number" => self.number(&merged).map(Value::Number),
            "string" => text::text(&mut self.random, &merged.rest).map(Value::String),
            "array" => self.array(&merged, depth),
            "object" => self.object(&merged, depth),
            _ => None,
        }
    }

    fn integer(&mut self, merged: &Merged) -> Option<Number> {
        let (low, high) = match merged.format() {
            "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
            "uint32" => (0, i128::from(u32::MAX)),
            "uint64" => (0, i128::from(u64::MAX)),
            "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
            "uint8" => (0, i128::from(u8::MAX)),
            "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
            "uint16" => (0, i128::from(u16::MAX)),
            _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
        };
        let (low, high) = (
            merged.low().map_or(low, |given| low.max(given)),
            merged.high().map_or(high, |given| high.min(given)),
        );
        let step = merged
            .rest
            .get("multipleOf")
            .and_then(Value::as_i64)
            .map_or(1, i128::from)
            .max(1);
        let number = match self.random.below(10) {
            0 => low,
            1 => high,
            _ => self.random.between(low.max(-1000), high.min(1000).max(low.max(-1000))),
        };
        let number = number - number.rem_euclid(step);
        let number = if number < low { number + step } else { number };
        let unsigned = u64::try_from(number).map(Number::from);
        unsigned.or_else(|_| i64::try_from(number).map(Number::from)).ok()
    }

    fn number(&mut self, merged: &Merged) -> Option<Number> {
        let is_whole = merged.format().contains("int");
        if is_whole || merged.rest.contains_key("multipleOf") || self.random.chance(25) {
            return self.integer(merged);
        }
        // Quarters are exact in every precision.
        let low = merged.low().unwrap_or(-1000).max(-100_000);
        let high = merged.high().unwrap_or(1000).min(100_000).max(low);
        let quarters = self.random.between(low * 4, high * 4);
        Number::from_f64(f64::from(i32::try_from(quarters).ok()?) / 4.0)
    }

    fn array(&mut self, merged: &Merged, depth: i32) -> Option<Value> {
        let least = merged.count("minItems").unwrap_or(0);
        let most = merged.count("maxItems").unwrap_or(usize::MAX);
        let more = if depth > 0 { self.random.below(4) } else { 0 };
        let prefix = merged.rest.get("prefixItems").and_then(Value::as_array);
        let mut elements: Vec<Value> = Vec::new();
        let anything = json!(true);
        let unique = merged.rest.get("uniqueItems") == Some(&json!(true));
        let wanted = least
            .saturating_add(more)
            .max(prefix.map_or(0, |prefix| if depth > 0 { prefix.len() } else { 0 }))
            .min(most);
        if wanted > 10_000 {
            return None;
        }
        for index in 0..wanted {
            let schema = prefix
                .and_then(|prefix| prefix.get(index))
                .or(merged.rest.get("items"))
                .unwrap_or(&anything);
            match self.value(schema, depth - 1) {
                Some(element) if unique && elements.contains(&element) => {}
                Some(element) => elements.push(element),
                None if elements.len() >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(elements))
    }

    fn object(&mut self, merged: &Merged, depth: i32) -> Option<Value> {
        let mut members = Map::new();
        for (name, schema) in &merged.properties {
            let required = merged.required.contains(name);
            if !required && (depth <= 0 || self.random.chance(35)) {
                continue;
            }
            match self.value(schema, depth - 1) {
                Some(value) => {
                    members.insert(name.clone(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        let anything = json!(true);
        for name in &merged.required {
            if !members.contains_key(name) {
                let schema = merged.additional.as_ref().unwrap_or(&anything);
                members.insert(name.clone(), self.value(schema, depth - 1)?);
            }
        }
        self.additional(merged, &mut members, depth);
        Some(Value::Object(members))
    }

    /// Members that the schema does not name, where it says what they are.
    fn additional(&mut self, merged: &Merged, members: &mut Map<String, Value>, depth: i32) {
        let Some(schema) = merged.additional.as_ref().filter(|schema| **schema != json!(false)) else {
            return;
        };
        let least = merged.count("minProperties").unwrap_or(0);
        let more = if depth > 0 { self.random.below(3) } else { 0 };
        for _ in 0..more.max(least.saturating_sub(members.len())) {
            let mut name = text::word(&mut self.random);
            if let Some(pattern) = merged
                .rest
                .get("propertyNames")
                .and_then(|names| names["pattern"].as_str())
            {
                let Some(text) = pattern::text(&mut self.random, pattern) else {
                    return;
                };
                name = text;
            }
            if !members.contains_key(&name)
                && !merged.properties.contains_key(&name)
                && let Some(value) = self.value(schema, depth - 1)
            {
                members.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value, json};

    use super::Instances;

    fn some(schema: &Value) -> Vec<Value> {
        let mut instances = Instances::new(schema, 7);
        (0..50).filter_map(|_| instances.of(schema)).collect()
    }

    #[test]
    fn a_seed_gives_the_same_instances() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}});
        assert_eq!(some(&schema), some(&schema));
    }

    #[test]
    fn limits_hold() {
        let schema = json!({"type": "integer", "minimum": 3, "exclusiveMaximum": 12, "multipleOf": 4});
        assert!(some(&schema).iter().all(|value| matches!(value.as_i64(), Some(4 | 8))));
        let schema = json!({"type": "string", "minLength": 2, "maxLength": 3});
        assert!(
            some(&schema)
                .iter()
                .all(|value| matches!(value.as_str().unwrap().chars().count(), 2..=3))
        );
    }

    #[test]
    fn required_members_are_there_and_recursion_ends() {
        let schema = json!({"$ref": "#/a", "a": {
            "type": "object", "required": ["name"],
            "properties": {"name": {"type": "string"}, "next": {"$ref": "#/a"}}
        }});
        let values = some(&schema);
        assert_eq!(values.len(), 50);
        assert!(values.iter().all(|value| value["name"].is_string()));
        assert!(values.iter().any(|value| value["next"]["next"].is_object()));
    }

    #[test]
    fn what_has_no_end_has_no_instance() {
        let schema =
            json!({"$ref": "#/a", "a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/a"}}}});
        assert!(some(&schema).is_empty());
    }

    #[test]
    fn a_discriminator_names_the_arm() {
        let document = json!({
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat"}},
            "components": {"schemas": {
                "Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "cat": {"const": true}}, "required": ["cat"]},
                "Dog": {"type": "object", "properties": {"kind": {"type": "string"}}}
            }}
        });
        let values = some(&document);
        assert!(values.iter().any(|value| value["kind"] == "Dog"));
        assert!(
            values
                .iter()
                .all(|value| (value["kind"] == "c") == (value["cat"] == true))
        );
    }
}
