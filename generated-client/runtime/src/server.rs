//! Servers: base URLs, and templates with variables.

mod template;

use std::net::{Ipv4Addr, Ipv6Addr};

pub use template::ServerTemplate;

use crate::{Error, path::is_dot_segment};

/// A server: a base URL, or a template with the values of its variables.
#[derive(Clone, Debug)]
pub struct Server(Source);

#[derive(Clone, Debug)]
enum Source {
    Url(String),
    Template(ServerTemplate),
}

impl Server {
    /// Validates the URL, which must start with https, or with http for loopback. The error does not contain the URL.
    pub fn check(&self) -> Result<(), Error> {
        let checked = self.clone().resolve(false);
        checked.map(|_| ()).map_err(Error::configuration)
    }

    /// Whether it is a URL of the caller's, and not a server of the document.
    pub(crate) fn is_url(&self) -> bool {
        matches!(self.0, Source::Url(_))
    }

    pub(crate) fn resolve(self, allow_plain_http: bool) -> Result<BaseUrl, String> {
        let relative = || {
            "the URL of the server is relative to the document: set its base URL with `ServerTemplate::relative_to`"
                .to_owned()
        };
        match self.0 {
            Source::Url(url) => BaseUrl::parse(&url, allow_plain_http),
            Source::Template(template) => {
                let url = template.expand()?;
                if !is_relative(&url) {
                    return BaseUrl::parse(&url, allow_plain_http);
                }
                let base = BaseUrl::parse(template.base().ok_or_else(relative)?, allow_plain_http)?;
                base.resolve(&url, allow_plain_http)
            }
        }
    }

    /// A server that may be relative to another one, whose client calls it.
    pub(crate) fn resolve_at(self, base: &BaseUrl, allow_plain_http: bool) -> Result<BaseUrl, String> {
        match &self.0 {
            Source::Template(template) if template.base().is_none() => {
                let url = template.expand()?;
                if is_relative(&url) {
                    return base.resolve(&url, allow_plain_http);
                }
                BaseUrl::parse(&url, allow_plain_http)
            }
            _ => self.resolve(allow_plain_http),
        }
    }
}

impl From<&str> for Server {
    fn from(url: &str) -> Self {
        Self(Source::Url(url.to_owned()))
    }
}

impl From<&String> for Server {
    fn from(url: &String) -> Self {
        Self(Source::Url(url.clone()))
    }
}

impl From<String> for Server {
    fn from(url: String) -> Self {
        Self(Source::Url(url))
    }
}

impl From<ServerTemplate> for Server {
    fn from(template: ServerTemplate) -> Self {
        Self(Source::Template(template))
    }
}

/// A checked base URL: what it holds is what is sent, no parser on the way changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme, host and port, such as `https://example.com:8443`, without a default port.
    origin: String,
    /// The path before the paths of operations, without a slash at its end.
    path: String,
    is_loopback: bool,
}

impl BaseUrl {
    /// Reasons never repeat the URL: it may hold a password or a token.
    pub(crate) fn parse(url: &str, allow_plain_http: bool) -> Result<Self, String> {
        let (scheme, rest) = url.split_once("://").ok_or("the base URL must start with https://")?;
        let scheme = scheme.to_ascii_lowercase();
        if rest.contains('?') {
            return Err("the base URL must not contain a query".to_owned());
        }
        if rest.contains('#') {
            return Err("the base URL must not contain a fragment".to_owned());
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err("the base URL must not contain a user name or password".to_owned());
        }
        let (host, port) = split_port(authority)?;
        let (host, is_loopback) = check_host(host)?;
        match scheme.as_str() {
            "https" => {}
            "http" if is_loopback || allow_plain_http => {}
            "http" => return Err("plain http is allowed only for loopback: use https".to_owned()),
            _ => return Err("the base URL must start with https://".to_owned()),
        }
        let default_port = if scheme == "https" { 443 } else { 80 };
        let port = port
            .filter(|port| *port != default_port)
            .map(|port| format!(":{port}"))
            .unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        check_base_path(path)?;
        Ok(Self {
            origin: format!("{scheme}://{host}{port}"),
            path: path.to_owned(),
            is_loopback,
        })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The host without its port.
    pub(crate) fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or("", |(_, authority)| authority);
        // The origin was put together from parts that were split in the same way.
        split_port(authority).map_or(authority, |(host, _)| host)
    }

