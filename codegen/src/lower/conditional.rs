//! The members that conditions alone name: an object keeps them among the others.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{kind, kind::Components, tag::parts_of};

/// How many schemas are looked at: conditions may refer to whole types, and lead back.
const MAX_VISITS: usize = 1_000;

/// What the conditions of an object name, those of its parts included.
pub(super) fn names<'d>(components: Components<'d>, schema: &'d Schema) -> BTreeSet<&'d str> {
    let mut names = Names {
        components,
        visits: MAX_VISITS,
        found: BTreeSet::new(),
    };
    names.of_object(schema);
    names.found
}

struct Names<'d> {
    components: Components<'d>,
    visits: usize,
    found: BTreeSet<&'d str>,
}

impl<'d> Names<'d> {
    fn of_object(&mut self, schema: &'d Schema) {
        if let Some(beside) = self.components.beside(schema) {
            let branches = [&beside.condition, &beside.then, &beside.otherwise]
                .into_iter()
                .flatten();
            for schema in branches.chain(beside.dependent_schemas.values()) {
                self.of_condition(schema);
            }
        }
        for part in parts_of(schema) {
            if let Some(part) = self.target(part) {
                self.of_object(part);
            }
        }
    }

    fn of_condition(&mut self, schema: &'d ReferenceOr<Schema>) {
        let Some(schema) = self.target(schema) else { return };
        let (properties, required) = match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => (Some(&object.properties), &object.required[..]),
            SchemaKind::Any(any) => (Some(&any.properties), &any.required[..]),
            _ => (None, &[][..]),
        };
        self.found.extend(
            properties
                .into_iter()
                .flat_map(|properties| properties.keys().map(String::as_str)),
        );
        self.found.extend(required.iter().map(String::as_str));
        for arm in kind::choices_of(schema).into_iter().flat_map(|(_, arms)| arms) {
            self.of_condition(arm);
        }
        for part in parts_of(schema) {
            self.of_condition(part);
        }
        self.of_object(schema);
    }

    fn target(&mut self, schema: &'d ReferenceOr<Schema>) -> Option<&'d Schema> {
        self.visits = self.visits.checked_sub(1)?;
        self.components.target(schema)
    }
}
