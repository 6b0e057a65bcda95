//! The keywords of one schema.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::{json_type::JsonType, limit::Limit};
use crate::read::Text;

/// The number of a schema: its index among all schemas of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(pub(super) u32);

impl SchemaId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What decides over a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    /// An `allOf` and nothing that would say more of the type.
    AllOf,
    /// A `oneOf` and nothing that would say more of the type.
    OneOf,
    /// An `anyOf` and nothing that would say more of the type.
    AnyOf,
    /// Several of these, or none.
    #[default]
    Open,
}

/// `additionalProperties`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Additional {
    Any,
    Nothing,
    Of(SchemaId),
}

/// `discriminator`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Discriminator {
    pub(crate) property: String,
    pub(crate) mapping: IndexMap<String, String>,
}

/// Schemas by name.
pub(super) type Named = IndexMap<Text, SchemaId>;

pub(super) static NONE: std::sync::LazyLock<Named> = std::sync::LazyLock::new(Named::new);

/// The keywords of a schema, in canonical form. A document has many schemas, so strings are those of the tree, and a large
/// keyword that few schemas have is in a box.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of the schema")]
pub(crate) struct Keywords {
    pub(super) title: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) default: Option<Box<Json>>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) nullable: bool,
    /// `type`, as the document has it.
    pub(super) declared_type: Option<JsonType>,
    pub(super) format: Option<Text>,
    pub(super) values: Box<[Json]>,
    pub(super) constant: Option<Box<Json>>,
    pub(super) limits: Box<[Limit]>,
    pub(super) all_of: Box<[SchemaId]>,
    pub(super) one_of: Box<[SchemaId]>,
    pub(super) any_of: Box<[SchemaId]>,
    pub(super) not: Option<SchemaId>,
    pub(super) properties: Option<Box<Named>>,
    pub(super) required: Box<[Text]>,
    pub(super) additional: Option<Additional>,
    pub(super) items: Option<SchemaId>,
    /// Those that few schemas have.
    pub(super) rare: Option<Box<Rare>>,
    /// Whether it has a keyword of which nothing is read, which is a warning already.
    pub(super) has_unread: bool,
    /// The extensions of this generator.
    pub(super) extensions: Option<Box<IndexMap<String, Json>>>,
    /// What the keywords above decide together: every stage asks for it, so it is decided when they are all read.
    pub(super) form: Form,
}

/// The keywords that few schemas have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rare {
    pub(super) discriminator: Option<Discriminator>,
    pub(super) prefix_items: Box<[SchemaId]>,
    pub(super) pattern_properties: Named,
    pub(super) property_names: Option<SchemaId>,
    pub(super) dependent_schemas: Named,
    pub(super) contains: Option<SchemaId>,
    pub(super) min_contains: Option<u64>,
    pub(super) max_contains: Option<u64>,
    pub(super) condition: Option<SchemaId>,
    pub(super) then: Option<SchemaId>,
    pub(super) otherwise: Option<SchemaId>,
    pub(super) content_encoding: Option<String>,
    pub(super) content_media_type: Option<String>,
    pub(super) content_schema: Option<SchemaId>,
}

impl Keywords {
    pub(super) fn rare(&self) -> &Rare {
        static NONE: std::sync::LazyLock<Rare> = std::sync::LazyLock::new(Rare::default);
        self.rare.as_deref().unwrap_or(&NONE)
    }

    pub(super) fn properties(&self) -> &Named {
        self.properties.as_deref().unwrap_or(&NONE)
    }

    /// `type`, or the type that only makes sense of other keywords. Where members of some names alone are described, a value
    /// of another type is as good as an object with other members.
    pub(super) fn json_type(&self) -> Option<JsonType> {
        let implied = || {
            let rare = self.rare.as_deref()?;
            if !rare.prefix_items.is_empty() {
                Some(JsonType::Array)
            } else if rare.pattern_properties.keys().any(|pattern| matches_all_names(pattern)) {
                Some(JsonType::Object)
            } else {
                None
            }
        };
        self.declared_type.or_else(implied)
    }

