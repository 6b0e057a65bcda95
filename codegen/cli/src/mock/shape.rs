//! What a schema says about how its values are written in text.

use serde_json::Value;

use super::schemas::{SchemaId, Schemas};

/// Reads JSON of a request.
pub(super) fn json(text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::from_slice(text)?;
    move_beyond_limits(&mut value);
    Ok(value)
}

/// An integer below 64 bits is read as the nearest floating point number. If this is the smallest integer of 64 bits itself, it
/// becomes the number below it, so it is not accepted as that integer.
fn move_beyond_limits(value: &mut Value) {
    const MIN: f64 = -9_223_372_036_854_775_808.0;
    match value {
        Value::Number(number) if number.is_f64() && number.as_f64() == Some(MIN) => {
            *value = Value::from(MIN.next_down());
        }
        Value::Array(elements) => elements.iter_mut().for_each(move_beyond_limits),
        Value::Object(members) => members.values_mut().for_each(move_beyond_limits),
        _ => {}
    }
}

/// Returns what a string can mean, the most probable first.
pub(super) fn scalars(shape: &Shape<'_>, text: &str) -> Vec<Value> {
    let number = || json(text.as_bytes()).ok().filter(Value::is_number);
    let has = |name: &str| shape.types.iter().any(|known| known == name);
    let mut candidates = Vec::new();
    if has("integer") || has("number") {
        candidates.extend(number());
    }
    if has("boolean") {
        candidates.extend(text.parse::<bool>().ok().map(Value::Bool));
    }
    if has("null") && (text.is_empty() || text == "null") {
        candidates.push(Value::Null);
    }
    candidates.push(Value::from(text));
    if shape.types.is_empty() {
        // Enum values without a type can be numbers or booleans.
        candidates.extend(serde_json::from_str(text).ok());
    }
    candidates
}

/// Writes the value of a name such as `a[b][0]` into an object; `keys` are what is in brackets.
pub(super) fn insert(
    target: &mut Value,
    keys: &[&str],
    text: &str,
    schema: Option<&Value>,
    (schemas, id): (&Schemas, SchemaId),
) {
    let shape = Shape::of(schemas, Some(id), schema);
    let Some((key, rest)) = keys.split_first() else {
        if text.is_empty() && !shape.is_scalar() && (shape.is_array || shape.is_object) {
            // Some clients write an empty array or object as an empty text.
            if target.is_null() {
                *target = if shape.is_array {
                    Value::Array(Vec::new())
                } else {
                    Value::Object(serde_json::Map::new())
                };
            }
            return;
        }
        let items = Shape::of(schemas, Some(id), shape.items);
        if shape.is_array && (!shape.is_scalar() || !text.is_empty() && items.is_scalar()) {
            // Names that are repeated without brackets are the items of an array.
            insert(target, &[""], text, schema, (schemas, id));
            return;
        }
        *target = scalars(&shape, text).into_iter().next().unwrap_or(Value::Null);
        return;
    };
    if shape.is_array && (key.is_empty() || key.bytes().all(|b| b.is_ascii_digit())) {
        if !target.is_array() {
            *target = Value::Array(Vec::new());
        }
        let Value::Array(elements) = target else { return };
        let index = key.parse().unwrap_or(elements.len()).min(elements.len());
        if index == elements.len() {
            elements.push(Value::Null);
        }
        if let Some(element) = elements.get_mut(index) {
            insert(element, rest, text, shape.items, (schemas, id));
        }
        return;
    }
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(members) = target {
        let member = members.entry(*key).or_insert(Value::Null);
        insert(member, rest, text, shape.property(key), (schemas, id));
    }
}

/// What a schema says about how its values are written.
#[derive(Debug, Default)]
pub(super) struct Shape<'s> {
    types: Vec<String>,
    pub(super) is_array: bool,
    pub(super) is_object: bool,
    /// Whether an object can have properties that are not declared.
    pub(super) is_open: bool,
    pub(super) items: Option<&'s Value>,
    properties: Vec<(&'s str, &'s Value)>,
    /// The schema of properties that are not declared.
    additional: Option<&'s Value>,
}

impl<'s> Shape<'s> {
    pub(super) fn of(schemas: &'s Schemas, id: Option<SchemaId>, schema: Option<&'s Value>) -> Self {
        let mut shape = Self {
            is_open: true,
            ..Self::default()
        };
        if let Some((schema, id)) = schema.zip(id) {
            shape.add(schemas, id, schema, 0);
        }
        shape.is_array |= shape.types.iter().any(|name| name == "array");
        shape.is_object |= shape.types.iter().any(|name| name == "object");
        shape
    }

    fn add(&mut self, schemas: &'s Schemas, id: SchemaId, schema: &'s Value, depth: usize) {
        const MAX_DEPTH: usize = 16;
        if depth > MAX_DEPTH {
            return;
        }
        let schema = schemas.resolve(id, schema);
        match schema.get("type") {
            Some(Value::String(name)) => self.types.push(name.clone()),
            Some(Value::Array(names)) => self
                .types
                .extend(names.iter().filter_map(Value::as_str).map(str::to_owned)),
            _ => {}
        }
        self.is_array |= schema.get("items").is_some() && schema.get("type").is_none();
        self.items = self.items.or(schema.get("items"));
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            self.is_object |= schema.get("type").is_none();
            self.properties
                .extend(properties.iter().map(|(name, property)| (name.as_str(), property)));
        }
        let additional = schema.get("additionalProperties");
        self.additional = self
            .additional
            .or(additional.filter(|additional| additional.is_object()));
        self.is_open &= schema.get("additionalProperties") != Some(&Value::Bool(false));
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(keyword).and_then(Value::as_array);
            parts
                .into_iter()
                .flatten()
                .for_each(|part| self.add(schemas, id, part, depth + 1));
        }
    }

    /// Returns whether a value can be a string, a number or a boolean.
    pub(super) fn is_scalar(&self) -> bool {
        let is_scalar = |name: &String| !["array", "object", "null"].contains(&name.as_str());
        self.types.iter().any(is_scalar)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|(other, _)| *other == name)
    }

    /// Returns the schema of a property, declared or not.
    pub(super) fn property(&self, name: &str) -> Option<&'s Value> {
        let declared = self.properties.iter().find(|(other, _)| *other == name);
        declared.map(|(_, schema)| *schema).or(self.additional)
    }
}
