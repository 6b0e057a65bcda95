//! Defaults: values of their schema, or of no use.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, Type};
use regex::Regex;
use serde_json::Value as Json;

use super::{Lowering, compose};
use crate::{
    at::At,
    diagnostic::Code,
    document::Limit,
    ir::{DefaultValue, Primitive, TypeRef},
};

/// Longer defaults are quoted in part.
const SHOWN: usize = 60;

impl<'d> Lowering<'d> {
    /// What the default of a schema is as a value of its type. One that is no value of the schema is reported.
    pub(super) fn default(
        &mut self,
        schema: &'d Schema,
        ty: &TypeRef,
        nullable: bool,
        at: &At<'_>,
    ) -> Option<DefaultValue> {
        let (data, default) = self.default_beside(schema)?;
        if default.is_null() && nullable {
            return None;
        }
        let problem = match self.typed(schema, ty, default) {
            Ok(value) => match self.broken_limit(data, default) {
                None => return value,
                Some(keyword) => format!("is against `{keyword}`"),
            },
            Err(problem) => problem,
        };
        let shown: String = default.to_string().chars().take(SHOWN).collect();
        let message = format!("the default `{shown}` {problem}: only the documentation has it");
        let help = "write a value that the schema allows, or remove the default";
        self.warn(Code::InvalidDefault, &at.key("default"), message, help);
        None
    }

    /// The default, said by the schema itself or by a part of its `allOf` that is words only.
    fn default_beside(&self, schema: &'d Schema) -> Option<(&'d SchemaData, &'d Json)> {
        let words = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => compose::annotations(self.lookup(), all_of),
            _ => Vec::new(),
        };
        let data = std::iter::once(&schema.schema_data).chain(words);
        data.into_iter().find_map(|data| Some((data, data.default.as_ref()?)))
    }

    fn typed(&self, schema: &'d Schema, ty: &TypeRef, default: &Json) -> Result<Option<DefaultValue>, String> {
        match ty {
            TypeRef::Primitive(primitive) => scalar(*primitive, default),
            TypeRef::Array(_) => has_kind(default.is_array(), "list").map(|()| None),
            TypeRef::Map(_) | TypeRef::AnyObject => has_kind(default.is_object(), "object").map(|()| None),
            TypeRef::Named(_) => self.named(schema, default),
            TypeRef::Nullable(inner) => self.typed(schema, inner, default),
            TypeRef::Any => Ok(None),
        }
    }

    /// A default of a type of its own: a known text, or what the documentation alone can say.
    fn named(&self, schema: &'d Schema, default: &Json) -> Result<Option<DefaultValue>, String> {
        match &self.meant(schema).schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                let text = default.as_str().ok_or("is no text")?;
                let known = string.enumeration.iter().flatten();
                if !string.enumeration.is_empty() && !known.into_iter().any(|value| value == text) {
                    return Err("is none of the values of `enum`".to_owned());
                }
                Ok(Some(DefaultValue::Text(text.to_owned())))
            }
            SchemaKind::Type(Type::Object(_)) => has_kind(default.is_object(), "object").map(|()| None),
            _ => Ok(None),
        }
    }

    /// The schema behind wrappers of one part.
    fn meant(&self, schema: &'d Schema) -> &'d Schema {
        let SchemaKind::AllOf { all_of } = &schema.schema_kind else {
            return schema;
        };
        let part = compose::only_part(self.lookup(), all_of).and_then(|index| all_of.get(index));
        match part {
            Some(part @ ReferenceOr::Reference { .. }) => self.lookup().target(part).unwrap_or(schema),
            Some(ReferenceOr::Item(part)) => part,
            None => schema,
        }
    }

    /// The first keyword of a schema that a value breaks.
    fn broken_limit(&mut self, data: &SchemaData, value: &Json) -> Option<&'static str> {
        let limits = self.document.limits.of(data);
        limits
            .iter()
            .find(|limit| self.breaks(limit, value))
            .map(Limit::keyword)
    }

    fn breaks(&self, limit: &Limit, value: &Json) -> bool {
        let number = |bound: &str| value.as_f64().zip(bound.parse::<f64>().ok());
        let characters = || value.as_str().map(|text| as_u64(text.chars().count()));
        let elements = || value.as_array().map(|elements| as_u64(elements.len()));
        let members = || value.as_object().map(|members| as_u64(members.len()));
        match limit {
            Limit::Minimum(bound, false) => number(bound).is_some_and(|(value, bound)| value < bound),
            Limit::Minimum(bound, true) => number(bound).is_some_and(|(value, bound)| value <= bound),
            Limit::Maximum(bound, false) => number(bound).is_some_and(|(value, bound)| value > bound),
            Limit::Maximum(bound, true) => number(bound).is_some_and(|(value, bound)| value >= bound),
            Limit::MinLength(least) => characters().is_some_and(|count| count < *least),
            Limit::MaxLength(most) => characters().is_some_and(|count| count > *most),
            Limit::MinItems(least) => elements().is_some_and(|count| count < *least),
            Limit::MaxItems(most) => elements().is_some_and(|count| count > *most),
            Limit::MinProperties(least) => members().is_some_and(|count| count < *least),
            Limit::MaxProperties(most) => members().is_some_and(|count| count > *most),
            Limit::Pattern(pattern) => {
                let linear = self.patterns.get(pattern).and_then(|linear| linear.as_ref().ok());
                let regex = linear.and_then(|linear| Regex::new(linear).ok());
                value
                    .as_str()
                    .zip(regex)
                    .is_some_and(|(text, regex)| !regex.is_match(text))
            }
            Limit::MultipleOf(_) | Limit::UniqueItems | Limit::DependentRequired(..) => false,
        }
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn has_kind(is_so: bool, kind: &str) -> Result<(), String> {
    is_so.then_some(()).ok_or_else(|| format!("is no {kind}"))
}

/// A whole number, however it is written.
fn whole(value: &Json) -> Option<i128> {
    let integer = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    integer.or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    })
}

