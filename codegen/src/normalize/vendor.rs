//! The extensions of ConductorOne's own document, as those that mean the same here.
//!
//! Names of groups and methods, and stability come as `x-speakeasy-...` and `x-stability-level`. Where a document has
//! ours as well, ours counts. What else the vendor says there (how its SDK names types, tells of unknown values, or looks as
//! a Terraform provider) changes nothing about the client. Its paging is one of the forms that [`paging`](crate::paging) reads.

use super::rewrite::Rewrite;
use crate::{
    at::At,
    diagnostic::Place,
    read::{Node, Object, Value},
};

/// What an operation is called, and whether it may change yet.
pub(super) fn operation(rewrite: &mut Rewrite<'_>, operation: &mut Object, at: &At<'_>) {
    copy(rewrite, operation, "x-speakeasy-group", "x-client-group");
    copy(rewrite, operation, "x-speakeasy-name-override", "x-client-method");
    let Some(level) = operation.get("x-stability-level") else {
        return;
    };
    let place = level.place;
    let stability = match level.as_str() {
        Some("draft" | "alpha" | "beta") => "draft",
        Some("stable") => "stable",
        _ => {
            let message = "the stability is not `draft`, `alpha`, `beta` or `stable`: it is ignored".to_owned();
            rewrite.weakened(place, &at.key("x-stability-level"), message, "use one of these values");
            return;
        }
    };
    give(
        rewrite,
        operation,
        place,
        ("x-stability-level", "x-client-stability"),
        Value::from(stability),
    );
}

fn copy(rewrite: &mut Rewrite<'_>, operation: &mut Object, from: &'static str, to: &'static str) {
    let Some(name) = operation.get(from).filter(|name| name.as_str().is_some()) else {
        return;
    };
    let Node { place, value } = name.clone();
    give(rewrite, operation, place, (from, to), value);
}

fn give(
    rewrite: &mut Rewrite<'_>,
    operation: &mut Object,
    place: Place,
    (from, to): (&'static str, &'static str),
    value: Value,
) {
    if !operation.contains(to) {
        operation.insert(to, place, Node::new(place, value));
        rewrite.changed(place, from, to);
    }
}
