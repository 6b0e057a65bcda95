//! Servers of the document, of paths and of operations.

use super::Lowering;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Api, Server, ServerId, ServerVariable},
};

impl Lowering<'_> {
    /// The servers of a list at this place, looked at.
    pub(super) fn servers(&mut self, declared: &[openapiv3::Server], at: &At<'_>) -> Vec<Server> {
        for (index, server) in declared.iter().enumerate() {
            self.check_server(server, &at.index(index));
        }
        declared.iter().map(server).collect()
    }

    /// The servers of an operation, or else those of its path.
    pub(super) fn operation_servers(
        &mut self,
        (of_path, path_at): (&[openapiv3::Server], &At<'_>),
        (of_operation, at): (&[openapiv3::Server], &At<'_>),
    ) -> Vec<ServerId> {
        let servers = if of_operation.is_empty() {
            self.servers(of_path, &path_at.key("servers"))
        } else {
            self.servers(of_operation, &at.key("servers"))
        };
        let first = servers.iter().map(|server| &server.url).next();
        if first == self.openapi().servers.first().map(|server| &server.url) {
            return Vec::new();
        }
        servers.into_iter().map(|server| self.server_id(server)).collect()
    }

    /// The place of a server among all; they are sorted at the end.
    pub(super) fn server_id(&mut self, server: Server) -> ServerId {
        let known = self.servers.iter().position(|known| *known == server);
        ServerId(known.unwrap_or_else(|| {
            self.servers.push(server);
            self.servers.len() - 1
        }))
    }

    fn check_server(&mut self, server: &openapiv3::Server, at: &At<'_>) {
        let url = at.key("url");
        if let Some(reason) = refusal(&server.url) {
            let message = format!("`{}` is no URL of a server: {reason}", server.url);
            let help = "write `https://...`, or a path such as `/v1`";
            self.error(Code::InvalidValue, &url, message, help);
        } else if has_more_than_a_base_url(&server.url) {
            let message = "a base URL has no user name, no query and no fragment: calls to this server are refused";
            let help = "write scheme, host and path alone; a key belongs into a security scheme";
            self.warn(Code::Weakened, &url, message, help);
        }
        let used: Vec<&str> = variables(&server.url).collect();
        let declared = || server.variables.iter().flatten();
        for name in used.iter().filter(|name| declared().all(|(known, _)| known != *name)) {
            let message = format!("the variable `{name}` is not declared: a caller has to set it");
            self.warn(
                Code::Weakened,
                &url,
                message,
                "declare it with a default in `variables`",
            );
        }
        for (name, variable) in declared() {
            let at = at.key("variables");
            let at = at.key(name);
            if !used.contains(&name.as_str()) {
                let message = format!("the server's URL has no variable `{name}`: it is ignored");
                self.warn(Code::Weakened, &at, message, "remove it, or write it into the URL");
            } else if !variable.enumeration.is_empty() && !variable.enumeration.contains(&variable.default) {
                let message = format!("the default `{}` is none of the values of `{name}`", variable.default);
                let help = "add it to `enum`, or take one of those for the default";
                self.warn(Code::Weakened, &at.key("default"), message, help);
            }
        }
    }
}

/// Sorts the servers, so that what refers to them does not depend on where they stand in the document.
pub(super) fn sort(api: &mut Api) {
    let mut order: Vec<usize> = (0..api.servers.len()).collect();
    order.sort_by_key(|index| &api.servers[*index]);
    let mut place = vec![ServerId(0); order.len()];
    for (new, old) in order.into_iter().enumerate() {
        place[old] = ServerId(new);
    }
    api.servers.sort();
    let operations = api.groups.iter_mut().flat_map(|group| &mut group.operations);
    let of_operations = operations.flat_map(|operation| &mut operation.servers);
    for id in api.usual_servers.iter_mut().chain(of_operations) {
        *id = place[id.index()];
    }
}

fn server(server: &openapiv3::Server) -> Server {
    let used: Vec<&str> = variables(&server.url).collect();
    let declared = server.variables.iter().flatten();
    let variables = declared
        .filter(|(name, _)| used.contains(&name.as_str()))
        .map(|(name, variable)| ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            allowed: variable.enumeration.clone(),
            docs: variable.description.clone().unwrap_or_default(),
        });
    Server {
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_default(),
        variables: variables.collect(),
    }
}

/// The names between braces.
fn variables(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

fn has_more_than_a_base_url(url: &str) -> bool {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    url.contains(['?', '#']) || authority.contains('@')
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

#[cfg(test)]
mod tests {
    use super::refusal;

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
}
