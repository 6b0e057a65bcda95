//! What a schema means, decided once for each.

use std::cell::OnceCell;

use super::{
    parts::{Brings, ChoiceMeaning, Parts},
    scalar::{Scalar, integer_within, scalar},
    values::{is_nullable, kind_of_values, lists_null_alone, values},
    variants::{are_objects, asks_only_conditions},
};
use crate::{
    document::{Additional, Choice, Form, JsonType, SchemaView, Schemas},
    ir::{Primitive, ValueKind},
};

/// What a schema means where it has no name.
#[derive(Clone)]
pub(in crate::lower) enum Meaning<'d> {
    /// One value.
    Constant,
    /// Known strings.
    Enum,
    /// Known values that are not all strings.
    Values(ValueKind),
    /// One of several types.
    Union(Choice<'d>, Vec<SchemaView<'d>>),
    /// An object with known members.
    Struct,
    /// An array of which the first items have a schema each.
    Tuple,
    /// A string without a format.
    Text,
    Scalar(Scalar),
    Array,
    /// An object of any names.
    Map,
    /// What another schema means: the only part that has a type, or the variant that allows as much as all.
    Same(SchemaView<'d>),
    Any(Untyped),
}

/// Why the values of a schema are any JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Untyped {
    /// The schema asks nothing of them, or only conditions.
    Unlimited,
    /// The parts of an `allOf` are of different types.
    Parts,
    /// Its keywords make no type together.
    Keywords,
}

impl Meaning<'_> {
    /// Whether the schema is a type of its own even where it has no name.
    pub(in crate::lower) fn is_own_type(&self) -> bool {
        match self {
            Self::Constant | Self::Enum | Self::Values(_) | Self::Union(..) | Self::Struct | Self::Tuple => true,
            Self::Text | Self::Scalar(_) | Self::Array | Self::Map | Self::Same(_) | Self::Any(_) => false,
        }
    }
}

/// The meanings of all schemas.
pub(in crate::lower) struct Meanings<'d> {
    pub(in crate::lower) schemas: &'d Schemas,
    pub(in crate::lower) parts: Parts,
    decided: Vec<OnceCell<Meaning<'d>>>,
}

impl<'d> Meanings<'d> {
    pub(in crate::lower) fn new(schemas: &'d Schemas) -> Self {
        Self {
            schemas,
            parts: Parts::new(schemas),
            decided: vec![OnceCell::new(); schemas.len()],
        }
    }

