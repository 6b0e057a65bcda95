//! What a schema is, told from its keywords alone: whether it is a type of its own must be known before any is lowered.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, StringType, Type};
use serde_json::Value as Json;

use super::{compose, extension};
use crate::{
    document::{Beside, BesideTable},
    ir::ValueKind,
};

/// How many references may lie between a schema and what it refers to in the end.
const MAX_REFERENCES: usize = 256;

/// The component schemas, and what stands beside them.
#[derive(Clone, Copy)]
pub(super) struct Components<'d> {
    pub(super) schemas: &'d IndexMap<String, ReferenceOr<Schema>>,
    pub(super) beside: &'d BesideTable,
}

impl<'d> Components<'d> {
    /// The component that a reference names.
    pub(super) fn named(&self, reference: &str) -> Option<(&'d str, &'d ReferenceOr<Schema>)> {
        let name = extension::unescape(reference.strip_prefix("#/components/schemas/")?);
        let (name, schema) = self.schemas.get_key_value(&name)?;
        Some((name, schema))
    }

    /// The schema that a reference leads to in the end.
    pub(super) fn target(&self, schema: &'d ReferenceOr<Schema>) -> Option<&'d Schema> {
        let mut schema = schema;
        for _ in 0..MAX_REFERENCES {
            match schema {
                ReferenceOr::Item(item) => return Some(item),
                ReferenceOr::Reference { reference } => schema = self.named(reference)?.1,
            }
        }
        None
    }

    /// What a schema says that the typed document has no place for.
    pub(super) fn beside(&self, schema: &Schema) -> Option<&'d Beside> {
        self.beside.of(&schema.schema_data)
    }

    /// `const`, where it is not null.
    pub(super) fn constant(&self, schema: &Schema) -> Option<&'d Json> {
        self.beside(schema)?.constant.as_ref().filter(|value| !value.is_null())
    }

    fn has_prefix(&self, schema: &Schema) -> bool {
        self.beside(schema)
            .is_some_and(|beside| !beside.prefix_items.is_empty())
    }
}

/// What a schema is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Constant,
    /// Known strings.
    Enum,
    /// Known values of other kinds.
    Values(ValueKind),
    Union,
    Struct,
    Tuple,
    /// A string without any format: a type of its own where it has a name.
    Text,
    /// Another type.
    Other,
}

impl Kind {
    /// Whether the schema is a type of its own even where it has no name.
    pub(super) fn is_own_type(self) -> bool {
        !matches!(self, Self::Text | Self::Other)
    }
}

pub(super) fn kind(components: Components<'_>, schema: &Schema) -> Kind {
    if components.constant(schema).is_some() {
        return Kind::Constant;
    }
    if let Some(values) = values(components, schema) {
        return kind_of_values(schema, &values);
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) if is_mere_text(string) => Kind::Text,
        SchemaKind::Type(Type::Object(object))
            if !object.properties.is_empty()
                || object.additional_properties == Some(AdditionalProperties::Any(false))
                    && components
                        .beside(schema)
                        .is_none_or(|beside| beside.pattern_properties.is_empty()) =>
        {
            Kind::Struct
        }
        SchemaKind::Type(Type::Array(_)) if components.has_prefix(schema) => Kind::Tuple,
        SchemaKind::AllOf { all_of } => kind_of_parts(components, all_of),
        SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } => match verdict(components, arms) {
            Verdict::Many(_) => Kind::Union,
            _ => Kind::Other,
        },
        SchemaKind::Any(any) => kind_of_any(components, schema, any),
        _ => Kind::Other,
    }
}

fn is_mere_text(string: &StringType) -> bool {
    string.enumeration.is_empty() && string.format.is_empty()
}

fn kind_of_parts(components: Components<'_>, all_of: &[ReferenceOr<Schema>]) -> Kind {
    let is_object = compose::makes_object(components, all_of) && compose::only_part(components, all_of).is_none();
    if is_object { Kind::Struct } else { Kind::Other }
}

fn kind_of_any(components: Components<'_>, schema: &Schema, any: &AnySchema) -> Kind {
    let choices = choices(any)
        .filter(|arms| matches!(verdict(components, arms), Verdict::Many(_)))
        .count();
    if any.typ.as_deref().is_some_and(|typ| typ != "object") {
        return if choices > 0 { Kind::Union } else { Kind::Other };
    }
    if components.has_prefix(schema) {
        return Kind::Tuple;
    }
    let has_members = !any.properties.is_empty() || any.additional_properties == Some(AdditionalProperties::Any(false));
    let parts = compose::parts(components, &any.all_of);
    if has_members || parts.objects > 0 || choices + parts.choices > 1 {
        return if compose::only_part(components, &any.all_of).is_some() && !has_members && choices == 0 {
            Kind::Other
        } else {
            Kind::Struct
        };
    }
    if choices == 1 { Kind::Union } else { Kind::Other }
}

