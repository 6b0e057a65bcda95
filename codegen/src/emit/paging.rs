//! What a call gains where its operation is paged.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use crate::{
    ir::{Field, Member, Operation, PageField, PageSize, Paging, Primitive, Shape, TypeRef},
    name::{OperationName, ident},
};

/// The steps that tell the runtime where token and size go.
pub(super) fn steps(paging: &Paging) -> TokenStream {
    let token = match &paging.token {
        PageField::Query(name) => quote!(.paged_by_query(#name)),
        PageField::Body(name) => quote!(.paged_by_body(#name)),
    };
    let size = paging.size.as_ref().and_then(size_step);
    quote!(#token #size)
}

/// Where a size goes is of use to the runtime only if there is a limit to keep.
fn size_step(size: &PageSize) -> Option<TokenStream> {
    let (minimum, maximum) = match (size.minimum, size.maximum) {
        (None, None) => return None,
        (minimum, maximum) => (minimum.unwrap_or(0), maximum.unwrap_or(i64::MAX)),
    };
    let (minimum, maximum) = (Literal::i64_unsuffixed(minimum), Literal::i64_unsuffixed(maximum));
    Some(match &size.field {
        PageField::Query(name) => quote!(.page_size_in_query(#name, #minimum, #maximum)),
        PageField::Body(name) => quote!(.page_size_in_body(#name, #minimum, #maximum)),
    })
}

/// The macro that gives a call its pages and items; nothing where the answer's fields are no list and no text.
pub(super) fn item(context: Context<'_>, operation: &Operation, names: &OperationName) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let output = operation.output.json()?;
    let (items, list) = field(context, output, &paging.items)?;
    let TypeRef::Array(element) = unwrapped(&items.ty) else {
        return None;
    };
    let (next, token) = field(context, output, &paging.next)?;
    if *unwrapped(&next.ty) != TypeRef::Primitive(Primitive::String) {
        return None;
    }
    let (call, list, token) = (ident(&names.call), ident(list), ident(token));
    let (output, item) = (context.ty(output, None), context.ty(element, None));
    Some(quote!(paged!(#call: #output => #list: #item, #token);))
}

/// A field of a struct by its wire name, and what it is called.
fn field<'a>(context: Context<'a>, ty: &TypeRef, name: &str) -> Option<(&'a Field, &'a str)> {
    let TypeRef::Named(id) = ty else { return None };
    let Shape::Struct(object) = &context.api.type_def(*id).shape else {
        return None;
    };
    let names = &context.names.type_name(*id).members;
    let mut members = object.members.iter().zip(names);
    members.find_map(|(member, names)| match member {
        Member::Field(field) if field.name == name && !field.boxed => Some((field, names.field.as_str())),
        _ => None,
    })
}

fn unwrapped(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => inner,
        other => other,
    }
}
