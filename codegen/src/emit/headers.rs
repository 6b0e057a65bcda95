//! Headers of answers: a constant for each on the type of the call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, docs, runtime};
use crate::{
    ir::{Header, HeaderForm, Operation},
    name::{OperationName, ident},
};

pub(super) fn constants(context: Context<'_>, operation: &Operation, names: &OperationName) -> Vec<TokenStream> {
    let headers = operation.answers.headers.iter().zip(&names.headers);
    headers.map(|(header, name)| constant(context, header, name)).collect()
}

fn constant(context: Context<'_>, header: &Header, name: &str) -> TokenStream {
    let wire = &header.name;
    let text = docs::paragraphs([header.docs.as_str(), &format!("Header of the answer: `{wire}`.")]);
    let docs = docs::attributes(&text);
    let deprecated = header.deprecated.then(|| quote!(#[deprecated]));
    let (path, constant, ty) = (runtime::header(), ident(name), context.ty(&header.ty, None));
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
