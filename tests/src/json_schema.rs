//! The schemas of a document as JSON schemas of draft 2020-12, written without a look at the generator.

use serde_json::{Map, Value, json};

/// Turns the component schemas of an OpenAPI 3.0 or 3.1 document into JSON schemas, in place.
pub fn translate(document: &mut Value) {
    let is_3_0 = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.0"));
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for schema in schemas.into_iter().flat_map(|schemas| schemas.values_mut()) {
        translate_schema(schema, is_3_0);
    }
}

fn translate_schema(schema: &mut Value, is_3_0: bool) {
    let Value::Object(members) = schema else { return };
    if is_3_0 {
        of_3_0(members);
    }
    for (key, value) in members.iter_mut() {
        match key.as_str() {
            "properties" | "patternProperties" | "$defs" | "dependentSchemas" => {
                if let Value::Object(schemas) = value {
                    for schema in schemas.values_mut() {
                        translate_schema(schema, is_3_0);
                    }
                }
            }
            "allOf" | "oneOf" | "anyOf" | "prefixItems" => {
                if let Value::Array(schemas) = value {
                    for schema in schemas {
                        translate_schema(schema, is_3_0);
                    }
                }
            }
            "items" | "additionalProperties" | "not" | "if" | "then" | "else" | "contains" | "propertyNames" => {
                translate_schema(value, is_3_0);
            }
            _ => {}
        }
    }
}

fn of_3_0(members: &mut Map<String, Value>) {
    if let Some(reference) = members.get("$ref").filter(|reference| reference.is_string()).cloned() {
        members.clear();
        members.insert("$ref".to_owned(), reference);
        return;
    }
    if members.remove("nullable") == Some(json!(true))
        && let Some(kind) = members.get("type").cloned()
    {
        members.insert("type".to_owned(), json!([kind, "null"]));
    }
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if members.get(exclusive).is_some_and(Value::is_boolean)
            && members.remove(exclusive) == Some(json!(true))
            && let Some(limit) = members.remove(bound)
        {
            members.insert(exclusive.to_owned(), limit);
        }
    }
}

/// A schema that stands alone: the component of this name, with all that it leads to.
#[must_use]
pub fn alone(document: &Value, name: &str) -> Value {
    let mut reached = Map::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if let Some(schema) = document["components"]["schemas"].get(&name)
            && !reached.contains_key(&name)
        {
            references(schema, &mut open);
            reached.insert(name, schema.clone());
        }
    }
    let pointer = name.replace('~', "~0").replace('/', "~1");
    json!({"$ref": format!("#/components/schemas/{pointer}"), "components": {"schemas": reached}})
}

fn references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref")
                && let Some(name) = reference.strip_prefix("#/components/schemas/")
            {
                let name = name.split('/').next().unwrap_or(name);
                into.push(name.replace("~1", "/").replace("~0", "~"));
            }
            members.values().for_each(|value| references(value, into));
        }
        Value::Array(elements) => elements.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}
