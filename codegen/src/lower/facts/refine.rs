//! Properties that several parts of an `allOf` describe: the last description gives the type, the limits of all apply.

use std::collections::HashSet;

use super::meaning::{Meaning, Meanings};
use crate::document::{Form, SchemaView};

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
        let types = (self.json_type(earlier), self.json_type(later));
        if let (Some(earlier), Some(later)) = types
            && earlier != later
        {
            return Refinement::Contradiction;
        }
        let target = |schema: SchemaView<'d>| self.parts.unwrapped(schema);
        let (mut before, mut after) = (target(earlier), target(later));
        let mut seen = HashSet::new();
        while let (Some(earlier), Some(later)) = (before, after) {
            if earlier.describes_same_values_as(later) || !seen.insert((earlier.id(), later.id())) {
                return Refinement::Complete;
            }
            match self.of(earlier) {
                Meaning::Array if later.form() == Form::Array => {
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
                own if own.is_own_type() && !is_made_of(later, earlier) => return Refinement::Lossy,
                // Every other type without a name asks nothing that limits do not ask.
                _ => return Refinement::Complete,
            }
        }
        Refinement::Complete
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
