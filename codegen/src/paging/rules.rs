//! Declarations of the configuration, for all operations of a path or for one operation.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    operations::{Operation, operations},
    view::string,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    nearest::nearest,
    read::{Node, Number, Object, Value},
    selection::matches,
};

/// A declaration for the operations of a selection.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ConfiguredRule {
    /// The paths, as in a selection.
    pub path: Option<String>,
    /// One operation, by its id, or its method and path. It is an error if a place of the declaration does not exist in it.
    pub operation: Option<String>,
    /// The declaration, as `x-client-paging` has it.
    #[serde(flatten)]
    pub declaration: serde_json::Map<String, serde_json::Value>,
}

/// The declarations by the pointers of their operations. The first rule that names an operation counts.
pub(super) fn declarations(
    root: &Node,
    rules: &[ConfiguredRule],
    diagnostics: &mut Diagnostics,
) -> HashMap<String, Node> {
    let mut made = HashMap::new();
    for (index, rule) in rules.iter().enumerate() {
        let found: Vec<Operation<'_>> = operations(root).filter(|operation| is_meant(rule, operation)).collect();
        if found.is_empty() {
            diagnostics.push(unknown(root, rule, index));
        }
        for operation in found {
            let place = operation.node.place;
            let is_one = rule.operation.is_some();
            let mut declaration = object(&rule.declaration, place);
            if !is_one {
                // Of many operations those are meant that have all places.
                let name = format!("rule {}", index + 1);
                declaration.insert("recognized", place, Node::new(place, Value::String(name.into())));
            }
            made.entry(operation.pointer)
                .or_insert_with(|| Node::new(place, Value::Object(declaration)));
        }
    }
    made
}

fn is_meant(rule: &ConfiguredRule, operation: &Operation<'_>) -> bool {
    if let Some(name) = &rule.operation {
        let by_path = name.split_once(' ').is_some_and(|(method, path)| {
            method.eq_ignore_ascii_case(operation.method) && path.trim() == operation.path
        });
        return by_path || string(operation.node, "operationId") == Some(name);
    }
    let is_safe = matches!(operation.method, "get" | "post" | "query");
    is_safe
        && rule
            .path
            .as_ref()
            .is_some_and(|pattern| matches(pattern, operation.path))
}

fn unknown(root: &Node, rule: &ConfiguredRule, index: usize) -> Diagnostic {
    let number = index + 1;
    let (message, help) = match (&rule.operation, &rule.path) {
        (Some(name), _) => {
            let all: Vec<String> = operations(root)
                .flat_map(|operation| {
                    let id = string(operation.node, "operationId").map(str::to_owned);
                    let path = format!("{} {}", operation.method.to_ascii_uppercase(), operation.path);
                    id.into_iter().chain([path])
                })
                .collect();
            let near = nearest(name, all.iter().map(String::as_str));
            let help = near.map_or_else(
                || "check the spelling".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            (format!("rule {number} of `paging`: `{name}` is not an operation"), help)
        }
        (None, Some(path)) => {
            let message = format!("rule {number} of `paging`: no operation has a path like `{path}`");
            (message, "check the spelling".to_owned())
        }
        (None, None) => {
            let message = format!("rule {number} of `paging` does not say which operations it is for");
            (message, "Add `path: /v1/**` or `operation: ID`.".to_owned())
        }
    };
    Diagnostic::error(Code::InvalidExtension, None, String::new(), message).help(help)
}

fn object(members: &serde_json::Map<String, serde_json::Value>, place: Place) -> Object {
    let mut object = Object::new();
    for (name, value) in members {
        object.insert(name.as_str(), place, node(value, place));
    }
    object
}

fn node(value: &serde_json::Value, place: Place) -> Node {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Number::parse(&number.to_string()).map_or(Value::Null, Value::Number),
        Json::String(text) => Value::String(text.as_str().into()),
        Json::Array(elements) => Value::Array(elements.iter().map(|element| node(element, place)).collect()),
        Json::Object(members) => Value::Object(object(members, place)),
    };
    Node::new(place, value)
}
