//! One schema made of a schema's references, its `allOf` and one arm of each `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::random::Random;

/// References within references, and arms within arms.
const DEEPEST: usize = 64;

const KINDS: [&str; 6] = ["boolean", "string", "number", "array", "object", "null"];

/// What is to be satisfied all at once.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// `None`: nothing was said.
    kinds: Option<Vec<String>>,
    /// `enum` and `const`.
    pub(super) values: Option<Vec<Value>>,
    pub(super) properties: Map<String, Value>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Option<Value>,
    /// Everything else.
    pub(super) rest: Map<String, Value>,
}

impl Merged {
    pub(super) fn of(document: &Value, random: &mut Random, schema: &Value) -> Option<Self> {
        let mut merged = Self::default();
        merged.add(document, random, schema, 0)?;
        Some(merged)
    }

    /// `None` where nothing can satisfy it.
    fn add(&mut self, document: &Value, random: &mut Random, schema: &Value, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let schema = match schema {
            Value::Bool(true) => return Some(()),
            Value::Object(schema) => schema,
            _ => return None,
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            self.add(document, random, resolve(document, reference)?, depth + 1)?;
        }
        for arm in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(document, random, arm, depth + 1)?;
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(arms) = schema.get(key).and_then(Value::as_array) {
                let arm = random.choose(arms)?;
                self.add(document, random, arm, depth + 1)?;
                self.discriminate(schema.get("discriminator"), arm);
            }
        }
        self.keywords(schema)
    }

    /// The tag by which the arm is known.
    fn discriminate(&mut self, discriminator: Option<&Value>, arm: &Value) {
        let property = discriminator.and_then(|discriminator| discriminator["propertyName"].as_str());
        let reference = arm["$ref"].as_str();
        if let Some(((property, reference), discriminator)) = property.zip(reference).zip(discriminator) {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            let mapping = discriminator["mapping"].as_object();
            let tag = mapping.and_then(|mapping| {
                let leads_here = |target: &&Value| {
                    target
                        .as_str()
                        .is_some_and(|target| target == reference || target == name)
                };
                mapping
                    .iter()
                    .find(|(_, target)| leads_here(target))
                    .map(|(tag, _)| tag.as_str())
            });
            let tag = json!({"const": tag.unwrap_or(name)});
            self.property(property, &tag);
            self.required.insert(property.to_owned());
        }
    }

    fn keywords(&mut self, schema: &Map<String, Value>) -> Option<()> {
        for (key, value) in schema {
            match key.as_str() {
                "type" => self.limit_kinds(&texts(value))?,
                "const" => self.limit_values(std::slice::from_ref(value))?,
                "enum" => self.limit_values(value.as_array()?)?,
                "properties" => {
                    for (name, property) in value.as_object()? {
                        self.property(name, property);
                    }
                }
                "required" => self.required.extend(texts(value)),
                "additionalProperties" if self.additional != Some(json!(false)) => {
                    self.additional = Some(value.clone());
                }
                "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
                    let stays = self.rest.get(key).and_then(Value::as_f64) > value.as_f64();
                    self.keep(key, value, stays);
                }
                "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
                    let known = self.rest.get(key).and_then(Value::as_f64);
                    self.keep(key, value, known.is_some_and(|known| Some(known) < value.as_f64()));
                }
                "items" => {
                    let items = match self.rest.remove("items") {
                        Some(known) => json!({"allOf": [known, value]}),
                        None => value.clone(),
                    };
                    self.rest.insert("items".to_owned(), items);
                }
                "not" if *value == json!({}) || *value == json!(true) => return None,
                _ => self.keep(key, value, false),
            }
        }
        Some(())
    }

    fn keep(&mut self, key: &str, value: &Value, stays: bool) {
        if !stays {
            self.rest.insert(key.to_owned(), value.clone());
        }
    }

    fn property(&mut self, name: &str, schema: &Value) {
        let schema = match self.properties.remove(name) {
            Some(known) => json!({"allOf": [known, schema]}),
            None => schema.clone(),
        };
        self.properties.insert(name.to_owned(), schema);
    }

    fn limit_kinds(&mut self, kinds: &[String]) -> Option<()> {
        let has = |kinds: &[String], kind: &str| kinds.iter().any(|known| known == kind);
        let both = match &self.kinds {
            None => kinds.to_vec(),
            Some(known) => {
                let mut both: Vec<String> = known.iter().filter(|kind| has(kinds, kind)).cloned().collect();
                if (has(known, "integer") && has(kinds, "number")) || (has(known, "number") && has(kinds, "integer")) {
                    both.push("integer".to_owned());
                }
                both
            }
        };
        let is_possible = !both.is_empty();
        self.kinds = Some(both);
        is_possible.then_some(())
    }

    fn limit_values(&mut self, values: &[Value]) -> Option<()> {
        let both: Vec<Value> = match &self.values {
            None => values.to_vec(),
            Some(known) => known.iter().filter(|value| values.contains(value)).cloned().collect(),
        };
        let is_possible = !both.is_empty();
        self.values = Some(both);
        is_possible.then_some(())
    }

    /// The kinds of value that it may be.
    pub(super) fn kinds(&self) -> Vec<&str> {
        if let Some(kinds) = &self.kinds {
            return kinds.iter().map(String::as_str).collect();
        }
        let says = |keys: &[&str]| keys.iter().any(|key| self.rest.contains_key(*key));
        if !self.properties.is_empty() || !self.required.is_empty() || self.additional.is_some() {
            vec!["object"]
        } else if says(&["items", "prefixItems", "minItems"]) {
            vec!["array"]
        } else if says(&["pattern", "minLength", "maxLength"]) {
            vec!["string"]
        } else if says(&["minimum", "maximum", "multipleOf"]) {
            vec!["number"]
        } else {
            KINDS.to_vec()
        }
    }

    pub(super) fn format(&self) -> &str {
        self.rest.get("format").and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn count(&self, key: &str) -> Option<usize> {
        self.rest
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok())
    }

    /// The smallest integer that is allowed.
    pub(super) fn low(&self) -> Option<i128> {
        let from = self.bound("minimum").map(f64::ceil);
        let above = self.bound("exclusiveMinimum").map(|above| above.floor() + 1.0);
        from.into_iter().chain(above).reduce(f64::max).map(integer)
    }

    /// The largest integer that is allowed.
    pub(super) fn high(&self) -> Option<i128> {
        let to = self.bound("maximum").map(f64::floor);
        let below = self.bound("exclusiveMaximum").map(|below| below.ceil() - 1.0);
        to.into_iter().chain(below).reduce(f64::min).map(integer)
    }

    fn bound(&self, key: &str) -> Option<f64> {
        self.rest.get(key).and_then(Value::as_f64)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounds beyond 64 bits mean no bound")]
fn integer(number: f64) -> i128 {
    number.clamp(-1e30, 1e30) as i128
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn resolve<'d>(document: &'d Value, reference: &str) -> Option<&'d Value> {
    document.pointer(reference.strip_prefix('#')?)
}