    pub(super) fn decide_form(&self) -> Form {
        let compositions = [
            (!self.all_of.is_empty(), Form::AllOf),
            (!self.one_of.is_empty(), Form::OneOf),
            (!self.any_of.is_empty(), Form::AnyOf),
            (self.not.is_some(), Form::Open),
        ];
        let mut compositions = compositions.into_iter().filter(|(is_there, _)| *is_there);
        match (compositions.next(), compositions.next()) {
            (None, _) => self.typed_form(),
            // `type: object` beside a composition says nothing more: linters want it where `nullable` occurs.
            (Some((_, form)), None) if self.is_plain_object() => form,
            _ => Form::Open,
        }
    }

    fn typed_form(&self) -> Form {
        match self.json_type() {
            Some(JsonType::String) => Form::String,
            Some(JsonType::Integer) if self.values.is_empty() => Form::Integer,
            Some(JsonType::Number) if self.values.is_empty() => Form::Number,
            Some(JsonType::Boolean) if self.values.is_empty() => Form::Boolean,
            Some(JsonType::Array) => Form::Array,
            Some(JsonType::Object) => Form::Object,
            None if !self.properties().is_empty() || self.additional.is_some() => Form::Object,
            _ => Form::Open,
        }
    }

    /// Whether the schema has at most `type: object` and compositions.
    fn is_plain_object(&self) -> bool {
        matches!(self.json_type(), None | Some(JsonType::Object))
            && self.properties().is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.values.is_empty()
            && self.items.is_none()
    }

    /// The keywords that describe members or items, each with the type of the values that it describes.
    pub(super) fn structural(&self) -> Vec<(&'static str, JsonType)> {
        let rare = self.rare();
        let of_objects = [
            ("properties", !self.properties().is_empty()),
            ("required", !self.required.is_empty()),
            ("additionalProperties", self.additional.is_some()),
            ("patternProperties", !rare.pattern_properties.is_empty()),
            ("propertyNames", rare.property_names.is_some()),
            ("dependentSchemas", !rare.dependent_schemas.is_empty()),
        ];
        let of_arrays = [
            ("items", self.items.is_some()),
            ("prefixItems", !rare.prefix_items.is_empty()),
            ("contains", rare.contains.is_some()),
        ];
        let of_objects = of_objects.map(|(keyword, exists)| (keyword, JsonType::Object, exists));
        let of_arrays = of_arrays.map(|(keyword, exists)| (keyword, JsonType::Array, exists));
        let all = of_objects.into_iter().chain(of_arrays);
        all.filter(|(.., exists)| *exists)
            .map(|(keyword, json_type, _)| (keyword, json_type))
            .collect()
    }

    pub(super) fn may_be_object(&self) -> bool {
        matches!(self.form, Form::Object | Form::Open)
    }

    /// Whether no keyword limits values, those of [`Rare`] aside.
    pub(super) fn asks_nothing(&self) -> bool {
        self.json_type().is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && self.limits.is_empty()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.not.is_none()
            && self.properties().is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
    }
}

/// Patterns that match every name.
const ALL_NAMES: &[&str] = &[
    "", "^", ".", ".*", ".+", "^.*", "^.+", "^.*$", "^.+$", "^(.*)$", "^(.+)$",
];

/// Whether a pattern is one of those that match every name.
pub(crate) fn matches_all_names(pattern: &str) -> bool {
    ALL_NAMES.contains(&pattern)
}

impl Rare {
    /// Whether a keyword limits values or describes their content.
    pub(super) fn asks_something(&self) -> bool {
        !self.schemas().is_empty()
            || self.min_contains.is_some()
            || self.max_contains.is_some()
            || self.content_encoding.is_some()
            || self.content_media_type.is_some()
    }

