//! Null, and the values of enums.

use serde_json::Value as Json;

use crate::{
    document::{Choice, Form, JsonType, SchemaView},
    ir::ValueKind,
};

/// Whether a schema allows null alone.
pub(in crate::lower) fn is_null(schema: SchemaView<'_>) -> bool {
    match schema.form() {
        Form::String => lists_null_alone(schema),
        Form::Open if !schema.values().is_empty() => lists_null_alone(schema),
        Form::Open => schema.allows_null() && schema.allows_anything(),
        _ => false,
    }
}

/// Whether null is the one value of an `enum`.
pub(in crate::lower) fn lists_null_alone(schema: SchemaView<'_>) -> bool {
    !schema.values().is_empty() && schema.values().iter().all(Json::is_null)
}

/// Whether null is a value of the schema, as far as the schema itself and its variants declare it.
pub(in crate::lower) fn is_nullable(schema: SchemaView<'_>) -> bool {
    let declares_null = |schema: SchemaView<'_>| {
        schema.allows_null()
            || is_null(schema)
            || matches!(schema.form(), Form::String | Form::Open) && schema.values().iter().any(Json::is_null)
    };
    let mut variants = schema.choices().flat_map(|choice| choice.variants.iter());
    declares_null(schema) || variants.any(|variant| variant.target().is_some_and(declares_null))
}

/// The values of an enum without null: of its own `enum`, or of variants that each are a constant or an enum.
pub(in crate::lower) fn values(schema: SchemaView<'_>) -> Option<Vec<Json>> {
    let own = match schema.form() {
        Form::String => strings(schema),
        Form::Open if schema.properties().is_empty() => without_null(schema),
        _ => Vec::new(),
    };
    if !own.is_empty() {
        return Some(own);
    }
    let mut choices = schema.choices();
    let (choice, None) = (choices.next()?, choices.next()) else {
        return None;
    };
    if !(schema.properties().is_empty() && schema.parts().is_empty()) {
        return None;
    }
    let values = values_of_variants(choice)?;
    let is_plain = values.iter().all(|value| !value.is_object() && !value.is_array());
    (values.len() > 1 && is_plain).then_some(values)
}

fn values_of_variants(choice: Choice<'_>) -> Option<Vec<Json>> {
    let mut values = Vec::new();
    for variant in choice.variants.iter() {
        if variant.is_reference() {
            return None;
        }
        if is_null(variant) {
            continue;
        }
        match (variant.constant(), variant.form()) {
            (Some(constant), _) => values.push(constant.clone()),
            (None, Form::String) if !variant.values().is_empty() => values.extend(strings(variant)),
            (None, Form::Open) if !variant.values().is_empty() => values.extend(without_null(variant)),
            _ => return None,
        }
    }
    Some(values)
}

fn strings(schema: SchemaView<'_>) -> Vec<Json> {
    schema
        .values()
        .iter()
        .filter(|value| value.is_string())
        .cloned()
        .collect()
}

fn without_null(schema: SchemaView<'_>) -> Vec<Json> {
    schema
        .values()
        .iter()
        .filter(|value| !value.is_null())
        .cloned()
        .collect()
}

/// What all values of an enum that are not all strings have in common.
pub(in crate::lower) fn kind_of_values(schema: SchemaView<'_>, values: &[Json]) -> ValueKind {
    let is_whole = |value: &Json| value.is_i64() || value.is_u64();
    match schema.json_type().filter(|_| schema.form() == Form::Open) {
        Some(JsonType::Integer) => ValueKind::Integer,
        Some(JsonType::Number) => ValueKind::Number,
        Some(JsonType::Boolean) => ValueKind::Boolean,
        _ if values.iter().all(is_whole) => ValueKind::Integer,
        _ if values.iter().all(Json::is_number) => ValueKind::Number,
        _ if values.iter().all(Json::is_boolean) => ValueKind::Boolean,
        _ => ValueKind::Any,
    }
}
