//! URLs of next pages: resolved against the request's (RFC 3986), and followed only to the same origin.

use std::fmt::Write as _;

use http::{Uri, uri::Scheme};

use super::problem::PagingRule;
use crate::encoding::one_line;

/// Bytes of a host that a message shows.
const SHOWN_HOST: usize = 100;

/// Whether a value is a URL rather than a token.
pub(super) fn is_url(value: &str) -> bool {
    value.starts_with(['/', '?']) || absolute(value).is_some()
}

/// The URL of the next page, with scheme, host and port of the request.
pub(super) fn resolve(request: &Uri, next: &str) -> Result<Uri, PagingRule> {
    let origin = origin(request);
    let target = match split(next)? {
        Reference::Absolute {
            scheme,
            authority,
            path,
        } => {
            check_origin(request, Some(scheme), authority)?;
            encoded(path, request)
        }
        Reference::Network { authority, path } => {
            check_origin(request, None, authority)?;
            encoded(path, request)
        }
        Reference::Path(path) => encoded(path, request),
    };
    let uri = format!("{origin}{target}").parse();
    uri.map_err(|_| invalid("it is not a valid URL"))
}

/// The request with the query of the next page's URL, wherever that leads.
pub(super) fn with_query_of(request: &Uri, next: &str) -> Result<Uri, PagingRule> {
    let (Reference::Absolute { path, .. } | Reference::Network { path, .. } | Reference::Path(path)) = split(next)?;
    let Some((_, query)) = path.split_once('?') else {
        return Err(invalid("it has no query"));
    };
    let target = encoded(&format!("{}?{query}", request.path()), request);
    let uri = format!("{}{target}", origin(request)).parse();
    uri.map_err(|_| invalid("it is not a valid URL"))
}

enum Reference<'a> {
    Absolute {
        scheme: &'a str,
        authority: &'a str,
        path: &'a str,
    },
    Network {
        authority: &'a str,
        path: &'a str,
    },
    Path(&'a str),
}

fn split(next: &str) -> Result<Reference<'_>, PagingRule> {
    if next.contains('#') {
        return Err(invalid("it has a fragment"));
    }
    if next.bytes().any(|byte| byte.is_ascii_control()) {
        return Err(invalid("it has a control character"));
    }
    if let Some((scheme, rest)) = absolute(next) {
        let (authority, path) = split_authority(rest)?;
        return Ok(Reference::Absolute {
            scheme,
            authority,
            path,
        });
    }
    if let Some(rest) = next.strip_prefix("//") {
        let (authority, path) = split_authority(rest)?;
        return Ok(Reference::Network { authority, path });
    }
    let before_path = next.split(['/', '?']).next().unwrap_or_default();
    if before_path.contains(':') || next.starts_with('\\') {
        return Err(invalid("its scheme is not http or https"));
    }
    Ok(Reference::Path(next))
}

/// The scheme of an absolute URL, and what follows `://`.
fn absolute(value: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = value.split_once("://")?;
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_valid = scheme.bytes().all(is_scheme) && scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    is_valid.then_some((scheme, rest))
}

fn split_authority(rest: &str) -> Result<(&str, &str), PagingRule> {
    let (authority, path) = rest.split_at(rest.find(['/', '?', '\\']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err(invalid("it has a user name"));
    }
    if authority.is_empty() || path.starts_with('\\') {
        return Err(invalid("it has no valid host"));
    }
    Ok((authority, path))
}

/// The same scheme, host and port. Plain `http` to the host and port of an `https` server is what a proxy makes of the URL: it is
/// raised to `https`.
fn check_origin(request: &Uri, scheme: Option<&str>, authority: &str) -> Result<(), PagingRule> {
    let own = request.scheme().unwrap_or(&Scheme::HTTPS).as_str();
    let scheme = scheme.map_or_else(|| own.to_owned(), str::to_ascii_lowercase);
    let (host, port) = host_and_port(authority)?;
    let own_host = request.host().unwrap_or_default();
    let own_port = request.port_u16().unwrap_or_else(|| default_port(own));
    let is_raised = scheme == "http" && own == "https";
    let port = port.filter(|port| *port != default_port(&scheme));
    let expected = Some(own_port).filter(|port| *port != default_port(own));
    let is_same_port = port == expected || (is_raised && port == Some(own_port));
    if (scheme == own || is_raised) && host.eq_ignore_ascii_case(own_host) && is_same_port {
        return Ok(());
    }
    let mut named = format!("{}://{}", one_line(&scheme, SHOWN_HOST), one_line(host, SHOWN_HOST));
    if let Some(port) = port {
        _ = write!(named, ":{port}");
    }
    Err(PagingRule::ForeignOrigin {
        requested: origin(request),
        named,
    })
}

fn default_port(scheme: &str) -> u16 {
    if scheme == "http" { 80 } else { 443 }
}

fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), PagingRule> {
    let end_of_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let after = authority.get(end_of_host..).unwrap_or_default();
    let Some((before, port)) = after.split_once(':') else {
        return Ok((authority, None));
    };
    let host = authority.get(..end_of_host + before.len()).unwrap_or(authority);
    if port.is_empty() {
        return Ok((host, None));
    }
    match port.parse() {
        Ok(number) if port.bytes().all(|byte| byte.is_ascii_digit()) => Ok((host, Some(number))),
        _ => Err(invalid("its port is not a number from 0 to 65535")),
    }
}

/// Scheme, host and port of a request, in the form that a message shows.
fn origin(request: &Uri) -> String {
    let scheme = request.scheme().unwrap_or(&Scheme::HTTPS).as_str();
    let host = request.host().unwrap_or_default();
    match request.port_u16().filter(|port| *port != default_port(scheme)) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    }
}

