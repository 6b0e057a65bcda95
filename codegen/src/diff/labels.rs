//! Words for what HTTP sees: the thing that a pointer leads to, and what happens to it.

use super::{
    http::Finding,
    text::{capital, default_change, quoted},
    tree::{Tree, key, last},
};
use crate::read::{Node, unescape};

/// What a finding says, in a sentence.
pub(super) fn sentence(old: &Tree, new: &Tree, finding: &Finding) -> String {
    let thing = match (&finding.new, &finding.old) {
        (Some(pointer), _) => label(new, pointer),
        (None, Some(pointer)) => label(old, pointer),
        (None, None) => "The document".to_owned(),
    };
    let thing = match &finding.via {
        Some((_, reference)) if finding.new.as_ref() != Some(reference) => {
            format!("{} refers to another schema: {thing}", label(new, reference))
        }
        _ => thing,
    };
    if !finding.detail.is_empty() {
        return format!("{thing}: {}.", finding.detail);
    }
    if finding.rule == "parameter-default-changed" {
        let default = |tree: &Tree, pointer: &Option<String>| {
            let pointer = pointer.as_deref().unwrap_or_default();
            let schema = tree.target(&key(pointer, "schema"));
            tree.at(&key(&schema, "default")).map(super::tree::json)
        };
        let (before, after) = (default(old, &finding.old), default(new, &finding.new));
        return format!("{thing}: {}.", default_change(before.as_deref(), after.as_deref()));
    }
    format!("{thing} {}.", what_happens(new, finding))
}

/// What happens to a thing, where its rule says it.
fn what_happens(new: &Tree, finding: &Finding) -> &'static str {
    let at = |name: &str| new.at(&key(finding.new.as_deref().unwrap_or_default(), name));
    match finding.rule {
        "path-changed" => "has another path",
        "method-changed" => "is sent by another method",
        "security-added" => "requires a credential",
        "security-removed" => "requires no credential any more",
        "security-changed" => "requires other credentials",
        "parameter-style-changed" => "is written in another style",
        "parameter-media-type-changed" | "header-media-type-changed" => "has another media type",
        "encoding-changed" => "has another encoding",
        "schema-added-or-removed" if at("schema").is_some() => "has a schema now",
        "schema-added-or-removed" => "has no schema any more",
        rule if rule.ends_with("-removed") => "is removed",
        rule if rule.ends_with("-added") => "is added",
        rule if rule.ends_with("became-required") => "is required",
        rule if rule.ends_with("became-optional") => "is optional",
        rule if rule.ends_with("deprecation") => {
            if at("deprecated").and_then(Node::as_bool).unwrap_or_default() {
                "is deprecated"
            } else {
                "is not deprecated any more"
            }
        }
        _ => "changes",
    }
}

/// The thing that a pointer leads to, at the start of a sentence.
fn label(tree: &Tree, pointer: &str) -> String {
    let name = quoted(&last(pointer));
    let (around, _) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(owner) = around.strip_suffix("/properties") {
        return format!("`{name}` of {}", thing(tree, owner));
    }
    if let Some(owner) = around.strip_suffix("/content") {
        return format!("The media type `{name}` of {}", thing(tree, owner));
    }
    capital(&thing(tree, pointer))
}

/// What a pointer is in: a schema, or a part of an operation.
fn thing(tree: &Tree, pointer: &str) -> String {
    let segments: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["components", "schemas", rest @ ..] => format!("`{}`", quoted(&schema(rest))),
        ["components", section, name, ..] => {
            let kind = match *section {
                "parameters" => return parameter(tree, &key(&key("/components", section), name)),
                "requestBodies" => "request body",
                "securitySchemes" => "security scheme",
                other => other.trim_end_matches('s'),
            };
            format!("the {kind} `{}`", quoted(name))
        }
        ["security", ..] => "the API".to_owned(),
        ["webhooks", name, ..] => format!("the webhook `{}`", quoted(name)),
        ["paths", path, "parameters", index, ..] => {
            let at = key(&key(&key("/paths", path), "parameters"), index);
            format!("{} of `{}`", parameter(tree, &at), quoted(path))
        }
        ["paths", path, method, rest @ ..] => {
            let operation = key(&key("/paths", path), method);
            let id = tree.text(&key(&operation, "operationId")).map(str::to_owned);
            let id = id.unwrap_or_else(|| format!("{} {path}", method.to_ascii_uppercase()));
            match part(tree, &operation, rest) {
                Some(part) => format!("{part} of `{}`", quoted(&id)),
                None => format!("`{}`", quoted(&id)),
            }
        }
        _ => format!("`{}`", quoted(pointer)),
    }
}

/// The part of an operation that the segments of a pointer lead into.
fn part(tree: &Tree, operation: &str, segments: &[&str]) -> Option<String> {
    Some(match segments {
        ["requestBody", ..] => "the request body".to_owned(),
        ["responses", status, "headers", name, ..] => {
            format!("the header `{}` of the response `{}`", quoted(name), quoted(status))
        }
        ["responses", status, ..] => format!("the response `{}`", quoted(status)),
        ["parameters", index, ..] => parameter(tree, &key(&key(operation, "parameters"), index)),
        ["callbacks", name, ..] => format!("the callback `{}`", quoted(name)),
        _ => return None,
    })
}

fn parameter(tree: &Tree, pointer: &str) -> String {
    let target = tree.target(pointer);
    let (name, place) = (tree.text(&key(&target, "name")), tree.text(&key(&target, "in")));
    let name = name.map_or_else(|| last(&target), str::to_owned);
    format!("the {} parameter `{}`", place.unwrap_or_default(), quoted(&name))
}

/// A schema by its name, and by the properties that lead to one in it.
fn schema(segments: &[&str]) -> String {
    let is_name = |segment: &&&str| {
        !matches!(**segment, "properties" | "allOf" | "items" | "oneOf" | "anyOf") && segment.parse::<usize>().is_err()
    };
    let (name, inner) = segments.split_first().unwrap_or((&"", &[]));
    let inner = inner.iter().filter(is_name).copied();
    std::iter::once(*name).chain(inner).collect::<Vec<_>>().join(".")
}
