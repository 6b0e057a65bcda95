//! Words for what HTTP sees: the thing that a pointer leads to, and what happens to it.

use super::{
    http::Finding,
    text::{capital, default_change, quoted},
    tree::{Tree, key, last},
};
use crate::read::Node;

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
    let default = |tree: &Tree, pointer: &Option<String>| {
        let pointer = pointer.as_deref().unwrap_or_default();
        let schema = tree.target(&key(pointer, "schema"));
        tree.at(&key(&schema, "default")).map(super::tree::json)
    };
    let what = match finding.rule {
        "parameter-default-changed" => {
            let (before, after) = (default(old, &finding.old), default(new, &finding.new));
            return format!("{thing}: {}.", default_change(before.as_deref(), after.as_deref()));
        }
        "property-removed" | "required-property-removed" => "is removed",
        "property-added" | "required-property-added" => "is added",
        "path-changed" => "has another path",
        "method-changed" => "is sent by another method",
        rule if rule.ends_with("-removed") => "is removed",
        rule if rule.ends_with("-added") => "is added",
        rule if rule.ends_with("became-required") => "is required",
        rule if rule.ends_with("became-optional") => "is optional",
        rule if rule.ends_with("deprecation") => {
            let pointer = finding.new.as_deref().unwrap_or_default();
            let flag = new.at(&key(pointer, "deprecated"));
            if flag.and_then(Node::as_bool).unwrap_or_default() {
                "is deprecated"
            } else {
                "is not deprecated any more"
            }
        }
        _ => "changes",
    };
    format!("{thing} {what}.")
}

/// The thing that a pointer leads to.
fn label(tree: &Tree, pointer: &str) -> String {
    let name = quoted(&last(pointer));
    let (around, _) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(owner) = around.strip_suffix("/properties") {
        return format!("`{name}` of {}", owner_label(tree, owner));
    }
    if around.ends_with("/parameters") {
        let target = tree.target(pointer);
        let (name, place) = (tree.text(&key(&target, "name")), tree.text(&key(&target, "in")));
        let name = quoted(name.unwrap_or(&last(&target)));
        let owner = around.strip_suffix("/parameters").unwrap_or(around);
        return format!(
            "The {} parameter `{name}` of {}",
            place.unwrap_or_default(),
            owner_label(tree, owner)
        );
    }
    if let Some(owner) = around.strip_suffix("/responses") {
        return format!("The response `{name}` of {}", owner_label(tree, owner));
    }
    if let Some((owner, _)) = around.split_once("/responses/") {
        let status = around.split_once("/responses/").map_or("", |(_, rest)| rest);
        let status = status.split('/').next().unwrap_or_default();
        if around.ends_with("/content") {
            return format!(
                "The media type `{name}` of the response `{status}` of {}",
                owner_label(tree, owner)
            );
        }
        if around.ends_with("/headers") {
            return format!(
                "The header `{name}` of the response `{status}` of {}",
                owner_label(tree, owner)
            );
        }
        if name == "schema" {
            return format!("The response `{status}` of {}", owner_label(tree, owner));
        }
    }
    if let Some((owner, rest)) = pointer.split_once("/requestBody") {
        return match rest.rsplit_once('/') {
            Some((content, _)) if content.ends_with("/content") => {
                format!(
                    "The media type `{name}` of the request body of {}",
                    owner_label(tree, owner)
                )
            }
            _ => format!("The request body of {}", owner_label(tree, owner)),
        };
    }
    let text = owner_label(tree, pointer);
    if text.starts_with('`') { text } else { capital(&text) }
}

/// A schema by its name, an operation by its id.
fn owner_label(tree: &Tree, pointer: &str) -> String {
    format!("`{}`", quoted(&owner(tree, pointer)))
}

fn owner(tree: &Tree, pointer: &str) -> String {
    if let Some(id) = tree.text(&key(pointer, "operationId")) {
        return id.to_owned();
    }
    let name = last(pointer);
    match pointer.strip_prefix("/components/schemas/") {
        Some(rest) if !rest.contains('/') => name,
        Some(rest) => {
            let mut parts: Vec<String> = Vec::new();
            for segment in rest.split('/') {
                let segment = last(&format!("/{segment}"));
                if !matches!(segment.as_str(), "properties" | "allOf" | "items" | "oneOf" | "anyOf")
                    && segment.parse::<usize>().is_err()
                {
                    parts.push(segment);
                }
            }
            parts.join(".")
        }
        None => match pointer.strip_prefix("/paths/") {
            Some(rest) => {
                let mut segments = rest.split('/');
                let path = segments
                    .next()
                    .map(|path| last(&format!("/{path}")))
                    .unwrap_or_default();
                let method = segments.next().unwrap_or_default().to_ascii_uppercase();
                let operation = format!("/paths/{}", rest.splitn(3, '/').take(2).collect::<Vec<_>>().join("/"));
                match tree.text(&key(&operation, "operationId")) {
                    Some(id) if operation != pointer => id.to_owned(),
                    _ => format!("{method} {path}"),
                }
            }
            None => pointer.to_owned(),
        },
    }
}
