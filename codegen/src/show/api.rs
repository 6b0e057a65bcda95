//! The intermediate representation without its types and operations: servers, security schemes, payloads.

use super::{
    entry::Entry,
    operations::{self, requirement, servers},
    types, words,
};
use crate::{
    at::At,
    ir::{Api, Flow, KeyLocation, Payload, SchemeKind, SecurityScheme, Server},
};

pub(super) fn entries(api: &Api) -> Vec<Entry> {
    let mut entries = vec![head(api)];
    entries.extend(
        api.servers
            .iter()
            .enumerate()
            .map(|(index, server)| of_server(index, server)),
    );
    entries.extend(api.security.iter().map(scheme));
    entries.extend(operations::entries(api));
    entries.extend(api.payloads.iter().map(|one| payload(api, one)));
    entries.extend(types::entries(api));
    entries
}

fn head(api: &Api) -> Entry {
    let mut text = format!("/api: {}\n", words::quoted(&api.title));
    if !api.usual_servers.is_empty() {
        text.extend(["  servers ", &servers(&api.usual_servers), "\n"]);
    }
    text.extend(["  security ", &requirement(&api.requirement), "\n"]);
    Entry {
        pointer: "/api".to_owned(),
        origin: Some("/info".to_owned()),
        text,
    }
}

fn of_server(index: usize, server: &Server) -> Entry {
    let pointer = format!("/servers/{index}");
    let mut text = format!("{pointer}: {}\n", words::quoted(&server.url));
    for variable in &server.variables {
        let (name, default) = (words::name(&variable.name), words::quoted(&variable.default));
        let allowed: Vec<String> = variable.allowed.iter().map(|value| words::quoted(value)).collect();
        text.extend(["  variable ", &name, ": default ", &default]);
        if !allowed.is_empty() {
            text.extend([", one of ", &allowed.join(", ")]);
        }
        text.push('\n');
    }
    Entry {
        pointer,
        origin: None,
        text,
    }
}

fn scheme(scheme: &SecurityScheme) -> Entry {
    let pointer = At::of("/security").key(&scheme.name).pointer();
    let kind = match &scheme.kind {
        SchemeKind::Key { location, name } => {
            let location = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            format!("key in {location} {}", words::name(name))
        }
        SchemeKind::Basic => "http basic".to_owned(),
        SchemeKind::Bearer => "http bearer".to_owned(),
        SchemeKind::Http(word) => format!("http {}", words::name(word)),
        SchemeKind::OAuth2(_) => "oauth2".to_owned(),
        SchemeKind::OpenIdConnect(url) => format!("openIdConnect {}", words::quoted(url)),
        SchemeKind::MutualTls => "mutualTLS".to_owned(),
    };
    let mut text = format!("{}: {kind}\n", words::one_line(&pointer));
    if let SchemeKind::OAuth2(flows) = &scheme.kind {
        for flow in flows {
            text.extend(["  ", &flow_line(flow), "\n"]);
        }
    }
    Entry {
        pointer,
        origin: Some(At::of("/components/securitySchemes").key(&scheme.name).pointer()),
        text,
    }
}

fn flow_line(flow: &Flow) -> String {
    let mut line = format!("flow {}", flow.kind.as_str());
    let urls = [("token", &flow.token_url), ("authorization", &flow.authorization_url)];
    for (kind, url) in urls {
        if let Some(url) = url {
            line.extend([", ", kind, " at ", &words::quoted(url)]);
        }
    }
    let scopes = words::names(flow.scopes.iter().map(|(scope, _)| scope.as_str()));
    if !scopes.is_empty() {
        line.extend([", scopes ", &scopes]);
    }
    line
}

fn payload(api: &Api, payload: &Payload) -> Entry {
    let pointer = At::of("/payloads").key(&payload.name).pointer();
    let ty = types::type_ref(api, &payload.ty);
    Entry {
        text: format!(
            "{}: {ty}, from {}\n",
            words::one_line(&pointer),
            words::one_line(&payload.origin)
        ),
        pointer,
        origin: None,
    }
}
