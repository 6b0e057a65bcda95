//! What belongs to the whole client: features, servers, credentials, payloads of webhooks.

use super::{Anchor, Entry, Item, Kind, List, calls, types};
use crate::{
    emit::Context,
    ir::{FlowKind, KeyLocation, SchemeKind, SecurityScheme, Server},
    name::{Named, NamedScheme, ident},
};

pub(super) fn items(context: Context<'_>, into: &mut Vec<Item>) {
    features(context, into);
    let servers = context.names.servers.iter().enumerate();
    let of_operations = context.api.operations().flat_map(|(_, operation)| &operation.servers);
    let of_operations: Vec<usize> = of_operations.map(|id| id.index()).collect();
    let listed = servers.filter(|(index, _)| context.makes_clients || of_operations.contains(index));
    into.extend(listed.map(|(_, named)| server(named)));
    if context.makes_clients && !context.api.security.is_empty() {
        credentials(context, into);
    }
    for payload in &context.names.payloads {
        let anchor = Anchor::Payload(payload.item.origin.clone());
        let path = format!("webhooks::{}", ident(&payload.ident));
        let mut item = Item::new(path, Kind::Payload, anchor);
        item.content.part("type", types::written(context, &payload.item.ty));
        item.content.fact("origin", payload.item.origin.clone());
        item.content.docs.clone_from(&payload.item.docs);
        into.push(item);
    }
}

fn features(context: Context<'_>, into: &mut Vec<Item>) {
    if !context.features.has_groups() {
        return;
    }
    for group in &context.names.groups {
        let path = format!("feature {}", group.feature);
        into.push(Item::new(path, Kind::Feature, Anchor::Tag(group.group.name.clone())));
    }
    let general = ["all", "models"];
    into.extend(general.map(|name| Item::new(format!("feature {name}"), Kind::Feature, Anchor::Document)));
}

fn server(named: &Named<'_, Server>) -> Item {
    let server = named.item;
    let path = format!("servers::{}", ident(&named.ident));
    let mut item = Item::new(path, Kind::Server, Anchor::Server(server.url.clone()));
    item.content.part("returns", "ServerTemplate");
    item.content.fact("url", server.url.clone());
    let variables = server.variables.iter().map(|variable| {
        let allowed = match variable.allowed.as_slice() {
            [] => String::new(),
            allowed => format!(" of {}", allowed.join(" | ")),
        };
        format!("{} = {}{allowed}", variable.name, variable.default)
    });
    item.content.fact("variables", variables.collect::<Vec<_>>().join(", "));
    item.content.docs.clone_from(&server.docs);
    item
}

fn credentials(context: Context<'_>, into: &mut Vec<Item>) {
    let mut item = Item::new("Credentials".to_owned(), Kind::Credentials, Anchor::Security);
    let needed = calls::requirement(&context.api.requirement);
    item.content.fact("needed", needed);
    into.push(item);
    for named in &context.names.schemes {
        into.extend(scheme(named));
        into.extend(client_credentials(named));
    }
}

/// Returns the setter of a scheme; `None` if its credentials are not part of the request.
fn scheme(named: &NamedScheme<'_>) -> Option<Item> {
    let (parameters, sent): (&[&str], String) = match &named.scheme.kind {
        SchemeKind::Key { location, name } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            (&["impl Into<Secret>"], format!("key in {location} {name}"))
        }
        SchemeKind::Basic => (&["&str", "impl Into<Secret>"], "HTTP basic".to_owned()),
        SchemeKind::Http(word) => (&["impl Into<Secret>"], format!("HTTP {word}")),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            (&["impl Into<Secret>"], "HTTP bearer".to_owned())
        }
        SchemeKind::MutualTls => return None,
    };
    Some(setter(&named.setter, named.scheme, parameters, sent))
}

/// The setter by which a client fetches its tokens itself.
fn client_credentials(named: &NamedScheme<'_>) -> Option<Item> {
    let SchemeKind::OAuth2(flows) = &named.scheme.kind else {
        return None;
    };
    let flow = flows.iter().find(|flow| flow.kind == FlowKind::ClientCredentials)?;
    let sent = format!("tokens from {}", flow.token_url.as_deref()?);
    let parameters = &["impl Into<String>", "impl Into<Secret>", "&[&str]"];
    Some(setter(&named.client, named.scheme, parameters, sent))
}

fn setter(name: &str, scheme: &SecurityScheme, parameters: &[&str], sent: String) -> Item {
    let anchor = Anchor::Scheme(scheme.name.clone());
    let mut item = Item::new(format!("Credentials::{}", ident(name)), Kind::Scheme, anchor);
    let entries = parameters.iter().enumerate().map(|(index, ty)| Entry {
        name: index.to_string(),
        ty: (*ty).to_owned(),
        meaning: index.to_string(),
    });
    item.lists.push(List {
        of: "call",
        is_positional: true,
        entries: entries.collect(),
    });
    item.content.fact("scheme", scheme.name.clone());
    item.content.fact("sent", sent);
    item.content.docs.clone_from(&scheme.docs);
    item
}
