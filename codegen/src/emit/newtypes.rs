//! Strings under names of their own, and other names for types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, rules, runtime};
use crate::{
    ir::{Alias, Newtype, TypeDef},
    name::{NamedType, ident},
};

pub(super) fn items(ty: &NamedType<'_>, newtype: &Newtype, into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    let docs = type_docs(ty.def);
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

pub(super) fn alias(context: Context<'_>, ty: &NamedType<'_>, alias: &Alias, into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    let docs = type_docs(ty.def);
    let target = context.ty(&alias.target, Some(&ty.module));
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
