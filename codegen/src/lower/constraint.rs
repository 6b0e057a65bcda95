//! What a schema asks of a value beyond its type: the client does not check it, and says so in the documentation.

use openapiv3::{Schema, SchemaKind, Type};

/// A description with what the schema asks of values as a last paragraph.
pub(super) fn with_constraints(docs: &str, schema: &Schema) -> String {
    let limits = limits(schema);
    let limits = if limits.is_empty() {
        String::new()
    } else {
        format!("Limits: {}.", limits.join(", "))
    };
    let default = schema.schema_data.default.as_ref();
    let default = default.map(|default| format!("Default: `{}`.", default.to_string().replace('`', "'")));
    let parts = [docs.trim().to_owned(), limits, default.unwrap_or_default()];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn limits(schema: &Schema) -> Vec<String> {
    let mut limits = Vec::new();
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            limits.extend(range("characters", string.min_length, string.max_length));
            let pattern = string.pattern.as_ref();
            limits.extend(pattern.map(|pattern| format!("pattern `{}`", pattern.replace('`', "'"))));
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            limits.extend(bound("minimum", integer.minimum, integer.exclusive_minimum));
            limits.extend(bound("maximum", integer.maximum, integer.exclusive_maximum));
            limits.extend(integer.multiple_of.map(|step| format!("multiples of {step}")));
        }
        SchemaKind::Type(Type::Number(number)) => {
            limits.extend(bound("minimum", number.minimum, number.exclusive_minimum));
            limits.extend(bound("maximum", number.maximum, number.exclusive_maximum));
            limits.extend(number.multiple_of.map(|step| format!("multiples of {step}")));
        }
        SchemaKind::Type(Type::Array(array)) => {
            limits.extend(range("elements", array.min_items, array.max_items));
            limits.extend(array.unique_items.then(|| "no element twice".to_owned()));
        }
        SchemaKind::Type(Type::Object(object)) => {
            limits.extend(range("members", object.min_properties, object.max_properties));
        }
        _ => {}
    }
    limits
}

fn bound<T: std::fmt::Display>(word: &str, value: Option<T>, exclusive: bool) -> Option<String> {
    let value = value?;
    Some(if exclusive {
        format!("exclusive {word} {value}")
    } else {
        format!("{word} {value}")
    })
}

fn range(units: &str, minimum: Option<usize>, maximum: Option<usize>) -> Option<String> {
    match (minimum.filter(|minimum| *minimum > 0), maximum) {
        (Some(minimum), Some(maximum)) => Some(format!("{minimum} to {maximum} {units}")),
        (Some(minimum), None) => Some(format!("at least {minimum} {units}")),
        (None, Some(maximum)) => Some(format!("at most {maximum} {units}")),
        (None, None) => None,
    }
}
