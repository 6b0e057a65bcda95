//! Makes valid values of JSON schemas: for example responses, mocks and tests.
//!
//! Schemas are written in JSON Schema 2020-12, and `$ref` is a JSON pointer into the document (`#/components/schemas/Pet`).
//! [`json_schema`] and [`component_schemas`] convert schemas of a canonical document into this form. A seed decides every
//! choice, so equal seeds give equal values. A value is returned only if [`is_valid`] accepts it.

mod examples;
mod format;
mod judge;
mod limits;
mod merge;
mod numbers;
mod pattern;
mod random;
mod schemas;
mod style;
mod text;

use serde_json::{Map, Value, json};

pub(crate) use self::limits::range as integer_range;
use self::merge::{Merged, Variants};
pub use self::{
    judge::is_valid,
    random::Random,
    schemas::{Direction, component_schemas, json_schema},
    style::Style,
};

/// How deep optional properties are made.
const DEPTH: i32 = 4;
/// How deep required properties are made. A value that is deeper does not end.
const MAX_DEPTH: i32 = -10;
/// How often a value is made again if it is not valid.
const ATTEMPTS: usize = 12;
/// How many values one instance can contain before optional properties are omitted.
const ENOUGH: usize = 2_000;
/// How many values are made for one instance, in all attempts.
const MAX_MADE: usize = 20_000;

/// Makes instances of schemas.
#[derive(Debug)]
pub struct Instances<'d> {
    document: &'d Value,
    random: Random,
    style: Style,
    /// How many times the current instance was made before.
    attempt: usize,
    /// The number of values in the current attempt.
    made: usize,
    /// The number of values in earlier attempts.
    spent: usize,
}

impl<'d> Instances<'d> {
    /// Creates a source of instances. References of schemas are pointers into `document`.
    #[must_use]
    pub fn new(document: &'d Value, style: Style, seed: u64) -> Self {
        Self {
            document,
            random: Random::new(seed),
            style,
            attempt: 0,
            made: 0,
            spent: 0,
        }
    }

    /// Returns a valid instance of a schema. Returns `None` if none is found.
    pub fn of(&mut self, schema: &Value) -> Option<Value> {
        (self.made, self.spent) = (0, 0);
        (0..ATTEMPTS).find_map(|attempt| {
            self.attempt = attempt;
            self.spent += std::mem::take(&mut self.made);
            let value = self.value(schema, DEPTH)?;
            is_valid(self.document, schema, &value).then_some(value)
        })
    }

