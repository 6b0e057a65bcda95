//! Servers and security schemes.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme as Scheme};

use super::Lowering;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{SecurityScheme, Server, ServerVariable},
};

pub(super) fn servers(lowering: &mut Lowering<'_>) -> Vec<Server> {
    let at = At::ROOT.key("servers");
    let declared = &lowering.openapi().servers;
    for (index, server) in declared.iter().enumerate() {
        if let Some(reason) = refusal(&server.url) {
            let at = at.index(index);
            let message = format!("`{}` is no URL of a server: {reason}", server.url);
            lowering.error(
                Code::InvalidValue,
                &at.key("url"),
                message,
                "write `https://...`, or a path such as `/v1`",
            );
        }
    }
    declared.iter().map(server).collect()
}

fn server(server: &openapiv3::Server) -> Server {
    let variable = |(name, variable): (&String, &openapiv3::ServerVariable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        docs: variable.description.clone().unwrap_or_default(),
    };
    Server {
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_default(),
        variables: server.variables.iter().flatten().map(variable).collect(),
    }
}

/// Why a template cannot be the URL of a server.
fn refusal(url: &str) -> Option<&'static str> {
    if url.is_empty() {
        return Some("it is empty");
    }
    if url
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '|'))
    {
        return Some("it holds characters that no URL has");
    }
    let before_path = url.split('/').next().unwrap_or_default();
    let (scheme, _) = before_path.split_once(':')?;
    if scheme.starts_with('{') {
        return None;
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Some("only http and https are spoken here");
    }
    let authority = url.get(scheme.len() + 1..).and_then(|rest| rest.strip_prefix("//"));
    let host = authority.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        None | Some("") => Some("it names no host"),
        Some(host) if host.matches('[').count() != host.matches(']').count() => Some("its brackets do not match"),
        Some(_) => None,
    }
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
        if let Scheme::APIKey {
            location: APIKeyLocation::Header,
            name: header,
            ..
        } = scheme
            && !is_token(header)
        {
            let at = at.key(name);
            let message = format!("`{header}` is no name of a header");
            lowering.error(
                Code::InvalidValue,
                &at.key("name"),
                message,
                "use letters, digits and dashes",
            );
        }
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

/// Whether a text can be the name of a header: a token of RFC 9110.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{is_token, refusal};

    #[test]
    fn servers_are_http_or_relative() {
        for url in [
            "https://a.example/v1",
            "/v1",
            "v1",
            "https://{tenant}.a.example",
            "{scheme}://a.example",
            "http://[::1]:8080",
        ] {
            assert_eq!(refusal(url), None, "{url}");
        }
        for url in [
            "",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://[::1",
            "ht!tp://x",
            "https://",
            "https://a b",
        ] {
            assert!(refusal(url).is_some(), "{url}");
        }
    }

    #[test]
    fn header_names_are_tokens() {
        assert!(is_token("X-Request-Id"));
        assert!(!is_token("X-A\r\nX-Evil: 1") && !is_token(""));
    }
}
