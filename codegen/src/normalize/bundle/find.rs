//! The references that a document holds.

use super::{
    Bundle,
    trees::{Address, Trees, reference_of},
};
use crate::{
    at::At,
    diagnostic::Place,
    normalize::grammar::{Layout, ObjectKind, Shape},
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
            finder.walk(node, Shape::One(kind), &At::of(&address.pointer));
        }
        (finder.found, finder.dynamic)
    }
}

/// Walks a tree for references.
struct Finder<'t> {
    layout: Layout,
    trees: &'t Trees<'t>,
    tree: usize,
    found: Vec<Found>,
    dynamic: Vec<Found>,
}

impl Finder<'_> {
    fn walk(&mut self, node: &Node, shape: Shape, at: &At<'_>) {
        match (&node.value, shape) {
            (Value::String(text), Shape::One(ObjectKind::MappedSchema)) => {
                let found = self.reference(at, "", text, node.place, ObjectKind::MappedSchema);
                self.found.push(found);
            }
            (Value::Array(elements), _) => {
                let Some(shape) = shape.element() else { return };
                for (index, element) in elements.iter().enumerate() {
                    self.walk(element, shape, &at.index(index));
                }
            }
            (Value::Object(object), _) => {
                if let Some(kind) = shape.kind()
                    && let Some(section) = self.layout.section(kind)
                    && let Some(Value::String(text)) = object.get("$ref").map(|node| &node.value)
                    && let Some((_, file)) = reference_of(node)
                    && !(self.trees.home(file) == 0 && is_plain(text, section))
                {
                    let place = object.get("$ref").map_or(node.place, Node::place);
                    let found = self.reference(at, "/$ref", text, place, kind);
                    self.found.push(found);
                }
                if shape.kind() == Some(ObjectKind::Schema)
                    && !object.contains("$ref")
                    && let Some((Value::String(text), place)) =
                        object.get(DYNAMIC).map(|node| (&node.value, node.place))
                {
                    let found = self.reference(at, "/$ref", text, place, ObjectKind::Schema);
                    self.dynamic.push(found);
                }
                for member in object {
                    if let Some(shape) = shape.member(&member.name) {
                        self.walk(&member.value, shape, &at.key(&member.name));
                    }
                }
            }
            _ => {}
        }
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