    fn value(&mut self, schema: &Value, depth: i32) -> Option<Value> {
        self.made += 1;
        if depth < MAX_DEPTH || self.made + self.spent > MAX_MADE {
            return None;
        }
        if self.style.uses_examples()
            && let Some(example) = examples::of(self.document, schema)
        {
            return Some(example);
        }
        let mut variants = Variants {
            random: &mut self.random,
            takes_first: self.style.is_readable() && self.attempt == 0 && depth > 0,
        };
        let merged = Merged::of(self.document, &mut variants, schema)?;
        if let Some(allowed) = &merged.values {
            let first = allowed.iter().find(|value| !value.is_null());
            return match first {
                Some(first) if self.style.uses_examples() && self.attempt == 0 => Some(first.clone()),
                _ => self.random.choose(allowed).cloned(),
            };
        }
        match self.kind(&merged)? {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.random.chance(50))),
            "integer" => numbers::integer(&mut self.random, self.style, &merged).map(Value::Number),
            "number" => numbers::number(&mut self.random, self.style, &merged).map(Value::Number),
            "string" => text::text(&mut self.random, &merged.rest, self.style).map(Value::String),
            "array" => self.array(&merged, depth),
            "object" => self.object(&merged, depth),
            _ => None,
        }
    }

    /// Selects one of the types that a schema allows.
    fn kind<'m>(&mut self, merged: &'m Merged) -> Option<&'m str> {
        let kinds = merged.kinds();
        if self.style.is_readable() && merged.is_free() {
            return Some("object");
        }
        let index = self.random.below(kinds.len());
        // Most values are not null, even if they can be.
        let percent = if self.style.is_readable() { 100 } else { 60 };
        match kinds.get(index).copied()? {
            "null" if kinds.len() > 1 && self.random.chance(percent) => {
                kinds.iter().find(|kind| **kind != "null").copied()
            }
            kind => Some(kind),
        }
    }

    fn array(&mut self, merged: &Merged, depth: i32) -> Option<Value> {
        let min = merged.count("minItems").unwrap_or(0);
        let max = merged.count("maxItems").unwrap_or(usize::MAX);
        let prefix = merged.rest.get("prefixItems").and_then(Value::as_array);
        let wanted = min
            .max(self.more_items(min, depth))
            .max(prefix.map_or(0, |prefix| if depth > 0 { prefix.len() } else { 0 }))
            .min(max);
        if wanted > 10_000 {
            return None;
        }
        let mut elements: Vec<Value> = Vec::new();
        if let Some(contained) = merged.rest.get("contains").filter(|_| prefix.is_none()) {
            elements.push(self.value(contained, depth - 1)?);
        }
        let is_unique = merged.rest.get("uniqueItems") == Some(&json!(true));
        let anything = json!(true);
        let mut tries = wanted.saturating_mul(4);
        while elements.len() < wanted && tries > 0 {
            tries -= 1;
            let schema = prefix.and_then(|prefix| prefix.get(elements.len()));
            let schema = schema.or(merged.rest.get("items")).unwrap_or(&anything);
            match self.value(schema, depth - 1) {
                Some(element) if is_unique && elements.contains(&element) => {}
                Some(element) => elements.push(element),
                None if elements.len() >= min => break,
                None => return None,
            }
        }
        Some(Value::Array(elements))
    }

    /// Returns how many items an array has if its schema has no minimum.
    fn more_items(&mut self, min: usize, depth: i32) -> usize {
        match self.style {
            _ if depth <= 0 => 0,
            Style::Varied => min.saturating_add(self.random.below(4)),
            Style::Complete | Style::Generated | Style::Minimal => 1,
        }
    }

    fn object(&mut self, merged: &Merged, depth: i32) -> Option<Value> {
        let mut members = Map::new();
        let anything = json!(true);
        for name in &merged.required {
            let schema = merged.properties.get(name).or(merged.additional.as_ref());
            members.insert(name.clone(), self.value(schema.unwrap_or(&anything), depth - 1)?);
        }
        let max = merged.count("maxProperties").unwrap_or(usize::MAX);
        for (name, schema) in &merged.properties {
            if members.len() >= max || members.contains_key(name) || !self.has_optional(depth) {
                continue;
            }
            if let Some(value) = self.value(schema, depth - 1) {
                members.insert(name.clone(), value);
            }
        }
        self.additional(merged, &mut members, depth);
        Some(Value::Object(members))
    }

    /// Returns whether an object has its next optional property.
    fn has_optional(&mut self, depth: i32) -> bool {
        match self.style {
            _ if depth <= 0 => false,
            Style::Varied => self.random.chance(65),
            // A combination of properties that is not valid is replaced by another one.
            Style::Complete | Style::Generated if self.attempt > 1 => self.random.chance(50),
            Style::Complete | Style::Generated => self.made < ENOUGH,
            Style::Minimal => self.attempt > 1 && self.random.chance(30),
        }
    }

    /// Adds properties that the schema does not name, if it has a schema for them.
    fn additional(&mut self, merged: &Merged, members: &mut Map<String, Value>, depth: i32) {
        let min = merged.count("minProperties").unwrap_or(0);
        let missing = min.saturating_sub(members.len());
        let schema = match &merged.additional {
            Some(schema) if *schema == json!(false) => return,
            Some(schema) => schema.clone(),
            None if missing > 0 => json!({"type": "string"}),
            None => return,
        };
        let is_map = merged.properties.is_empty() && schema != json!(true) && schema != json!({});
        let more = match self.style {
            _ if depth <= 0 => 0,
            Style::Varied => self.random.below(3),
            Style::Complete | Style::Generated => usize::from(is_map),
            Style::Minimal => 0,
        };
        for _ in 0..more.max(missing).min(ENOUGH) {
            let Some(name) = self.property_name(merged, depth) else {
                return;
            };
            if !members.contains_key(&name)
                && !merged.properties.contains_key(&name)
                && let Some(value) = self.value(&schema, depth - 1)
            {
                members.insert(name, value);
            }
        }
    }

    fn property_name(&mut self, merged: &Merged, depth: i32) -> Option<String> {
        match merged.rest.get("propertyNames") {
            Some(Value::Object(names)) => {
                let mut names = names.clone();
                names.insert("type".to_owned(), json!("string"));
                match self.value(&Value::Object(names), depth - 1)? {
                    Value::String(name) => Some(name),
                    _ => None,
                }
            }
            _ => Some(text::property_name(&mut self.random, self.style)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value, json};

    use super::{Instances, Style};

    fn some(schema: &Value) -> Vec<Value> {
        let mut instances = Instances::new(schema, Style::Varied, 7);
        (0..50).filter_map(|_| instances.of(schema)).collect()
    }

    fn complete(schema: &Value) -> Option<Value> {
        Instances::new(schema, Style::Complete, 7).of(schema)
    }

    #[test]
    fn a_seed_gives_the_same_instances() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}});
        assert_eq!(some(&schema), some(&schema));
        assert_eq!(complete(&schema), complete(&schema));
    }

    #[test]
    fn limits_are_respected() {
        let schema = json!({"type": "integer", "minimum": 3, "exclusiveMaximum": 12, "multipleOf": 4});
        assert!(some(&schema).iter().all(|value| matches!(value.as_i64(), Some(4 | 8))));
        let schema = json!({"type": "string", "minLength": 2, "maxLength": 3});
        assert!(
            some(&schema)
                .iter()
                .all(|value| matches!(value.as_str().unwrap().chars().count(), 2..=3))
        );
        let schema = json!({"type": "number", "exclusiveMinimum": 0.1, "maximum": 0.2});
        assert!(complete(&schema).is_some());
    }

    #[test]
    fn required_properties_are_made_and_recursion_ends() {
        let schema = json!({"$ref": "#/a", "a": {
            "type": "object", "required": ["name"],
            "properties": {"name": {"type": "string"}, "next": {"$ref": "#/a"}}
        }});
        let values = some(&schema);
        assert_eq!(values.len(), 50);
        assert!(values.iter().all(|value| value["name"].is_string()));
        assert!(values.iter().any(|value| value["next"]["next"].is_object()));
        assert!(complete(&schema).unwrap()["next"]["name"].is_string());
    }

    #[test]
    fn a_schema_without_finite_values_has_no_instance() {
        let schema =
            json!({"$ref": "#/a", "a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/a"}}}});
        assert!(some(&schema).is_empty());
    }

    #[test]
    fn a_discriminator_selects_the_variant() {
        let document = json!({
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"c": "#/components/schemas/Cat"}},
            "components": {"schemas": {
                "Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "cat": {"const": true}}, "required": ["cat"]},
                "Dog": {"type": "object", "properties": {"kind": {"type": "string"}, "cat": false}}
            }}
        });
        let values = some(&document);
        assert!(values.iter().any(|value| value["kind"] == "Dog"));
        assert!(
            values
                .iter()
                .all(|value| (value["kind"] == "c") == (value["cat"] == true))
        );
        assert_eq!(complete(&document), Some(json!({"kind": "c", "cat": true})));
    }

    #[test]
    fn valid_examples_and_defaults_are_used_and_invalid_ones_are_not() {
        let schema = json!({"type": "object", "properties": {
            "name": {"type": "string", "maxLength": 5, "example": "Rex"},
            "long": {"type": "string", "maxLength": 5, "example": "too long"},
            "size": {"type": "integer", "default": 3},
            "kind": {"enum": ["cat", "dog"], "examples": ["bird", "dog"]},
            "born": {"type": "string", "format": "date", "example": "yesterday"}
        }});
        let value = complete(&schema).unwrap();
        assert_eq!(value["name"], "Rex");
        assert!(value["long"].as_str().unwrap().len() <= 5);
        assert_eq!((&value["size"], &value["kind"]), (&json!(3), &json!("dog")));
        assert_ne!(value["born"], "yesterday");
    }

    #[test]
    fn a_minimal_instance_has_the_required_properties() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "boolean"}, "b": {}}});
        let value = Instances::new(&schema, Style::Minimal, 1).of(&schema).unwrap();
        assert_eq!(value.as_object().unwrap().len(), 1);
    }

    #[test]
    fn combinations_that_are_not_valid_are_made_again() {
        let schema = json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}});
        assert!(complete(&schema).is_some());
    }
}
