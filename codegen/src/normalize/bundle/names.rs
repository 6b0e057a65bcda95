//! The names of what becomes a component: made of its own place, and of nothing that comes earlier or later.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Meaning, Names,
    reference::pointer,
    trees::{Address, Trees},
};
use crate::{
    fingerprint::fingerprint,
    normalize::grammar::ObjectKind,
    read::{Node, segments},
};

/// The pointers that parts have as components.
pub(super) fn names(
    trees: &Trees<'_>,
    hoisted: &BTreeMap<Address, ObjectKind>,
    meanings: &BTreeMap<Address, Meaning>,
) -> Names {
    let mut aliases = aliases(trees, meanings);
    let mut order: Vec<(&Address, ObjectKind)> = hoisted.iter().map(|(address, kind)| (address, *kind)).collect();
    order.sort_by_key(|(address, _)| (path(trees, address), &address.pointer));
    let mut names = Names::new();
    let mut taken = BTreeSet::new();
    for (address, kind) in order {
        let Some(section) = trees.layout.section(kind) else {
            continue;
        };
        let own = own_name(trees, address);
        let in_section = |name: &str| format!("{section}{}", pointer([name]));
        if let Some(aliases) = aliases.remove(address) {
            // A component of the document that is only another name for this part is this part.
            let wanted = in_section(&own);
            let name = aliases
                .iter()
                .find(|alias| **alias == wanted)
                .or_else(|| aliases.first());
            names.extend(name.map(|name| (address.clone(), name.clone())));
            continue;
        }
        let is_free = |name: &String| {
            let address = Address {
                tree: 0,
                pointer: name.clone(),
            };
            !taken.contains(name) && trees.node(&address).is_none()
        };
        let candidates = candidates(trees, address, &own);
        let name = candidates.iter().map(|name| in_section(name)).find(is_free);
        let mut name = name.unwrap_or_else(|| in_section(&own));
        while !is_free(&name) {
            name = format!("{name}_{}", fingerprint(&name));
        }
        taken.insert(name.clone());
        names.insert(address.clone(), name);
    }
    names
}

/// Returns the components of the document that are only a reference to a part that is not a component.
fn aliases(trees: &Trees<'_>, meanings: &BTreeMap<Address, Meaning>) -> BTreeMap<Address, Vec<String>> {
    let mut aliases: BTreeMap<Address, Vec<String>> = BTreeMap::new();
    for (address, meaning) in meanings {
        let only_refers = |node: &Node| node.as_object().is_some_and(|object| object.len() == 1);
        if !meaning.key.is_empty() && trees.component(address).is_some() && trees.node(address).is_some_and(only_refers)
        {
            aliases
                .entry(meaning.target.clone())
                .or_default()
                .push(address.pointer.clone());
        }
    }
    aliases
}

fn path<'t>(trees: &'t Trees<'_>, address: &Address) -> &'t str {
    // Parts of the document come first.
    match trees.all.get(address.tree) {
        Some(tree) if address.tree > 0 => &tree.path,
        _ => "",
    }
}

/// The names that a part asks for, one after the other.
fn candidates(trees: &Trees<'_>, address: &Address, own: &str) -> Vec<String> {
    let path = path(trees, address);
    let mut candidates = vec![own.to_owned()];
    if !path.is_empty() {
        candidates.push(format!("{}_{own}", cleaned(stem(path))));
        let whole = path.rsplit_once('.').map_or(path, |(path, _)| path);
        candidates.push(format!("{}_{own}", cleaned(whole)));
    }
    let place = format!("{path}#{}", address.pointer);
    candidates.push(format!("{own}_{}", fingerprint(&place)));
    candidates
}

/// The name that a part has by its place in its file.
fn own_name(trees: &Trees<'_>, address: &Address) -> String {
    let segments: Vec<String> = segments(&address.pointer).collect();
    let Some(tree) = trees.all.get(address.tree) else {
        return String::new();
    };
    let words = words(&tree.root, &segments);
    if words.is_empty() {
        return cleaned(stem(&tree.path));
    }
    let words: Vec<String> = words.iter().map(|word| cleaned(word)).collect();
    words.join(".")
}

