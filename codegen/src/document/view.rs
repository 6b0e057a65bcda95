//! A schema as the other stages see it.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{
    json_type::JsonType,
    keywords::{self, Additional, Discriminator, Form, Keywords, NONE, Rare, SchemaId},
    limit::Limit,
    schemas::{Content, Schemas},
};
use crate::{at::At, read::Text};

/// A schema of a document. A reference has no keywords: [`SchemaView::target`] is what it leads to.
#[derive(Clone, Copy)]
pub(crate) struct SchemaView<'d> {
    schemas: &'d Schemas,
    id: SchemaId,
}

static NO_KEYWORDS: std::sync::LazyLock<Keywords> = std::sync::LazyLock::new(Keywords::default);

impl Schemas {
    pub(crate) fn view(&self, id: SchemaId) -> SchemaView<'_> {
        SchemaView { schemas: self, id }
    }

    /// The component schema of this name.
    pub(crate) fn component(&self, name: &str) -> Option<SchemaView<'_>> {
        self.components().get(name).map(|id| self.view(*id))
    }
}

impl PartialEq for SchemaView<'_> {
    /// Whether both are one schema of the document; [`SchemaView::same_as`] compares what they consist of.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<'d> SchemaView<'d> {
    pub(crate) fn id(self) -> SchemaId {
        self.id
    }

    fn other(self, id: SchemaId) -> Self {
        Self { id, ..self }
    }

    fn others(self, ids: &'d [SchemaId]) -> Schemata<'d> {
        Schemata {
            schemas: self.schemas,
            ids,
        }
    }

    fn keywords(self) -> &'d Keywords {
        match self.schemas.content(self.id) {
            Content::Keywords(keywords) => keywords,
            Content::Unread | Content::Reference { .. } => &NO_KEYWORDS,
        }
    }

    /// Its JSON pointer in the canonical tree.
    pub(crate) fn pointer(self) -> String {
        self.schemas.pointer(self.id)
    }

    /// The JSON pointer of one of its keywords.
    pub(crate) fn key(self, keyword: &str) -> String {
        At::of(&self.pointer()).key(keyword).pointer()
    }

    /// Whether it describes one item of a stream.
    pub(crate) fn is_item_schema(self) -> bool {
        let root = self.schemas.root(self.id);
        root.is_some_and(|pointer| pointer.ends_with("/itemSchema"))
    }

    /// The schema around it that is in no other one, such as a component; that may be itself.
    pub(crate) fn component_around(self) -> SchemaId {
        self.schemas.outermost(self.id)
    }

    /// The name of the component that it is.
    pub(crate) fn component_name(self) -> Option<&'d str> {
        let name = self.schemas.root(self.id)?.strip_prefix("/components/schemas/")?;
        let (name, id) = self.schemas.components().get_key_value(&crate::read::unescape(name))?;
        (*id == self.id).then_some(name)
    }

    pub(crate) fn is_reference(self) -> bool {
        matches!(self.schemas.content(self.id), Content::Reference { .. })
    }

    /// The name of the component that it refers to, whether that exists or not.
    pub(crate) fn referenced_name(self) -> Option<&'d str> {
        match self.schemas.content(self.id) {
            Content::Reference { name, .. } => name.as_deref(),
            _ => None,
        }
    }

    /// The component that it refers to, which may be a reference itself.
    pub(crate) fn referenced(self) -> Option<Self> {
        self.schemas.component(self.referenced_name()?)
    }

    /// Itself, or the schema that the reference leads to in the end; `None` where it leads nowhere.
    pub(crate) fn target(self) -> Option<Self> {
        match self.schemas.content(self.id) {
            Content::Reference { target, .. } => target.map(|target| self.other(target)),
            Content::Unread => None,
            Content::Keywords(_) => Some(self),
        }
    }

    pub(crate) fn form(self) -> Form {
        self.keywords().form
    }

    /// The type that it declares or implies.
    pub(crate) fn json_type(self) -> Option<JsonType> {
        let keywords = self.keywords();
        match keywords.form {
            Form::Object => Some(JsonType::Object),
            _ => keywords.json_type(),
        }
    }

    /// `type`, as the document has it.
    pub(crate) fn declared_type(self) -> Option<JsonType> {
        self.keywords().declared_type
    }

    pub(crate) fn format(self) -> Option<&'d str> {
        self.keywords().format.as_deref().filter(|format| !format.is_empty())
    }

    pub(crate) fn title(self) -> Option<&'d str> {
        self.keywords().title.as_deref()
    }

    pub(crate) fn description(self) -> Option<&'d str> {
        self.keywords().description.as_deref()
    }

    /// The description, or else the title.
    pub(crate) fn docs(self) -> &'d str {
        self.description().or(self.title()).unwrap_or_default()
    }

    pub(crate) fn default_value(self) -> Option<&'d Json> {
        self.keywords().default.as_deref()
    }

    pub(crate) fn is_deprecated(self) -> bool {
        self.keywords().deprecated
    }

    pub(crate) fn is_read_only(self) -> bool {
        self.keywords().read_only
    }

    pub(crate) fn is_write_only(self) -> bool {
        self.keywords().write_only
    }

    /// `nullable`.
    pub(crate) fn allows_null(self) -> bool {
        self.keywords().nullable
    }

    /// The values of `enum`, null among them.
    pub(crate) fn values(self) -> &'d [Json] {
        &self.keywords().values
    }

    /// `const`, which may be null.
    pub(crate) fn any_constant(self) -> Option<&'d Json> {
        self.keywords().constant.as_deref()
    }

    /// `const`, where it is not null.
    pub(crate) fn constant(self) -> Option<&'d Json> {
        self.any_constant().filter(|value| !value.is_null())
    }

    pub(crate) fn limits(self) -> &'d [Limit] {
        &self.keywords().limits
    }

    /// The properties of a schema that can be an object.
    pub(crate) fn properties(self) -> Named<'d> {
        let keywords = self.keywords();
        Named {
            schemas: self.schemas,
            ids: if keywords.may_be_object() {
                keywords.properties()
            } else {
                &NONE
            },
        }
    }

    /// The required properties of a schema that can be an object.
    pub(crate) fn required(self) -> &'d [Text] {
        let keywords = self.keywords();
        if keywords.may_be_object() {
            &keywords.required
        } else {
            &[]
        }
    }

    /// `additionalProperties` of a schema that can be an object.
    pub(crate) fn additional(self) -> Option<Additional> {
        let keywords = self.keywords();
        keywords.additional.filter(|_| keywords.may_be_object())
    }

    /// The schema of `additionalProperties`.
    pub(crate) fn additional_schema(self) -> Option<Self> {
        match self.additional() {
            Some(Additional::Of(id)) => Some(self.other(id)),
            _ => None,
        }
    }

    pub(crate) fn pattern_properties(self) -> Named<'d> {
        Named {
            schemas: self.schemas,
            ids: &self.keywords().rare().pattern_properties,
        }
    }

    pub(crate) fn property_names(self) -> Option<Self> {
        self.keywords().rare().property_names.map(|id| self.other(id))
    }

    pub(crate) fn dependent_schemas(self) -> Named<'d> {
        Named {
            schemas: self.schemas,
            ids: &self.keywords().rare().dependent_schemas,
        }
    }

    /// `items` of a schema that can be an array.
    pub(crate) fn items(self) -> Option<Self> {
        let keywords = self.keywords();
        let may_be_array = matches!(keywords.form, Form::Array | Form::Open);
        keywords.items.filter(|_| may_be_array).map(|id| self.other(id))
    }

    pub(crate) fn prefix_items(self) -> Schemata<'d> {
        self.others(&self.keywords().rare().prefix_items)
    }

    /// `contains` with `minContains` and `maxContains`.
    pub(crate) fn contains(self) -> Option<(Self, u64, Option<u64>)> {
        let rare = self.keywords().rare();
        let min = rare.min_contains.unwrap_or(1);
        rare.contains.map(|id| (self.other(id), min, rare.max_contains))
    }

    /// `if`, `then` and `else`.
    pub(crate) fn condition(self) -> Option<(Self, Option<Self>, Option<Self>)> {
        let rare = self.keywords().rare();
        let branch = |id: Option<SchemaId>| id.map(|id| self.other(id));
        Some((branch(rare.condition)?, branch(rare.then), branch(rare.otherwise)))
    }

    /// `not`, beside nothing that decides over the schema or beside other compositions.
    pub(crate) fn not(self) -> Option<Self> {
        self.keywords().not.map(|id| self.other(id))
    }

    /// The parts of its `allOf`.
    pub(crate) fn parts(self) -> Schemata<'d> {
        self.others(&self.keywords().all_of)
    }

    /// Its choices, each with its keyword: `oneOf`, `anyOf`.
    pub(crate) fn choices(self) -> impl Iterator<Item = Choice<'d>> + Clone {
        let keywords = self.keywords();
        [("oneOf", &keywords.one_of), ("anyOf", &keywords.any_of)]
            .into_iter()
            .filter(|(_, ids)| !ids.is_empty())
            .map(move |(keyword, ids)| Choice {
                owner: self,
                keyword,
                variants: self.others(ids),
            })
    }

    pub(crate) fn discriminator(self) -> Option<&'d Discriminator> {
        self.keywords().rare().discriminator.as_ref()
    }

    pub(crate) fn content_schema(self) -> Option<Self> {
        self.keywords().rare().content_schema.map(|id| self.other(id))
    }

    /// Whether it has a keyword of which nothing is read.
    pub(crate) fn has_unread(self) -> bool {
        self.keywords().has_unread
    }

    /// The keywords that describe members or items, each with the type of the values that it describes.
    pub(crate) fn structural_keywords(self) -> Vec<(&'static str, JsonType)> {
        self.keywords().structural()
    }

    /// The keywords that have no effect because another one is missing, each with that one.
    pub(crate) fn dependent_keywords(self) -> Vec<(&'static str, &'static str)> {
        self.keywords().rare().dependent()
    }

    pub(crate) fn extensions(self) -> &'d IndexMap<String, Json> {
        static NONE: std::sync::LazyLock<IndexMap<String, Json>> = std::sync::LazyLock::new(IndexMap::new);
        self.keywords().extensions.as_deref().unwrap_or(&NONE)
    }

    /// Whether it has no keyword that limits values, annotations and null aside: `{}`, `true`.
    pub(crate) fn allows_anything(self) -> bool {
        !self.is_reference() && self.keywords().asks_nothing()
    }

    /// Whether it has keywords that `openapiv3` has no place for, as tuples, patterns of names, conditions.
    pub(crate) fn has_rare_keywords(self) -> bool {
        let keywords = self.keywords();
        keywords.constant.is_some() || keywords.rare.as_deref().is_some_and(Rare::asks_something)
    }

    /// Whether it describes what strings encode.
    pub(crate) fn describes_content(self) -> bool {
        let rare = self.keywords().rare();
        rare.content_encoding.is_some() || rare.content_media_type.is_some() || rare.content_schema.is_some()
    }

    /// Whether both consist of the same keywords with the same values, wherever they occur.
    pub(crate) fn same_as(self, other: Self) -> bool {
        self.id == other.id || self.schemas.are_same(self.id, other.id, true)
    }

    /// The same, without regard to words: titles, descriptions, defaults.
    pub(crate) fn describes_same_values_as(self, other: Self) -> bool {
        self.id == other.id || self.schemas.are_same(self.id, other.id, false)
    }
}