    /// What a schema that is not a reference means.
    pub(in crate::lower) fn of(&self, schema: SchemaView<'d>) -> &Meaning<'d> {
        self.decided[schema.id().index()].get_or_init(|| self.decide(schema))
    }

    fn decide(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        if schema.constant().is_some() {
            return Meaning::Constant;
        }
        if let Some(values) = values(schema) {
            let are_strings = values.iter().all(serde_json::Value::is_string);
            return if are_strings {
                Meaning::Enum
            } else {
                Meaning::Values(kind_of_values(schema, &values))
            };
        }
        if asks_only_conditions(schema) && self.parts.conditions.is_condition(schema) {
            return Meaning::Any(Untyped::Unlimited);
        }
        match schema.form() {
            Form::String if schema.values().is_empty() && schema.format().is_none() => Meaning::Text,
            Form::String | Form::Integer | Form::Number | Form::Boolean => typed(schema),
            Form::Array if !schema.prefix_items().is_empty() => Meaning::Tuple,
            Form::Array => Meaning::Array,
            Form::Object if is_any_message(schema) => Meaning::Scalar(Scalar::known(Primitive::AnyMessage)),
            Form::Object if has_members(schema) => Meaning::Struct,
            Form::Object => Meaning::Map,
            Form::AllOf if schema.declared_type() == Some(JsonType::Object) && !self.has_typed_parts(schema) => {
                Meaning::Map
            }
            Form::AllOf => self.of_parts(schema),
            Form::OneOf | Form::AnyOf => self.of_choices(schema),
            Form::Open => self.of_open(schema),
        }
    }

    fn of_parts(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        let parts = schema.parts();
        let only = self.parts.only_part(parts);
        let counts = self.parts.count(parts);
        if only.is_none() && (counts.members > 0 || counts.choices > 1) {
            return Meaning::Struct;
        }
        match only.or_else(|| self.parts.most_special_part(parts)) {
            Some(part) => self.wide_integer(schema).unwrap_or(Meaning::Same(part)),
            None => Meaning::Any(Untyped::Parts),
        }
    }

    fn of_choices(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        if let Some((choice, variants)) = self.unions(schema).next() {
            return Meaning::Union(choice, variants);
        }
        let json_type = schema.json_type();
        for choice in schema.choices() {
            match self.parts.choice(choice) {
                ChoiceMeaning::OptionalMembers(_) if is_object(json_type) => return Meaning::Struct,
                ChoiceMeaning::One(variant) => return Meaning::Same(variant),
                ChoiceMeaning::Text => return Meaning::Scalar(Scalar::known(Primitive::String)),
                ChoiceMeaning::Conditions | ChoiceMeaning::OptionalMembers(_) | ChoiceMeaning::Many(_) => {}
            }
        }
        match json_type {
            Some(_) => typed(schema),
            None if schema.choices().any(are_objects) => Meaning::Map,
            None => Meaning::Any(Untyped::Unlimited),
        }
    }

    /// What several keywords mean together.
    fn of_open(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        if !is_object(schema.json_type()) {
            return match self.unions(schema).next() {
                Some((choice, variants)) => Meaning::Union(choice, variants),
                None => self.of_other(schema),
            };
        }
        if !schema.prefix_items().is_empty() {
            return Meaning::Tuple;
        }
        let mut unions: Vec<_> = self.unions(schema).collect();
        let is_optional = |choice| matches!(self.parts.choice(choice), ChoiceMeaning::OptionalMembers(_));
        let has_members = has_members(schema) || schema.choices().any(is_optional);
        let counts = self.parts.count(schema.parts());
        if has_members || counts.members > 0 || unions.len() + counts.choices > 1 {
            let brings_members = |choice| match self.parts.choice(choice) {
                ChoiceMeaning::One(variant) => self.parts.brings(variant) == Brings::Members,
                _ => false,
            };
            let has_more = has_members || !unions.is_empty() || schema.choices().any(brings_members);
            return if self.parts.only_part(schema.parts()).is_some() && !has_more {
                self.of_other(schema)
            } else {
                Meaning::Struct
            };
        }
        match unions.pop() {
            Some((choice, variants)) => Meaning::Union(choice, variants),
            None => self.of_other(schema),
        }
    }

    /// What several keywords mean that make no type of their own.
    fn of_other(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        if schema.json_type().is_none() && lists_null_alone(schema) {
            return Meaning::Scalar(Scalar::known(Primitive::Null));
        }
        if !schema.parts().is_empty() {
            return self.of_typed_parts(schema);
        }
        if schema.choices().next().is_some() {
            return self.of_choices(schema);
        }
        match schema.json_type() {
            Some(_) => typed(schema),
            None if asks_only_conditions(schema) => Meaning::Any(Untyped::Unlimited),
            None => Meaning::Any(Untyped::Keywords),
        }
    }

    /// What `type` means beside an `allOf`: the parts may show more of the same type, and no other one.
    fn of_typed_parts(&self, schema: SchemaView<'d>) -> Meaning<'d> {
        let Some(declared) = schema.json_type() else {
            return self.of_parts(schema);
        };
        // Not by what they mean: a part may lead back to the schema.
        let mut of_parts = schema.parts().iter().filter_map(|part| self.parts.json_type(part));
        if of_parts.any(|json_type| json_type.widest() != declared.widest()) {
            return Meaning::Any(Untyped::Parts);
        }
        if self.has_typed_parts(schema) || schema.choices().next().is_some() {
            return self.of_parts(schema);
        }
        match declared {
            JsonType::Array => Meaning::Array,
            JsonType::String if schema.format().is_none() => Meaning::Text,
            _ => self.wide_integer(schema).unwrap_or_else(|| typed(schema)),
        }
    }

    /// The integer that the limits of all parts ask for, where that is not the usual one.
    fn wide_integer(&self, schema: SchemaView<'d>) -> Option<Meaning<'d>> {
        // One part alone decides for itself: nothing is asked twice in a chain of them.
        let has_own = schema.declared_type().is_some() || !schema.limits().is_empty();
        if !has_own && schema.parts().iter().nth(1).is_none() {
            return None;
        }
        let layers = self.parts.layers(schema);
        let is_integer = |layer: &SchemaView<'d>| layer.declared_type() == Some(JsonType::Integer);
        let is_plain = |layer: &SchemaView<'d>| layer.format().is_none() && !is_nullable(*layer);
        if !layers.iter().any(is_integer) || !layers.iter().all(is_plain) {
            return None;
        }
        let integer = integer_within(layers.iter().flat_map(|layer| layer.limits()));
        (integer != Primitive::Int64).then(|| Meaning::Scalar(Scalar::known(integer)))
    }

    /// Whether a part does more than annotate values or set conditions for them.
    fn has_typed_parts(&self, schema: SchemaView<'d>) -> bool {
        let has_type =
            |part| self.parts.brings(part) != Brings::Annotations && !self.parts.conditions.is_condition(part);
        schema.parts().iter().any(has_type)
    }

    /// The choices of a schema that are unions, with the variants that have types.
    pub(in crate::lower) fn unions(
        &self,
        schema: SchemaView<'d>,
    ) -> impl Iterator<Item = (Choice<'d>, Vec<SchemaView<'d>>)> {
        schema.choices().filter_map(|choice| match self.parts.choice(choice) {
            ChoiceMeaning::Many(variants) => Some((choice, variants)),
            _ => None,
        })
    }

    /// The type of all values of a schema, where the schema shows it; integers are numbers.
    pub(in crate::lower) fn json_type(&self, schema: SchemaView<'d>) -> Option<JsonType> {
        let schema = schema.target()?;
        match self.of(schema) {
            Meaning::Struct | Meaning::Map => return Some(JsonType::Object),
            Meaning::Tuple | Meaning::Array => return Some(JsonType::Array),
            Meaning::Enum | Meaning::Text => return Some(JsonType::String),
            _ => {}
        }
        match schema.form() {
            Form::AllOf | Form::OneOf | Form::AnyOf => None,
            _ => schema.json_type().map(JsonType::widest),
        }
    }
}

fn is_object(json_type: Option<JsonType>) -> bool {
    json_type.is_none_or(|json_type| json_type == JsonType::Object)
}

/// What `type` alone means.
fn typed(schema: SchemaView<'_>) -> Meaning<'_> {
    match schema.json_type() {
        Some(JsonType::Object) => Meaning::Map,
        Some(JsonType::Array) | None => Meaning::Any(Untyped::Keywords),
        Some(json_type) => match scalar(schema, json_type) {
            Some(scalar) => Meaning::Scalar(scalar),
            None => Meaning::Any(Untyped::Keywords),
        },
    }
}

/// Whether an object names members, or has none.
fn has_members(schema: SchemaView<'_>) -> bool {
    let is_closed = schema.additional() == Some(Additional::Nothing) && schema.pattern_properties().is_empty();
    !schema.properties().is_empty() || is_closed
}

/// Whether this is `google.protobuf.Any`: an object of which only `@type` is known.
fn is_any_message(schema: SchemaView<'_>) -> bool {
    schema.properties().len() == 1
        && schema.properties().contains("@type")
        && schema.additional() == Some(Additional::Any)
}
