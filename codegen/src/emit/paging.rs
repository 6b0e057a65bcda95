//! What a call gains where its operation is paged.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use crate::{
    ir::{Field, PageField, PageSize, Paging},
    name::{NamedOperation, NamedShape, ident},
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

/// The macro that gives a call its pages and items. `lower` takes out a paging that has no array and no string for them.
pub(super) fn item(context: Context<'_>, named: &NamedOperation<'_>) -> Option<TokenStream> {
    let page = context.api.page(named.operation).ok()?;
    let NamedShape::Struct(answer) = &context.names.ty(page.answer).shape else {
        return None;
    };
    let field = |field: &Field| answer.field(&field.name).map(|field| ident(&field.ident));
    let (call, list, token) = (ident(&named.call), field(page.items)?, field(page.next)?);
    let output = named.operation.output.json()?;
    let (output, item) = (context.ty(output, None), context.ty(page.item, None));
    Some(quote!(paged!(#call: #output => #list: #item, #token);))
}
