//! Headers of answers: a constant for each on the type of the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, runtime};
use crate::{
    ir::{Header, HeaderForm},
    name::{Named, NamedOperation, ident},
};

pub(super) fn constants(context: Context<'_>, operation: &NamedOperation<'_>) -> Vec<TokenStream> {
    let headers = operation.headers.iter();
    headers.map(|header| constant(context, header)).collect()
}

fn constant(context: Context<'_>, named: &Named<'_, Header>) -> TokenStream {
    let header = named.item;
    let wire = &header.name;
    let text = docs::paragraphs([header.docs.as_str(), &format!("Header of the answer: `{wire}`.")]);
    let docs = docs::attributes(&text);
    let deprecated = header.deprecated.then(|| quote!(#[deprecated]));
    let (path, constant, ty) = (runtime::header(), ident(&named.ident), context.ty(&header.ty, None));
    let form = match header.form {
        HeaderForm::Text => quote!(text),
        HeaderForm::Literal => quote!(literal),
        HeaderForm::Texts => quote!(texts),
        HeaderForm::Literals => quote!(literals),
        HeaderForm::Json => quote!(json),
    };
    quote! {
        #docs
        #deprecated
        pub const #constant: #path<#ty> = #path::#form(#wire);
    }
}
