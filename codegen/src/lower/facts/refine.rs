//! Properties that several parts of an `allOf` describe: the last description gives the type, the limits of all apply.

use std::collections::HashSet;

use super::{
    meaning::{Meaning, Meanings},
    values::is_nullable,
};
use crate::{
    document::{Form, JsonType, SchemaView},
    ir::Primitive,
};

/// How two descriptions of one property go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refinement {
    /// The later one has all that the earlier one asks, limits aside.
    Complete,
    /// The earlier one asks for something that the type of the later one does not have.
    Lossy,
    /// No value is of both types.
    Contradiction,
}

impl<'d> Meanings<'d> {
    /// How an earlier description of a property goes together with a later one.
    pub(super) fn refinement(&self, earlier: SchemaView<'d>, later: SchemaView<'d>) -> Refinement {
        let target = |schema: SchemaView<'d>| self.parts.unwrapped(schema);
        let (mut before, mut after) = (target(earlier), target(later));
        let mut seen = HashSet::new();
        while let (Some(earlier), Some(later)) = (before, after) {
            if earlier.describes_same_values_as(later) || !seen.insert((earlier.id(), later.id())) {
                return Refinement::Complete;
            }
            if self.share_no_value(earlier, later) {
                return Refinement::Contradiction;
            }
            match (self.of(earlier), self.of(later)) {
                (Meaning::Array, _) if later.form() == Form::Array => {
                    let (Some(of_earlier), Some(of_later)) = (earlier.items(), later.items()) else {
                        let is_lost = earlier.items().is_some();
                        return if is_lost {
                            Refinement::Lossy
                        } else {
                            Refinement::Complete
                        };
                    };
                    (before, after) = (target(of_earlier), target(of_later));
                }
                (Meaning::Map, Meaning::Map) => {
                    let values = (earlier.additional_schema(), later.additional_schema());
                    (before, after) = (values.0.and_then(target), values.1.and_then(target));
                }
                (own, _) if own.is_own_type() && !is_made_of(later, earlier) => return Refinement::Lossy,
                // Every other type without a name asks nothing that limits do not ask.
                _ => return Refinement::Complete,
            }
        }
        Refinement::Complete
    }

    /// Whether no value is of the types of both schemas.
    fn share_no_value(&self, a: SchemaView<'d>, b: SchemaView<'d>) -> bool {
        let (Some(of_a), Some(of_b)) = (self.json_types(a), self.json_types(b)) else {
            return false;
        };
        let share_null = is_nullable(a) && is_nullable(b);
        // Two types that null alone is of are what their documents declare: null, or one of the two.
        let are_both_typed = !of_a.is_empty() && !of_b.is_empty();
        !of_a.iter().any(|json_type| of_b.contains(json_type)) && (are_both_typed || !share_null)
    }

    /// The types of all values but null, where the schema shows them; integers are numbers.
    fn json_types(&self, schema: SchemaView<'d>) -> Option<Vec<JsonType>> {
        match self.of(schema) {
            Meaning::Scalar(scalar) if scalar.primitive == Primitive::Null => Some(Vec::new()),
            Meaning::Union(_, variants) => variants.iter().map(|variant| self.json_type(*variant)).collect(),
            _ => self.json_type(schema).map(|json_type| vec![json_type]),
        }
    }
}

/// Whether one schema is another one, or a part of it is.
fn is_made_of<'d>(whole: SchemaView<'d>, part: SchemaView<'d>) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![whole];
    while let Some(schema) = open.pop() {
        if schema == part {
            return true;
        }
        if seen.insert(schema.id()) {
            open.extend(schema.parts().iter().filter_map(SchemaView::target));
        }
    }
    false
}