/// The words of a place: names, without the keywords that lead from one to the next.
fn words(root: &Node, segments: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = segments;
    if let [first, _section, _name, ..] = segments
        && first == "components"
    {
        rest = segments.get(2..).unwrap_or_default();
        words.extend(rest.first().cloned());
        rest = rest.get(1..).unwrap_or_default();
    }
    while let [key, after @ ..] = rest {
        let next = after.first();
        let (word, length) = match (key.as_str(), next) {
            (
                "properties" | "patternProperties" | "headers" | "examples" | "links" | "callbacks" | "encoding"
                | "paths" | "webhooks" | "definitions" | "$defs" | "schemas",
                Some(name),
            ) => (Some(name.clone()), 2),
            // The same name as that of a response inside its operation.
            ("responses", Some(status)) if status.starts_with('2') => (Some("response".to_owned()), 2),
            ("responses", Some(status)) => (Some(format!("response{status}")), 2),
            ("content", Some(_)) => (None, 2),
            ("allOf" | "oneOf" | "anyOf" | "prefixItems", Some(index)) => (Some(format!("{key}{index}")), 2),
            ("parameters", Some(index)) => {
                let here = segments.len() - after.len() + 1;
                let parameter = root.at(&pointer(segments.iter().take(here)));
                let name = parameter.and_then(|node| node.get("name")).and_then(Node::as_str);
                (Some(name.map_or_else(|| format!("parameter{index}"), str::to_owned)), 2)
            }
            ("schema" | "items", _) => (None, 1),
            ("additionalProperties", _) => (Some("additional".to_owned()), 1),
            ("requestBody", _) => (Some("body".to_owned()), 1),
            (other, _) => (Some(other.to_owned()), 1),
        };
        words.extend(word);
        rest = rest.get(length..).unwrap_or_default();
        let here = pointer(segments.iter().take(segments.len() - rest.len()));
        let id = root
            .at(&here)
            .and_then(|node| node.get("operationId"))
            .and_then(Node::as_str);
        if let Some(id) = id {
            words = vec![id.to_owned()];
        }
    }
    words
}

/// The file's name without its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name that the keys of components may have; letters of all scripts are kept.
fn cleaned(word: &str) -> String {
    let word = word.trim_matches(['/', ' ']);
    let kept = |c: char| {
        if c.is_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '_'
        }
    };
    word.chars().map(kept).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{cleaned, stem, words};
    use crate::read::{Limits, read, segments};

    #[test]
    fn places_have_names() {
        let text = "{'paths': {'/a/{id}': {get: {operationId: getA}, put: {parameters: [{name: q}]}}}}";
        let root = read("a.yaml", text.as_bytes(), &Limits::default()).unwrap().root;
        for (pointer, name) in [
            ("/components/schemas/A/properties/b/items", "A.b"),
            (
                "/components/schemas/A/properties/properties/additionalProperties",
                "A.properties.additional",
            ),
            ("/components/responses/R/content/application~1json/schema", "R"),
            ("/components/schemas/A/$defs/B", "A.B"),
            ("/definitions/A/allOf/1", "A.allOf1"),
            (
                "/paths/~1a~1{id}/get/responses/404/content/a~1b/schema/properties/x",
                "getA.response404.x",
            ),
            ("/paths/~1a~1{id}/get/requestBody", "getA.body"),
            ("/paths/~1a~1{id}/put/parameters/0", "/a/{id}.put.q"),
            ("/Money", "Money"),
            ("", ""),
        ] {
            let segments: Vec<String> = segments(pointer).collect();
            assert_eq!(words(&root, &segments).join("."), name, "{pointer}");
        }
    }

    #[test]
    fn files_have_names() {
        assert_eq!(stem("a/b.c.yaml"), "b.c");
        assert_eq!(stem("README"), "README");
        assert_eq!(cleaned("/a/{id}"), "a__id_");
    }
}
