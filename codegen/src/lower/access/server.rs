//! Servers of the document, of paths and of operations.

use crate::{
    at::At,
    diagnostic::{Code, Severity},
    ir::{Api, Server, ServerId, ServerVariable},
    lower::report::Report,
};

const WRITE_A_URL: &str = "write `https://...`, or a path such as `/v1`";

/// The servers that have been found.
#[derive(Default)]
pub(in crate::lower) struct Servers {
    /// In the order in which they are found.
    all: Vec<Server>,
    /// The URL of the server of operations that name none.
    first: Option<String>,
}

impl Servers {
    /// The servers of the document.
    pub(in crate::lower) fn of_document(
        &mut self,
        declared: &[openapiv3::Server],
        report: &mut Report<'_>,
    ) -> Vec<ServerId> {
        let servers = lower_servers(declared, &At::ROOT.key("servers"), Severity::Warning, report);
        self.first = servers.first().map(|server| server.url.clone());
        servers.into_iter().map(|server| self.id(server)).collect()
    }

    /// The servers of an operation, or else those of its path.
    pub(in crate::lower) fn of_operation(
        &mut self,
        (of_path, path_at): (&[openapiv3::Server], &At<'_>),
        (of_operation, at): (&[openapiv3::Server], &At<'_>),
        report: &mut Report<'_>,
    ) -> Vec<ServerId> {
        let servers = if of_operation.is_empty() {
            lower_servers(of_path, &path_at.key("servers"), Severity::Error, report)
        } else {
            lower_servers(of_operation, &at.key("servers"), Severity::Error, report)
        };
        let first = servers.first().map(|server| &server.url);
        if first == self.first.as_ref() {
            return Vec::new();
        }
        servers.into_iter().map(|server| self.id(server)).collect()
    }

    /// The place of a server among all; they are sorted at the end.
    fn id(&mut self, server: Server) -> ServerId {
        let known = self.all.iter().position(|known| *known == server);
        ServerId(known.unwrap_or_else(|| {
            self.all.push(server);
            self.all.len() - 1
        }))
    }

    /// All servers, in the order in which they were found.
    pub(in crate::lower) fn finish(self) -> Vec<Server> {
        self.all
    }
}

/// Returns the servers of a list that calls can be sent to. A string that is not a URL, such as `Your host here`, is left
/// out. If the list contains nothing else, that is reported with this severity.
fn lower_servers(
    declared: &[openapiv3::Server],
    at: &At<'_>,
    of_none: Severity,
    report: &mut Report<'_>,
) -> Vec<Server> {
    let has_url = declared.iter().any(|server| !is_no_url(&server.url));
    let mut servers = Vec::with_capacity(declared.len());
    for (index, declared) in declared.iter().enumerate() {
        let at = at.index(index);
        if is_no_url(&declared.url) {
            let severity = if has_url { Severity::Warning } else { of_none };
            no_url(&declared.url, severity, &at.key("url"), report);
            continue;
        }
        check_server(declared, &at, report);
        servers.push(server(declared));
    }
    servers
}

fn no_url(url: &str, severity: Severity, at: &At<'_>, report: &mut Report<'_>) {
    let message = format!("`{url}` is not a valid server URL: it contains characters that a URL cannot contain");
    if severity == Severity::Error {
        report.error(Code::InvalidValue, at, message, WRITE_A_URL);
    } else {
        report.warn(Code::InvalidValue, at, message + "; it is ignored", WRITE_A_URL);
    }
}

fn check_server(server: &openapiv3::Server, at: &At<'_>, report: &mut Report<'_>) {
    let url = at.key("url");
    if let Some(reason) = refusal(&server.url) {
        let message = format!("`{}` is not a valid server URL: {reason}", server.url);
        report.error(Code::InvalidValue, &url, message, WRITE_A_URL);
    } else if server.url.is_empty() {
        let message = "an empty URL is read as `/`: the root of the server that provides the document";
        report.warn(Code::InvalidValue, &url, message, "write `/`, or the complete URL");
    } else if has_more_than_a_base_url(&server.url) {
        let message = "the URL of a server must not have a user name, a query or a fragment: calls to this server are \
            refused";
        let help = "write only scheme, host and path; declare keys in a security scheme";
        report.warn(Code::Weakened, &url, message, help);
    }
    let used: Vec<&str> = variables(&server.url).collect();
    let declared = || server.variables.iter().flatten();
    for name in used.iter().filter(|name| declared().all(|(known, _)| known != *name)) {
        let message = format!("variable `{name}` is not declared: the caller must set it");
        report.warn(
            Code::Weakened,
            &url,
            message,
            "declare it in `variables` with a default",
        );
    }
    for (name, variable) in declared() {
        let at = at.key("variables");
        let at = at.key(name);
        if !used.contains(&name.as_str()) {
            let message = format!("variable `{name}` does not occur in the URL of the server: it is ignored");
            report.warn(Code::Weakened, &at, message, "remove it, or add it to the URL");
        } else if !variable.enumeration.is_empty() && !variable.enumeration.contains(&variable.default) {
            let message = format!("default `{}` is not a value of `{name}`", variable.default);
            let help = "add it to `enum`, or use one of the values as the default";
            report.warn(Code::Weakened, &at.key("default"), message, help);
        }
    }
}

/// Sorts the servers, so that references to them do not depend on their order in the document.
pub(in crate::lower) fn sort(api: &mut Api) {
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
    let mut variables: Vec<ServerVariable> = variables.collect();
    variables.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let url = match server.url.as_str() {
        "" => "/",
        url => url,
    };
    Server {
        url: url.to_owned(),
        docs: server.description.clone().unwrap_or_default(),
        variables,
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

/// Returns whether a string contains characters that are not allowed in a URL.
fn is_no_url(text: &str) -> bool {
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`|".contains(c);
    text.contains(is_foreign)
}

/// Why a template cannot be the URL of a server.
fn refusal(url: &str) -> Option<&'static str> {
    let before_path = url.split('/').next().unwrap_or_default();
    let (scheme, _) = before_path.split_once(':')?;
    if scheme.starts_with('{') {
        return None;
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Some("only http and https are supported");
    }
    let authority = url.get(scheme.len() + 1..).and_then(|rest| rest.strip_prefix("//"));
    let host = authority.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        None | Some("") => Some("the host is missing"),
        Some(host) if host.matches('[').count() != host.matches(']').count() => Some("the brackets do not match"),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_no_url, refusal};

    #[test]
    fn servers_are_http_or_relative() {
        for url in [
            "https://a.example/v1",
            "/v1",
            "v1",
            "https://{tenant}.a.example",
            "{scheme}://a.example",
            "http://[::1]:8080",
            "",
        ] {
            assert_eq!(refusal(url), None, "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://[::1",
            "ht!tp://x",
            "https://",
        ] {
            assert!(refusal(url).is_some(), "{url}");
        }
        assert!(is_no_url("https://a b") && is_no_url("<address>"));
    }
}
