//! Defaults: a constant for each property whose absence the server reads as a value.

use super::{
    Context,
    form::{Line, Type},
    numbers, runtime,
};
use crate::{
    ir::{DefaultValue, Primitive, TypeRef},
    name::{NamedField, NamedShape, ident},
};

/// The constant of an optional property. What is absent stays absent on the wire.
pub(super) fn line(context: Context<'_>, named: &NamedField<'_>, module: &[String]) -> Option<Line> {
    let (field, from) = (named.item, Some(module));
    if field.presence.is_required() {
        return None;
    }
    let line = Line::new()
        .word("default")
        .ident(&ident(named.default.as_ref()?))
        .sign(":");
    let known = |known| context.known(known, from);
    let text = |text: &str| {
        let line = line_of(&Type::known("&'static str"));
        line.text(text)
    };
    let value = match field.default.as_ref()? {
        DefaultValue::Bool(value) => line_of(&known(runtime::BOOL)).word(if *value { "true" } else { "false" }),
        DefaultValue::Integer(value) => line_of(&context.written(&field.ty, from)).number(&numbers::integer(*value)),
        DefaultValue::Number(value) if field.ty == TypeRef::Primitive(Primitive::Float) => {
            line_of(&known(runtime::F32)).number(&numbers::float(*value))
        }
        DefaultValue::Number(value) => line_of(&known(runtime::F64)).number(&numbers::float(*value)),
        DefaultValue::Text(value) => match field.ty {
            TypeRef::Named(id) => match &context.names.ty(context.api.meant(id)).shape {
                NamedShape::Enum(values) => {
                    let variant = ident(&values.iter().find(|known| known.item.value == *value)?.ident);
                    let ty = context.written(&field.ty, from);
                    line_of(&ty).ty(&ty).sign("::").attached().ident(&variant)
                }
                NamedShape::Newtype(_) => text(value),
                _ => return None,
            },
            _ => text(value),
        },
    };
    Some(line.line(value))
}

/// The type of a constant, before its value.
fn line_of(ty: &Type) -> Line {
    Line::new().ty(ty).word("=")
}
