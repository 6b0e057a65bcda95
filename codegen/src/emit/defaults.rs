//! Defaults: a constant for each property whose absence the server reads as a value.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, numbers};
use crate::{
    ir::{DefaultValue, Field, Primitive, TypeRef},
    name::{NamedField, NamedShape, NamedStruct, ident},
};

/// The constants of an object's optional properties. What is absent stays absent on the wire.
pub(super) fn constants(context: Context<'_>, object: &NamedStruct<'_>, module: &[String]) -> Vec<TokenStream> {
    let optional = object.fields().filter(|field| !field.item.presence.is_required());
    optional.filter_map(|field| constant(context, field, module)).collect()
}

fn constant(context: Context<'_>, named: &NamedField<'_>, module: &[String]) -> Option<TokenStream> {
    let field = named.item;
    let constant = ident(named.default.as_ref()?);
    let (ty, value) = typed(context, field, module)?;
    let docs = docs::attributes(&format!("What the server takes where `{}` is absent.", field.name));
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #docs
        #deprecated
        pub const #constant: #ty = #value;
    })
}

fn typed(context: Context<'_>, field: &Field, module: &[String]) -> Option<(TokenStream, TokenStream)> {
    match field.default.as_ref()? {
        DefaultValue::Bool(value) => Some((quote!(bool), quote!(#value))),
        DefaultValue::Integer(value) => {
            let literal = numbers::integer(*value);
            Some((context.ty(&field.ty, Some(module)), quote!(#literal)))
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
            TypeRef::Named(id) => match &context.names.ty(id).shape {
                NamedShape::Enum(values) => {
                    let variant = ident(&values.iter().find(|value| value.item.value == *text)?.ident);
                    let ty = context.ty(&field.ty, Some(module));
                    Some((ty.clone(), quote!(#ty::#variant)))
                }
                NamedShape::Newtype(_) => Some((quote!(&'static str), quote!(#text))),
                _ => None,
            },
            _ => Some((quote!(&'static str), quote!(#text))),
        },
    }
}
