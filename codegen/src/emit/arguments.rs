//! Arguments: what a method or a setter takes, and the step that carries it into the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, runtime};
use crate::{
    ir::{Argument, Location, Operation, Primitive, Shape, Style, StyleShape, TypeRef},
    name::{Named, ident},
};

/// The type that is taken for an argument, and the expression of what is sent.
pub(super) fn taken(context: Context<'_>, named: &Named<'_, Argument>) -> (TokenStream, TokenStream) {
    let (argument, name) = (named.item, ident(&named.ident));
    let upload = runtime::upload();
    match file(argument) {
        Some(File::One) => return (quote!(impl Into<#upload>), quote!(#name)),
        Some(File::Several) => return (quote!(impl IntoIterator<Item = impl Into<#upload>>), quote!(#name)),
        None => {}
    }
    let (ty, value) = if is_borrowed(context, &argument.ty) {
        let ty = context.ty(&argument.ty, None);
        (quote!(impl Borrow<#ty>), quote!(#name.borrow()))
    } else {
        let (ty, value) = context.argument(&argument.ty, None, &quote!(#name));
        (ty, quote!(&#value))
    };
    if argument.style.shape != StyleShape::Json && is_parameter(context, &argument.ty) {
        return (ty, value);
    }
    let json_form = runtime::json_form();
    (ty, quote!(&#json_form(#value)))
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

/// Whether a part is a text that the caller writes: a server takes a part with a file name for a file.
fn is_written_text(argument: &Argument) -> bool {
    let element = match &argument.ty {
        TypeRef::Array(items) => items,
        ty => ty,
    };
    is_chosen(argument) && !is_binary(element)
}

/// Whether a value is lent to the call, as a body is.
pub(super) fn is_borrowed(context: Context<'_>, ty: &TypeRef) -> bool {
    let is_object = matches!(
        ty,
        TypeRef::Named(_) | TypeRef::AnyObject | TypeRef::Nullable(_) | TypeRef::Primitive(Primitive::AnyMessage)
    );
    is_object && !is_parameter(context, ty)
}

/// Whether the runtime knows a type as a parameter; the others are written by their JSON form.
fn is_parameter(context: Context<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Array(inner) | TypeRef::Map(inner) => {
            !matches!(**inner, TypeRef::Array(_) | TypeRef::Map(_)) && is_parameter(context, inner)
        }
        TypeRef::Primitive(primitive) => *primitive != Primitive::AnyMessage,
        TypeRef::Named(id) => matches!(
            context.api.type_def(*id).shape,
            Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Constant(_)
        ),
        TypeRef::Nullable(_) | TypeRef::Any | TypeRef::AnyObject => false,
    }
}

/// The step that carries an argument into the call; those of the path are there from the start.
pub(super) fn step(argument: &Argument, value: &TokenStream) -> TokenStream {
    let wire = &argument.name;
    if argument.location == Location::Part {
        return part(argument, value);
    }
    let style = style(argument);
    match (argument.location, style) {
        (Location::Header, None) => quote!(.header_parameter(#wire, #value)),
        (Location::Header, Some(style)) => quote!(.header_parameter_styled(#wire, #value, #style)),
        (Location::Cookie, None) => quote!(.cookie(#wire, #value)),
        (Location::Cookie, Some(style)) => quote!(.cookie_styled(#wire, #value, #style)),
        (_, None) => quote!(.query(#wire, #value)),
        (_, Some(style)) => quote!(.query_styled(#wire, #value, #style)),
    }
}

/// The step that adds the parts of an argument.
fn part(argument: &Argument, value: &TokenStream) -> TokenStream {
    let wire = &argument.name;
    match (file(argument), &argument.media) {
        (Some(File::One), Some(media)) if is_written_text(argument) => quote!(.text_part(#wire, #media, #value)),
        (Some(File::Several), Some(media)) if is_written_text(argument) => quote!(.text_parts(#wire, #media, #value)),
        (Some(File::One), None) => quote!(.file(#wire, #value)),
        (Some(File::One), Some(media)) => quote!(.file_as(#wire, #media, #value)),
        (Some(File::Several), None) => quote!(.files(#wire, #value)),
        (Some(File::Several), Some(media)) => quote!(.files_as(#wire, #media, #value)),
        (None, None) => match style(argument) {
            Some(style) if argument.style.shape != StyleShape::Json => quote!(.part_styled(#wire, #value, #style)),
            _ => quote!(.part(#wire, #value)),
        },
        (None, Some(media)) => quote!(.part_as(#wire, #media, #value)),
    }
}

/// The step that tells the styles of the path's arguments, where one has another than the usual one.
pub(super) fn path_styles(operation: &Operation) -> Option<TokenStream> {
    let arguments = operation.arguments.iter();
    let styled = arguments.filter(|argument| argument.location == Location::Path);
    let styled = styled.filter_map(|argument| {
        let (wire, style) = (&argument.name, style(argument)?);
        Some(quote!((#wire, #style)))
    });
    let styled: Vec<TokenStream> = styled.collect();
    (!styled.is_empty()).then(|| quote!(.path_styles(&[#(#styled),*])))
}

/// The style of an argument, where it is another than the usual one.
fn style(argument: &Argument) -> Option<TokenStream> {
    (argument.style != Style::usual(argument.location)).then(|| written(argument.style))
}

pub(super) fn written(style: Style) -> TokenStream {
    let shape = match style.shape {
        StyleShape::Simple => quote!(SIMPLE),
        StyleShape::Label => quote!(LABEL),
        StyleShape::Matrix => quote!(MATRIX),
        StyleShape::Form => quote!(FORM),
        StyleShape::SpaceDelimited => quote!(SPACE_DELIMITED),
        StyleShape::TabDelimited => quote!(TAB_DELIMITED),
        StyleShape::PipeDelimited => quote!(PIPE_DELIMITED),
        StyleShape::DeepObject => quote!(DEEP_OBJECT),
        StyleShape::Json => quote!(JSON),
    };
    let explode = style.explode;
    let explode = (explode != Style::of(style.shape).explode).then(|| quote!(.explode(#explode)));
    let reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    let ty = runtime::style();
    quote!(#ty::#shape #explode #reserved)
}

/// A line about an argument that the method takes.
pub(super) fn line(argument: &Named<'_, Argument>) -> String {
    let docs = docs::paragraphs([argument.item.docs.as_str(), choices(argument.item).as_str()]);
    let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    if docs.is_empty() {
        format!("- `{}`", argument.ident)
    } else {
        format!("- `{}`: {docs}", argument.ident)
    }
}

/// What the setter of an argument says.
pub(super) fn docs(argument: &Argument) -> String {
    let docs = match argument.docs.trim() {
        "" => format!("Sets `{}`.", argument.name),
        docs => docs.to_owned(),
    };
    docs::paragraphs([docs.as_str(), choices(argument).as_str()])
}

/// The content types that a part can have.
fn choices(argument: &Argument) -> String {
    let Some((last, others)) = argument.choices.split_last() else {
        return String::new();
    };
    let others: Vec<String> = others.iter().map(|media| docs::code(media)).collect();
    let listed = match others.join(", ") {
        none if none.is_empty() => docs::code(last),
        others => format!("{others} or {}", docs::code(last)),
    };
    let usual = argument.media.as_deref().filter(|media| !media.contains('*'));
    match usual {
        Some(media) => format!(
            "Content type: {listed}. {} is sent unless `Upload::content_type` sets another one.",
            docs::code(media)
        ),
        None => format!("Content type: {listed}, as `Upload::content_type` sets it."),
    }
}
