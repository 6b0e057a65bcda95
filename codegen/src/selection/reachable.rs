//! What is still referred to.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use crate::{
    at::At,
    normalize::{Layout, ObjectKind, Shape, look},
    read::{Node, Value, push_segment, unescape},
};

/// The sections of components that only references lead to; security schemes are named.
const SECTIONS: [ObjectKind; 8] = [
    ObjectKind::Schema,
    ObjectKind::Parameter,
    ObjectKind::RequestBody,
    ObjectKind::Response,
    ObjectKind::Header,
    ObjectKind::Example,
    ObjectKind::Link,
    ObjectKind::Callback,
];

/// Takes out the components that nothing leads to any more.
pub(super) fn prune(root: &mut Node) {
    let reached = reached(root);
    let Some(components) = root.at_mut("/components") else {
        return;
    };
    for section in SECTIONS.into_iter().filter_map(|kind| Layout::Components.section(kind)) {
        let name = section.rsplit('/').next().unwrap_or_default();
        if let Some(members) = components.at_mut(&format!("/{name}")).and_then(Node::as_object_mut) {
            members.retain(|member| {
                let mut pointer = section.to_owned();
                push_segment(&mut pointer, &member.name);
                reached.contains(&pointer)
            });
        }
    }
    // Path items are where they are referred to, and nothing leads to them.
    if let Some(components) = components.as_object_mut() {
        components.remove("pathItems");
    }
}

/// The pointers of the components that can be reached from operations.
fn reached(root: &Node) -> BTreeSet<String> {
    let heirs = heirs(root);
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    for place in ["paths", "webhooks"] {
        if let (Some(node), Some(shape)) = (root.get(place), Shape::One(ObjectKind::Document).member(place)) {
            references(node, shape, &mut open);
        }
    }
    while let Some(pointer) = open.pop() {
        if !reached.insert(pointer.clone()) {
            continue;
        }
        let segments: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
        let shape = Shape::One(ObjectKind::Document).at(segments.iter().map(String::as_str));
        if let (Some(node), Some(shape)) = (root.at(&pointer), shape) {
            references(node, shape, &mut open);
            if node.get("discriminator").is_some() {
                open.extend(heirs.get(&pointer).into_iter().flatten().cloned());
            }
        }
    }
    reached
}

/// The schemas that extend another one: where that one has a discriminator, each of them may come in its place.
fn heirs(root: &Node) -> BTreeMap<String, Vec<String>> {
    let mut heirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let schemas = root.at("/components/schemas").and_then(Node::as_object);
    for member in schemas.into_iter().flatten() {
        let mut pointer = "/components/schemas".to_owned();
        push_segment(&mut pointer, &member.name);
        let arms = member.value.get("allOf").and_then(Node::as_array).unwrap_or_default();
        for parent in arms.iter().filter_map(|arm| target(arm.get("$ref")?.as_str()?)) {
            heirs.entry(parent).or_default().push(pointer.clone());
        }
    }
    heirs
}

/// The components that are referred to below a value.
fn references(node: &Node, shape: Shape, found: &mut Vec<String>) {
    look(node, shape, &At::ROOT, &mut |node, shape, _| {
        if let (Value::String(text), Shape::One(ObjectKind::MappedSchema)) = (&node.value, shape) {
            let mut by_name = "/components/schemas".to_owned();
            push_segment(&mut by_name, text);
            found.push(target(text).unwrap_or(by_name));
        }
        if let (Value::Object(object), Some(_)) = (&node.value, shape.kind()) {
            found.extend(object.get("$ref").and_then(Node::as_str).and_then(target));
        }
        ControlFlow::Continue(())
    });
}

/// The pointer of a component, as the canonical form refers to it.
fn target(text: &str) -> Option<String> {
    let pointer = text.strip_prefix('#')?;
    let decoded = percent_encoding::percent_decode_str(pointer).decode_utf8_lossy();
    Some(decoded.into_owned())
}
