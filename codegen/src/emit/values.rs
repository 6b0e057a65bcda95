//! Constants, and enums of values that are not all texts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, newtypes, runtime};
use crate::{
    ir::{Constant, TypeDef, TypeId, ValueEnum, ValueKind},
    name::ident,
};

pub(super) fn constant(context: Context<'_>, id: TypeId, def: &TypeDef, constant: &Constant, into: &mut Vec<Item>) {
    let name = ident(&context.names.type_name(id).ident);
    let docs = newtypes::type_docs(def);
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

pub(super) fn value_enum(context: Context<'_>, id: TypeId, def: &TypeDef, values: &ValueEnum, into: &mut Vec<Item>) {
    let names = context.names.type_name(id);
    let name = ident(&names.ident);
    let variants: Vec<_> = names.variants.iter().map(|variant| ident(variant)).collect();
    let docs = newtypes::type_docs(def);
    let value_docs = values.values.iter().map(|value| docs::attributes(&code(value)));
    let raw = runtime::raw();
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#value_docs #variants,)*
            /// A value that this version of the client does not know.
            UnknownValue(#raw),
        }
    }));
    let texts = &values.values;
    into.push(Item::Impl {
        head: quote!(impl #name),
        members: vec![quote! {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[#((#texts, Self::#variants),)*];
        }],
    });
    let (value_enum, kind) = (runtime::value_enum_macro(), kind(values.kind));
    into.push(Item::Whole(quote!(#value_enum(#name, #kind);)));
}

fn kind(kind: ValueKind) -> TokenStream {
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
