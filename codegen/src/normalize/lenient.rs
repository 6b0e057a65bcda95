//! What many documents write that OpenAPI does not allow, and that can mean one thing only: it is read as that, with a
//! warning.

use super::{
    bundle::{Problem, wrong_escape},
    grammar::ObjectKind,
    rewrite::Rewrite,
    values,
};
use crate::{
    at::At,
    diagnostic::Code,
    read::{Node, Object, Text, Value},
};

/// Members whose null is a value, or whose absence would mean something else.
const NULLS_THAT_MEAN_SOMETHING: &[&str] = &[
    "default",
    "example",
    "const",
    "value",
    "paths",
    "info",
    "openapi",
    "responses",
    "security",
    "schema",
    "$ref",
];

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, node: &mut Node, kind: ObjectKind, at: &At<'_>) {
    let Some(part) = node.as_object_mut() else { return };
    if kind != ObjectKind::Callback {
        nulls(rewrite, part, at);
    }
    for key in texts(kind) {
        if let Some(value) = part.get_mut(key) {
            text(rewrite, value, &at.key(key));
        }
    }
    pointer_escapes(rewrite, part, at);
    match kind {
        ObjectKind::Document => document(rewrite, part, at),
        ObjectKind::PathItem => servers(rewrite, part, at),
        ObjectKind::Operation => {
            servers(rewrite, part, at);
            list_of_texts(rewrite, part, "tags", at);
        }
        ObjectKind::Schema => {
            empty_compositions(rewrite, part, at);
            tuple(rewrite, part, at);
            list_of_texts(rewrite, part, "required", at);
            values::rewrite(rewrite, part, at);
        }
        _ => {}
    }
}

/// A list of schemas without a schema: JSON Schema does not allow it, and read to the letter nothing or everything is valid.
fn empty_compositions(rewrite: &mut Rewrite<'_>, schema: &mut Object, at: &At<'_>) {
    for key in ["allOf", "anyOf", "oneOf"] {
        let is_empty = |value: &Node| value.as_array().is_some_and(<[Node]>::is_empty);
        if schema.get(key).is_some_and(is_empty)
            && let Some(member) = schema.remove(key)
        {
            let message = format!("`{key}` is empty: it is ignored");
            let help = "add the schemas, or remove the key";
            rewrite.warn(Code::InvalidValue, member.name_place, &at.key(key), message, help);
            rewrite.removed.left_out.push(member.name_place);
        }
    }
}

/// A list as `items` is a tuple of older drafts of JSON Schema, which no version of OpenAPI allows.
fn tuple(rewrite: &mut Rewrite<'_>, schema: &Object, at: &At<'_>) {
    let items = schema
        .member("items")
        .filter(|member| member.value.as_array().is_some());
    if let Some(items) = items.filter(|_| !schema.contains("prefixItems")) {
        let message = format!(
            "`items` is an array, but must be a schema in {}: it is read as `prefixItems`",
            rewrite.version.text()
        );
        let help = "write one schema for all items, or `prefixItems` in OpenAPI 3.1";
        rewrite.warn(Code::WrongKind, items.name_place, &at.key("items"), message, help);
    }
}

/// In a JSON pointer `~` is followed by 0 or 1. References that do not name a component have been rewritten, and reported.
fn pointer_escapes(rewrite: &mut Rewrite<'_>, part: &Object, at: &At<'_>) {
    let Some(reference) = part.get("$ref") else { return };
    if let Some(Problem { code, message, help }) = reference.as_str().and_then(wrong_escape) {
        rewrite.warn(code, reference.place, &at.key("$ref"), message, &help);
    }
}

/// Returns the properties of a part that are strings.
fn texts(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::PathItem => &["summary", "description"],
        ObjectKind::Operation => &["summary", "description", "operationId"],
        ObjectKind::Parameter => &["name", "description"],
        ObjectKind::Header | ObjectKind::RequestBody | ObjectKind::Response => &["description"],
        ObjectKind::Schema => &["title", "description", "pattern", "format"],
        _ => &[],
    }
}