    /// The keywords that have no effect because another one is missing, each with that one.
    pub(super) fn dependent(&self) -> Vec<(&'static str, &'static str)> {
        let (has_if, has_contains) = (self.condition.is_some(), self.contains.is_some());
        let all = [
            ("then", "if", self.then.is_some() && !has_if),
            ("else", "if", self.otherwise.is_some() && !has_if),
            ("minContains", "contains", self.min_contains.is_some() && !has_contains),
            ("maxContains", "contains", self.max_contains.is_some() && !has_contains),
        ];
        let ineffective = all.into_iter().filter(|(.., is_alone)| *is_alone);
        ineffective.map(|(keyword, needed, _)| (keyword, needed)).collect()
    }

    fn schemas(&self) -> Vec<Child<'_>> {
        let one = [
            ("propertyNames", self.property_names),
            ("contains", self.contains),
            ("if", self.condition),
            ("then", self.then),
            ("else", self.otherwise),
            ("contentSchema", self.content_schema),
        ];
        let one = one.into_iter().filter_map(|(keyword, id)| Some((keyword, "", id?)));
        one.chain(in_list("prefixItems", &self.prefix_items))
            .chain(by_name("patternProperties", &self.pattern_properties))
            .chain(by_name("dependentSchemas", &self.dependent_schemas))
            .collect()
    }
}

/// A schema below a keyword, with the name that it has there.
pub(super) type Child<'k> = (&'static str, &'k str, SchemaId);

fn in_list<'k>(keyword: &'static str, ids: &'k [SchemaId]) -> impl Iterator<Item = Child<'k>> {
    ids.iter().map(move |id| (keyword, "", *id))
}

/// Sorted by name: the order of members has no meaning.
fn by_name<'k>(keyword: &'static str, ids: &'k Named) -> impl Iterator<Item = Child<'k>> {
    let mut named: Vec<Child<'k>> = ids.iter().map(|(name, id)| (keyword, &**name, *id)).collect();
    named.sort_unstable_by_key(|(_, name, _)| *name);
    named.into_iter()
}

impl Keywords {
    /// The schemas below its keywords, in an order that does not depend on that of the document's members.
    pub(super) fn schemas(&self) -> Vec<Child<'_>> {
        let additional = match self.additional {
            Some(Additional::Of(id)) => Some(id),
            _ => None,
        };
        let one = [
            ("not", self.not),
            ("items", self.items),
            ("additionalProperties", additional),
        ];
        let one = one.into_iter().filter_map(|(keyword, id)| Some((keyword, "", id?)));
        one.chain(in_list("allOf", &self.all_of))
            .chain(in_list("oneOf", &self.one_of))
            .chain(in_list("anyOf", &self.any_of))
            .chain(by_name("properties", self.properties()))
            .chain(self.rare().schemas())
            .collect()
    }

    /// Whether everything but the schemas below is the same.
    pub(super) fn is_same_itself(&self, other: &Self, with_words: bool) -> bool {
        (!with_words || self.words() == other.words())
            && self.rules() == other.rules()
            && self.rare().words() == other.rare().words()
    }

    fn words(&self) -> impl PartialEq + '_ {
        (&self.title, &self.description, &self.default, self.deprecated)
    }

    fn rules(&self) -> impl PartialEq + '_ {
        let additional = self
            .additional
            .filter(|additional| !matches!(additional, Additional::Of(_)));
        let values = (&self.values, &self.constant, &self.limits);
        let flags = (self.read_only, self.write_only, self.nullable, self.has_unread);
        (
            self.declared_type,
            &self.format,
            values,
            &self.required,
            additional,
            flags,
            self.extensions.as_deref(),
        )
    }
}

impl Rare {
    fn words(&self) -> impl PartialEq + '_ {
        let content = (&self.content_encoding, &self.content_media_type);
        (&self.discriminator, content, self.min_contains, self.max_contains)
    }
}
