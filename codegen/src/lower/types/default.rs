//! Defaults as values of the type of their property.

use serde_json::Value as Json;

use crate::{
    document::{Form, SchemaView},
    ir::{Chosen, DefaultValue, Primitive, TypeRef},
};

/// A default as a value of `ty`: `None` where only the documentation can have it, or what is wrong with it.
pub(super) fn typed_default(
    schema: SchemaView<'_>,
    ty: &TypeRef,
    default: &Json,
) -> Result<Option<DefaultValue>, String> {
    match ty {
        TypeRef::Primitive(primitive) => scalar(*primitive, default),
        TypeRef::Array(_) => has_kind(default.is_array(), "list").map(|()| None),
        TypeRef::Map(_) | TypeRef::AnyObject => has_kind(default.is_object(), "object").map(|()| None),
        TypeRef::Named(_) => named(schema, default),
        TypeRef::Nullable(inner) => typed_default(schema, inner, default),
        TypeRef::Any => Ok(None),
    }
}

/// A default of a type of its own: a known string, or what the documentation alone can have.
fn named(schema: SchemaView<'_>, default: &Json) -> Result<Option<DefaultValue>, String> {
    match schema.form() {
        Form::String => {
            let text = default.as_str().ok_or("is not a string")?;
            if !schema.values().is_empty() && !schema.values().contains(default) {
                return Err("is not a value of `enum`".to_owned());
            }
            Ok(Some(DefaultValue::Text(text.to_owned())))
        }
        Form::Object => has_kind(default.is_object(), "object").map(|()| None),
        _ => Ok(None),
    }
}

fn has_kind(is_so: bool, kind: &str) -> Result<(), String> {
    is_so.then_some(()).ok_or_else(|| format!("is not a valid {kind}"))
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
    let integer = |min: i128, max: i128| {
        let value = whole(default).ok_or("is not an integer")?;
        let fits = (min..=max).contains(&value);
        fits.then_some(Some(DefaultValue::Integer(value)))
            .ok_or_else(|| "is outside the range of its format".to_owned())
    };
    match primitive {
        Primitive::Null => default
            .is_null()
            .then_some(None)
            .ok_or_else(|| "is not null".to_owned()),
        Primitive::Bool => {
            let value = default.as_bool().ok_or("is not a boolean")?;
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
            let value = default.as_f64().ok_or("is not a number")?;
            Ok(Some(DefaultValue::Number(value)))
        }
        Primitive::QuotedInt64 | Primitive::QuotedUint64 => {
            let text = default.as_str().ok_or("is not a string")?;
            let value: i128 = text.parse().map_err(|_| "is not a string that contains an integer")?;
            let is_signed = primitive == Primitive::QuotedInt64;
            let fits = if is_signed {
                i64::try_from(value).is_ok()
            } else {
                u64::try_from(value).is_ok()
            };
            fits.then_some(Some(DefaultValue::Integer(value)))
                .ok_or_else(|| "is outside the range of its format".to_owned())
        }
        Primitive::Chosen(Chosen { is_number: true, .. }) => has_kind(default.is_number(), "number").map(|()| None),
        Primitive::AnyMessage => has_kind(default.is_object(), "object").map(|()| None),
        Primitive::Password | Primitive::Base64 | Primitive::Base64Url => {
            has_kind(default.is_string(), "string").map(|()| None)
        }
        _ => {
            let text = default.as_str().ok_or("is not a string")?;
            Ok(Some(DefaultValue::Text(text.to_owned())))
        }
    }
}
