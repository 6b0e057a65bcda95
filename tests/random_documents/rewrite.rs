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

fn members(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flat_map(Map::iter_mut)
}
