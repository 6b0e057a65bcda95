//! The schemas of a canonical document in JSON Schema 2020-12.

use serde_json::{Map, Value, json};

use super::limits::{pointed, range};

/// The direction in which values are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Values are part of requests. Properties with `readOnly` are not required.
    Request,
    /// Values are part of responses. Properties with `writeOnly` are forbidden.
    Response,
}

/// Keywords with one schema.
const SCHEMA: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "contentSchema",
];
/// Keywords with a list of schemas.
const SCHEMAS: &[&str] = &["allOf", "oneOf", "anyOf", "prefixItems"];
/// Keywords with named schemas.
const NAMED: &[&str] = &["properties", "patternProperties", "dependentSchemas"];
/// Keywords that limit null too.
const COMPOSED: &[&str] = &["$ref", "allOf", "oneOf", "anyOf", "not", "if", "enum", "const"];

/// Returns a document with the component schemas of a canonical document in JSON Schema 2020-12. References of schemas that
/// [`json_schema`] returns point into it.
#[must_use]
pub fn component_schemas(canonical: &Value, direction: Direction) -> Value {
    let schemas = canonical.pointer("/components/schemas").and_then(Value::as_object);
    let converted = schemas.into_iter().flatten();
    let converted: Map<String, Value> = converted
        .map(|(name, schema)| (name.clone(), json_schema(schema, canonical, direction)))
        .collect();
    json!({"components": {"schemas": converted}})
}

/// Returns a schema of a canonical document in JSON Schema 2020-12.
#[must_use]
pub fn json_schema(schema: &Value, canonical: &Value, direction: Direction) -> Value {
    let mut schema = schema.clone();
    convert(&mut schema, canonical, direction);
    schema
}

fn convert(schema: &mut Value, canonical: &Value, direction: Direction) {
    let Value::Object(members) = schema else { return };
    limit_direction(members, canonical, direction);
    for (keyword, value) in members.iter_mut() {
        let keyword = keyword.as_str();
        if SCHEMA.contains(&keyword) {
            convert(value, canonical, direction);
        } else if SCHEMAS.contains(&keyword) {
            let parts = value.as_array_mut().into_iter().flatten();
            parts.for_each(|part| convert(part, canonical, direction));
        } else if NAMED.contains(&keyword) {
            let named = value.as_object_mut().into_iter().flatten();
            named.for_each(|(_, part)| convert(part, canonical, direction));
        }
    }
    bounds(members);
    limit_format(members);
    if members.remove("nullable") == Some(json!(true)) {
        allow_null(members);
    }
}

/// Changes the properties that are sent only in the other direction.
fn limit_direction(members: &mut Map<String, Value>, canonical: &Value, direction: Direction) {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let mut others = Vec::new();
    for (name, property) in properties {
        let has_flag = |schema: &Value| schema.get(flag) == Some(&json!(true));
        let target = property.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|reference| pointed(canonical, reference));
        if !has_flag(property) && !target.is_some_and(has_flag) {
            continue;
        }
        others.push(name.clone());
        if direction == Direction::Response {
            *property = json!(false);
        }
    }
    if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| {
            name.as_str()
                .is_none_or(|name| !others.iter().any(|other| other == name))
        });
    }
}

/// Converts limits with a flag into limits of their own.
fn bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if members.get(exclusive).is_some_and(Value::is_boolean)
            && members.remove(exclusive) == Some(json!(true))
            && let Some(limit) = members.remove(bound)
        {
            members.insert(exclusive.to_owned(), limit);
        }
    }
}

/// Adds the limits of a format of integers.
fn limit_format(members: &mut Map<String, Value>) {
    let is_number = matches!(members.get("type").and_then(Value::as_str), Some("integer" | "number"));
    let format = members.get("format").and_then(Value::as_str);
    let Some((low, high)) = format.filter(|_| is_number).and_then(range) else {
        return;
    };
    for (keyword, exclusive, limit) in [
        ("minimum", "exclusiveMinimum", i64::try_from(low).map(Value::from)),
        ("maximum", "exclusiveMaximum", u64::try_from(high).map(Value::from)),
    ] {
        if let Ok(limit) = limit
            && !members.contains_key(keyword)
            && !members.contains_key(exclusive)
        {
            members.insert(keyword.to_owned(), limit);
        }
    }
}

/// Adds null to the values of a schema.
fn allow_null(members: &mut Map<String, Value>) {
    let is_simple = !COMPOSED.iter().any(|keyword| members.contains_key(*keyword));
    match members.get_mut("type") {
        Some(name @ Value::String(_)) if is_simple => *name = json!([name.take(), "null"]),
        None if is_simple => {}
        _ => {
            let inner = std::mem::take(members);
            for annotation in ["example", "default"] {
                if let Some(value) = inner.get(annotation) {
                    members.insert(annotation.to_owned(), value.clone());
                }
            }
            members.insert("anyOf".to_owned(), json!([inner, {"type": "null"}]));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Direction, component_schemas, json_schema};

    #[test]
    fn null_and_exclusive_limits_are_written_in_json_schema() {
        let canonical = json!({});
        for (schema, expected) in [
            (
                json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "nullable": true}),
                json!({"type": ["integer", "null"], "exclusiveMinimum": 1}),
            ),
            (
                json!({"type": "string", "enum": ["a"], "nullable": true, "example": "a"}),
                json!({"example": "a", "anyOf": [{"type": "string", "enum": ["a"], "example": "a"}, {"type": "null"}]}),
            ),
            (
                json!({"type": "integer", "format": "uint8", "maximum": 9}),
                json!({"type": "integer", "format": "uint8", "maximum": 9, "minimum": 0}),
            ),
            (
                json!({"items": {"type": "string", "nullable": false}, "nullable": true}),
                json!({"items": {"type": "string"}}),
            ),
        ] {
            assert_eq!(
                json_schema(&schema, &canonical, Direction::Request),
                expected,
                "{schema}"
            );
        }
    }

    #[test]
    fn properties_of_the_other_direction_are_not_required() {
        let canonical = json!({"components": {"schemas": {
            "Pet": {"required": ["id", "key"], "properties": {
                "id": {"$ref": "#/components/schemas/Id"}, "key": {"writeOnly": true}
            }},
            "Id": {"readOnly": true, "type": "string"}
        }}});
        let pet = |direction| component_schemas(&canonical, direction)["components"]["schemas"]["Pet"].clone();
        let request = pet(Direction::Request);
        assert_eq!(request["required"], json!(["key"]));
        assert_eq!(
            request["properties"],
            canonical["components"]["schemas"]["Pet"]["properties"]
        );
        let response = pet(Direction::Response);
        assert_eq!(response["required"], json!(["id"]));
        assert_eq!(response["properties"]["key"], json!(false));
    }
}
