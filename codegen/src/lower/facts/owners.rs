//! Which schemas have another one as a part or a variant.

use std::collections::{HashMap, HashSet};

use super::tags::find_property;
use crate::document::{SchemaId, SchemaView, Schemas};

/// By schema, those that have it, or a reference to it, among their parts and variants.
pub(super) struct Owners<'d>(HashMap<SchemaId, Vec<SchemaView<'d>>>);

impl<'d> Owners<'d> {
    pub(super) fn of(schemas: &'d Schemas) -> Self {
        let mut owners: HashMap<SchemaId, Vec<SchemaView<'d>>> = HashMap::new();
        for owner in schemas.ids().map(|id| schemas.view(id)) {
            let variants = owner.choices().flat_map(|choice| choice.variants.iter());
            for part in owner.parts().iter().chain(variants) {
                owners.entry(part.id()).or_default().push(owner);
                if let Some(target) = part.target().filter(|target| *target != part) {
                    owners.entry(target.id()).or_default().push(owner);
                }
            }
        }
        Self(owners)
    }

    /// Whether a schema that a schema is a part or a variant of declares a property.
    pub(super) fn declare(&self, schema: SchemaView<'d>, name: &str) -> bool {
        let mut seen: HashSet<SchemaId> = HashSet::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            for owner in self.0.get(&schema.id()).into_iter().flatten() {
                if find_property(*owner, name).is_some() {
                    return true;
                }
                if seen.insert(owner.id()) {
                    open.push(*owner);
                }
            }
        }
        false
    }
}
