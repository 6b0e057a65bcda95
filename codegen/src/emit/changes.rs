//! Update masks: the paths of an object's fields, and how a request is made of changes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, oneofs, runtime, structs::setter_ident};
use crate::{
    ir::{Access, Field, Member, Oneof, Presence, Struct, UpdateMask},
    name::{MemberName, TypeName, ident},
};

/// A constant for each property that a request may carry.
pub(super) fn paths(context: Context<'_>, object: &Struct, names: &TypeName) -> Vec<TokenStream> {
    if !object.has_paths {
        return Vec::new();
    }
    let mask = object.update_mask.as_ref().map(|mask| mask.mask.as_str());
    let mut paths = Vec::new();
    for (member, member_names) in object.members.iter().zip(&names.members) {
        match member {
            Member::Field(field) if field.access == Access::ReadOnly || Some(field.name.as_str()) == mask => {}
            Member::Field(field) => paths.push(path(context, field, member_names, names)),
            Member::Part(_) => {}
            Member::Oneof(oneof) => paths.extend(arms(context, oneof, member_names, names)),
        }
    }
    paths
}

fn path(context: Context<'_>, field: &Field, field_names: &MemberName, names: &TypeName) -> TokenStream {
    let (constant, field_ident) = (ident(&field_names.path), ident(&field_names.field));
    let (path_type, wire) = (runtime::field_path(), &field.name);
    let ty = context.ty(&field.ty, Some(&names.module));
    let docs = path_docs(field);
    quote! {
        #docs
        pub const #constant: #path_type<Self, #ty> = #path_type::new(#wire, |of| &mut of.#field_ident);
    }
}

fn arms<'a>(
    context: Context<'a>,
    oneof: &'a Oneof,
    group: &'a MemberName,
    names: &'a TypeName,
) -> impl Iterator<Item = TokenStream> {
    let (field, group_type) = (ident(&group.field), ident(&group.oneof));
    let (path_type, boxed) = (runtime::arm_path(), runtime::boxed());
    let arms = oneof.arms.iter().zip(&group.arms);
    let arms = arms.filter(|(arm, _)| arm.access != Access::ReadOnly);
    arms.map(move |(arm, arm_names)| {
        let (constant, variant, wire) = (ident(&arm_names.path), ident(&arm_names.variant), &arm.name);
        let ty = context.ty(&arm.ty, Some(&names.module));
        let set = if oneofs::is_boxed(context, arm) {
            quote!(new.map(|new| #group_type::#variant(#boxed::new(new))))
        } else {
            quote!(new.map(#group_type::#variant))
        };
        let docs = path_docs(arm);
        quote! {
            #docs
            pub const #constant: #path_type<Self, #ty> =
                #path_type::new::<#group_type>(#wire, |of, new| of.#field = #set);
        }
    })
}

fn path_docs(field: &Field) -> TokenStream {
    let docs = docs::attributes(&format!("The path of `{}` in update masks.", field.name));
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated)
}

/// The request that carries some changes and the mask that names them.
pub(super) fn conversion(context: Context<'_>, object: &Struct, names: &TypeName) -> Option<Item> {
    let UpdateMask { mask, of } = object.update_mask.as_ref()?;
    let by_name = |wanted: &str| {
        let mut members = object.members.iter().zip(&names.members);
        members.find_map(|(member, names)| match member {
            Member::Field(field) if field.name == wanted => Some((field, names)),
            _ => None,
        })
    };
    let (mask, mask_names) = by_name(mask)?;
    let (name, from, changes) = (ident(&names.ident), runtime::from(), runtime::changes());
    let set_mask = setter_ident(&mask_names.field);
    let (model, request) = match of {
        None => (quote!(#name), quote!(model.#set_mask(mask))),
        Some(of) => {
            let (of, of_names) = by_name(of)?;
            let set_model = setter_ident(&of_names.field);
            let model = if of.boxed && matches!(of.presence, Presence::RequiredNullable | Presence::OptionalNullable) {
                boxed(&quote!(model))
            } else {
                quote!(model)
            };
            let parts = [(of, set_model, model), (mask, set_mask, quote!(mask))];
            (context.ty(&of.ty, Some(&names.module)), request(object, &parts))
        }
    };
    Some(Item::Impl {
        head: quote!(impl #from<#changes<#model>> for #name),
        members: vec![quote! {
            fn from(changes: #changes<#model>) -> Self {
                let (model, mask) = changes.into_parts();
                #request
            }
        }],
    })
}

/// What is required is passed to `new`, the rest is set.
fn request(object: &Struct, parts: &[(&Field, proc_macro2::Ident, TokenStream)]) -> TokenStream {
    let required: Vec<_> = object
        .required()
        .filter_map(|field| parts.iter().find(|(part, _, _)| part.name == field.name))
        .map(|(_, _, value)| value)
        .collect();
    let start = if required.is_empty() {
        let default = runtime::default();
        quote!(<Self as #default>::default())
    } else {
        quote!(Self::new(#(#required),*))
    };
    let set = parts.iter().filter(|(field, _, _)| !field.presence.is_required());
    let set = set.map(|(_, setter, value)| quote!(.#setter(#value)));
    quote!(#start #(#set)*)
}

fn boxed(value: &TokenStream) -> TokenStream {
    let boxed = runtime::boxed();
    quote!(#boxed::new(#value))
}
