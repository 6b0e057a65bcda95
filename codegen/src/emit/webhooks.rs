//! The payloads of webhooks and callbacks, under names of their own.

use quote::quote;

use super::{Context, Item, docs};
use crate::{ir::TypeRef, name::ident};

pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let payloads = || context.api.payloads.iter().zip(&context.names.payloads);
    let mut items = Vec::new();
    if payloads().any(|(payload, _)| TypeRef::names_a_type(&payload.ty)) {
        items.push(Item::Lines(vec![quote!(
            use super::models;
        )]));
    }
    items.extend(payloads().map(|(payload, name)| {
        let docs = docs::paragraphs([payload.docs.as_str(), format!("{}.", payload.origin).as_str()]);
        let (docs, name) = (docs::attributes(&docs), ident(name));
        let ty = context.ty(&payload.ty, None);
        Item::Whole(quote! {
            #docs
            pub type #name = #ty;
        })
    }));
    items
}
