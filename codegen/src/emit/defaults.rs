//! Defaults: a constant for each property whose absence the server reads as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, numbers};
use crate::{
    ir::{DefaultValue, Field, Member, Primitive, Shape, Struct, TypeRef},
    name::{MemberName, TypeName, ident},
};

/// The constants of an object's optional properties. What is absent stays absent on the wire.
pub(super) fn constants(context: Context<'_>, object: &Struct, names: &TypeName) -> Vec<TokenStream> {
    let members = object.members.iter().zip(&names.members);
    members
        .filter_map(|(member, member_name)| match member {
            Member::Field(field) if !field.presence.is_required() => constant(context, field, member_name, names),
            _ => None,
        })
        .collect()
}

fn constant(context: Context<'_>, field: &Field, name: &MemberName, names: &TypeName) -> Option<TokenStream> {
    let (ty, value) = typed(context, field, names)?;
    let constant = ident(&name.default);
    let docs = docs::attributes(&format!("What the server takes where `{}` is absent.", field.name));
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #docs
        #deprecated
        pub const #constant: #ty = #value;
    })
}

fn typed(context: Context<'_>, field: &Field, names: &TypeName) -> Option<(TokenStream, TokenStream)> {
    match field.default.as_ref()? {
        DefaultValue::Bool(value) => Some((quote!(bool), quote!(#value))),
        DefaultValue::Integer(value) => {
            let literal = numbers::integer(*value);
            Some((context.ty(&field.ty, Some(&names.module)), quote!(#literal)))
        }
        DefaultValue::Number(value) if field.ty == TypeRef::Primitive(Primitive::Float) => {
            let literal = numbers::float(*value);
            Some((quote!(f32), quote!(#literal)))
        }
        DefaultValue::Number(value) => {
            let literal = numbers::float(*value);
            Some((quote!(f64), quote!(#literal)))
        }
        DefaultValue::Text(text) => match field.ty {
            TypeRef::Named(id) => match &context.api.type_def(id).shape {
                Shape::Enum(values) => {
                    let index = values.values.iter().position(|value| value.value == *text)?;
                    let variant = ident(context.names.type_name(id).variants.get(index)?);
                    let ty = context.ty(&field.ty, Some(&names.module));
                    Some((ty.clone(), quote!(#ty::#variant)))
                }
                Shape::Newtype(_) => Some((quote!(&'static str), quote!(#text))),
                _ => None,
            },
            _ => Some((quote!(&'static str), quote!(#text))),
        },
    }
}
