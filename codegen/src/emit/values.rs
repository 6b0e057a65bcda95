//! Constants, and enums of values that are not all texts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Item, docs, newtypes, runtime};
use crate::{
    ir::{Constant, ValueKind},
    name::{Named, NamedType, ident},
};

pub(super) fn constant(ty: &NamedType<'_>, constant: &Constant, into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    let docs = newtypes::type_docs(ty.def);
    let value = docs::attributes(&format!("The constant {}.", code(&constant.json)));
    let (constant_trait, constant_macro) = (runtime::constant(), runtime::constant_macro());
    let json = &constant.json;
    into.push(Item::Whole(quote! {
        #value
        #[doc = ""]
        #docs
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct #name;
    }));
    into.push(Item::Impl {
        head: quote!(impl #constant_trait for #name),
        members: vec![quote!(const JSON: &'static str = #json;)],
    });
    into.push(Item::Whole(quote!(#constant_macro(#name);)));
}

pub(super) fn value_enum(ty: &NamedType<'_>, kind: ValueKind, values: &[Named<'_, String>], into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    let docs = newtypes::type_docs(ty.def);
    let variants = values.iter().map(|value| {
        let (docs, variant) = (docs::attributes(&code(value.item)), ident(&value.ident));
        quote!(#docs #variant,)
    });
    let raw = runtime::raw();
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this version of the client does not know.
            UnknownValue(#raw),
        }
    }));
    let known = values.iter().map(|value| {
        let (text, variant) = (value.item, ident(&value.ident));
        quote!((#text, Self::#variant),)
    });
    into.push(Item::Impl {
        head: quote!(impl #name),
        members: vec![quote! {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[#(#known)*];
        }],
    });
    let (value_enum, kind) = (runtime::value_enum_macro(), written(kind));
    into.push(Item::Whole(quote!(#value_enum(#name, #kind);)));
}

fn written(kind: ValueKind) -> TokenStream {
    match kind {
        ValueKind::Integer => quote!(Integer),
        ValueKind::Number => quote!(Number),
        ValueKind::Boolean => quote!(Boolean),
        ValueKind::Any => quote!(Any),
    }
}

fn code(json: &str) -> String {
    format!("`{}`", json.replace('`', "'").replace('\n', " "))
}
