//! Properties that several parts of an `allOf` describe: the last description gives the type, limits of all of them hold.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{
    compose,
    kind::{Components, Kind, kind},
    tag::parts_of,
};

/// How many lists and references may lie between a property and what it is.
const MAX_DEPTH: usize = 64;

/// Whether an earlier description of a property says something that the type of the later one does not have.
pub(super) fn is_lost(
    components: Components<'_>,
    earlier: &ReferenceOr<Box<Schema>>,
    later: &ReferenceOr<Box<Schema>>,
) -> bool {
    let (mut earlier, mut later) = (target(components, earlier), target(components, later));
    for _ in 0..MAX_DEPTH {
        let (Some(before), Some(after)) = (earlier, later) else {
            return false;
        };
        if std::ptr::eq(before, after) || before.schema_kind == after.schema_kind {
            return false;
        }
        match (kind(components, before), &before.schema_kind, &after.schema_kind) {
            (Kind::Other, SchemaKind::Type(Type::Array(before)), SchemaKind::Type(Type::Array(after))) => {
                let items = before.items.as_ref().zip(after.items.as_ref());
                let Some((before, after)) = items else {
                    return before.items.is_some();
                };
                (earlier, later) = (target(components, before), target(components, after));
            }
            // Every other type without a name says nothing that limits do not say.
            (Kind::Other | Kind::Text, ..) => return false,
            _ => return !is_made_of(components, after, before),
        }
    }
    false
}

/// The schema that says what the property is: behind references, and behind words about one.
fn target<'d>(components: Components<'d>, schema: &'d ReferenceOr<Box<Schema>>) -> Option<&'d Schema> {
    let mut schema: &Schema = match schema {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => components.target(components.named(reference)?.1)?,
    };
    for _ in 0..MAX_DEPTH {
        let only = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => compose::only_part(components, all_of).and_then(|index| all_of.get(index)),
            _ => None,
        };
        match only {
            Some(part) => schema = components.target(part)?,
            None => return Some(schema),
        }
    }
    None
}

/// Whether one schema is another one, or a part of it is.
fn is_made_of<'d>(components: Components<'d>, whole: &'d Schema, part: &'d Schema) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![whole];
    while let Some(schema) = open.pop() {
        if std::ptr::eq(schema, part) {
            return true;
        }
        if seen.insert(std::ptr::from_ref(schema)) {
            open.extend(parts_of(schema).iter().filter_map(|part| components.target(part)));
        }
    }
    false
}
