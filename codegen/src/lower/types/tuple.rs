//! Tuples: arrays of which the first items have a schema each.

use super::uses::{Types, Use};
use crate::{
    document::{Limit, SchemaView},
    ir::{Constraint, Element, Tuple, TypeRef},
    lower::rules::Kept,
};

impl<'d> Types<'_, 'd> {
    pub(super) fn tuple(&mut self, schema: SchemaView<'d>, name: &str) -> Tuple {
        let prefix = schema.prefix_items();
        let limit = |wanted: fn(&Limit) -> Option<u64>| schema.limits().iter().find_map(wanted);
        let min = limit(|limit| {
            if let Limit::MinItems(min) = limit {
                Some(*min)
            } else {
                None
            }
        });
        let max = limit(|limit| {
            if let Limit::MaxItems(max) = limit {
                Some(*max)
            } else {
                None
            }
        });
        let mut constraints = self.rules.own(schema, &Kept::all(), &mut self.report);
        let mut elements = Vec::with_capacity(prefix.len());
        let mut of_elements = Vec::with_capacity(prefix.len());
        for (index, item) in (0_u64..).zip(prefix.iter()) {
            let Some(value) = self.use_of(item, &format!("{name}.{index}")) else {
                continue;
            };
            of_elements.push(self.rules.of_value(item, &value.ty, &mut self.report));
            elements.push(Element {
                ty: value.element(),
                optional: index >= min.unwrap_or_default(),
                boxed: false,
            });
        }
        let number = u64::try_from(prefix.len()).unwrap_or(u64::MAX);
        let mut of_rest = Vec::new();
        let rest = match schema.items() {
            _ if max.is_some_and(|max| max <= number) => None,
            Some(items) if is_never(items) => None,
            None => Some(TypeRef::Any),
            Some(items) => {
                let rest = self.use_of(items, &format!("{name}.item")).map(Use::element);
                if let Some(rest) = &rest {
                    of_rest = self.rules.of_value(items, rest, &mut self.report);
                }
                rest
            }
        };
        // These the type expresses itself.
        constraints.retain(|constraint| match constraint {
            Constraint::MinItems(min) => *min > number,
            Constraint::MaxItems(max) => rest.is_some() || *max < number,
            _ => true,
        });
        if of_elements.iter().any(|rules| !rules.is_empty()) || !of_rest.is_empty() {
            constraints.push(Constraint::PrefixItems(of_elements));
        }
        if !of_rest.is_empty() {
            constraints.push(Constraint::Items(of_rest));
        }
        Tuple {
            elements,
            rest,
            constraints,
        }
    }
}

/// Whether nothing is valid by a schema: `false` in canonical form.
fn is_never(schema: SchemaView<'_>) -> bool {
    schema.not().is_some_and(SchemaView::allows_anything)
}
