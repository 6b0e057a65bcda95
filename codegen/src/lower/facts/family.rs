//! Components that are more than their keywords show: bases of families, and arrays that contain themselves.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use super::{
    meaning::{Meaning, Meanings},
    owners::Owners,
};
use crate::document::{SchemaId, SchemaView, Schemas};

/// What a component that is a type of its own is.
pub(in crate::lower) enum Component<'f, 'd> {
    /// The union of a schema with a discriminator and those that extend it.
    Family(Vec<SchemaView<'d>>),
    /// An object: its own members and those of the family that it extends.
    Struct,
    /// A string with a name.
    Newtype,
    /// An array or a map that contains itself: without a type of its own it would have no end.
    Endless,
    Own(&'f Meaning<'d>),
    /// Another name for a type.
    Alias,
}

/// What all schemas of a document mean.
pub(in crate::lower) struct Facts<'d> {
    pub(in crate::lower) meanings: Meanings<'d>,
    /// The components that extend another one by `allOf`.
    extensions: HashMap<SchemaId, Vec<SchemaView<'d>>>,
    owners: OnceCell<Owners<'d>>,
}

impl<'d> Facts<'d> {
    pub(in crate::lower) fn new(schemas: &'d Schemas) -> Self {
        let mut extensions: HashMap<SchemaId, Vec<SchemaView<'d>>> = HashMap::new();
        let mut components: Vec<(&String, &SchemaId)> = schemas.components().iter().collect();
        components.sort_unstable();
        for (_, id) in components {
            let extension = schemas.view(*id);
            for base in extension.parts().iter().filter_map(SchemaView::referenced) {
                extensions.entry(base.id()).or_default().push(extension);
            }
        }
        Self {
            meanings: Meanings::new(schemas),
            extensions,
            owners: OnceCell::new(),
        }
    }

    /// Whether a schema that has this one as a part or a variant declares a property.
    pub(in crate::lower) fn is_declared_around(&self, schema: SchemaView<'d>, name: &str) -> bool {
        let owners = self.owners.get_or_init(|| Owners::of(self.meanings.schemas));
        owners.declare(schema, name)
    }

    /// What a component that is not a reference is.
    pub(in crate::lower) fn component(&self, schema: SchemaView<'d>) -> Component<'_, 'd> {
        let meaning = self.meanings.of(schema);
        let is_struct = matches!(meaning, Meaning::Struct) || extends_a_family(schema);
        if is_struct && is_base(schema) {
            let members = self.extensions_of(schema);
            if !members.is_empty() {
                return Component::Family(members);
            }
        }
        match meaning {
            Meaning::Text => Component::Newtype,
            own if own.is_own_type() => Component::Own(own),
            _ if is_struct => Component::Struct,
            Meaning::Array | Meaning::Map if self.contains_itself(schema) => Component::Endless,
            _ => Component::Alias,
        }
    }

    /// Whether the discriminator of a schema, if it has one, tells schemas apart: variants, or components that extend it.
    pub(in crate::lower) fn uses_discriminator(&self, schema: SchemaView<'d>) -> bool {
        schema.discriminator().is_some() && (!is_base(schema) || !self.extensions_of(schema).is_empty())
    }

    /// The components that extend another one by `allOf`, however far away, sorted by name.
    fn extensions_of(&self, base: SchemaView<'d>) -> Vec<SchemaView<'d>> {
        let mut found: HashMap<SchemaId, SchemaView<'d>> = HashMap::new();
        let mut open = vec![base];
        while let Some(schema) = open.pop() {
            for extension in self.extensions.get(&schema.id()).into_iter().flatten() {
                if found.insert(extension.id(), *extension).is_none() {
                    open.push(*extension);
                }
            }
        }
        found.remove(&base.id());
        let mut found: Vec<SchemaView<'d>> = found.into_values().collect();
        found.sort_unstable_by_key(|extension| extension.component_name());
        found
    }

    /// Whether an array or a map comes back to itself through nothing but arrays, maps and references.
    fn contains_itself(&self, schema: SchemaView<'d>) -> bool {
        let mut open = self.held(schema);
        let mut seen = HashSet::new();
        while let Some(inner) = open.pop() {
            if inner == schema {
                return true;
            }
            if seen.insert(inner.id()) {
                match inner.referenced() {
                    Some(target) => open.push(target),
                    None => open.extend(self.held(inner)),
                }
            }
        }
        false
    }

    /// What an array, a map or a wrapper of one of them holds.
    fn held(&self, schema: SchemaView<'d>) -> Vec<SchemaView<'d>> {
        if schema.is_reference() {
            return Vec::new();
        }
        match self.meanings.of(schema) {
            Meaning::Array => schema.items().into_iter().collect(),
            Meaning::Map => {
                let by_pattern = schema.pattern_properties().iter().map(|(_, values)| values);
                by_pattern.chain(schema.additional_schema()).collect()
            }
            Meaning::Same(part) => vec![*part],
            _ => Vec::new(),
        }
    }
}

/// Whether a schema has a discriminator for those that extend it.
fn is_base(schema: SchemaView<'_>) -> bool {
    schema.discriminator().is_some() && schema.choices().next().is_none()
}

fn extends_a_family(schema: SchemaView<'_>) -> bool {
    schema.parts().iter().filter_map(SchemaView::referenced).any(is_base)
}
