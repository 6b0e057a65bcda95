//! Update masks: the paths of an object's fields, and how a request is made of changes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, oneofs, runtime};
use crate::{
    ir::{Access, Field, Presence, Struct, UpdateMask},
    name::{NamedField, NamedMember, NamedOneof, NamedStruct, NamedType, ident},
};

/// A constant for each property that a request may carry.
pub(super) fn paths(context: Context<'_>, object: &NamedStruct<'_>, module: &[String]) -> Vec<TokenStream> {
    if !object.object.has_paths {
        return Vec::new();
    }
    let mask = object.object.update_mask.as_ref().map(|mask| mask.mask.as_str());
    let is_set = |field: &Field| field.access != Access::ReadOnly && Some(field.name.as_str()) != mask;
    let mut paths = Vec::new();
    for member in &object.members {
        match member {
            NamedMember::Field(field) if is_set(field.item) => paths.push(path(context, field, module)),
            NamedMember::Field(_) | NamedMember::Flattened(_) => {}
            NamedMember::Oneof(oneof) => paths.extend(arms(context, oneof, module)),
        }
    }
    paths
}

fn path(context: Context<'_>, named: &NamedField<'_>, module: &[String]) -> TokenStream {
    let field = named.item;
    let (constant, field_ident) = (ident(&named.path), ident(&named.ident));
    let (path_type, wire) = (runtime::field_path(), &field.name);
    let ty = context.ty(&field.ty, Some(module));
    let docs = path_docs(field);
    quote! {
        #docs
        pub const #constant: #path_type<Self, #ty> = #path_type::new(#wire, |of| &mut of.#field_ident);
    }
}

fn arms<'a>(
    context: Context<'a>,
    oneof: &'a NamedOneof<'a>,
    module: &'a [String],
) -> impl Iterator<Item = TokenStream> {
    let (field, group_type) = (ident(&oneof.ident), ident(&oneof.ty));
    let (path_type, boxed) = (runtime::arm_path(), runtime::boxed());
    let settable = oneof.arms.iter().filter(|arm| arm.item.access != Access::ReadOnly);
    settable.map(move |named| {
        let arm = named.item;
        let (constant, variant, wire) = (ident(&named.path), ident(&named.variant), &arm.name);
        let ty = context.ty(&arm.ty, Some(module));
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
pub(super) fn conversion(context: Context<'_>, ty: &NamedType<'_>, object: &NamedStruct<'_>) -> Option<Item> {
    let UpdateMask { mask, of } = object.object.update_mask.as_ref()?;
    let mask = object.field(mask)?;
    let (name, from, changes) = (ident(&ty.ident), runtime::from(), runtime::changes());
    let (model, request) = match of {
        None => {
            let setter = ident(&mask.setter);
            (quote!(#name), quote!(model.#setter(mask)))
        }
        Some(of) => {
            let of = object.field(of)?;
            let is_nullable = matches!(
                of.item.presence,
                Presence::RequiredNullable | Presence::OptionalNullable
            );
            let model = if of.item.boxed && is_nullable {
                boxed(&quote!(model))
            } else {
                quote!(model)
            };
            let passed = [(of, model), (mask, quote!(mask))];
            (
                context.ty(&of.item.ty, Some(&ty.module)),
                request(object.object, &passed),
            )
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
fn request(object: &Struct, passed: &[(&NamedField<'_>, TokenStream)]) -> TokenStream {
    let required: Vec<_> = object
        .required()
        .filter_map(|field| passed.iter().find(|(other, _)| other.item.name == field.name))
        .map(|(_, value)| value)
        .collect();
    let start = if required.is_empty() {
        let default = runtime::default();
        quote!(<Self as #default>::default())
    } else {
        quote!(Self::new(#(#required),*))
    };
    let set = passed.iter().filter(|(field, _)| !field.item.presence.is_required());
    let set = set.map(|(field, value)| {
        let setter = ident(&field.setter);
        quote!(.#setter(#value))
    });
    quote!(#start #(#set)*)
}

fn boxed(value: &TokenStream) -> TokenStream {
    let boxed = runtime::boxed();
    quote!(#boxed::new(#value))
}
