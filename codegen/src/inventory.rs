//! The page that a reviewer opens first: one line an operation, one line a type.

use std::fmt::Write as _;

use crate::{
    emit::Context,
    ir::{
        BodyForm, Content, Location, Member, Operation, Output, PartForm, Presence, Primitive, Shape, TypeRef, Union,
    },
    name::ident,
};

/// A named type and the path of its model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The name of the component schema, or that of the schema around an inline one and the way from there.
    pub schema: String,
    /// The model's path in the generated code, such as `models::app::v1::App`.
    pub path: String,
}

/// The inventory of a client.
pub(crate) fn inventory(context: Context<'_>) -> String {
    let mut page = String::new();
    for group in &context.names.groups {
        for named in &group.operations {
            let line = format!("{}().{}", group.module, named.method);
            // Writing to a string cannot fail.
            let _ = writeln!(page, "{line}{}", describe_operation(context, named.operation));
        }
    }
    page.push('\n');
    for (way, types) in &context.names.modules {
        for id in types {
            let ty = context.names.ty(*id);
            let path: Vec<&str> = way.iter().map(String::as_str).chain([ty.ident.as_str()]).collect();
            let shape = describe_shape(context, &ty.def.shape);
            let _ = writeln!(page, "{} {shape}", path.join("::"));
        }
    }
    page
}

/// The paths of all models.
pub(crate) fn models(context: Context<'_>) -> Vec<Model> {
    let mut models = Vec::with_capacity(context.api.types.len());
    for id in context.names.modules.values().flatten() {
        let ty = context.names.ty(*id);
        let parts = ty.public.iter().chain([&ty.ident]);
        let path: Vec<String> = std::iter::once("models")
            .chain(parts.map(String::as_str))
            .map(|part| ident(part).to_string())
            .collect();
        models.push(Model {
            schema: ty.def.name.clone(),
            path: path.join("::"),
        });
    }
    models.sort_by(|a, b| a.schema.cmp(&b.schema));
    models
}

fn describe_operation(context: Context<'_>, operation: &Operation) -> String {
    let mut words: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| {
            // A field of the struct of required inputs.
            let is_field = argument.required && argument.location != Location::Path;
            let struct_ = if is_field { "required." } else { "" };
            let mark = if argument.required { "" } else { "?" };
            format!("{struct_}{}{mark}: {}", argument.name, short(context, &argument.ty))
        })
        .collect();
    if let Some(body) = &operation.body {
        let mark = if body.required { "" } else { "?" };
        words.extend(describe_body(context, &body.form).map(|form| format!("body{mark}: {form}")));
    }
    let output = describe_output(context, &operation.output);
    let mut line = format!(
        "({}) -> {output} = {} {}",
        words.join(", "),
        operation.method.as_str(),
        operation.path
    );
    if operation.deprecated {
        line.push_str(", deprecated");
    }
    if operation.stability == crate::ir::Stability::Draft {
        line.push_str(", draft");
    }
    if operation.idempotency == crate::ir::Idempotency::Declared {
        line.push_str(", idempotent");
    }
    if operation.paging.is_some() {
        line.push_str(", paged");
    }
    line
}

fn describe_body(context: Context<'_>, form: &BodyForm) -> Option<String> {
    Some(match form {
        BodyForm::Json { media, ty } if media == "application/json" => short(context, ty),
        BodyForm::Json { media, ty } | BodyForm::Text { media, ty } => format!("{} as {media}", short(context, ty)),
        BodyForm::Lines { media, ty } => format!("[{}] as {media}", short(context, ty)),
        BodyForm::Form { ty, .. } => format!("{} as form", short(context, ty)),
        BodyForm::Upload { media } => media.clone(),
        BodyForm::Parts { .. } => "parts".to_owned(),
        BodyForm::Items { part, part_media, .. } => match part {
            PartForm::Json(ty) | PartForm::Text(ty) => format!("[{}] as {part_media} parts", short(context, ty)),
            PartForm::Bytes => format!("[{part_media}] as parts"),
        },
        BodyForm::Multipart { .. } | BodyForm::Positional { .. } => return None,
    })
}

fn describe_output(context: Context<'_>, output: &Output) -> String {
    match output {
        Output::One(held) => describe_held(context, held),
        Output::Optional(ty) => format!("{} or nothing", short(context, ty)),
        Output::Outcomes(outcomes) => {
            let outcomes = outcomes.iter().map(|outcome| describe_held(context, &outcome.content));
            outcomes.collect::<Vec<_>>().join(" or ")
        }
    }
}

fn describe_held(context: Context<'_>, held: &Content) -> String {
    match held {
        Content::Nothing => "()".to_owned(),
        Content::Json(ty) => short(context, ty),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Events(Some(data)) => format!("events of {}", short(context, data)),
        Content::Events(None) => "events".to_owned(),
        Content::Lines(value) => format!("lines of {}", short(context, value)),
        Content::Parts(PartForm::Bytes) => "parts of bytes".to_owned(),
        Content::Parts(PartForm::Json(ty) | PartForm::Text(ty)) => format!("parts of {}", short(context, ty)),
    }
}

