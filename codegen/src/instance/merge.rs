//! Combines a schema with its references, its `allOf` and one variant of each `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    limits::{self, pointed, whole},
    random::Random,
};

/// How deep references and variants can be nested.
const MAX_DEPTH: usize = 64;

const KINDS: [&str; 6] = ["boolean", "string", "number", "array", "object", "null"];

/// Selects variants.
pub(super) struct Variants<'r> {
    pub(super) random: &'r mut Random,
    /// Whether the first variant is always selected.
    pub(super) takes_first: bool,
}

impl Variants<'_> {
    fn choose<'v>(&mut self, variants: &'v [Value]) -> Option<&'v Value> {
        if self.takes_first {
            return variants.first();
        }
        self.random.choose(variants)
    }
}

/// Everything that a value must satisfy.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// `None` if no type is declared.
    kinds: Option<Vec<String>>,
    /// The values of `enum` and `const`.
    pub(super) values: Option<Vec<Value>>,
    pub(super) properties: Map<String, Value>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Option<Value>,
    /// The other keywords.
    pub(super) rest: Map<String, Value>,
}

impl Merged {
    pub(super) fn of(document: &Value, variants: &mut Variants<'_>, schema: &Value) -> Option<Self> {
        let mut merged = Self::default();
        merged.add(document, variants, schema, 0)?;
        Some(merged)
    }

    /// Returns `None` if no value can satisfy the schema.
    fn add(&mut self, document: &Value, variants: &mut Variants<'_>, schema: &Value, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        let schema = match schema {
            Value::Bool(true) => return Some(()),
            Value::Object(schema) => schema,
            _ => return None,
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            self.add(document, variants, pointed(document, reference)?, depth + 1)?;
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(document, variants, part, depth + 1)?;
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(of) = schema.get(key).and_then(Value::as_array) {
                let variant = variants.choose(of)?;
                self.add(document, variants, variant, depth + 1)?;
                self.discriminate(schema.get("discriminator"), variant);
            }
        }
        self.keywords(schema)
    }

    /// Adds the discriminator value of a variant.
    fn discriminate(&mut self, discriminator: Option<&Value>, variant: &Value) {
        let property = discriminator.and_then(|discriminator| discriminator["propertyName"].as_str());
        let reference = variant["$ref"].as_str();
        if let Some(((property, reference), discriminator)) = property.zip(reference).zip(discriminator) {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            let mapping = discriminator["mapping"].as_object();
            let value = mapping.and_then(|mapping| {
                let is_variant = |target: &&Value| {
                    target
                        .as_str()
                        .is_some_and(|target| target == reference || target == name)
                };
                mapping
                    .iter()
                    .find(|(_, target)| is_variant(target))
                    .map(|(value, _)| value.as_str())
            });
            let value = json!({"const": value.unwrap_or(name)});
            self.property(property, &value);
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

    /// Returns whether any value is valid.
    pub(super) fn is_free(&self) -> bool {
        const LIMITS: [&str; 10] = [
            "items",
            "prefixItems",
            "minItems",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "multipleOf",
            "format",
        ];
        self.kinds.is_none() && !LIMITS.iter().any(|key| self.rest.contains_key(*key))
    }

    /// Returns the types that a value can have.
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
        limits::count(&self.rest, key)
    }

    /// Returns the smallest integer that is allowed.
    pub(super) fn low(&self) -> Option<i128> {
        let from = self.bound("minimum").map(f64::ceil);
        let above = self.bound("exclusiveMinimum").map(|above| above.floor() + 1.0);
        from.into_iter().chain(above).reduce(f64::max).map(whole)
    }

    /// Returns the largest integer that is allowed.
    pub(super) fn high(&self) -> Option<i128> {
        let to = self.bound("maximum").map(f64::floor);
        let below = self.bound("exclusiveMaximum").map(|below| below.ceil() - 1.0);
        to.into_iter().chain(below).reduce(f64::min).map(whole)
    }

    /// Returns the number in the middle of the limits.
    pub(super) fn middle(&self) -> Option<f64> {
        let low = [self.bound("minimum"), self.bound("exclusiveMinimum")];
        let high = [self.bound("maximum"), self.bound("exclusiveMaximum")];
        let low = low.into_iter().flatten().reduce(f64::max)?;
        let high = high.into_iter().flatten().reduce(f64::min)?;
        Some(f64::midpoint(low, high))
    }

    fn bound(&self, key: &str) -> Option<f64> {
        self.rest.get(key).and_then(Value::as_f64)
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
