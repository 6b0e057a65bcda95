//! Types as users read them: without the paths of the prelude and of the runtime.

use crate::{
    emit::Context,
    ir::{Chosen, Field, Presence, Primitive, TypeId, TypeRef},
    name::ident,
};

/// A use of a type.
pub(super) fn written(context: Context<'_>, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => path(context, *id),
        TypeRef::Primitive(Primitive::Chosen(chosen)) => {
            let path = context.chosen(*chosen);
            format!(
                "{}<{}>",
                scalar(Primitive::Chosen(*chosen)),
                path.strip_prefix("::").unwrap_or(path)
            )
        }
        TypeRef::Primitive(primitive) => scalar(*primitive).to_owned(),
        TypeRef::Array(element) => format!("Vec<{}>", written(context, element)),
        TypeRef::Map(values) => format!("BTreeMap<String, {}>", written(context, values)),
        TypeRef::Nullable(inner) => format!("Nullable<{}>", written(context, inner)),
        TypeRef::Any => "Value".to_owned(),
        TypeRef::AnyObject => "Object".to_owned(),
    }
}

/// The path by which users name a model.
pub(crate) fn path(context: Context<'_>, id: TypeId) -> String {
    let ty = context.names.ty(id);
    let parts = ty.public.iter().chain([&ty.ident]);
    let parts = parts.map(|part| ident(part).to_string());
    std::iter::once("models".to_owned())
        .chain(parts)
        .collect::<Vec<_>>()
        .join("::")
}

/// The type of a field: with its box, its null and its absence around it.
pub(super) fn field(context: Context<'_>, field: &Field) -> String {
    let ty = written(context, &field.ty);
    let ty = if field.boxed { format!("Box<{ty}>") } else { ty };
    match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable => format!("Nullable<{ty}>"),
        Presence::Optional => format!("Option<{ty}>"),
        Presence::OptionalNullable => format!("Option<Nullable<{ty}>>"),
    }
}

/// What a type is in JSON, where its Rust type has several forms.
pub(super) fn form(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Primitive(primitive @ (Primitive::QuotedInt64 | Primitive::QuotedUint64)) => {
            primitive.as_str().to_owned()
        }
        TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => form(inner),
        TypeRef::Primitive(_) | TypeRef::Named(_) | TypeRef::Any | TypeRef::AnyObject => String::new(),
    }
}

fn scalar(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Null => "Null",
        Primitive::Bool => "bool",
        Primitive::String | Primitive::Binary => "String",
        Primitive::Int8 => "i8",
        Primitive::Int16 => "i16",
        Primitive::Int32 => "i32",
        Primitive::Int64 | Primitive::QuotedInt64 => "i64",
        Primitive::Uint8 => "u8",
        Primitive::Uint16 => "u16",
        Primitive::Uint32 => "u32",
        Primitive::Uint64 | Primitive::QuotedUint64 => "u64",
        Primitive::Float => "f32",
        Primitive::Double => "f64",
        Primitive::Number => "Number",
        Primitive::Timestamp => "Timestamp",
        Primitive::Date => "Date",
        Primitive::Duration => "Duration",
        Primitive::FieldMask => "FieldMask",
        Primitive::Base64 => "Base64",
        Primitive::Base64Url => "Base64Url",
        Primitive::Uuid => "Uuid",
        Primitive::Password => "Password",
        Primitive::AnyMessage => "AnyMessage",
        Primitive::Chosen(Chosen { is_number: false, .. }) => "Parsed",
        Primitive::Chosen(Chosen { is_number: true, .. }) => "ParsedNumber",
    }
}