fn describe_shape(context: Context<'_>, shape: &Shape) -> String {
    match shape {
        Shape::Struct(object) => {
            let members: Vec<String> = object
                .members
                .iter()
                .map(|member| describe_member(context, member))
                .collect();
            let open = if object.additional.is_some() { ", ..." } else { "" };
            format!("{{ {}{open} }}", members.join(", "))
        }
        Shape::Enum(values) => {
            let values: Vec<&str> = values.values.iter().map(|value| value.value.as_str()).collect();
            format!("= {} | ...", values.join(" | "))
        }
        Shape::ValueEnum(values) => format!("= {} | ...", values.values.join(" | ")),
        Shape::Constant(constant) => format!("= {} alone", constant.json),
        Shape::Union(union) => describe_union(context, union),
        Shape::Tuple(tuple) => {
            let elements = tuple.elements.iter().map(|element| {
                let mark = if element.optional { "?" } else { "" };
                format!("{}{mark}", short(context, &element.ty))
            });
            let rest = tuple.rest.iter().map(|rest| format!("...{}", short(context, rest)));
            format!("= [{}]", elements.chain(rest).collect::<Vec<_>>().join(", "))
        }
        Shape::Newtype(_) => "= text of its own type".to_owned(),
        Shape::Alias(alias) => format!("= {}", short(context, &alias.target)),
    }
}

fn describe_union(context: Context<'_>, union: &Union) -> String {
    let arms: Vec<String> = union
        .arms
        .iter()
        .map(|arm| match arm.tags.as_slice() {
            [] => short(context, &arm.ty),
            tags => format!("{}: {}", tags.join(", "), short(context, &arm.ty)),
        })
        .collect();
    let tag = union.tag.as_ref().map(|tag| format!("by {tag} ")).unwrap_or_default();
    format!("= {tag}one of ({} | ...)", arms.join(" | "))
}

fn describe_member(context: Context<'_>, member: &Member) -> String {
    match member {
        Member::Field(field) => {
            let mark = match field.presence {
                Presence::Required | Presence::RequiredNullable => "",
                Presence::Optional | Presence::OptionalNullable => "?",
            };
            let null = match field.presence {
                Presence::RequiredNullable | Presence::OptionalNullable => " or null",
                Presence::Required | Presence::Optional => "",
            };
            let access = match field.access {
                crate::ir::Access::ReadWrite => "",
                crate::ir::Access::ReadOnly => " read-only",
                crate::ir::Access::WriteOnly => " write-only",
            };
            let boxed = if field.boxed { " boxed" } else { "" };
            format!(
                "{}{mark}: {}{null}{access}{boxed}",
                field.name,
                short(context, &field.ty)
            )
        }
        Member::Oneof(oneof) => {
            let arms: Vec<String> = oneof
                .arms
                .iter()
                .map(|arm| format!("{}: {}", arm.name, short(context, &arm.ty)))
                .collect();
            format!("{} = one of ({})", oneof.name, arms.join(" | "))
        }
        Member::Flattened(part) => format!("...{}", short(context, &part.ty)),
    }
}

fn short(context: Context<'_>, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => context.names.ty(*id).ident.clone(),
        TypeRef::Primitive(primitive) => scalar(*primitive).to_owned(),
        TypeRef::Array(element) => format!("[{}]", short(context, element)),
        TypeRef::Map(values) => format!("{{text: {}}}", short(context, values)),
        TypeRef::Nullable(inner) => format!("{} or null", short(context, inner)),
        TypeRef::Any => "any".to_owned(),
        TypeRef::AnyObject => "any object".to_owned(),
    }
}

fn scalar(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Null => "null",
        Primitive::Bool => "bool",
        Primitive::String => "text",
        Primitive::Int8 => "i8",
        Primitive::Int16 => "i16",
        Primitive::Int32 => "i32",
        Primitive::Int64 => "i64",
        Primitive::Uint8 => "u8",
        Primitive::Uint16 => "u16",
        Primitive::Uint32 => "u32",
        Primitive::Uint64 => "u64",
        Primitive::QuotedInt64 => "i64 as text",
        Primitive::QuotedUint64 => "u64 as text",
        Primitive::Float => "f32",
        Primitive::Double => "f64",
        Primitive::Number => "number",
        Primitive::Timestamp => "timestamp",
        Primitive::Date => "date",
        Primitive::Duration => "duration",
        Primitive::FieldMask => "field mask",
        Primitive::Base64 => "base64",
        Primitive::Base64Url => "base64url",
        Primitive::Uuid => "uuid",
        Primitive::Password => "password",
        Primitive::Binary => "bytes",
        Primitive::AnyMessage => "any message",
    }
}