/// Path and query, resolved against those of the request, with what URLs cannot hold percent-encoded.
fn encoded(path_and_query: &str, request: &Uri) -> String {
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path_and_query, None),
    };
    let mut target = String::new();
    if path.is_empty() && query.is_some() && !path_and_query.is_empty() {
        target.push_str(request.path());
    } else {
        push_allowed(&mut target, &merged(path, request.path()));
    }
    if let Some(query) = query {
        target.push('?');
        push_allowed(&mut target, query);
    }
    target
}

/// A path without `.` and `..`; one that does not begin with a slash replaces the last segment of the base.
fn merged(path: &str, base: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        segments.extend(folder.split('/').skip(1));
    }
    let own = path.strip_prefix('/').unwrap_or(path);
    let mut is_folder = false;
    for segment in own.split('/') {
        is_folder = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => _ = segments.pop(),
            segment => segments.push(segment),
        }
    }
    let folder = if is_folder { "/" } else { "" };
    format!("/{}{folder}", segments.join("/"))
}

fn push_allowed(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
}

fn invalid(reason: &'static str) -> PagingRule {
    PagingRule::InvalidUrl { reason }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn resolved(request: &str, next: &str) -> Result<String, PagingRule> {
        resolve(&request.parse().unwrap(), next).map(|uri| uri.to_string())
    }

    #[test]
    fn urls_of_the_same_origin_are_followed() {
        let rows = [
            ("https://a.b/v1/x?p=1", "https://a.b/v1/x?p=2", "https://a.b/v1/x?p=2"),
            ("https://a.b/v1/x", "HTTPS://A.B:443/y", "https://a.b/y"),
            ("https://a.b/v1/x", "http://a.b/y?z", "https://a.b/y?z"),
            ("https://a.b/v1/x", "http://a.b:80/y", "https://a.b/y"),
            ("https://a.b/v1/x", "http://a.b:443/y", "https://a.b/y"),
            ("https://a.b:8443/x", "http://a.b:8443/y", "https://a.b:8443/y"),
            (
                "http://localhost:81/x",
                "http://localhost:81/y",
                "http://localhost:81/y",
            ),
            ("http://[::1]:81/x", "http://[::1]:81/y", "http://[::1]:81/y"),
            ("https://a.b/v1/x?p=1", "?p=2", "https://a.b/v1/x?p=2"),
            ("https://a.b/v1/x?p=1", "/v1/y", "https://a.b/v1/y"),
            ("https://a.b/v1/x?p=1", "y?p=2", "https://a.b/v1/y?p=2"),
            ("https://a.b/v1/x/z", "../y/./w", "https://a.b/v1/y/w"),
            ("https://a.b/v1/x", "//a.b/y", "https://a.b/y"),
            (
                "https://a.b/x",
                "/y?q=a b|c\u{e9}%20",
                "https://a.b/y?q=a%20b%7Cc%C3%A9%20",
            ),
            ("https://a.b/x", "https://a.b?p=2", "https://a.b/x?p=2"),
        ];
        for (request, next, expected) in rows {
            assert_eq!(resolved(request, next).as_deref(), Ok(expected), "{next}");
        }
    }

    #[test]
    fn other_origins_are_named_without_their_query() {
        let rows = [
            ("https://a.b/x", "https://c.d/y?token=hush", "https://c.d"),
            ("https://a.b/x", "//c.d/y", "https://c.d"),
            ("https://a.b/x", "https://a.b.c/y", "https://a.b.c"),
            ("https://a.b/x", "https://a.b:8443/y", "https://a.b:8443"),
            ("https://a.b:8443/x", "http://a.b/y", "http://a.b"),
            ("http://a.b/x", "https://a.b/y", "https://a.b"),
            ("https://a.b/x", "ftp://a.b/y", "ftp://a.b"),
        ];
        for (request, next, named) in rows {
            let rule = resolved(request, next).unwrap_err();
            let requested = origin(&request.parse().unwrap());
            let named = named.to_owned();
            assert_eq!(rule, PagingRule::ForeignOrigin { requested, named }, "{next}");
        }
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        let nexts = [
            "https://user@a.b/y",
            "https://user:password@a.b/y",
            "https://a.b/y#part",
            "https://a.b\\@c.d/y",
            "https:///y",
            "javascript:alert(1)",
            "data:text/plain,x",
            "\\\\c.d/y",
            "https://a.b/y\r\nx: y",
            "https://a.b:99999/y",
        ];
        for next in nexts {
            let rule = resolved("https://a.b/x", next).unwrap_err();
            assert!(matches!(rule, PagingRule::InvalidUrl { .. }), "{next}: {rule:?}");
        }
    }

    #[test]
    fn the_query_alone_stays_with_the_request() {
        let request = "https://a.b/v1/x?p=1".parse().unwrap();
        let uri = with_query_of(&request, "http://internal:8080/y?p=2&q=a b").unwrap();
        assert_eq!(uri.to_string(), "https://a.b/v1/x?p=2&q=a%20b");
        assert!(with_query_of(&request, "https://a.b/v1/x").is_err());
    }

    #[test]
    fn urls_and_tokens_are_told_apart() {
        assert!(
            ["/a", "?a=b", "https://a", "HTTP://a"]
                .iter()
                .all(|value| is_url(value))
        );
        assert!(
            ["a", "a/b", "a:b", "", "://x", "1.5://"]
                .iter()
                .all(|value| !is_url(value))
        );
    }
}
