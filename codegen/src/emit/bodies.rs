//! Bodies: what a method or a setter takes, and the step that carries it into the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, arguments, rules, runtime};
use crate::ir::{Body, BodyForm, PartForm, Primitive, TypeRef};

/// The content type that the runtime gives a JSON body.
const JSON: &str = "application/json";

/// The content type that the runtime gives a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// The content type that the runtime gives a body of parts.
const FORM_DATA: &str = "multipart/form-data";

/// The type that is taken for `body`, and the step that carries it into the call; nothing for what comes in parts.
pub(super) fn taken(context: Context<'_>, body: &Body) -> Option<(TokenStream, TokenStream)> {
    let borrowed = |ty: &TypeRef| {
        let ty = context.ty(ty, None);
        quote!(impl Borrow<#ty>)
    };
    Some(match &body.form {
        BodyForm::Json { media, ty } if media == JSON => (borrowed(ty), quote!(.json(body.borrow()))),
        BodyForm::Json { media, ty } => (borrowed(ty), quote!(.json_as(#media, body.borrow()))),
        BodyForm::Form { media, ty, styles } => {
            let styles = styles.iter().map(|(name, style)| {
                let style = arguments::written(*style);
                quote!((#name, #style))
            });
            let step = if media == FORM {
                quote!(.form(body.borrow(), &[#(#styles),*]))
            } else {
                quote!(.form_as(#media, body.borrow(), &[#(#styles),*]))
            };
            (borrowed(ty), step)
        }
        BodyForm::Text { media, ty } => {
            let (ty, value) = context.argument(ty, None, &quote!(body));
            (ty, quote!(.text(#media, &#value)))
        }
        BodyForm::Lines { media, ty } => {
            let item = borrowed(ty);
            let ty = context.ty(ty, None);
            let lines = quote!(impl IntoIterator<Item = #item>);
            (lines, quote!(.lines::<#ty>(#media, body)))
        }
        BodyForm::Upload { media } => {
            let upload = runtime::upload();
            (quote!(impl Into<#upload>), quote!(.upload(#media, body)))
        }
        BodyForm::Parts { .. } => {
            let (upload, string) = (runtime::upload(), runtime::string());
            let parts = quote!(impl IntoIterator<Item = (impl Into<#string>, impl Into<#upload>)>);
            (parts, quote!(.parts(body)))
        }
        BodyForm::Items {
            media,
            part,
            part_media,
        } => items(context, (media, part_media), part),
        BodyForm::Multipart { .. } | BodyForm::Positional { .. } => return None,
    })
}

/// The values of a body of parts without names.
fn items(context: Context<'_>, (media, part_media): (&str, &str), part: &PartForm) -> (TokenStream, TokenStream) {
    let values = |ty: &TypeRef| {
        let ty = context.ty(ty, None);
        (quote!(impl IntoIterator<Item = impl Borrow<#ty>>), ty)
    };
    match part {
        PartForm::Json(ty) => {
            let (taken, ty) = values(ty);
            (taken, quote!(.json_parts::<#ty>(#media, #part_media, body)))
        }
        PartForm::Text(ty) if *ty != TypeRef::Primitive(Primitive::String) => {
            let (taken, ty) = values(ty);
            (taken, quote!(.scalar_parts::<#ty>(#media, #part_media, body)))
        }
        PartForm::Text(_) | PartForm::Bytes => {
            let upload = runtime::upload();
            let taken = quote!(impl IntoIterator<Item = impl Into<#upload>>);
            (taken, quote!(.upload_parts(#media, #part_media, body)))
        }
    }
}

/// The step before a body: it begins one of parts, where the parts alone do not make it what it is, and says what is asked
/// of a value that is no model.
pub(super) fn begin(body: &Body) -> Option<TokenStream> {
    match &body.form {
        _ if !body.constraints.is_empty() => {
            let (rule, rules) = (runtime::rule(), rules::list(&body.constraints));
            Some(quote!(.body_rules({ use #rule; #rules })))
        }
        BodyForm::Positional { media } => Some(quote!(.positional(#media))),
        BodyForm::Multipart { media } | BodyForm::Parts { media } if body.required || media != FORM_DATA => {
            Some(quote!(.multipart(#media)))
        }
        _ => None,
    }
}

/// The type of an optional body that `operation!` makes a setter for.
pub(super) fn optional_json(body: &Body) -> Option<&TypeRef> {
    match &body.form {
        BodyForm::Json { media, ty } if !body.required && media == JSON => Some(ty),
        _ => None,
    }
}

/// The content type of a body, where it is another than that of most.
pub(super) fn content_type(body: &Body) -> Option<&str> {
    match &body.form {
        BodyForm::Json { media, .. } if media == JSON => None,
        BodyForm::Json { media, .. }
        | BodyForm::Form { media, .. }
        | BodyForm::Text { media, .. }
        | BodyForm::Lines { media, .. }
        | BodyForm::Upload { media }
        | BodyForm::Multipart { media }
        | BodyForm::Positional { media }
        | BodyForm::Items { media, .. }
        | BodyForm::Parts { media } => Some(media),
    }
}

/// Whether a value is lent to the call.
pub(super) fn is_borrowed(body: &Body) -> bool {
    match &body.form {
        BodyForm::Json { .. } => optional_json(body).is_none(),
        BodyForm::Form { .. } | BodyForm::Lines { .. } => true,
        BodyForm::Items { part, .. } => match part {
            PartForm::Json(_) => true,
            PartForm::Text(ty) => *ty != TypeRef::Primitive(Primitive::String),
            PartForm::Bytes => false,
        },
        BodyForm::Text { .. }
        | BodyForm::Upload { .. }
        | BodyForm::Multipart { .. }
        | BodyForm::Positional { .. }
        | BodyForm::Parts { .. } => false,
    }
}
