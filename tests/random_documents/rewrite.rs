//! The same document in other words.

use codegen::instance::Random;
use serde_json::{Map, Value, json};

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

/// The same document in the words of Swagger 2.0. What that has no words for stays as it is.
pub(crate) fn in_2_0(document: &Value) -> Value {
    let mut document = document.clone();
    let root = document.as_object_mut().unwrap();
    root.remove("openapi");
    root.remove("servers");
    root.extend([
        ("swagger".to_owned(), json!("2.0")),
        ("host".to_owned(), json!("api.example.com")),
        ("basePath".to_owned(), json!("/v1")),
        ("schemes".to_owned(), json!(["https"])),
        ("produces".to_owned(), json!(["application/json"])),
    ]);
    for (_, item) in members(&mut document["paths"]) {
        for (_, operation) in members(item) {
            operation_in_2_0(operation);
        }
    }
    document["definitions"] = document["components"]["schemas"].take();
    document.as_object_mut().unwrap().remove("components");
    every_schema(&mut document, &mut |schema| {
        let Some(members) = schema.as_object_mut() else { return };
        if let Some(flag) = members.remove("nullable") {
            members.insert("x-nullable".to_owned(), flag);
        }
        if let Some(Value::String(reference)) = members.get_mut("$ref") {
            *reference = reference.replace("#/components/schemas/", "#/definitions/");
        }
    });
    document
}

fn operation_in_2_0(operation: &mut Value) {
    let body = operation.as_object_mut().unwrap().remove("requestBody");
    for parameter in operation["parameters"].as_array_mut().unwrap() {
        let Value::Object(schema) = parameter["schema"].take() else {
            continue;
        };
        let parameter = parameter.as_object_mut().unwrap();
        parameter.remove("schema");
        if schema.contains_key("items") && parameter["in"] == "query" {
            parameter.insert("collectionFormat".to_owned(), json!("multi"));
        }
        parameter.extend(schema);
    }
    if let Some(body) = body {
        let schema = &body["content"]["application/json"]["schema"];
        let body = json!({"name": "any", "in": "body", "schema": schema});
        operation["parameters"].as_array_mut().unwrap().insert(0, body);
    }
    for (_, response) in members(&mut operation["responses"]) {
        response["schema"] = response["content"]["application/json"]["schema"].take();
        response.as_object_mut().unwrap().remove("content");
    }
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
            "schemas" | "definitions" => members(value).for_each(|(_, value)| schema(value, change)),
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
