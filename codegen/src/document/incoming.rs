//! Requests that the API sends: webhooks and callbacks, for which `openapiv3` has no place or a narrow one.

use openapiv3::PathItem;

use super::{
    build::path_item,
    fields::{Fields, Names, Walk},
};
use crate::{at::At, read::Node};

/// A path item of requests that the API sends to its caller.
#[derive(Debug)]
pub struct Incoming {
    /// What it is called: a webhook by its key, a callback by its operation's id and its key.
    pub name: String,
    /// Where it comes from: `Webhook ...`, or `Callback ... of ..., to ...`.
    pub origin: String,
    /// The requests.
    pub item: PathItem,
    /// Its pointer.
    pub pointer: String,
}

/// Reads the webhooks of a document.
pub(super) fn webhooks(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) {
    let Some(node) = fields.get("webhooks") else { return };
    let at = at.key("webhooks");
    let found = walk.map(node, &at, "`webhooks`", Names::WithoutExtensions, |walk, node, at| {
        Some((path_item(walk, node, at)?, at.pointer()))
    });
    let found = found.into_iter().map(|(name, (item, pointer))| Incoming {
        origin: format!("Webhook `{}`", name.replace('`', "'")),
        name,
        item,
        pointer,
    });
    walk.incoming.extend(found);
}

/// Reads the callbacks of an operation.
pub(super) fn callbacks(walk: &mut Walk<'_>, fields: &mut Fields<'_>, (id, at): (Option<&str>, &At<'_>)) {
    let Some(node) = fields.get("callbacks") else { return };
    // Those of a callback are for its receiver to send; they may lead back to it.
    if std::mem::replace(&mut walk.is_in_callback, true) {
        return;
    }
    let at = at.key("callbacks");
    let owner = id.map_or_else(|| at.pointer(), str::to_owned);
    let found = walk.map(node, &at, "`callbacks`", Names::WithoutExtensions, |walk, node, at| {
        Some(callback(walk, node, at))
    });
    for (key, items) in found {
        for (expression, item, pointer) in items {
            let origin = format!("Callback `{key}` of `{owner}`, to `{expression}`").replace("``", "`");
            walk.incoming.push(Incoming {
                name: format!("{owner} {key}"),
                origin,
                item,
                pointer,
            });
        }
    }
    walk.is_in_callback = false;
}

fn callback(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Vec<(String, PathItem, String)> {
    let reference = node.as_object().and_then(|object| object.get("$ref"));
    let target = reference.and_then(Node::as_str).and_then(|text| text.strip_prefix('#'));
    let root = walk.root;
    let (node, at) = match target.and_then(|pointer| Some((root.at(pointer)?, pointer))) {
        Some((node, pointer)) => (node, At::of(pointer)),
        None => (node, *at),
    };
    let items = walk.map(node, &at, "a callback", Names::WithoutExtensions, |walk, node, at| {
        Some((path_item(walk, node, at)?, at.pointer()))
    });
    let items = items.into_iter();
    items
        .map(|(expression, (item, pointer))| (expression, item, pointer))
        .collect()
}
