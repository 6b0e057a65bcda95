//! The payloads of webhooks and callbacks, under names of their own.

use quote::quote;

use super::{Context, Item, docs};
use crate::name::{Named, ident};

pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let payloads = &context.names.payloads;
    let mut items = Vec::new();
    if payloads.iter().any(|payload| payload.item.ty.names_a_type()) {
        items.push(Item::Lines(vec![quote!(
            use super::models;
        )]));
    }
    items.extend(payloads.iter().map(
        |Named {
             item: payload,
             ident: name,
         }| {
            let docs = docs::paragraphs([payload.docs.as_str(), format!("{}.", payload.origin).as_str()]);
            let (docs, name) = (docs::attributes(&docs), ident(name));
            let ty = context.ty(&payload.ty, None);
            Item::Whole(quote! {
                #docs
                pub type #name = #ty;
            })
        },
    ));
    items
}