fn document(rewrite: &mut Rewrite<'_>, root: &mut Object, at: &At<'_>) {
    servers(rewrite, root, at);
    let here = at.key("tags");
    let tags = root.get_mut("tags").and_then(Node::as_array_mut);
    for (index, tag) in tags.into_iter().flatten().enumerate() {
        let at = here.index(index);
        members(rewrite, tag, &["name", "description"], &at);
    }
    let at = at.key("info");
    let Some(info) = root.get_mut("info") else { return };
    members(rewrite, info, &["title", "version", "description"], &at);
    let place = info.place;
    let Some(info) = info.as_object_mut() else { return };
    for key in ["title", "version"] {
        if !info.contains(key) {
            let message = format!("`info` has no `{key}`: it is read as an empty string");
            rewrite.warn(Code::MissingKey, place, &at, message, &format!("add `{key}:` here"));
            info.insert(key, place, Node::new(place, Value::from("")));
        }
    }
}

fn servers(rewrite: &mut Rewrite<'_>, part: &mut Object, at: &At<'_>) {
    let here = at.key("servers");
    let servers = part.get_mut("servers").and_then(Node::as_array_mut);
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let at = here.index(index);
        members(rewrite, server, &["url", "description"], &at);
        let at = at.key("variables");
        let variables = server
            .as_object_mut()
            .and_then(|server| server.get_mut("variables")?.as_object_mut());
        for (name, variable) in variables.into_iter().flat_map(Object::iter_mut) {
            let at = at.key(name);
            members(rewrite, variable, &["default", "description"], &at);
            if let Some(variable) = variable.as_object_mut() {
                list_of_texts(rewrite, variable, "enum", &at);
            }
        }
    }
}

fn members(rewrite: &mut Rewrite<'_>, node: &mut Node, keys: &[&str], at: &At<'_>) {
    let Some(part) = node.as_object_mut() else { return };
    nulls(rewrite, part, at);
    for key in keys {
        if let Some(value) = part.get_mut(key) {
            text(rewrite, value, &at.key(key));
        }
    }
}

/// Removes keys without a value, which YAML allows: such a key counts as absent.
fn nulls(rewrite: &mut Rewrite<'_>, part: &mut Object, at: &At<'_>) {
    let is_empty = |name: &str, value: &Node| {
        value.is_null() && !name.starts_with("x-") && !NULLS_THAT_MEAN_SOMETHING.contains(&name)
    };
    let empty: Vec<Text> = part
        .iter()
        .filter(|member| is_empty(&member.name, &member.value))
        .map(|member| member.name.clone())
        .collect();
    if empty.is_empty() {
        return;
    }
    for name in &empty {
        if let Some(member) = part.member(name) {
            let message = format!("`{name}` has no value: it is ignored");
            let help = "remove the key, or give it a value";
            rewrite.warn(Code::WrongKind, member.name_place, &at.key(name), message, help);
            rewrite.removed.left_out.push(member.name_place);
        }
    }
    part.retain(|member| !is_empty(&member.name, &member.value));
}

fn list_of_texts(rewrite: &mut Rewrite<'_>, part: &mut Object, key: &str, at: &At<'_>) {
    let here = at.key(key);
    let elements = part.get_mut(key).and_then(Node::as_array_mut);
    for (index, element) in elements.into_iter().flatten().enumerate() {
        text(rewrite, element, &here.index(index));
    }
}

/// Reads a number or a boolean as a string where a string is expected: the quotes were forgotten.
pub(super) fn text(rewrite: &mut Rewrite<'_>, value: &mut Node, at: &At<'_>) {
    let written = match &value.value {
        Value::Number(number) => number.text().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        _ => return,
    };
    let message = format!("expected a string, found {}: it is read as `{written}`", value.kind());
    rewrite.warn(
        Code::WrongKind,
        value.place,
        at,
        message,
        &format!("write `'{written}'`"),
    );
    value.value = Value::from(written.as_str());
}
