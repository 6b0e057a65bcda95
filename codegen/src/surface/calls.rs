//! What the arguments, bodies and responses of calls are, in Rust and on the wire.

use super::types;
use crate::{
    emit::Context,
    ir::{
        Argument, Body, BodyForm, Content, Location, Operation, PartForm, Primitive, Requirement, Shape, Style,
        StyleShape, TypeRef,
    },
    media_type::Media,
};

/// The type of an input: that of its field in the struct of required inputs.
pub(super) fn input(context: Context<'_>, argument: &Argument) -> String {
    let is_binary = |ty: &TypeRef| *ty == TypeRef::Primitive(Primitive::Binary);
    let is_chosen = !argument.choices.is_empty();
    if argument.location == Location::Part {
        match &argument.ty {
            TypeRef::Array(items) if is_binary(items) || is_chosen => return "Vec<Upload>".to_owned(),
            ty if is_binary(ty) || is_chosen => return "Upload".to_owned(),
            _ => {}
        }
    }
    types::written(context, &argument.ty)
}

/// The type that a method or a setter takes for an input.
pub(super) fn accepted(context: Context<'_>, argument: &Argument) -> String {
    let ty = input(context, argument);
    if is_object(context, &argument.ty) {
        format!("impl Borrow<{ty}>")
    } else {
        format!("impl IntoValue<{ty}>")
    }
}

/// Whether a value is an object, which is lent to the call as a body is.
fn is_object(context: Context<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(id) => !matches!(
            context.api.shape(*id),
            Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Constant(_)
        ),
        TypeRef::Nullable(inner) => is_object(context, inner),
        TypeRef::AnyObject | TypeRef::Primitive(Primitive::AnyMessage) => true,
        TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Primitive(_) | TypeRef::Any => false,
    }
}

/// The type that a method or a setter takes for the body; `None` for one whose parts are arguments.
pub(super) fn accepted_body(context: Context<'_>, body: &Body) -> Option<String> {
    let borrowed = |ty: &TypeRef| format!("impl Borrow<{}>", types::written(context, ty));
    Some(match &body.form {
        BodyForm::Json { ty, .. } | BodyForm::Form { ty, .. } => borrowed(ty),
        BodyForm::Text { ty, .. } => format!("impl IntoValue<{}>", types::written(context, ty)),
        BodyForm::Lines { ty, .. } => format!("impl IntoIterator<Item = {}>", borrowed(ty)),
        BodyForm::Upload { .. } => "impl IntoValue<Upload>".to_owned(),
        BodyForm::Parts { .. } => "impl IntoIterator<Item = (impl Into<String>, impl Into<Upload>)>".to_owned(),
        BodyForm::Items { part, .. } => match part {
            PartForm::Json(ty) => format!("impl IntoIterator<Item = {}>", borrowed(ty)),
            PartForm::Text(ty) if *ty != TypeRef::Primitive(Primitive::String) => {
                format!("impl IntoIterator<Item = {}>", borrowed(ty))
            }
            PartForm::Text(_) | PartForm::Bytes => "impl IntoIterator<Item = impl Into<Upload>>".to_owned(),
        },
        BodyForm::Multipart { .. } | BodyForm::Positional { .. } => return None,
    })
}

/// How a body is written, with its media type.
pub(super) fn form_of_body(body: &Body) -> String {
    match &body.form {
        BodyForm::Json { media, ty } => format!("{media}{}", with_form(ty)),
        BodyForm::Text { media, ty } => format!("{media} (string){}", with_form(ty)),
        BodyForm::Lines { media, .. } => format!("{media} (lines)"),
        BodyForm::Form { media, styles, .. } => {
            let styles = styles.iter().map(|(name, style)| format!(", {name}: {style:?}"));
            format!("{media}{}", styles.collect::<String>())
        }
        BodyForm::Upload { media } | BodyForm::Multipart { media } => media.clone(),
        BodyForm::Positional { media } => format!("{media} (by position)"),
        BodyForm::Items { media, part_media, .. } => format!("{media} of {part_media}"),
        BodyForm::Parts { media } => format!("{media} (any parts)"),
    }
}