/// A list of schemas.
#[derive(Clone, Copy)]
pub(crate) struct Schemata<'d> {
    schemas: &'d Schemas,
    ids: &'d [SchemaId],
}

impl<'d> Schemata<'d> {
    pub(crate) fn len(self) -> usize {
        self.ids.len()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.ids.is_empty()
    }

    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = SchemaView<'d>> + ExactSizeIterator + Clone {
        self.ids.iter().map(move |id| self.schemas.view(*id))
    }

    pub(crate) fn get(self, index: usize) -> Option<SchemaView<'d>> {
        self.ids.get(index).map(|id| self.schemas.view(*id))
    }
}

/// Schemas by name, in the order of the document.
#[derive(Clone, Copy)]
pub(crate) struct Named<'d> {
    schemas: &'d Schemas,
    ids: &'d keywords::Named,
}

impl<'d> Named<'d> {
    pub(crate) fn len(self) -> usize {
        self.ids.len()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.ids.is_empty()
    }

    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = (&'d str, SchemaView<'d>)> {
        self.ids.iter().map(move |(name, id)| (&**name, self.schemas.view(*id)))
    }

    pub(crate) fn names(self) -> impl ExactSizeIterator<Item = &'d str> {
        self.ids.keys().map(|name| &**name)
    }

    /// Returns the schemas sorted by name, for uses that must not depend on the order of the document.
    pub(crate) fn sorted(self) -> Vec<(&'d str, SchemaView<'d>)> {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    }

    pub(crate) fn get(self, name: &str) -> Option<SchemaView<'d>> {
        self.ids.get(name).map(|id| self.schemas.view(*id))
    }

    pub(crate) fn contains(self, name: &str) -> bool {
        self.ids.contains_key(name)
    }
}

/// A `oneOf` or an `anyOf`.
#[derive(Clone, Copy)]
pub(crate) struct Choice<'d> {
    /// The schema that it is a keyword of.
    pub(crate) owner: SchemaView<'d>,
    pub(crate) keyword: &'static str,
    pub(crate) variants: Schemata<'d>,
}

impl Choice<'_> {
    /// Its JSON pointer.
    pub(crate) fn pointer(self) -> String {
        self.owner.key(self.keyword)
    }
}
