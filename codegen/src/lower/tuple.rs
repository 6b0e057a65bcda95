//! Tuples: lists whose first elements have each a schema of their own.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{
    Lowering,
    condition::Kept,
    schema::{element, is_never},
};
use crate::{
    at::At,
    ir::{Constraint, Element, Tuple},
};

impl<'d> Lowering<'d> {
    pub(super) fn tuple(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Tuple {
        let beside = self.lookup().beside(schema);
        let prefix = beside.map_or(&[][..], |beside| &beside.prefix_items);
        let (items, least, most) = match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) => (array.items.as_ref(), array.min_items, array.max_items),
            SchemaKind::Any(any) => (any.items.as_ref(), any.min_items, any.max_items),
            _ => (None, None, None),
        };
        let here = at.key("prefixItems");
        let mut constraints = self.own_constraints(schema, at, &Kept::all());
        let mut elements = Vec::with_capacity(prefix.len());
        let mut of_elements = Vec::with_capacity(prefix.len());
        for (index, schema) in prefix.iter().enumerate() {
            let at = here.index(index);
            let Some(value) = self.use_of(schema, &format!("{name}.{index}"), &at) else {
                continue;
            };
            of_elements.push(self.constraints(schema, &value.ty, &at, 0));
            elements.push(Element {
                ty: element(value),
                optional: index >= least.unwrap_or_default(),
                boxed: false,
            });
        }
        let mut of_rest = Vec::new();
        let rest = match items {
            _ if most.is_some_and(|most| most <= prefix.len()) => None,
            Some(ReferenceOr::Item(items)) if is_never(items) => None,
            None => Some(crate::ir::TypeRef::Any),
            Some(items) => {
                let at = at.key("items");
                let rest = self.use_of_boxed(items, &format!("{name}.item"), &at).map(element);
                if let Some(rest) = &rest {
                    of_rest = self.constraints_of_boxed(items, rest, &at, 0);
                }
                rest
            }
        };
        // These the type says itself.
        let number = u64::try_from(elements.len()).unwrap_or(u64::MAX);
        constraints.retain(|constraint| match constraint {
            Constraint::MinItems(least) => *least > number,
            Constraint::MaxItems(most) => rest.is_some() || *most < number,
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
