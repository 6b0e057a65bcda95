//! The members that conditions alone name: an object keeps them among the others.

use std::collections::{BTreeSet, HashSet};

use super::{meaning::Meanings, parts::ChoiceMeaning};
use crate::document::{Form, SchemaId, SchemaView};

/// What the conditions of an object name, those of its parts included.
pub(in crate::lower) fn names<'d>(meanings: &Meanings<'d>, schema: SchemaView<'d>) -> BTreeSet<&'d str> {
    let mut names = Names {
        meanings,
        open: vec![(schema, Role::Object)],
        seen: HashSet::new(),
        found: BTreeSet::new(),
    };
    while let Some((schema, role)) = names.open.pop() {
        names.look_at(schema, role);
    }
    names.found
}

/// Why a schema is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    /// It is the object, or a part of it: its properties are known.
    Object,
    /// It is a condition: what it names may be known nowhere else.
    Condition,
}

struct Names<'f, 'd> {
    meanings: &'f Meanings<'d>,
    open: Vec<(SchemaView<'d>, Role)>,
    seen: HashSet<(SchemaId, Role)>,
    found: BTreeSet<&'d str>,
}

impl<'d> Names<'_, 'd> {
    fn look_at(&mut self, schema: SchemaView<'d>, role: Role) {
        let Some(schema) = schema.target() else { return };
        if !self.seen.insert((schema.id(), role)) {
            return;
        }
        let parts = schema.parts().iter();
        self.open.extend(parts.map(|part| (part, role)));
        if role == Role::Condition {
            if matches!(schema.form(), Form::Object | Form::Open) {
                self.found.extend(schema.properties().names());
                self.found.extend(schema.required().iter().map(|name| &**name));
            }
            let variants = schema.choices().flat_map(|choice| choice.variants.iter());
            self.open.extend(variants.map(|variant| (variant, role)));
        }
        for choice in schema.choices() {
            // Beside a variant with members the others alone may name what a value has.
            if let ChoiceMeaning::OptionalMembers(_) = self.meanings.parts.choice(choice) {
                let conditions = choice
                    .variants
                    .iter()
                    .filter(|variant| self.meanings.parts.conditions.are_set_by(*variant));
                self.open
                    .extend(conditions.map(|condition| (condition, Role::Condition)));
            }
        }
        let branches = schema.condition().into_iter();
        let branches = branches.flat_map(|(condition, then, otherwise)| [Some(condition), then, otherwise]);
        let dependent = schema.dependent_schemas().iter().map(|(_, schema)| schema);
        let conditions = branches.flatten().chain(dependent);
        self.open
            .extend(conditions.map(|condition| (condition, Role::Condition)));
    }
}
