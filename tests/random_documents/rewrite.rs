//! The same document in other words.

use serde_json::{Map, Value, json};
use tests::random::Random;

/// JSON text with the members of every object in a random order.
pub(crate) fn shuffled(value: &Value, random: &mut Random) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(u64, String)> = members
                .iter()
                .map(|(name, value)| {
                    (
                        random.number(),
                        format!("{}:{}", Value::from(name.as_str()), shuffled(value, random)),
                    )
                })
                .collect();
            members.sort();
            let members: Vec<String> = members.into_iter().map(|(_, member)| member).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(|element| shuffled(element, random)).collect();
            format!("[{}]", elements.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// The document with an extension wherever OpenAPI has room for one and nobody knows it.
pub(crate) fn extended(document: &Value) -> Value {
    let mut document = document.clone();
    let extend = |value: &mut Value| {
        if let Value::Object(members) = value {
            members.insert(
                "x-unheard-of".to_owned(),
                json!({"$ref": "nowhere", "type": ["C1PWNED"]}),
            );
        }
    };
    extend(&mut document);
    extend(&mut document["info"]);
    for (_, item) in members(&mut document["paths"]) {
        for (_, operation) in members(item) {
            extend(operation);
        }
        extend(item);
    }
    for (_, schema) in members(&mut document["components"]["schemas"]) {
        // What stands beside a reference means nothing, and is warned of.
        if schema.get("$ref").is_none() {
            extend(schema);
        }
    }
    document
}

/// The same document in the words of OpenAPI 3.1.
pub(crate) fn in_3_1(document: &Value) -> Value {
    let mut document = document.clone();
    document["openapi"] = json!("3.1.0");
    every_schema(&mut document, &mut |schema| {
        let Some(members) = schema.as_object_mut() else { return };
        if members.get("nullable") == Some(&json!(true)) {
            null_in_3_1(members);
        }
        if members.is_empty() {
            *schema = json!(true);
        }
    });
    document
}

/// Null as a type, or as one more arm; where there is neither, `nullable` stays.
fn null_in_3_1(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get("type") {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    } else if let Some(Value::Array(arms)) = ["oneOf", "anyOf"].into_iter().find_map(|key| schema.get(key)) {
        let key = if schema.contains_key("oneOf") { "oneOf" } else { "anyOf" };
        let arms: Vec<Value> = std::iter::once(json!({"type": "null"}))
            .chain(arms.iter().cloned())
            .collect();
        schema.insert(key.to_owned(), json!(arms));
    } else {
        return;
    }
    schema.remove("nullable");
}

/// Every schema, the inner ones first. The documents here hold schemas in a few places only.
fn every_schema(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    for (key, value) in members(value) {
        match key.as_str() {
            "schema" => schema(value, change),
            "schemas" => members(value).for_each(|(_, value)| schema(value, change)),
            _ => match value {
                Value::Array(elements) => elements.iter_mut().for_each(|element| every_schema(element, change)),
                other => every_schema(other, change),
            },
        }
    }
}

fn schema(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    for (key, value) in members(value) {
        match (key.as_str(), value) {
            ("properties", properties) => members(properties).for_each(|(_, value)| schema(value, change)),
            // `additionalProperties: true` and `{}` are two words of OpenAPI 3.0 already.
            ("items" | "additionalProperties", Value::Object(inner)) if inner.is_empty() => {}
            ("items" | "additionalProperties", value) => schema(value, change),
            ("allOf" | "oneOf" | "anyOf", Value::Array(arms)) => arms.iter_mut().for_each(|arm| schema(arm, change)),
            _ => {}
        }
    }
    change(value);
}

fn members(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flat_map(Map::iter_mut)
}
