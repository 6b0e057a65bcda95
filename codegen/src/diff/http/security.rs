//! What a change of security means to clients.

use super::schemas::Schemas;
use crate::{
    diff::tree::{Tree, json, key, members},
    read::Node,
};

/// The keywords of a scheme that say what clients send.
const SENT: [&str; 4] = ["type", "in", "name", "scheme"];

/// Compares the schemes of both documents.
pub(super) fn schemes(schemas: &mut Schemas<'_>) {
    let (old, new) = (
        members(schemas.old, "/components/securitySchemes"),
        members(schemas.new, "/components/securitySchemes"),
    );
    for (name, pointer) in &old {
        let Some(other) = new.get(name) else {
            schemas.find("security-scheme-removed", false, Some(pointer), None);
            continue;
        };
        let (before, after) = (schemas.old.target(pointer), schemas.new.target(other));
        let sent =
            |tree: &Tree, at: &str| SENT.map(|keyword| tree.text(&key(at, keyword)).map(str::to_ascii_lowercase));
        let flows = |tree: &Tree, at: &str| tree.at(&key(at, "flows")).map(json);
        if sent(schemas.old, &before) != sent(schemas.new, &after) {
            schemas.find("security-scheme-changed", true, Some(pointer), Some(other));
        } else if flows(schemas.old, &before) != flows(schemas.new, &after) {
            schemas.find("security-flows-changed", false, Some(pointer), Some(other));
        }
    }
    for (_, pointer) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        schemas.find("security-scheme-added", false, None, Some(pointer));
    }
}

/// Compares what an operation needs.
pub(super) fn operation(schemas: &mut Schemas<'_>, old: &str, new: &str) {
    let (before, old_at) = needed(schemas.old, old);
    let (after, new_at) = needed(schemas.new, new);
    if before == after {
        return;
    }
    let is_public = |needed: &[Vec<String>]| needed.is_empty() || needed.iter().any(Vec::is_empty);
    let at = (Some(old_at.as_str()), Some(new_at.as_str()));
    match (is_public(&before), is_public(&after)) {
        (true, false) => schemas.find("security-added", true, at.0, at.1),
        (false, true) => schemas.find("security-removed", false, at.0, at.1),
        _ => {
            // A client with credentials that were enough must still have enough.
            let is_enough = |had: &Vec<String>| {
                let mut alternatives = after.iter();
                alternatives.any(|needed| needed.iter().all(|scheme| had.contains(scheme)))
            };
            let is_breaking = !before.iter().filter(|had| !had.is_empty()).all(is_enough) && !is_public(&after);
            schemas.find("security-changed", is_breaking, at.0, at.1);
        }
    }
}

/// The alternatives of what an operation needs, and where that is declared.
fn needed(tree: &Tree, operation: &str) -> (Vec<Vec<String>>, String) {
    let own = key(operation, "security");
    let at = if tree.at(&own).is_some() {
        own
    } else {
        "/security".to_owned()
    };
    let alternatives = tree.at(&at).and_then(Node::as_array).unwrap_or_default();
    let alternatives = alternatives.iter().filter_map(Node::as_object).map(|schemes| {
        let mut names: Vec<String> = schemes.iter().map(|scheme| scheme.name.to_string()).collect();
        names.sort();
        names
    });
    (alternatives.collect(), at)
}
