//! Strings under names of their own, and other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, rules, runtime};
use crate::{
    ir::{Alias, Newtype, TypeDef, TypeId},
    name::ident,
};

pub(super) fn items(context: Context<'_>, id: TypeId, def: &TypeDef, newtype: &Newtype, into: &mut Vec<Item>) {
    let name = ident(&context.names.type_name(id).ident);
    let docs = type_docs(def);
    let (string, string_newtype) = (runtime::string(), runtime::string_newtype_macro());
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct #name(#string);
    }));
    let rules = rules::constant(&newtype.constraints);
    let has_rules = rules.as_ref().map(|_| quote!(, RULES));
    if let Some(rules) = rules {
        into.push(Item::Impl {
            head: quote!(impl #name),
            members: vec![rules],
        });
    }
    into.push(Item::Whole(quote!(#string_newtype(#name #has_rules);)));
}

pub(super) fn alias(context: Context<'_>, id: TypeId, def: &TypeDef, alias: &Alias, into: &mut Vec<Item>) {
    let names = context.names.type_name(id);
    let name = ident(&names.ident);
    let docs = type_docs(def);
    let target = context.ty(&alias.target, Some(&names.module));
    into.push(Item::Whole(quote! {
        #docs
        pub type #name = #target;
    }));
}

/// The documentation of a type: its description, and the schema that it stands for.
pub(super) fn type_docs(def: &TypeDef) -> TokenStream {
    let schema = format!("Schema: `{}`.", def.name.replace('`', "'"));
    let attributes = docs::attributes(&docs::paragraphs([def.docs.as_str(), schema.as_str()]));
    let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
    quote!(#attributes #deprecated)
}
