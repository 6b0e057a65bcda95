//! Inputs of an operation that are parameters or parts of its body, as its form writes them.

use super::{
    Context, copy,
    form::{Entry, Line, Type},
    runtime,
};
use crate::{
    ir::{Argument, Location, Primitive, Shape, Style, StyleShape, TypeRef},
    name::{Named, ident},
};

/// A field of the struct of required inputs, or an optional one.
pub(super) fn entry(context: Context<'_>, named: &Named<'_, Argument>) -> Entry {
    Entry::new(line(context, named))
        .documented(&copy::input(named.item))
        .deprecated(named.item.deprecated)
}

/// An argument of the path.
pub(super) fn positional(context: Context<'_>, named: &Named<'_, Argument>) -> Entry {
    Entry::new(line(context, named)).described(&copy::input(named.item))
}

/// `name: Type = place("wire name", STYLE) as form`
fn line(context: Context<'_>, named: &Named<'_, Argument>) -> Line {
    let argument = named.item;
    let ty = match file(argument) {
        Some(File::One) => context.known(runtime::UPLOAD, None),
        Some(File::Several) => context.generic(runtime::VEC, &[context.known(runtime::UPLOAD, None)], None),
        None => context.written(&argument.ty, None),
    };
    let line = place(Line::new().ident(&ident(&named.ident)).sign(":").ty(&ty), argument);
    match form(context, argument) {
        Some(form) => line.word("as").word(form),
        None => line,
    }
}

/// Where it goes: an argument of the path needs no word for it.
fn place(line: Line, argument: &Argument) -> Line {
    let has_style = argument.style != Style::usual(argument.location);
    if argument.location == Location::Path {
        return if has_style {
            style(line.word("= path(").attached(), argument.style).sign(")")
        } else {
            line
        };
    }
    let line = line
        .word("=")
        .word(place_word(argument))
        .attached()
        .text(&argument.name);
    let line = match &argument.media {
        Some(media) => line.sign(",").text(media),
        // JSON text is the form of the value, and not a style of its part.
        None if argument.location == Location::Part && argument.style.shape == StyleShape::Json => line,
        None if has_style && file(argument).is_none() => style(line.sign(","), argument.style),
        None => line,
    };
    line.sign(")")
}

fn place_word(argument: &Argument) -> &'static str {
    match (argument.location, file(argument)) {
        (Location::Path, _) => "path(",
        (Location::Query, _) => "query(",
        (Location::Header, _) => "header(",
        (Location::Cookie, _) => "cookie(",
        (Location::Part, None) => "part(",
        (Location::Part, Some(File::One)) if is_written_text(argument) => "text_part(",
        (Location::Part, Some(File::Several)) if is_written_text(argument) => "text_parts(",
        (Location::Part, Some(File::One)) => "file(",
        (Location::Part, Some(File::Several)) => "files(",
    }
}

/// The form of a value that is not written as a parameter: `object` is lent to the call.
fn form(context: Context<'_>, argument: &Argument) -> Option<&'static str> {
    if file(argument).is_some() {
        None
    } else if is_object(context, &argument.ty) {
        Some("object")
    } else if argument.style.shape == StyleShape::Json || !is_parameter(context, &argument.ty) {
        Some("json")
    } else {
        None
    }
}

/// A part that the caller writes, or several.
enum File {
    One,
    Several,
}

fn file(argument: &Argument) -> Option<File> {
    match &argument.ty {
        _ if argument.location != Location::Part => None,
        TypeRef::Array(items) if is_binary(items) || is_chosen(argument) => Some(File::Several),
        ty if is_binary(ty) || is_chosen(argument) => Some(File::One),
        _ => None,
    }
}

fn is_binary(ty: &TypeRef) -> bool {
    *ty == TypeRef::Primitive(Primitive::Binary)
}

/// Whether the caller chooses the content type of a part.
fn is_chosen(argument: &Argument) -> bool {
    !argument.choices.is_empty()
}

/// Whether a part is text that the caller writes: a server treats a part with a file name as a file.
fn is_written_text(argument: &Argument) -> bool {
    let element = match &argument.ty {
        TypeRef::Array(items) => items,
        ty => ty,
    };
    is_chosen(argument) && !is_binary(element)
}

/// Whether a value is an object, which is lent to the call as a body is.
fn is_object(context: Context<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(_) => !is_parameter(context, ty),
        TypeRef::Nullable(inner) => is_object(context, inner),
        TypeRef::AnyObject | TypeRef::Primitive(Primitive::AnyMessage) => true,
        TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::Any | TypeRef::Primitive(_) => false,
    }
}

/// Whether the runtime knows a type as a parameter; the others are written by their JSON form.
fn is_parameter(context: Context<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Array(inner) | TypeRef::Map(inner) => {
            !matches!(**inner, TypeRef::Array(_) | TypeRef::Map(_)) && is_parameter(context, inner)
        }
        TypeRef::Primitive(primitive) => *primitive != Primitive::AnyMessage,
        TypeRef::Named(id) => matches!(
            context.api.shape(*id),
            Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Constant(_)
        ),
        TypeRef::Nullable(_) | TypeRef::Any | TypeRef::AnyObject => false,
    }
}

/// A style by its constant, with what differs from it.
pub(super) fn style(line: Line, style: Style) -> Line {
    let line = line.word(match style.shape {
        StyleShape::Simple => "SIMPLE",
        StyleShape::Label => "LABEL",
        StyleShape::Matrix => "MATRIX",
        StyleShape::Form => "FORM",
        StyleShape::SpaceDelimited => "SPACE_DELIMITED",
        StyleShape::TabDelimited => "TAB_DELIMITED",
        StyleShape::PipeDelimited => "PIPE_DELIMITED",
        StyleShape::DeepObject => "DEEP_OBJECT",
        StyleShape::Json => "JSON",
    });
    let line = match (style.explode, Style::of(style.shape).explode) {
        (true, false) => line.sign(".explode(true)"),
        (false, true) => line.sign(".explode(false)"),
        _ => line,
    };
    if style.allow_reserved {
        line.sign(".allow_reserved()")
    } else {
        line
    }
}

/// The argument for the struct of required inputs.
pub(super) fn required(name: &Type) -> Entry {
    Entry::new(Line::new().word("required:").ty(name).word("= required"))
}
