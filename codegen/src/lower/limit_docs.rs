//! What a schema asks of a value beyond its type, in the documentation.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::Lowering;
use crate::{
    document::Limit,
    ir::{Primitive, Shape, TypeRef, ValueKind},
};

/// Parts of parts that are looked into: what goes round in a circle has been reported.
const MAX_DEPTH: usize = 32;

/// What a keyword limits, and what the values of a type are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    String,
    Array,
    Object,
    /// Neither of these, or null alone.
    Other,
}

impl Lowering<'_> {
    /// A description with the limits of a schema as a last paragraph: those that apply to its values, which are of `ty`.
    pub(super) fn with_limits(&self, docs: &str, schema: &Schema, ty: &TypeRef) -> String {
        let data = &schema.schema_data;
        let kind = self.kind_of_schema(schema, 0).or_else(|| self.kind_of_type(ty));
        let limits = self.document.limits.of(data).iter();
        let limits: Vec<&Limit> = limits
            .filter(|limit| kind.is_none_or(|kind| kind == limited(limit)))
            .collect();
        let limits = match words(&limits).join(", ") {
            none if none.is_empty() => none,
            limits => format!("Limits: {limits}."),
        };
        let default = data.default.as_ref();
        let default = default.map(|default| format!("Default: `{}`.", default.to_string().replace('`', "'")));
        let parts = [docs.trim().to_owned(), limits, default.unwrap_or_default()];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// What all values of a schema are, as far as its `type` or those of its parts say it.
    fn kind_of_schema(&self, schema: &Schema, depth: usize) -> Option<Kind> {
        let of_part = |part: &ReferenceOr<Schema>| match part {
            ReferenceOr::Item(schema) => self.kind_of_schema(schema, depth + 1),
            ReferenceOr::Reference { reference } => {
                let (_, named) = self.lookup().named(reference)?;
                self.kind_of_schema(named.as_item()?, depth + 1)
            }
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(_)) => Some(Kind::String),
            SchemaKind::Type(Type::Number(_) | Type::Integer(_)) => Some(Kind::Number),
            SchemaKind::Type(Type::Array(_)) => Some(Kind::Array),
            SchemaKind::Type(Type::Object(_)) => Some(Kind::Object),
            SchemaKind::Type(Type::Boolean(_)) => Some(Kind::Other),
            SchemaKind::AllOf { all_of } if depth < MAX_DEPTH => all_of.iter().find_map(of_part),
            _ => None,
        }
    }

    /// What all values of a type are; `None` where they may be of several kinds.
    fn kind_of_type(&self, ty: &TypeRef) -> Option<Kind> {
        match ty {
            TypeRef::Any => None,
            TypeRef::Nullable(inner) => self.kind_of_type(inner),
            TypeRef::Array(_) => Some(Kind::Array),
            TypeRef::Map(_) | TypeRef::AnyObject => Some(Kind::Object),
            TypeRef::Primitive(primitive) => Some(kind_of_primitive(*primitive)),
            TypeRef::Named(id) => match &self.types.get(id.index())?.as_ref()?.shape {
                Shape::Struct(_) => Some(Kind::Object),
                Shape::Enum(_) | Shape::Newtype(_) => Some(Kind::String),
                Shape::ValueEnum(values) => match values.kind {
                    ValueKind::Integer | ValueKind::Number => Some(Kind::Number),
                    ValueKind::Boolean => Some(Kind::Other),
                    ValueKind::Any => None,
                },
                Shape::Tuple(_) => Some(Kind::Array),
                Shape::Constant(_) | Shape::Union(_) | Shape::Alias(_) => None,
            },
        }
    }
}

fn kind_of_primitive(primitive: Primitive) -> Kind {
    match primitive {
        Primitive::Int8
        | Primitive::Int16
        | Primitive::Int32
        | Primitive::Int64
        | Primitive::Uint8
        | Primitive::Uint16
        | Primitive::Uint32
        | Primitive::Uint64
        | Primitive::Float
        | Primitive::Double
        | Primitive::Number => Kind::Number,
        Primitive::String
        | Primitive::QuotedInt64
        | Primitive::QuotedUint64
        | Primitive::Timestamp
        | Primitive::Date
        | Primitive::Duration
        | Primitive::FieldMask
        | Primitive::Base64
        | Primitive::Base64Url
        | Primitive::Uuid
        | Primitive::Password
        | Primitive::Binary => Kind::String,
        Primitive::AnyMessage => Kind::Object,
        Primitive::Null | Primitive::Bool => Kind::Other,
    }
}

/// What values a limit is for.
fn limited(limit: &Limit) -> Kind {
    match limit {
        Limit::Minimum(..) | Limit::Maximum(..) | Limit::MultipleOf(_) => Kind::Number,
        Limit::MinLength(_) | Limit::MaxLength(_) | Limit::Pattern(_) => Kind::String,
        Limit::MinItems(_) | Limit::MaxItems(_) | Limit::UniqueItems => Kind::Array,
        Limit::MinProperties(_) | Limit::MaxProperties(_) | Limit::DependentRequired(..) => Kind::Object,
    }
}

fn words(limits: &[&Limit]) -> Vec<String> {
    let range = |units, least, most| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most} {units}")),
        (Some(least), None) => Some(format!("at least {least} {units}")),
        (None, Some(most)) => Some(format!("at most {most} {units}")),
        (None, None) => None,
    };
    let find = |wanted: fn(&Limit) -> Option<u64>| limits.iter().copied().find_map(wanted);
    let mut words: Vec<String> = Vec::new();
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::Minimum(bound, false) => Some(format!("minimum {bound}")),
        Limit::Minimum(bound, true) => Some(format!("exclusive minimum {bound}")),
        Limit::Maximum(bound, false) => Some(format!("maximum {bound}")),
        Limit::Maximum(bound, true) => Some(format!("exclusive maximum {bound}")),
        Limit::MultipleOf(step) => Some(format!("multiples of {step}")),
        _ => None,
    }));
    words.extend(range("characters", find(min_length), find(max_length)));
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::Pattern(pattern) => Some(format!("pattern `{}`", pattern.replace('`', "'"))),
        _ => None,
    }));
    words.extend(range("elements", find(min_items), find(max_items)));
    words.extend(
        limits
            .contains(&&Limit::UniqueItems)
            .then(|| "no element twice".to_owned()),
    );
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::DependentRequired(name, others) => Some(format!("`{name}` only with `{}`", others.join("`, `"))),
        _ => None,
    }));
    words.extend(range("members", find(min_properties), find(max_properties)));
    words
}

macro_rules! counts {
    ($($name:ident $variant:ident)*) => {$(
        fn $name(limit: &Limit) -> Option<u64> {
            match limit {
                Limit::$variant(count) => Some(*count),
                _ => None,
            }
        }
    )*};
}

counts! {
    min_length MinLength
    max_length MaxLength
    min_items MinItems
    max_items MaxItems
    min_properties MinProperties
    max_properties MaxProperties
}
