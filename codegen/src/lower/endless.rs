//! Lists and maps that hold themselves: as aliases they would have no end, so they are types of their own.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::kind::{Components, Kind, kind};

/// Whether a list or a map comes back to itself through nothing but lists, maps and references.
pub(super) fn holds_itself(components: Components<'_>, name: &str, schema: &Schema) -> bool {
    let mut open = inner(components, schema);
    let mut seen = HashSet::new();
    while let Some(reference) = open.pop() {
        let Some((target, schema)) = components.named(reference) else {
            continue;
        };
        if target == name {
            return true;
        }
        if !seen.insert(target) {
            continue;
        }
        match schema {
            ReferenceOr::Reference { reference } => open.push(reference),
            ReferenceOr::Item(schema) => open.extend(inner(components, schema)),
        }
    }
    false
}

/// The references to what a list or a map holds, over lists and maps in it.
fn inner<'d>(components: Components<'d>, schema: &'d Schema) -> Vec<&'d str> {
    let mut references = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        for held in held(components, schema) {
            match held {
                Held::Reference(reference) => references.push(reference),
                Held::Schema(inner) => open.push(inner),
            }
        }
    }
    references
}

fn held<'d>(components: Components<'d>, schema: &'d Schema) -> Vec<Held<'d>> {
    if kind(components, schema) != Kind::Other {
        return Vec::new();
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.items.iter().map(of_boxed).collect(),
        SchemaKind::Type(Type::Object(object)) => {
            let patterns = components.beside(schema).map(|beside| &beside.pattern_properties);
            let patterns = patterns.into_iter().flatten().map(|(_, values)| of(values));
            let others = match &object.additional_properties {
                Some(AdditionalProperties::Schema(values)) => Some(of(values)),
                _ => None,
            };
            patterns.chain(others).collect()
        }
        SchemaKind::AllOf { all_of } if all_of.len() == 1 => all_of.iter().map(of).collect(),
        _ => Vec::new(),
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
