//! The references that a document holds.

use std::ops::ControlFlow;

use super::{
    Bundle,
    trees::{Address, Trees, reference_of},
};
use crate::{
    at::At,
    diagnostic::Place,
    normalize::{
        grammar::{Layout, ObjectKind, Shape},
        walk::look,
    },
    read::{Node, Text, Value},
};

pub(super) const DYNAMIC: &str = "$dynamicRef";

/// A reference that was found.
pub(super) struct Found {
    pub(super) address: Address,
    pub(super) key: &'static str,
    pub(super) text: Text,
    pub(super) place: Place,
    pub(super) kind: ObjectKind,
}

impl Bundle<'_> {
    /// The references below a value that have to be looked at: others than `#/components/schemas/NAME` in the document; and the
    /// dynamic ones.
    pub(super) fn references_below(&self, address: &Address, kind: ObjectKind) -> (Vec<Found>, Vec<Found>) {
        let mut finder = Finder {
            layout: self.trees.layout,
            trees: &self.trees,
            tree: address.tree,
            found: Vec::new(),
            dynamic: Vec::new(),
        };
        if let Some(node) = self.trees.node(address) {
            let at = At::of(&address.pointer);
            look(node, Shape::One(kind), &at, &mut |node, shape, at| {
                finder.see(node, shape, at)
            });
        }
        (finder.found, finder.dynamic)
    }
}

/// Looks for references.
struct Finder<'t> {
    layout: Layout,
    trees: &'t Trees<'t>,
    tree: usize,
    found: Vec<Found>,
    dynamic: Vec<Found>,
}

impl Finder<'_> {
    fn see(&mut self, node: &Node, shape: Shape, at: &At<'_>) -> ControlFlow<()> {
        if let (Value::String(text), Shape::One(ObjectKind::MappedSchema)) = (&node.value, shape) {
            let found = self.reference(at, "", text, node.place, ObjectKind::MappedSchema);
            self.found.push(found);
        }
        if let (Value::Object(object), Some(kind)) = (&node.value, shape.kind()) {
            if let Some(section) = self.layout.section(kind)
                && let Some(Value::String(text)) = object.get("$ref").map(|node| &node.value)
                && let Some((_, file)) = reference_of(node)
                && !(self.trees.home(file) == 0 && is_plain(text, section))
            {
                let place = object.get("$ref").map_or(node.place, Node::place);
                let found = self.reference(at, "/$ref", text, place, kind);
                self.found.push(found);
            }
            if kind == ObjectKind::Schema
                && !object.contains("$ref")
                && let Some((Value::String(text), place)) = object.get(DYNAMIC).map(|node| (&node.value, node.place))
            {
                let found = self.reference(at, "/$ref", text, place, ObjectKind::Schema);
                self.dynamic.push(found);
            }
        }
        ControlFlow::Continue(())
    }

    fn reference(&self, at: &At<'_>, key: &'static str, text: &Text, place: Place, kind: ObjectKind) -> Found {
        let address = Address {
            tree: self.tree,
            pointer: at.pointer(),
        };
        Found {
            address,
            key,
            text: text.clone(),
            place,
            kind,
        }
    }
}

/// Whether a reference in the document names a component of a section, and nothing inside of it. Whether there is such a
/// component is asked where its meaning is.
fn is_plain(text: &str, section: &str) -> bool {
    let name = text.strip_prefix('#').and_then(|text| text.strip_prefix(section));
    name.and_then(|name| name.strip_prefix('/'))
        .is_some_and(|name| !name.contains('/'))
}