fn with_form(ty: &TypeRef) -> String {
    match types::form(ty) {
        form if form.is_empty() => form,
        form => format!(", {form}"),
    }
}

/// What a response holds, as users get it.
pub(super) fn held(context: Context<'_>, what: &Content) -> String {
    match what {
        Content::Nothing => "()".to_owned(),
        Content::Json(ty) => types::written(context, ty),
        Content::Text => "String".to_owned(),
        Content::Bytes => "Bytes".to_owned(),
        Content::Events(Some(data)) => format!("events of {}", types::written(context, data)),
        Content::Events(None) => "events".to_owned(),
        Content::Lines(value) => format!("lines of {}", types::written(context, value)),
        Content::Parts(PartForm::Bytes) => "parts of Bytes".to_owned(),
        Content::Parts(PartForm::Json(ty) | PartForm::Text(ty)) => {
            format!("parts of {}", types::written(context, ty))
        }
    }
}

pub(super) fn location(location: Location) -> &'static str {
    location.as_str()
}

/// The name on the wire: the place in the template for an argument of the path, and no case for a header.
pub(super) fn wire_name(operation: &Operation, argument: &Argument) -> String {
    match argument.location {
        Location::Path => operation
            .path
            .position(&argument.name)
            .map_or_else(|| argument.name.clone(), |place| place.to_string()),
        Location::Header => argument.name.to_ascii_lowercase(),
        Location::Query | Location::Cookie | Location::Part => argument.name.clone(),
    }
}

/// What an argument is on the wire.
pub(super) fn meaning(operation: &Operation, argument: &Argument) -> String {
    let name = wire_name(operation, argument);
    format!("{} {name}", argument.location.as_str())
}

/// Returns the path with numbers in place of the names of its arguments, which are not sent.
pub(super) fn template(operation: &Operation) -> String {
    let mut text = operation.path.to_string();
    for (place, name) in operation.path.places().enumerate() {
        text = text.replacen(&format!("{{{name}}}"), &format!("{{{place}}}"), 1);
    }
    text
}

/// How an argument is written, where that is not the usual way.
pub(super) fn style(argument: &Argument) -> String {
    let style = argument.style;
    if style == Style::usual(argument.location) {
        return String::new();
    }
    let shape = match style.shape {
        StyleShape::Simple => "simple",
        StyleShape::Label => "label",
        StyleShape::Matrix => "matrix",
        StyleShape::Form => "form",
        StyleShape::SpaceDelimited => "spaceDelimited",
        StyleShape::TabDelimited => "tabDelimited",
        StyleShape::PipeDelimited => "pipeDelimited",
        StyleShape::DeepObject => "deepObject",
        StyleShape::Json => "JSON",
    };
    let explode = if style.explode == Style::of(style.shape).explode {
        String::new()
    } else {
        format!(", explode: {}", style.explode)
    };
    let reserved = if style.allow_reserved { ", allowReserved" } else { "" };
    format!("{shape}{explode}{reserved}")
}

/// The media type of a part, where it is not the usual one of its type.
pub(super) fn media(argument: &Argument) -> String {
    let mut all: Vec<&str> = argument.media.iter().map(String::as_str).collect();
    all.extend(argument.choices.iter().map(String::as_str));
    all.join(", ")
}

/// The media types that a call asks for, without their parameters: servers choose by the types. JSON alone is the usual one.
pub(super) fn accepted_media(accept: Option<&str>) -> String {
    let all = Media::list(accept.unwrap_or_default()).into_iter();
    let essences: Vec<String> = all.map(|media| media.essence().to_ascii_lowercase()).collect();
    match essences.join(", ") {
        usual if usual == "application/json" => String::new(),
        others => others,
    }
}

/// The credentials that a call needs: alternatives, each with all of its schemes.
pub(super) fn requirement(required: &Requirement) -> String {
    let all = |schemes: &Vec<String>| match schemes.as_slice() {
        [] => "none".to_owned(),
        schemes => schemes.join(" with "),
    };
    required.iter().map(all).collect::<Vec<_>>().join(" or ")
}

/// Keeps the words of locations in one place.
impl Location {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Part => "part",
        }
    }
}