fn scalar(primitive: Primitive, default: &Json) -> Result<Option<DefaultValue>, String> {
    let integer = |least: i128, most: i128| {
        let value = whole(default).ok_or("is no integer")?;
        let fits = (least..=most).contains(&value);
        fits.then_some(Some(DefaultValue::Integer(value)))
            .ok_or_else(|| "is beyond its format".to_owned())
    };
    match primitive {
        Primitive::Null => default
            .is_null()
            .then_some(None)
            .ok_or_else(|| "is not null".to_owned()),
        Primitive::Bool => {
            let value = default.as_bool().ok_or("is neither true nor false")?;
            Ok(Some(DefaultValue::Bool(value)))
        }
        Primitive::Int8 => integer(i8::MIN.into(), i8::MAX.into()),
        Primitive::Int16 => integer(i16::MIN.into(), i16::MAX.into()),
        Primitive::Int32 => integer(i32::MIN.into(), i32::MAX.into()),
        Primitive::Int64 => integer(i64::MIN.into(), i64::MAX.into()),
        Primitive::Uint8 => integer(0, u8::MAX.into()),
        Primitive::Uint16 => integer(0, u16::MAX.into()),
        Primitive::Uint32 => integer(0, u32::MAX.into()),
        Primitive::Uint64 => integer(0, u64::MAX.into()),
        Primitive::Float | Primitive::Double | Primitive::Number => {
            let value = default.as_f64().ok_or("is no number")?;
            Ok(Some(DefaultValue::Number(value)))
        }
        Primitive::QuotedInt64 | Primitive::QuotedUint64 => {
            let text = default.as_str().ok_or("is no text")?;
            let value: i128 = text.parse().map_err(|_| "is no integer in a text")?;
            let is_signed = primitive == Primitive::QuotedInt64;
            let fits = if is_signed {
                i64::try_from(value).is_ok()
            } else {
                u64::try_from(value).is_ok()
            };
            fits.then_some(Some(DefaultValue::Integer(value)))
                .ok_or_else(|| "is beyond its format".to_owned())
        }
        Primitive::AnyMessage => has_kind(default.is_object(), "object").map(|()| None),
        Primitive::Password | Primitive::Base64 | Primitive::Base64Url => {
            has_kind(default.is_string(), "text").map(|()| None)
        }
        _ => {
            let text = default.as_str().ok_or("is no text")?;
            Ok(Some(DefaultValue::Text(text.to_owned())))
        }
    }
}