    #[cfg(feature = "reqwest")]
    #[cfg_attr(
        all(feature = "native-tls", not(feature = "rustls")),
        allow(dead_code, reason = "the platform's TLS is set up in the same way for both schemes")
    )]
    pub(crate) fn is_plain_http(&self) -> bool {
        self.origin.starts_with("http://")
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Resolves a relative URL: `//host` has this scheme, `/v1` this origin, and `v1` is below this path.
    fn resolve(&self, relative: &str, allow_plain_http: bool) -> Result<Self, String> {
        if relative.starts_with("//") {
            let scheme = self.origin.split_once("://").map_or("https", |(scheme, _)| scheme);
            return Self::parse(&format!("{scheme}:{relative}"), allow_plain_http);
        }
        let mut path = String::new();
        if !relative.starts_with('/') {
            path.push_str(&self.path);
        }
        for segment in relative.split('/') {
            match segment {
                "" | "." => {}
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                segment => path.extend(["/", segment]),
            }
        }
        Self::parse(&format!("{}{path}", self.origin), allow_plain_http)
    }

    /// The URL of a path that begins with a slash.
    pub(crate) fn join(&self, path_and_query: &str) -> String {
        format!("{}{}{path_and_query}", self.origin, self.path)
    }
}

fn is_relative(url: &str) -> bool {
    let before_path = url.split(['/', '?', '#']).next().unwrap_or_default();
    !before_path.contains(':')
}

fn split_port(authority: &str) -> Result<(&str, Option<u16>), String> {
    // The colons of an IPv6 address are before its closing bracket.
    let host_end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    let Some((before, port)) = authority.get(host_end..).and_then(|rest| rest.split_once(':')) else {
        return Ok((authority, None));
    };
    let host = authority.get(..host_end + before.len()).unwrap_or(authority);
    match port.parse::<u16>() {
        Ok(number) if number > 0 && port.bytes().all(|byte| byte.is_ascii_digit()) => Ok((host, Some(number))),
        _ => Err("the port of the base URL is not a number from 1 to 65535".to_owned()),
    }
}

/// The host in its canonical form and whether it is loopback.
fn check_host(host: &str) -> Result<(String, bool), String> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address: Ipv6Addr = address
            .parse()
            .map_err(|_| "the host of the base URL is not a valid IPv6 address")?;
        return Ok((format!("[{address}]"), address.is_loopback()));
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Ok((address.to_string(), address.is_loopback()));
    }
    let host = host.to_ascii_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if host.len() > 253 || !host.split('.').all(is_label) {
        return Err(
            "the host of the base URL is not a valid DNS name; write an international name in its xn-- form".to_owned(),
        );
    }
    // URL parsers read such names as IPv4 addresses: 0x7f.1, 127.1.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if last.bytes().all(|byte| byte.is_ascii_digit()) || last.strip_prefix("0x").is_some_and(is_hexadecimal) {
        return Err("the host of the base URL looks like an IPv4 address but is invalid".to_owned());
    }
    let is_loopback = host == "localhost" || host.ends_with(".localhost");
    Ok((host, is_loopback))
}

fn check_base_path(path: &str) -> Result<(), String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%:@!$&'()*+,;=".contains(&byte);
    if !path.bytes().all(is_allowed) {
        return Err("the path of the base URL contains characters that must be percent-encoded".to_owned());
    }
    if path
        .split('/')
        .skip(1)
        .any(|segment| segment.is_empty() || is_dot_segment(segment))
    {
        return Err("the path of the base URL contains an empty segment, \".\" or \"..\"".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
