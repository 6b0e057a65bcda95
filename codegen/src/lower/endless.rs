//! Lists and maps that hold themselves: as aliases they would have no end, so they are types of their own.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::kind::{Components, Kind, kind};

/// Longer ways are errors anyway.
const LONGEST_WAY: usize = 256;

/// Whether a list or a map comes back to itself through nothing but lists, maps and references.
pub(super) fn holds_itself(components: Components<'_>, name: &str, schema: &Schema) -> bool {
    let mut next = inner(components, schema);
    for _ in 0..LONGEST_WAY {
        let Some(reference) = next else { return false };
        let Some((target, schema)) = components.named(reference) else {
            return false;
        };
        if target == name {
            return true;
        }
        next = match schema {
            ReferenceOr::Reference { reference } => Some(reference),
            ReferenceOr::Item(schema) => inner(components, schema),
        };
    }
    false
}

/// The reference to what a list or a map holds, over lists and maps in it.
fn inner<'d>(components: Components<'d>, schema: &'d Schema) -> Option<&'d str> {
    let mut schema = schema;
    loop {
        if kind(components, schema) != Kind::Other {
            return None;
        }
        let held = match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.items.as_ref().map(of_boxed)?,
            SchemaKind::Type(Type::Object(object)) => match &object.additional_properties {
                Some(AdditionalProperties::Schema(values)) => of(values),
                _ => return None,
            },
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => all_of.first().map(of)?,
            _ => return None,
        };
        match held {
            Held::Reference(reference) => return Some(reference),
            Held::Schema(inner) => schema = inner,
        }
    }
}

enum Held<'d> {
    Reference(&'d str),
    Schema(&'d Schema),
}

fn of(schema: &ReferenceOr<Schema>) -> Held<'_> {
    match schema {
        ReferenceOr::Reference { reference } => Held::Reference(reference),
        ReferenceOr::Item(schema) => Held::Schema(schema),
    }
}

fn of_boxed(schema: &ReferenceOr<Box<Schema>>) -> Held<'_> {
    match schema {
        ReferenceOr::Reference { reference } => Held::Reference(reference),
        ReferenceOr::Item(schema) => Held::Schema(schema),
    }
}
