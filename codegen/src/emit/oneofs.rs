//! Oneof groups: an enum of the arms, beside the struct that the group belongs to.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, runtime, types};
use crate::{
    ir::{Access, Field, VariantOf},
    name::{NamedArm, NamedOneof, NamedType, ident},
};

pub(super) fn items(context: Context<'_>, owner: &NamedType<'_>, oneof: &NamedOneof<'_>, into: &mut Vec<Item>) {
    into.push(item(context, owner, oneof));
    into.push(table(owner, oneof));
}

fn item(context: Context<'_>, owner: &NamedType<'_>, oneof: &NamedOneof<'_>) -> Item {
    let name = ident(&oneof.ty);
    let text = format!(
        "The oneof group {} of [`{}`]: one of its properties at most is set.\n\nGroup: {}.",
        docs::code(&oneof.item.name),
        ident(&owner.ident),
        docs::code(&format!("{}.{}", owner.def.name, oneof.item.name)),
    );
    let docs = trusted(&text);
    let arms = oneof.arms.iter().map(|named| {
        let (arm, variant) = (named.item, ident(&named.variant));
        let docs = docs::attributes(&docs::paragraphs([
            arm.docs.as_str(),
            &format!("Property: `{}`.", arm.name),
        ]));
        let deprecated = arm.deprecated.then(|| quote!(#[deprecated]));
        let ty = arm_type(context, arm, &owner.module);
        quote!(#docs #deprecated #variant(#ty),)
    });
    let conflict = runtime::conflict();
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#arms)*
            /// Several properties of the group came in one message: all of them, as they came. It cannot be sent.
            Conflict(#conflict),
        }
    })
}

/// Documentation of our own words and of code, in which links are meant.
fn trusted(text: &str) -> TokenStream {
    let lines = text.split('\n').map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// Whether the value of an arm is in a box.
pub(super) fn is_boxed(context: Context<'_>, arm: &Field) -> bool {
    context.api.is_boxed(&arm.ty, VariantOf::Oneof)
}

fn arm_type(context: Context<'_>, arm: &Field, module: &[String]) -> TokenStream {
    let ty = context.ty(&arm.ty, Some(module));
    let boxed = runtime::boxed();
    if is_boxed(context, arm) {
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

fn table(owner: &NamedType<'_>, oneof: &NamedOneof<'_>) -> Item {
    let name = ident(&oneof.ty);
    let (oneof_trait, option, result, ok) = (
        runtime::oneof(),
        runtime::option(),
        runtime::wire_result(),
        runtime::ok(),
    );
    let (reader, writer) = (runtime::reader(), runtime::object_writer());
    let full_name = format!("{}.{}", owner.def.name, oneof.item.name);
    let wires: Vec<&str> = oneof.arms.iter().map(|arm| arm.item.name.as_str()).collect();
    let decoded = oneof.arms.iter().map(|arm| {
        let (wire, variant) = (&arm.item.name, ident(&arm.variant));
        match types::codec(&arm.item.ty) {
            None => quote!(#wire => json.variant(Self::#variant),),
            Some(codec) => quote!(#wire => json.variant_as::<#codec, _, _>(Self::#variant),),
        }
    });
    let encoded = oneof.arms.iter().map(|arm| {
        let (put, variant) = (types::put(arm.item, &quote!(value)), ident(&arm.variant));
        quote!(Self::#variant(value) => #put,)
    });
    let mut members = vec![
        quote!(const NAME: &'static str = #full_name;),
        quote!(const ARMS: &'static [&'static str] = &[#(#wires,)*];),
        quote! {
            fn decode(arm: &str, json: &mut #reader<'_>) -> #result<#option<Self>> {
                match arm {
                    #(#decoded)*
                    _ => #ok(#option::None),
                }
            }
        },
        quote! {
            fn encode(&self, json: &mut #writer<'_>) {
                match self {
                    #(#encoded)*
                    Self::Conflict(conflict) => json.put_conflict(conflict),
                }
            }
        },
    ];
    members.extend(conflicts());
    Item::Impl {
        head: quote!(impl #oneof_trait for #name),
        members,
    }
}

/// How a oneof group holds several of its arms.
fn conflicts() -> [TokenStream; 2] {
    let (option, conflict) = (runtime::option(), runtime::conflict());
    [
        quote! {
            fn conflict(conflict: #conflict) -> Self {
                Self::Conflict(conflict)
            }
        },
        quote! {
            fn conflict_mut(&mut self) -> #option<&mut #conflict> {
                match self {
                    Self::Conflict(conflict) => #option::Some(conflict),
                    _ => #option::None,
                }
            }
        },
    ]
}

/// The struct's setters for the arms: each sets its own and so unsets the others.
pub(super) fn setters(context: Context<'_>, module: &[String], oneof: &NamedOneof<'_>) -> Vec<TokenStream> {
    let group = ident(&oneof.ident);
    let (group_type, option, boxed) = (ident(&oneof.ty), runtime::option(), runtime::boxed());
    let setter = |named: &NamedArm<'_>| {
        let arm = named.item;
        let (field, variant, setter) = (ident(&named.ident), ident(&named.variant), ident(&named.setter));
        let (ty, value) = context.argument(&arm.ty, Some(module), &quote!(#field));
        let value = if is_boxed(context, arm) {
            quote!(#boxed::new(#value))
        } else {
            value
        };
        let docs = docs::attributes(&format!(
            "Sets `{}`, and unsets the rest of `{}`.",
            arm.name, oneof.item.name
        ));
        let deprecated = arm.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #field: #ty) -> Self {
                self.#group = #option::Some(#group_type::#variant(#value));
                self
            }
        }
    };
    let settable = oneof.arms.iter().filter(|arm| arm.item.access != Access::ReadOnly);
    settable.map(setter).collect()
}