/// The choices that a schema holds.
pub(super) fn choices(any: &AnySchema) -> impl Iterator<Item = &Vec<ReferenceOr<Schema>>> {
    [&any.one_of, &any.any_of].into_iter().filter(|arms| !arms.is_empty())
}

/// The choices of any schema, with their keywords.
pub(super) fn choices_of(schema: &Schema) -> Vec<(&'static str, &Vec<ReferenceOr<Schema>>)> {
    match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => vec![("oneOf", one_of)],
        SchemaKind::AnyOf { any_of } => vec![("anyOf", any_of)],
        SchemaKind::Any(any) => [("oneOf", &any.one_of), ("anyOf", &any.any_of)]
            .into_iter()
            .filter(|(_, arms)| !arms.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

/// What the arms of a choice are, those left out that allow null alone.
pub(super) enum Verdict {
    /// They only set conditions.
    Conditions,
    /// There is one, or one says as much as all.
    One(usize),
    /// Texts of different forms.
    Text,
    /// Several types.
    Many(Vec<usize>),
}

pub(super) fn verdict(components: Components<'_>, arms: &[ReferenceOr<Schema>]) -> Verdict {
    let mut typed: Vec<usize> = Vec::with_capacity(arms.len());
    for (index, arm) in arms.iter().enumerate() {
        let says_something = arm
            .as_item()
            .is_none_or(|schema| !is_null(schema) && !is_condition(components, schema));
        if says_something && !typed.iter().any(|known| arms[*known] == *arm) {
            typed.push(index);
        }
    }
    if typed.len() < arms.len() && are_conditions(components, arms) {
        return Verdict::Conditions;
    }
    match typed.as_slice() {
        [] => Verdict::Conditions,
        [only] => Verdict::One(*only),
        _ => scalars(components, arms, &typed).unwrap_or(Verdict::Many(typed)),
    }
}

/// Whether the arms only set conditions: among those that do, `type: object` says nothing of the type.
fn are_conditions(components: Components<'_>, arms: &[ReferenceOr<Schema>]) -> bool {
    let is_plain = |arm: &Schema| kind_is_bare(arm) && components.beside(arm).is_none();
    let items = || arms.iter().map(ReferenceOr::as_item);
    items()
        .flatten()
        .any(|arm| !is_null(arm) && is_condition(components, arm))
        && items().all(|arm| arm.is_some_and(|arm| is_null(arm) || is_condition(components, arm) || is_plain(arm)))
}

fn kind_is_bare(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if is_bare(object))
}

/// One type of text or number that says as much as all the arms.
fn scalars(components: Components<'_>, arms: &[ReferenceOr<Schema>], typed: &[usize]) -> Option<Verdict> {
    let targets: Option<Vec<&Schema>> = typed.iter().map(|index| components.target(&arms[*index])).collect();
    let targets = targets?;
    if targets.iter().any(|schema| components.constant(schema).is_some()) {
        return None;
    }
    let texts: Option<Vec<&StringType>> = targets
        .iter()
        .map(|schema| match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => Some(string),
            _ => None,
        })
        .collect();
    if let Some(texts) = texts {
        let mut enums = (0..texts.len()).filter(|index| !texts[*index].enumeration.is_empty());
        return match (enums.next(), enums.next()) {
            (Some(only), None) => Some(Verdict::One(typed[only])),
            (Some(_), Some(_)) => None,
            (None, _) if texts.iter().all(|text| text.format == texts[0].format) => Some(Verdict::One(typed[0])),
            (None, _) => Some(Verdict::Text),
        };
    }
    let is_number =
        |schema: &&Schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Number(_) | Type::Integer(_)));
    let is_any_number = |schema: &&Schema| matches!(&schema.schema_kind, SchemaKind::Type(Type::Number(number)) if number.format.is_empty());
    if targets.iter().all(is_number) {
        let widest = targets.iter().position(is_any_number)?;
        return Some(Verdict::One(typed[widest]));
    }
    None
}

/// Whether a schema allows null alone.
pub(super) fn is_null(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            !string.enumeration.is_empty() && string.enumeration.iter().all(Option::is_none)
        }
        SchemaKind::Any(any) if !any.enumeration.is_empty() => lists_null_alone(any),
        SchemaKind::Any(any) => schema.schema_data.nullable && *any == AnySchema::default(),
        _ => false,
    }
}

/// Whether null is the one value of an `enum`.
pub(super) fn lists_null_alone(any: &AnySchema) -> bool {
    !any.enumeration.is_empty() && any.enumeration.iter().all(Json::is_null)
}

