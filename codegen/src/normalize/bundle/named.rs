//! The schemas of a file that name themselves, by `$id` and `$anchor`.

use std::collections::BTreeMap;

use super::reference::resolve;
use crate::read::{Node, Value, push_segment};

#[derive(Default)]
pub(super) struct Named {
    /// The URIs of the schemas that have an `$id`, by their pointers: references in them are relative to that.
    uris: BTreeMap<String, String>,
    /// The pointers of these schemas.
    ids: BTreeMap<String, String>,
    /// The pointers of anchors, by the pointer of the schema with an `$id` that they are in (which may be the file) and their name.
    anchors: BTreeMap<(String, String), String>,
    /// How many schemas a dynamic anchor has.
    dynamic: BTreeMap<String, usize>,
}

impl Named {
    pub(super) fn of(root: &Node, path: &str) -> Self {
        let mut named = Self::default();
        named.collect(root, &mut String::new(), "", path);
        named
    }

    /// The innermost schema with an `$id` that a place lies in, and the URI of that.
    pub(super) fn around<'p>(&self, pointer: &'p str) -> Option<(&'p str, &str)> {
        let mut around = pointer;
        while !self.uris.is_empty() {
            if let Some(uri) = self.uris.get(around) {
                return Some((around, uri));
            }
            around = &around[..around.rfind('/')?];
        }
        None
    }

    pub(super) fn by_id(&self, uri: &str) -> Option<&str> {
        self.ids.get(uri).map(String::as_str)
    }

    /// How many schemas have a dynamic anchor of this name.
    pub(super) fn dynamic(&self, name: &str) -> usize {
        self.dynamic.get(name).copied().unwrap_or_default()
    }

    /// The schema that has an anchor in one with an `$id`, or else in the file.
    pub(super) fn anchor(&self, resource: &str, name: &str) -> Option<&str> {
        let key = (resource.to_owned(), name.to_owned());
        self.anchors.get(&key).map(String::as_str)
    }

    /// The first schema that has an anchor, wherever in the file.
    pub(super) fn anywhere(&self, name: &str) -> Option<&str> {
        let of_file = self.anchor("", name);
        of_file.or_else(|| {
            self.anchors
                .iter()
                .find(|((_, known), _)| known == name)
                .map(|(_, pointer)| &**pointer)
        })
    }

    fn collect(&mut self, node: &Node, at: &mut String, resource: &str, base: &str) {
        match &node.value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.collect_inside(&index.to_string(), element, at, resource, base);
                }
            }
            Value::Object(object) => {
                let text = |key: &str| object.get(key).and_then(Node::as_str);
                let id = text("$id").map(|id| resolve(base, id.trim_end_matches('#')));
                let here = at.clone();
                let (resource, base) = match &id {
                    Some(uri) => (here.as_str(), uri.as_str()),
                    None => (resource, base),
                };
                if let Some(uri) = &id {
                    self.uris.insert(at.clone(), uri.clone());
                    self.ids.entry(uri.clone()).or_insert_with(|| at.clone());
                }
                if let Some(name) = text("$dynamicAnchor") {
                    let count = self.dynamic.entry(name.to_owned()).or_default();
                    *count = count.saturating_add(1);
                }
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    let key = (resource.to_owned(), name.to_owned());
                    self.anchors.entry(key).or_insert_with(|| at.clone());
                }
                for member in object {
                    self.collect_inside(&member.name, &member.value, at, resource, base);
                }
            }
            _ => {}
        }
    }

    fn collect_inside(&mut self, segment: &str, node: &Node, at: &mut String, resource: &str, base: &str) {
        let length = at.len();
        push_segment(at, segment);
        self.collect(node, at, resource, base);
        at.truncate(length);
    }
}
