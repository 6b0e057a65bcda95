//! Servers and security schemes.

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityScheme as Scheme};

use super::Lowering;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{SecurityScheme, Server, ServerVariable},
};

pub(super) fn servers(openapi: &OpenAPI) -> Vec<Server> {
    let server = |server: &openapiv3::Server| Server {
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_default(),
        variables: server
            .variables
            .iter()
            .flatten()
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                docs: variable.description.clone().unwrap_or_default(),
            })
            .collect(),
    };
    openapi.servers.iter().map(server).collect()
}

pub(super) fn schemes(lowering: &mut Lowering<'_>) -> Vec<SecurityScheme> {
    let Some(components) = &lowering.openapi().components else {
        return Vec::new();
    };
    let at = At::ROOT.key("components");
    let at = at.key("securitySchemes");
    let mut schemes = Vec::new();
    for (name, scheme) in &components.security_schemes {
        let ReferenceOr::Item(scheme) = scheme else {
            let message = format!("the security scheme `{name}` is a reference, which is not followed here");
            lowering.warn(Code::Weakened, &at.key(name), message, "write the scheme itself");
            continue;
        };
        schemes.push(SecurityScheme {
            name: name.clone(),
            kind: kind(scheme),
        });
    }
    schemes.sort_by(|a, b| a.name.cmp(&b.name));
    schemes
}

fn kind(scheme: &Scheme) -> String {
    match scheme {
        Scheme::APIKey { location, name, .. } => {
            let location = match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            };
            format!("API key `{name}` in the {location}")
        }
        Scheme::HTTP { scheme, .. } => format!("HTTP {scheme}"),
        Scheme::OAuth2 { flows, .. } => match &flows.client_credentials {
            Some(flow) => format!("OAuth2 client credentials at `{}`", flow.token_url),
            None => "OAuth2".to_owned(),
        },
        Scheme::OpenIDConnect {
            open_id_connect_url, ..
        } => format!("OpenID Connect at `{open_id_connect_url}`"),
    }
}
