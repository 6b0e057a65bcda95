//! Which schemas only set conditions, decided for all schemas of a document at once.

use super::{values::is_null, variants::shows_a_type};
use crate::document::{SchemaView, Schemas};

/// Which schemas have limits, required properties or `not`, themselves or by their parts and variants, and nothing that
/// shows a type.
pub(in crate::lower) struct Conditions {
    is_condition: Vec<bool>,
}

impl Conditions {
    /// What a schema shows or asks goes to all that it is a part or a variant of. So each link is followed once, however
    /// long a chain of them is.
    pub(super) fn new(schemas: &Schemas) -> Self {
        let mut owners: Vec<Vec<usize>> = vec![Vec::new(); schemas.len()];
        let mut typed = Spread::new(schemas.len());
        let mut asking = Spread::new(schemas.len());
        for id in schemas.ids() {
            let schema = schemas.view(id);
            if schema.is_reference() || shows_a_type(schema) {
                typed.mark(id.index());
                continue;
            }
            if asks_something(schema) {
                asking.mark(id.index());
            }
            let variants = schema.choices().flat_map(|choice| choice.variants.iter());
            for component in schema.parts().iter().chain(variants) {
                match component.target() {
                    Some(component) => owners[component.id().index()].push(id.index()),
                    None => typed.mark(id.index()),
                }
            }
        }
        let (typed, asking) = (typed.through(&owners), asking.through(&owners));
        let is_condition = typed.iter().zip(&asking).map(|(typed, asks)| *asks && !typed);
        Self {
            is_condition: is_condition.collect(),
        }
    }

    pub(super) fn is_condition(&self, schema: SchemaView<'_>) -> bool {
        let target = schema.target();
        target.is_some_and(|schema| self.is_condition[schema.id().index()])
    }

    /// Whether a variant is one that only sets conditions, and so has no type.
    pub(in crate::lower) fn are_set_by(&self, variant: SchemaView<'_>) -> bool {
        !is_null(variant) && self.is_condition(variant)
    }
}

fn asks_something(schema: SchemaView<'_>) -> bool {
    !schema.limits().is_empty() || !schema.required().is_empty() || schema.not().is_some() || schema.format().is_some()
}

/// Schemas of which something holds, and with them all that they are parts or variants of.
struct Spread {
    holds: Vec<bool>,
    open: Vec<usize>,
}

impl Spread {
    fn new(schemas: usize) -> Self {
        Self {
            holds: vec![false; schemas],
            open: Vec::new(),
        }
    }

    fn mark(&mut self, schema: usize) {
        if !std::mem::replace(&mut self.holds[schema], true) {
            self.open.push(schema);
        }
    }

    fn through(mut self, owners: &[Vec<usize>]) -> Vec<bool> {
        while let Some(schema) = self.open.pop() {
            owners[schema].iter().for_each(|owner| self.mark(*owner));
        }
        self.holds
    }
}
