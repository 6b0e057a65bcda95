//! The schemas of a file that name themselves, by `$id` and `$anchor`.

use std::collections::BTreeMap;

use super::reference::resolve;
use crate::{
    normalize::grammar::{ObjectKind, Shape},
    read::{Node, Value, push_segment},
};

/// Members of which nothing is a schema, whatever it looks like.
const VALUES: &[&str] = &["const", "dataValue", "default", "enum", "example", "examples", "value"];

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
        let is_document = root.get("openapi").or_else(|| root.get("swagger")).is_some();
        let shape = is_document.then_some(Shape::One(ObjectKind::Document));
        named.collect(root, shape, &mut String::new(), ("", path));
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

    /// `around` is the pointer of the schema with an `$id` that this lies in, and its URI.
    fn collect(&mut self, node: &Node, shape: Option<Shape>, at: &mut String, around: (&str, &str)) {
        match &node.value {
            Value::Array(elements) => {
                let shape = shape.and_then(Shape::element);
                for (index, element) in elements.iter().enumerate() {
                    self.collect_inside(&index.to_string(), element, shape, at, around);
                }
            }
            Value::Object(object) => {
                let here = at.clone();
                let may_be_schema = shape.is_none_or(|shape| shape.kind() == Some(ObjectKind::Schema));
                let uri = may_be_schema.then(|| self.collect_names(node, &here, around)).flatten();
                let around = uri.as_deref().map_or(around, |uri| (here.as_str(), uri));
                for member in object {
                    let of_member = shape.and_then(|shape| shape.member(&member.name));
                    let is_part = matches!(shape, Some(Shape::One(_) | Shape::SchemaOrList));
                    if is_part && of_member.is_none() && VALUES.contains(&&*member.name) {
                        continue;
                    }
                    self.collect_inside(&member.name, &member.value, of_member, at, around);
                }
            }
            _ => {}
        }
    }

    /// Notes the names that an object gives itself, and gives back its URI, if it has one.
    fn collect_names(&mut self, node: &Node, here: &str, (resource, base): (&str, &str)) -> Option<String> {
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let uri = text("$id").map(|id| resolve(base, id.trim_end_matches('#')));
        let resource = if uri.is_some() { here } else { resource };
        if let Some(uri) = &uri {
            self.uris.insert(here.to_owned(), uri.clone());
            self.ids.entry(uri.clone()).or_insert_with(|| here.to_owned());
        }
        if let Some(name) = text("$dynamicAnchor") {
            let count = self.dynamic.entry(name.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            let key = (resource.to_owned(), name.to_owned());
            self.anchors.entry(key).or_insert_with(|| here.to_owned());
        }
        uri
    }

    fn collect_inside(
        &mut self,
        segment: &str,
        node: &Node,
        shape: Option<Shape>,
        at: &mut String,
        around: (&str, &str),
    ) {
        let length = at.len();
        push_segment(at, segment);
        self.collect(node, shape, at, around);
        at.truncate(length);
    }
}