/// Whether a schema says nothing of the type: limits, required members.
pub(super) fn is_condition(components: Components<'_>, schema: &Schema) -> bool {
    let SchemaKind::Any(any) = &schema.schema_kind else {
        return false;
    };
    let has_type = any.typ.is_some()
        || !any.properties.is_empty()
        || any.items.is_some()
        || !any.enumeration.is_empty()
        || any.additional_properties.is_some()
        || !(any.one_of.is_empty() && any.any_of.is_empty() && any.all_of.is_empty());
    !has_type && *any != AnySchema::default() && components.beside(schema).is_none()
}

/// What all values of a schema are in JSON, where it says so.
pub(super) fn json_kind<'d>(components: Components<'d>, schema: &'d ReferenceOr<Schema>) -> Option<&'static str> {
    let schema = components.target(schema)?;
    match kind(components, schema) {
        Kind::Struct => return Some("object"),
        Kind::Tuple => return Some("array"),
        Kind::Enum | Kind::Text => return Some("string"),
        _ => {}
    }
    let typ = match &schema.schema_kind {
        SchemaKind::Type(typ) => typ,
        SchemaKind::Any(any) => {
            return match any.typ.as_deref()? {
                "string" => Some("string"),
                "integer" | "number" => Some("number"),
                "boolean" => Some("boolean"),
                "array" => Some("array"),
                "object" => Some("object"),
                _ => None,
            };
        }
        _ => return None,
    };
    Some(match typ {
        Type::String(_) => "string",
        Type::Number(_) | Type::Integer(_) => "number",
        Type::Object(_) => "object",
        Type::Array(_) => "array",
        Type::Boolean(_) => "boolean",
    })
}

/// Whether an object says nothing but limits and required members.
pub(super) fn is_bare(object: &ObjectType) -> bool {
    object.properties.is_empty() && object.additional_properties.is_none()
}

/// Whether null is a value of the schema, as far as it says so itself.
pub(super) fn is_nullable(components: Components<'_>, schema: &Schema) -> bool {
    let says_so = |schema: &Schema| {
        schema.schema_data.nullable
            || is_null(schema)
            || match &schema.schema_kind {
                SchemaKind::Type(Type::String(string)) => string.enumeration.iter().any(Option::is_none),
                SchemaKind::Any(any) => any.enumeration.iter().any(Json::is_null),
                _ => false,
            }
    };
    says_so(schema)
        || choices_of(schema)
            .iter()
            .any(|(_, arms)| arms.iter().any(|arm| components.target(arm).is_some_and(says_so)))
}

/// The values of an enum, in its own `enum` or in arms that are each a constant or an enum.
pub(super) fn values(components: Components<'_>, schema: &Schema) -> Option<Vec<Json>> {
    let values: Vec<Json> = match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => {
            string.enumeration.iter().flatten().cloned().map(Json::from).collect()
        }
        SchemaKind::Any(any) if any.properties.is_empty() => any
            .enumeration
            .iter()
            .filter(|value| !value.is_null())
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    if !values.is_empty() {
        return Some(values);
    }
    let choices = choices_of(schema);
    let [(_, arms)] = choices.as_slice() else { return None };
    if let SchemaKind::Any(any) = &schema.schema_kind
        && !(any.properties.is_empty() && any.all_of.is_empty())
    {
        return None;
    }
    let mut all = Vec::new();
    for arm in *arms {
        let arm = arm.as_item()?;
        if is_null(arm) {
            continue;
        }
        match (components.constant(arm), &arm.schema_kind) {
            (Some(constant), _) => all.push(constant.clone()),
            (None, SchemaKind::Type(Type::String(string))) if !string.enumeration.is_empty() => {
                all.extend(string.enumeration.iter().flatten().cloned().map(Json::from));
            }
            (None, SchemaKind::Any(any)) if !any.enumeration.is_empty() => {
                all.extend(any.enumeration.iter().filter(|value| !value.is_null()).cloned());
            }
            _ => return None,
        }
    }
    let is_plain = all.iter().all(|value| !value.is_object() && !value.is_array());
    (all.len() > 1 && is_plain).then_some(all)
}

fn kind_of_values(schema: &Schema, values: &[Json]) -> Kind {
    if values.iter().all(Json::is_string) {
        return Kind::Enum;
    }
    let declared = match &schema.schema_kind {
        SchemaKind::Any(any) => any.typ.as_deref(),
        _ => None,
    };
    let is_whole = |value: &Json| value.is_i64() || value.is_u64();
    Kind::Values(match declared {
        Some("integer") => ValueKind::Integer,
        Some("number") => ValueKind::Number,
        Some("boolean") => ValueKind::Boolean,
        _ if values.iter().all(is_whole) => ValueKind::Integer,
        _ if values.iter().all(Json::is_number) => ValueKind::Number,
        _ if values.iter().all(Json::is_boolean) => ValueKind::Boolean,
        _ => ValueKind::Any,
    })
}
