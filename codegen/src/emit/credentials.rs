//! The credentials of a client: a setter for each security scheme.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Context, Entry, Item,
    docs::{self, code, one_line},
    runtime,
};
use crate::{
    ir::{Flow, FlowKind, KeyLocation, SchemeKind, SecurityScheme},
    name::{NamedScheme, ident},
};

/// Whether any scheme has credentials that a caller gives.
pub(super) fn is_needed(context: Context<'_>) -> bool {
    let mut schemes = context.api.security.iter();
    schemes.any(|scheme| !matches!(scheme.kind, SchemeKind::MutualTls))
}

pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let credentials = runtime::credentials();
    let required = context.api.requirement.iter().map(|schemes| quote!([#(#schemes),*]));
    let schemes = &context.names.schemes;
    vec![
        Item::Lines(vec![Entry::word(runtime::CREDENTIALS_IMPORTS)]),
        Item::Whole(quote! {
            /// What authorizes calls, by the ways that the document declares.
            ///
            /// Each operation is sent with what it needs and nothing else, and only to the client's own server.
            #[derive(Debug)]
            pub struct Credentials(#credentials);
        }),
        Item::Whole(quote!(credentials!(Credentials, [#(#required),*]);)),
        Item::Impl {
            head: quote!(impl Credentials),
            members: schemes.iter().flat_map(members).collect(),
        },
    ]
}

/// Returns the setters of a scheme; none if its credentials are not part of the request.
fn members(named: &NamedScheme<'_>) -> Vec<TokenStream> {
    let scheme = named.scheme;
    let name = &scheme.name;
    let (parameters, step) = match &scheme.kind {
        SchemeKind::Key { location, name: key } => {
            let step = match location {
                KeyLocation::Header => quote!(key_in_header),
                KeyLocation::Query => quote!(key_in_query),
                KeyLocation::Cookie => quote!(key_in_cookie),
            };
            (quote!(key: impl Into<Secret>), quote!(.#step(#name, #key, key)))
        }
        SchemeKind::Basic => (
            quote!(user: &str, password: impl Into<Secret>),
            quote!(.basic(#name, user, password)),
        ),
        SchemeKind::Http(word) => (
            quote!(credentials: impl Into<Secret>),
            quote!(.http(#name, #word, credentials)),
        ),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            (quote!(token: impl Into<Secret>), quote!(.bearer(#name, token)))
        }
        SchemeKind::MutualTls => return Vec::new(),
    };
    let mut members = vec![setter(&named.setter, &setter_docs(scheme), &parameters, &step)];
    members.extend(client_credentials(named));
    members
}

/// The setter by which a client fetches its tokens itself.
fn client_credentials(named: &NamedScheme<'_>) -> Option<TokenStream> {
    let scheme = named.scheme;
    let SchemeKind::OAuth2(flows) = &scheme.kind else {
        return None;
    };
    let flow = flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials)?;
    let (name, url) = (&scheme.name, flow.token_url.as_deref()?);
    let text = docs::paragraphs([
        format!(
            "{}: tokens for a client's id and secret, from {}. Without scopes the server decides.",
            code(name),
            code(url)
        )
        .as_str(),
        scopes(std::slice::from_ref(flow)).as_str(),
    ]);
    let parameters = quote!(id: impl Into<String>, secret: impl Into<Secret>, scopes: &[&str]);
    let step = quote!(.client_credentials(#name, #url, (id, secret), scopes));
    Some(setter(&named.client, &text, &parameters, &step))
}

fn setter(name: &str, text: &str, parameters: &TokenStream, step: &TokenStream) -> TokenStream {
    let (name, text) = (ident(name), docs::attributes(text));
    quote! {
        #text
        #[must_use]
        pub fn #name(self, #parameters) -> Self {
            Self(self.0 #step)
        }
    }
}

fn setter_docs(scheme: &SecurityScheme) -> String {
    let head = format!("{}: {}.", code(&scheme.name), describe(&scheme.kind));
    let (ways, scopes) = match &scheme.kind {
        SchemeKind::OAuth2(flows) => (
            flows.iter().filter_map(way).collect::<Vec<_>>().join("\n"),
            scopes(flows),
        ),
        SchemeKind::OpenIdConnect(_) => ("Takes a token that was fetched already.".to_owned(), String::new()),
        SchemeKind::Http(word) => (
            format!("Takes what follows {} in `Authorization`.", code(word)),
            String::new(),
        ),
        _ => (String::new(), String::new()),
    };
    docs::paragraphs([head.as_str(), scheme.docs.as_str(), ways.as_str(), scopes.as_str()])
}

/// Where the token of a flow comes from that the client does not follow itself.
fn way(flow: &Flow) -> Option<String> {
    let authorization = flow
        .authorization_url
        .as_deref()
        .map(|url| format!("agreed to at {}", code(url)));
    let token = flow.token_url.as_deref().map(|url| format!("fetched at {}", code(url)));
    let steps: Vec<String> = authorization.into_iter().chain(token).collect();
    (flow.kind != FlowKind::ClientCredentials).then(|| {
        format!(
            "- A token of the flow `{}`, {}.",
            flow.kind.as_str(),
            steps.join(" and ")
        )
    })
}

fn scopes(flows: &[Flow]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (scope, docs) in flows.iter().flat_map(|flow| &flow.scopes) {
        let line = match one_line(docs) {
            docs if docs.is_empty() => format!("- {}", code(scope)),
            docs => format!("- {}: {docs}", code(scope)),
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("Scopes:\n{}", lines.join("\n"))
}

/// What a scheme is, in a few words.
pub(super) fn describe(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Key { location, name } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            format!("API key {} in the {location}", code(name))
        }
        SchemeKind::Basic => "HTTP basic".to_owned(),
        SchemeKind::Bearer => "HTTP bearer".to_owned(),
        SchemeKind::Http(word) => format!("HTTP {}", code(word)),
        SchemeKind::OAuth2(flows) => {
            let client = flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials);
            match client.and_then(|flow| flow.token_url.as_deref()) {
                Some(url) => format!("OAuth2 client credentials at {}", code(url)),
                None => "OAuth2".to_owned(),
            }
        }
        SchemeKind::OpenIdConnect(url) => format!("OpenID Connect at {}", code(url)),
        SchemeKind::MutualTls => "client certificate, which the transport shows".to_owned(),
    }
}
