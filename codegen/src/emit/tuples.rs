//! Tuples: a tuple struct, and the table that the runtime reads and writes it by.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Item, newtypes, rules, runtime, types};
use crate::{
    ir::{Element, Tuple, TypeDef},
    name::{NamedType, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, tuple: &Tuple, into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    let docs = newtypes::type_docs(ty.def);
    let vec = runtime::vec();
    let elements = tuple.elements.iter().map(|element| {
        let ty = element_type(context, element, &ty.module);
        quote!(pub #ty,)
    });
    let rest = tuple.rest.iter().map(|rest| {
        let ty = context.ty(rest, Some(&ty.module));
        quote!(pub #vec<#ty>,)
    });
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name(#(#elements)* #(#rest)*);
    }));
    into.push(Item::Impl {
        head: quote!(impl #name),
        members: vec![blank(tuple)],
    });
    into.push(table(ty.def, &name, tuple));
    let tuple_macro = runtime::tuple_macro();
    into.push(Item::Whole(quote!(#tuple_macro(#name);)));
}

fn element_type(context: Context<'_>, element: &Element, module: &[String]) -> TokenStream {
    let ty = context.ty(&element.ty, Some(module));
    let ty = if element.boxed {
        types::wrap(&runtime::boxed(), &ty)
    } else {
        ty
    };
    if element.optional {
        types::wrap(&runtime::option(), &ty)
    } else {
        ty
    }
}

/// What stands in the slots before they are read.
fn blank(tuple: &Tuple) -> TokenStream {
    let (json, option, vec) = (runtime::json(), runtime::option(), runtime::vec());
    let elements = tuple.elements.iter().map(|element| {
        if element.optional {
            quote!(#option::None)
        } else {
            quote!(#json::blank())
        }
    });
    let rest = tuple.rest.iter().map(|_| quote!(#vec::new()));
    let all = elements.chain(rest);
    quote! {
        fn blank() -> Self {
            Self(#(#all),*)
        }
    }
}

fn table(def: &TypeDef, name: &proc_macro2::Ident, tuple: &Tuple) -> Item {
    let (tuple_trait, reader, writer) = (runtime::tuple(), runtime::reader(), runtime::array_writer());
    let (result, ok) = (runtime::wire_result(), runtime::ok());
    let schema = &def.name;
    let required = tuple.elements.iter().filter(|element| !element.optional).count();
    let required = Literal::usize_unsuffixed(required);
    let decoded = tuple.elements.iter().enumerate().map(|(index, element)| {
        let index = Literal::usize_unsuffixed(index);
        match types::codec(&element.ty) {
            Some(codec) => quote!(#index => json.set_as::<#codec, _>(&mut self.#index),),
            None => quote!(#index => json.set(&mut self.#index),),
        }
    });
    let encoded = tuple.elements.iter().enumerate().map(|(index, element)| {
        let index = Literal::usize_unsuffixed(index);
        match types::codec(&element.ty) {
            Some(codec) => quote!(json.put_as::<#codec, _>(&self.#index);),
            None => quote!(json.put(&self.#index);),
        }
    });
    let last = Literal::usize_unsuffixed(tuple.elements.len());
    let codec = tuple.rest.as_ref().and_then(types::codec);
    let (set_rest, put_rest) = match (&tuple.rest, codec) {
        (None, _) => (quote!(#ok(false)), None),
        (Some(_), None) => (
            quote!(json.set_rest(&mut self.#last)),
            Some(quote!(json.put_rest(&self.#last);)),
        ),
        (Some(_), Some(codec)) => (
            quote!(json.set_rest_as::<#codec, _>(&mut self.#last)),
            Some(quote!(json.put_rest_as::<#codec, _>(&self.#last);)),
        ),
    };
    let mut members = vec![
        quote!(const NAME: &'static str = #schema;),
        quote!(const REQUIRED: usize = #required;),
    ];
    members.extend(rules::constant(&tuple.constraints));
    members.extend([
        quote! {
            fn decode(&mut self, index: usize, json: &mut #reader<'_>) -> #result<bool> {
                match index {
                    #(#decoded)*
                    _ => #set_rest,
                }
            }
        },
        quote! {
            fn encode(&self, json: &mut #writer<'_>) {
                #(#encoded)*
                #put_rest
            }
        },
    ]);
    Item::Impl {
        head: quote!(impl #tuple_trait for #name),
        members,
    }
}
