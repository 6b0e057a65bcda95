//! What a call gains where its operation is paged.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use crate::{
    ir::{PageField, PageSize, Paging, Primitive, TypeRef},
    name::{NamedField, NamedOperation, NamedShape, ident},
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
pub(super) fn item(context: Context<'_>, named: &NamedOperation<'_>) -> Option<TokenStream> {
    let operation = named.operation;
    let paging = operation.paging.as_ref()?;
    let output = operation.output.json()?;
    let items = field(context, output, &paging.items)?;
    let TypeRef::Array(element) = unwrapped(&items.item.ty) else {
        return None;
    };
    let next = field(context, output, &paging.next)?;
    if *unwrapped(&next.item.ty) != TypeRef::Primitive(Primitive::String) {
        return None;
    }
    let (call, list, token) = (ident(&named.call), ident(&items.ident), ident(&next.ident));
    let item = context.ty(element, None);
    Some(quote!(paged!(#call => #list: #item, #token);))
}

/// A field of a struct by its wire name.
fn field<'a>(context: Context<'a>, ty: &TypeRef, name: &str) -> Option<&'a NamedField<'a>> {
    let TypeRef::Named(id) = ty else { return None };
    let NamedShape::Struct(object) = &context.names.ty(*id).shape else {
        return None;
    };
    object.field(name).filter(|field| !field.item.boxed)
}

fn unwrapped(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => inner,
        other => other,
    }
}
