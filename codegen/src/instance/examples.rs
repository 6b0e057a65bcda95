//! The examples and defaults that a schema declares.

use serde_json::Value;

use super::{judge::is_valid, limits::pointed};

/// How many references are followed.
const MAX_DEPTH: usize = 16;

/// Returns the first declared value of a schema that is valid: an example, or else the default.
pub(super) fn of(document: &Value, schema: &Value) -> Option<Value> {
    let mut declared = Vec::new();
    collect(document, schema, &mut declared, 0);
    declared
        .into_iter()
        .find(|value| is_valid(document, schema, value))
        .cloned()
}

fn collect<'d>(document: &'d Value, schema: &'d Value, declared: &mut Vec<&'d Value>, depth: usize) {
    let Some(schema) = schema.as_object().filter(|_| depth < MAX_DEPTH) else {
        return;
    };
    declared.extend(schema.get("example"));
    declared.extend(schema.get("examples").and_then(Value::as_array).into_iter().flatten());
    declared.extend(schema.get("default").filter(|default| !default.is_null()));
    let target = schema.get("$ref").and_then(Value::as_str);
    if let Some(target) = target.and_then(|reference| pointed(document, reference)) {
        collect(document, target, declared, depth + 1);
    }
    // The example of a part is an example of the schema if it is valid.
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(document, part, declared, depth + 1);
    }
}
