//! The named types, and which schema each of them belongs to.

use std::collections::HashMap;

use crate::{
    document::{Choice, SchemaId, SchemaView},
    ir::{Shape, TypeDef, TypeId},
};

/// A type that has an id and no definition yet.
pub(super) struct Waiting<'d> {
    pub(super) id: TypeId,
    pub(super) name: String,
    pub(super) source: Source<'d>,
}

/// What a type is made from.
pub(super) enum Source<'d> {
    /// A schema that is a type of its own.
    Schema(SchemaView<'d>),
    /// The object that a family extends.
    Base(SchemaView<'d>),
    /// A choice beside other parts of an object, with the variants that have types, and the name of the object.
    Choice(Choice<'d>, Vec<SchemaView<'d>>, String),
}

/// All types so far.
#[derive(Default)]
pub(in crate::lower) struct Registry<'d> {
    types: Vec<Option<TypeDef>>,
    /// The types of components by their names.
    components: HashMap<String, TypeId>,
    /// The types of inline schemas.
    by_schema: HashMap<SchemaId, TypeId>,
    /// The types of choices beside other parts of an object, by their schemas and keywords.
    by_choice: HashMap<(SchemaId, &'static str), TypeId>,
    waiting: Vec<Waiting<'d>>,
}

impl<'d> Registry<'d> {
    fn reserve(&mut self) -> TypeId {
        // A document has at most some millions of values: the count fits.
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(None);
        id
    }

    /// Gives a component its number.
    pub(super) fn reserve_component(&mut self, name: &str, schema: SchemaView<'d>) {
        let id = self.reserve();
        self.components.insert(name.to_owned(), id);
        self.by_schema.insert(schema.id(), id);
    }

    /// The type of a component or of an inline schema.
    pub(in crate::lower) fn of(&self, schema: SchemaView<'d>) -> Option<TypeId> {
        self.by_schema.get(&schema.id()).copied()
    }

    /// The type of an inline schema; the first use of it gives the name.
    pub(super) fn inline(&mut self, schema: SchemaView<'d>, name: &str) -> TypeId {
        if let Some(id) = self.of(schema) {
            return id;
        }
        // What a component is made of, such as the items of an array, does not ask for the component's own name.
        let is_inside = |id: &TypeId| self.by_schema.get(&schema.component_around()) == Some(id);
        let id = match self.components.get(name) {
            Some(component) if is_inside(component) => self.add(&format!("{name}.inline"), Source::Schema(schema)),
            _ => self.add(name, Source::Schema(schema)),
        };
        self.by_schema.insert(schema.id(), id);
        id
    }

    /// The type of a choice beside other parts of an object.
    pub(super) fn choice(
        &mut self,
        choice: Choice<'d>,
        variants: &[SchemaView<'d>],
        (owner, name): (&str, &str),
    ) -> TypeId {
        let key = (choice.owner.id(), choice.keyword);
        if let Some(id) = self.by_choice.get(&key) {
            return *id;
        }
        let source = Source::Choice(choice, variants.to_vec(), owner.to_owned());
        let id = self.add(&format!("{owner}.{name}"), source);
        self.by_choice.insert(key, id);
        id
    }

    /// A type of its own for the object that a family extends.
    pub(super) fn base(&mut self, schema: SchemaView<'d>, name: &str) -> TypeId {
        self.add(&format!("{name}.base"), Source::Base(schema))
    }

    fn add(&mut self, name: &str, source: Source<'d>) -> TypeId {
        let id = self.reserve();
        let name = name.to_owned();
        self.waiting.push(Waiting { id, name, source });
        id
    }

    /// A type that still needs a definition.
    pub(super) fn next_waiting(&mut self) -> Option<Waiting<'d>> {
        self.waiting.pop()
    }

    pub(super) fn define(&mut self, id: TypeId, def: TypeDef) {
        self.types[id.index()] = Some(def);
    }

    /// The name of a type.
    pub(in crate::lower) fn def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.index())?.as_ref()
    }

    pub(in crate::lower) fn shape(&self, id: TypeId) -> Option<&Shape> {
        self.def(id).map(|def| &def.shape)
    }

    /// The definitions; `None` where one is missing, for which there is an error.
    pub(in crate::lower) fn finish(self) -> Option<Vec<TypeDef>> {
        self.types.into_iter().collect()
    }
}
