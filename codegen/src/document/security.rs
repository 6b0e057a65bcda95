//! Security schemes.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow, OAuth2Flows,
    PasswordOAuth2Flow, SecurityRequirement, SecurityScheme,
};

use super::fields::{Fields, Names, Walk, quoted};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::{did_you_mean, nearest},
    normalize::Version,
    read::Node,
};

/// Reads the requirements of a document or of an operation.
pub(super) fn security(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Option<Vec<SecurityRequirement>> {
    let node = fields.get("security")?;
    let here = at.key("security");
    let elements = walk.elements(node, &here, "security");
    let requirements = elements.iter().enumerate().map(|(i, element)| {
        misspelt_schemes(walk, element, &here.index(i));
        walk.map(
            element,
            &here.index(i),
            "a security requirement",
            Names::Any,
            |walk, scopes, at| {
                let elements = walk.elements(scopes, at, "the scopes");
                Some(
                    elements
                        .iter()
                        .enumerate()
                        .filter_map(|(i, scope)| walk.string(scope, &at.index(i), "a scope"))
                        .collect(),
                )
            },
        )
    });
    Some(requirements.collect())
}

/// Proposes the security scheme that is nearly the one that a requirement names.
fn misspelt_schemes(walk: &mut Walk<'_>, requirement: &Node, at: &At<'_>) {
    let schemes = walk.root.at("/components/securitySchemes").and_then(Node::as_object);
    for member in requirement.as_object().into_iter().flatten() {
        let known = || schemes.into_iter().flatten().map(|scheme| &*scheme.name);
        if !known().any(|scheme| *scheme == *member.name)
            && let Some(near) = nearest(&member.name, known())
        {
            let message = format!(
                "security scheme `{}` is not declared: the caller must add the credentials to each request",
                member.name
            );
            let help = format!("did you mean `{near}`?");
            walk.warn(Code::InvalidValue, &member.value, &at.key(&member.name), message, &help);
        }
    }
}

/// The key among the extensions of an HTTP scheme that makes a security scheme of type `mutualTLS` of it: `openapiv3` has no
/// such type. No document can write the key: extensions of documents begin with `x-`.
pub const MUTUAL_TLS: &str = "mutualTLS";

pub(super) fn security_scheme(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<SecurityScheme> {
    let mut fields = walk.object(node, at, "a security scheme")?;
    let description = fields.text(walk, at, "description");
    let kind = fields.required_text(walk, at, "type")?;
    let scheme = match kind.as_str() {
        "apiKey" => return api_key(walk, node, at, fields, description),
        "http" => {
            let scheme = fields.required_text(walk, at, "scheme");
            let bearer_format = fields.text(walk, at, "bearerFormat");
            fields.leave_out(walk, at, &["bearerFormat"]);
            let extensions = fields.finish(walk, at);
            SecurityScheme::HTTP {
                scheme: scheme?,
                bearer_format,
                description,
                extensions,
            }
        }
        "oauth2" => {
            if !fields.has("flows") {
                fields.missing(walk, at, "flows");
            }
            let flows = fields.get("flows").and_then(|node| flows(walk, node, &at.key("flows")));
            let extensions = fields.finish(walk, at);
            SecurityScheme::OAuth2 {
                flows: flows?,
                description,
                extensions,
            }
        }
        "openIdConnect" => {
            let url = fields.required_text(walk, at, "openIdConnectUrl");
            let extensions = fields.finish(walk, at);
            SecurityScheme::OpenIDConnect {
                open_id_connect_url: url?,
                description,
                extensions,
            }
        }
        "mutualTLS" => mutual_tls(description, fields.finish(walk, at)),
        other => {
            let message = format!("a security scheme cannot be of type `{other}`");
            let types = types(walk.version);
            let help = match other {
                "basic" | "bearer" if walk.version != Version::V20 => {
                    format!("write `type: http` and `scheme: {other}`")
                }
                _ => did_you_mean(other, types.iter().copied(), &format!("use {}", quoted(types))),
            };
            walk.error(Code::InvalidValue, node, &at.key("type"), message, &help);
            return None;
        }
    };
    Some(scheme)
}

fn mutual_tls(description: Option<String>, mut extensions: IndexMap<String, serde_json::Value>) -> SecurityScheme {
    extensions.insert(MUTUAL_TLS.to_owned(), true.into());
    SecurityScheme::HTTP {
        scheme: String::new(),
        bearer_format: None,
        description,
        extensions,
    }
}

/// The types of security schemes.
fn types(version: Version) -> &'static [&'static str] {
    match version {
        Version::V20 => &["basic", "apiKey", "oauth2"],
        Version::V30 => &["apiKey", "http", "oauth2", "openIdConnect"],
        Version::V31 | Version::V32 => &["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"],
    }
}

fn api_key(
    walk: &mut Walk<'_>,
    node: &Node,
    at: &At<'_>,
    mut fields: Fields<'_>,
    description: Option<String>,
) -> Option<SecurityScheme> {
    let name = fields.required_text(walk, at, "name");
    let location = fields.required_text(walk, at, "in");
    let extensions = fields.finish(walk, at);
    let location = api_key_location(walk, node, at, &location?)?;
    Some(SecurityScheme::APIKey {
        location,
        name: name?,
        description,
        extensions,
    })
}

fn api_key_location(walk: &mut Walk<'_>, node: &Node, at: &At<'_>, location: &str) -> Option<APIKeyLocation> {
    match location {
        "query" => Some(APIKeyLocation::Query),
        "header" => Some(APIKeyLocation::Header),
        "cookie" => Some(APIKeyLocation::Cookie),
        _ => {
            let message = format!("an API key cannot be in `{location}`");
            let locations = ["query", "header", "cookie"];
            let help = did_you_mean(location, locations.into_iter(), "use `query`, `header` or `cookie`");
            walk.error(Code::InvalidValue, node, &at.key("in"), message, &help);
            None
        }
    }
}

fn flows(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<OAuth2Flows> {
    let mut fields = walk.object(node, at, "`flows`")?;
    let implicit = flow(walk, &mut fields, at, "implicit").map(|flow| ImplicitOAuth2Flow {
        authorization_url: flow.authorization_url,
        refresh_url: flow.refresh_url,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let password = flow(walk, &mut fields, at, "password").map(|flow| PasswordOAuth2Flow {
        token_url: flow.token_url,
        refresh_url: flow.refresh_url,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let client_credentials = flow(walk, &mut fields, at, "clientCredentials").map(|flow| ClientCredentialsOAuth2Flow {
        token_url: flow.token_url,
        refresh_url: flow.refresh_url,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let authorization_code = flow(walk, &mut fields, at, "authorizationCode").map(|flow| AuthorizationCodeOAuth2Flow {
        authorization_url: flow.authorization_url,
        token_url: flow.token_url,
        refresh_url: flow.refresh_url,
        scopes: flow.scopes,
        extensions: flow.extensions,
    });
    let extensions = fields.finish(walk, at);
    Some(OAuth2Flows {
        implicit,
        password,
        client_credentials,
        authorization_code,
        extensions,
    })
}

/// What the four flows share; a URL that a flow has no use for is empty.
struct Flow {
    authorization_url: String,
    token_url: String,
    refresh_url: Option<String>,
    scopes: IndexMap<String, String>,
    extensions: IndexMap<String, serde_json::Value>,
}

fn flow(walk: &mut Walk<'_>, flows: &mut Fields<'_>, at: &At<'_>, key: &'static str) -> Option<Flow> {
    let node = flows.get(key)?;
    let at = at.key(key);
    let mut fields = walk.object(node, &at, "an OAuth2 flow")?;
    let authorization_url = match key {
        "implicit" | "authorizationCode" => fields.required_text(walk, &at, "authorizationUrl"),
        _ => Some(String::new()),
    };
    let token_url = match key {
        "implicit" => Some(String::new()),
        _ => fields.required_text(walk, &at, "tokenUrl"),
    };
    let refresh_url = fields.text(walk, &at, "refreshUrl");
    fields.leave_out(walk, &at, &["refreshUrl"]);
    let scopes = fields
        .get("scopes")
        .map(|node| {
            walk.map(node, &at.key("scopes"), "`scopes`", Names::Any, |walk, node, at| {
                walk.string(node, at, "a scope")
            })
        })
        .unwrap_or_default();
    let extensions = fields.finish(walk, &at);
    Some(Flow {
        authorization_url: authorization_url?,
        token_url: token_url?,
        refresh_url,
        scopes,
        extensions,
    })
}
