//! The values of an `enum` that do not have the type of the schema. They are converted, or ignored with a warning, because they
//! are invalid.

use super::{lenient, rewrite::Rewrite, version::Version};
use crate::{
    at::At,
    diagnostic::{Code, Place},
    read::{Node, Number, Object, Value},
};

/// The types of JSON, and how a value of each is called.
const TYPES: [(&str, &str); 6] = [
    ("string", "a string"),
    ("integer", "an integer"),
    ("number", "a number"),
    ("boolean", "a boolean"),
    ("array", "an array"),
    ("object", "an object"),
];

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, schema: &mut Object, at: &At<'_>) {
    let Some((name, described)) = declared(schema) else {
        return;
    };
    let takes_null = takes_null(schema);
    if let Some(constant) = schema.get("const").filter(|value| value.is_null() && !takes_null) {
        no_null(rewrite, name, constant.place, &at.key("const"));
    }
    let at = at.key("enum");
    let Some(values) = schema.get_mut("enum") else { return };
    let place = values.place;
    let Value::Array(elements) = &mut values.value else {
        return;
    };
    for (index, element) in elements.iter_mut().enumerate() {
        if name == "string" {
            lenient::text(rewrite, element, &at.index(index));
        } else if let Some(value) = spelled(element, name) {
            let message = format!("expected {described}, found a string: it is read without its quotes");
            rewrite.warn(
                Code::WrongKind,
                element.place,
                &at.index(index),
                message,
                "remove the quotes",
            );
            element.value = value;
        }
    }
    let nulls = elements.iter().enumerate().filter(|(_, element)| element.is_null());
    for (index, null) in nulls.filter(|_| !takes_null) {
        no_null(rewrite, name, null.place, &at.index(index));
    }
    let others = elements.iter().filter(|element| !fits(element, name)).count();
    if others == 0 {
        return;
    }
    if others == elements.len() {
        let message = format!("the type is `{name}`, but `enum` has no value of that type: `enum` is ignored");
        let help = "use values of the type, or the type of the values; if they are values of an array, move `enum` into its \
            `items`";
        rewrite.warn(Code::WrongKind, place, &at, message, help);
        let removed = schema.remove("enum");
        rewrite.removed.left_out.extend(removed.map(|member| member.name_place));
        return;
    }
    for (index, element) in elements.iter().enumerate().filter(|(_, element)| !fits(element, name)) {
        let message = format!("expected {described}, found {}: the value is ignored", element.kind());
        let help = "use a value of the declared type, or remove this value";
        rewrite.warn(Code::WrongKind, element.place, &at.index(index), message, help);
    }
    elements.retain(|element| fits(element, name));
}

/// Whether a schema with a type says that null is a value too.
fn takes_null(schema: &Object) -> bool {
    let has_flag = |key| schema.get(key).and_then(Node::as_bool) == Some(true);
    let names = schema.get("type").and_then(Node::as_array);
    let has_type = names.is_some_and(|names| names.iter().any(|name| name.as_str() == Some("null")));
    has_type || has_flag("nullable") || has_flag("x-nullable")
}

/// Null among the values of a type that does not have it: quotes were forgotten, or the schema does not say it.
fn no_null(rewrite: &mut Rewrite<'_>, name: &str, place: Place, at: &At<'_>) {
    let flag = match rewrite.version {
        Version::V20 => "add `x-nullable: true`",
        Version::V30 => "add `nullable: true`",
        _ => "add the type `'null'`",
    };
    let quotes = if name == "string" {
        "quote the value (`'null'`) if it is a string"
    } else {
        "remove it"
    };
    let message =
        format!("null is not a value of type `{name}`, and the schema does not allow null: the client accepts null");
    let help = format!("{quotes}, or {flag} if null is allowed");
    rewrite.warn(Code::WrongKind, place, at, message, &help);
}

/// The one type beside null that a schema says it is of.
fn declared(schema: &Object) -> Option<(&'static str, &'static str)> {
    let types = schema.get("type")?;
    let names: Vec<&str> = match &types.value {
        Value::String(name) => vec![name],
        Value::Array(names) => names
            .iter()
            .filter_map(Node::as_str)
            .filter(|name| *name != "null")
            .collect(),
        _ => Vec::new(),
    };
    let [name] = names.as_slice() else { return None };
    TYPES.into_iter().find(|(known, _)| known == name)
}

/// Returns the value of a type that a string spells.
fn spelled(element: &Node, name: &str) -> Option<Value> {
    let text = element.as_str()?;
    match name {
        "boolean" => text.parse().ok().map(Value::Bool),
        "integer" => Number::parse(text).filter(is_whole).map(Value::Number),
        "number" => Number::parse(text).map(Value::Number),
        _ => None,
    }
}

/// Whether a value is of a type; null is a matter of its own.
fn fits(element: &Node, name: &str) -> bool {
    match &element.value {
        Value::Null => true,
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && is_whole(number)),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// `1.0` is an integer too.
fn is_whole(number: &Number) -> bool {
    number.is_integer() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
}
