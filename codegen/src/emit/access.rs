//! Where an operation is served and what it needs, where that is its own.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, credentials::code, docs};
use crate::{
    ir::{Operation, Requirement},
    name::ident,
};

/// The steps that tell the runtime.
pub(super) fn steps(context: Context<'_>, operation: &Operation) -> TokenStream {
    let security = operation.security.as_ref().map(security_step);
    let server = operation.servers.first().map(|id| {
        let name = ident(&context.names.server(*id).ident);
        quote!(.server(super::super::servers::#name))
    });
    quote!(#security #server)
}

/// The same for the reader.
pub(super) fn docs(context: Context<'_>, operation: &Operation) -> String {
    let servers = operation
        .servers
        .iter()
        .map(|id| code(&context.api.servers[id.index()].url));
    let servers = match servers.collect::<Vec<_>>().join(", or ") {
        none if none.is_empty() => none,
        servers => format!("Server: {servers}, unless the client has a base URL of its own."),
    };
    docs::paragraphs([security_docs(operation).as_str(), servers.as_str()])
}

/// What the operation needs of the document's security schemes.
fn security_step(required: &Requirement) -> TokenStream {
    let alternatives = required.iter().map(|schemes| quote!(&[#(#schemes),*]));
    quote!(.security(&[#(#alternatives),*]))
}

fn security_docs(operation: &Operation) -> String {
    let all = |schemes: &Vec<String>| match schemes.as_slice() {
        [] => "none".to_owned(),
        schemes => schemes
            .iter()
            .map(|scheme| code(scheme))
            .collect::<Vec<_>>()
            .join(" with "),
    };
    let needs = match operation.security.as_deref() {
        None => String::new(),
        Some([]) => "Needs no credential.".to_owned(),
        Some(required) => format!(
            "Credentials: {}.",
            required.iter().map(all).collect::<Vec<_>>().join(", or ")
        ),
    };
    let scopes = operation
        .scopes
        .iter()
        .map(|(scheme, scope)| format!("{} of {}", code(scope), code(scheme)));
    let scopes = scopes.collect::<Vec<_>>().join(", ");
    if scopes.is_empty() {
        return needs;
    }
    format!("{needs} Scopes: {scopes}.")
}
