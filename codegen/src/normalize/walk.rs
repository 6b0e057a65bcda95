//! A walk over the parts of a document, by the table of what stands where.

use super::grammar::{ObjectKind, Shape};
use crate::{
    at::At,
    read::{Node, Value},
};

/// Who looks at every part of a document.
pub(super) trait Visit {
    /// A part all of whose own parts have been left already.
    fn leave(&mut self, node: &mut Node, kind: ObjectKind, at: &At<'_>);

    /// Whether the parts below this member of a part are of interest.
    fn enters(&self, kind: ObjectKind, key: &str, value: &Node) -> bool;
}

/// Visits all parts of a part and then itself. The recursion ends: the depth of a tree is limited.
pub(super) fn walk(node: &mut Node, kind: ObjectKind, at: &At<'_>, visit: &mut impl Visit) {
    if let Value::Object(object) = &mut node.value {
        for (key, value) in object.iter_mut() {
            if let Some(shape) = Shape::One(kind).member(key)
                && visit.enters(kind, key, value)
            {
                parts(value, shape, &at.key(key), visit);
            }
        }
    }
    visit.leave(node, kind, at);
}

fn parts(node: &mut Node, shape: Shape, at: &At<'_>, visit: &mut impl Visit) {
    match (shape, &mut node.value) {
        (Shape::List(kind), Value::Array(elements)) => list(elements, kind, at, visit),
        (Shape::SchemaOrList, Value::Array(elements)) => list(elements, ObjectKind::Schema, at, visit),
        (Shape::SchemaOrList, _) => walk(node, ObjectKind::Schema, at, visit),
        (Shape::One(kind), _) => walk(node, kind, at, visit),
        (Shape::Map(_) | Shape::MapBesideExtensions(_), Value::Object(object)) => {
            for (key, value) in object.iter_mut() {
                if let Some(Shape::One(kind)) = shape.member(key) {
                    walk(value, kind, &at.key(key), visit);
                }
            }
        }
        // A value of a wrong kind is reported by who reads it.
        (Shape::List(_) | Shape::Map(_) | Shape::MapBesideExtensions(_), _) => {}
    }
}

fn list(elements: &mut [Node], kind: ObjectKind, at: &At<'_>, visit: &mut impl Visit) {
    for (index, element) in elements.iter_mut().enumerate() {
        walk(element, kind, &at.index(index), visit);
    }
}
