//! The walks over the parts of a document by its grammar: one that changes them, and one that only reads them.

use std::ops::ControlFlow;

use super::grammar::{ObjectKind, Shape};
use crate::{
    at::At,
    read::{Node, Value},
};

/// A visitor of every part of a document.
pub(super) trait Visit {
    /// A part all of whose own parts have been left already.
    fn leave(&mut self, node: &mut Node, kind: ObjectKind, at: &At<'_>);

    /// Whether the parts below this member of a part are of interest.
    fn enters(&self, kind: ObjectKind, key: &str, value: &Node) -> bool;
}

/// Visits all parts of a part and then itself. The recursion ends: the depth of a tree is limited.
pub(super) fn walk(node: &mut Node, kind: ObjectKind, at: &At<'_>, visit: &mut impl Visit) {
    enter(node, Shape::One(kind), at, visit);
}

fn enter(node: &mut Node, shape: Shape, at: &At<'_>, visit: &mut impl Visit) {
    let kind = shape
        .kind()
        .filter(|_| shape.element().is_none() || node.as_array().is_none());
    match &mut node.value {
        Value::Array(elements) => {
            let Some(shape) = shape.element() else {
                return leave(node, kind, at, visit);
            };
            for (index, element) in elements.iter_mut().enumerate() {
                enter(element, shape, &at.index(index), visit);
            }
        }
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                if let Some(shape) = shape.member(key)
                    && kind.is_none_or(|kind| visit.enters(kind, key, value))
                {
                    enter(value, shape, &at.key(key), visit);
                }
            }
        }
        // A value of a wrong kind is reported by who reads it.
        _ => {}
    }
    leave(node, kind, at, visit);
}

fn leave(node: &mut Node, kind: Option<ObjectKind>, at: &At<'_>, visit: &mut impl Visit) {
    if let Some(kind) = kind {
        visit.leave(node, kind, at);
    }
}

/// Shows a value and the values in it of which anything is known, the outer ones first. Where `see` breaks, nothing inside
/// of that value is shown.
pub(crate) fn look<'n>(
    node: &'n Node,
    shape: Shape,
    at: &At<'_>,
    see: &mut impl FnMut(&'n Node, Shape, &At<'_>) -> ControlFlow<()>,
) {
    if see(node, shape, at).is_break() {
        return;
    }
    match &node.value {
        Value::Array(elements) => {
            let Some(shape) = shape.element() else { return };
            for (index, element) in elements.iter().enumerate() {
                look(element, shape, &at.index(index), see);
            }
        }
        Value::Object(object) => {
            for member in object {
                if let Some(shape) = shape.member(&member.name) {
                    look(&member.value, shape, &at.key(&member.name), see);
                }
            }
        }
        _ => {}
    }
}
