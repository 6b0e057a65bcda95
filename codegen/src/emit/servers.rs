//! The servers of the document: a function for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Context, Item,
    docs::{self, code, one_line},
    form::Entry,
    runtime,
};
use crate::{
    ir::Server,
    name::{Named, ident},
};

/// The servers of which something is generated: all, or for a face written by hand those that operations have.
pub(super) fn listed(context: Context<'_>) -> impl Iterator<Item = &Named<'_, Server>> {
    let operations = context.api.operations().flat_map(|(_, operation)| &operation.servers);
    let of_operations: std::collections::BTreeSet<usize> = operations.map(|id| id.index()).collect();
    let servers = context.names.servers.iter();
    servers
        .enumerate()
        .filter(move |(index, _)| context.makes_clients || of_operations.contains(index))
        .map(|(_, server)| server)
}

pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let import = Item::Lines(vec![Entry::word(runtime::SERVER_TEMPLATE_IMPORT)]);
    let servers = listed(context).map(|server| Item::Whole(item(server)));
    std::iter::once(import).chain(servers).collect()
}

fn item(named: &Named<'_, Server>) -> TokenStream {
    let server = named.item;
    let (name, url) = (ident(&named.ident), &server.url);
    let variables = server.variables.iter().map(|variable| {
        let (name, default, allowed) = (&variable.name, &variable.default, &variable.allowed);
        quote!(.variable(#name, #default, &[#(#allowed),*]))
    });
    let docs = docs::attributes(&item_docs(server));
    quote! {
        #docs
        #[must_use]
        pub fn #name() -> ServerTemplate {
            ServerTemplate::new(#url) #(#variables)*
        }
    }
}

fn item_docs(server: &Server) -> String {
    docs::paragraphs([
        server.docs.as_str(),
        code(&server.url).as_str(),
        variables(server).as_str(),
    ])
}

/// The variables of a server as a list.
pub(super) fn variables(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let allowed: Vec<String> = variable.allowed.iter().map(|value| code(value)).collect();
        let allowed = if allowed.is_empty() {
            String::new()
        } else {
            format!(", one of {}", allowed.join(", "))
        };
        let docs = one_line(&variable.docs);
        let docs = if docs.is_empty() { docs } else { format!(": {docs}") };
        format!(
            "- {}, by default {}{allowed}{docs}",
            code(&variable.name),
            code(&variable.default)
        )
    });
    variables.collect::<Vec<_>>().join("\n")
}
