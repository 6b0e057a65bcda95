//! Proxies of the program and of the environment.

use std::{ffi::OsString, fmt};

use http::Uri;

use crate::{Error, Secret};

/// A proxy for the requests of a client; see [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
///
/// The URL starts with `http` or `https`. With the feature `socks` and TLS, it can also start with `socks4`, `socks4a`,
/// `socks5` or `socks5h`. With `socks4a` and `socks5h`, the proxy resolves host names. Requests over https use a tunnel, so the
/// proxy sees only the host.
#[derive(Clone)]
pub struct Proxy {
    url: Secret,
    scope: Scope,
    user: Option<(String, Secret)>,
    except: String,
}

#[derive(Clone, Copy, Debug)]
enum Scope {
    All,
    Http,
    Https,
}

impl Proxy {
    /// Creates a proxy for all requests. The URL can contain a user name and a password. It is never printed.
    pub fn all(url: impl Into<Secret>) -> Self {
        Self::new(url.into(), Scope::All)
    }

    /// Creates a proxy only for requests over `http`.
    pub fn http(url: impl Into<Secret>) -> Self {
        Self::new(url.into(), Scope::Http)
    }

    /// Creates a proxy only for requests over `https`.
    pub fn https(url: impl Into<Secret>) -> Self {
        Self::new(url.into(), Scope::Https)
    }

    fn new(url: Secret, scope: Scope) -> Self {
        Self {
            url,
            scope,
            user: None,
            except: String::new(),
        }
    }

    /// Sets the user name and the password for the proxy.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.user = Some((user.into(), password.into()));
        self
    }

    /// Sets the hosts that do not use the proxy, in the format of `NO_PROXY`: names with their subdomains, addresses and
    /// networks, separated by commas.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = hosts.into();
        self
    }

    pub(super) fn build(&self) -> Result<reqwest::Proxy, Error> {
        let url = self.url.expose();
        check(url).map_err(|reason| Error::configuration(format!("the proxy URL {reason}")))?;
        let proxy = match self.scope {
            Scope::All => reqwest::Proxy::all(url),
            Scope::Http => reqwest::Proxy::http(url),
            Scope::Https => reqwest::Proxy::https(url),
        };
        // The reason may show the URL, and with it a password.
        let proxy = proxy.map_err(|_| Error::configuration("the proxy URL is invalid"))?;
        let proxy = proxy.no_proxy(reqwest::NoProxy::from_string(&self.except));
        Ok(match &self.user {
            Some((user, password)) => proxy.basic_auth(user, password.expose()),
            None => proxy,
        })
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Proxy")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Without TLS reqwest opens no connection to such a proxy.
const HAS_SOCKS: bool = cfg!(all(feature = "socks", any(feature = "rustls", feature = "native-tls")));

/// Whether requests can go through a proxy of this URL. The reason never shows it.
fn check(url: &str) -> Result<(), &'static str> {
    let uri: Uri = url.parse().map_err(|_| "is invalid")?;
    match uri.scheme_str() {
        Some("http" | "https") | None => {}
        Some("socks4" | "socks4a" | "socks5" | "socks5h") if HAS_SOCKS => {}
        Some("socks4" | "socks4a" | "socks5" | "socks5h") => {
            return Err("has a socks scheme, which requires the feature `socks` and a TLS feature");
        }
        Some(_) => return Err("has an unknown scheme: use http, https or socks5h"),
    }
    let Some(authority) = uri.authority().filter(|authority| !authority.host().is_empty()) else {
        return Err("does not have a host");
    };
    let after_host = authority.as_str().rsplit(['@', ']']).next().unwrap_or_default();
    let port = after_host.split_once(':').map_or("", |(_, port)| port);
    if !port.is_empty() && authority.port_u16().is_none() {
        return Err("has an invalid port");
    }
    Ok(())
}

/// Refuses a proxy of the environment that cannot be used: without it, requests would silently go past the proxy.
pub(super) fn check_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<(), Error> {
    // In a CGI program `HTTP_PROXY` is a header of the request, so none of them counts there.
    if variable("REQUEST_METHOD").is_some() {
        return Ok(());
    }
    for names in [
        ["HTTPS_PROXY", "https_proxy"],
        ["HTTP_PROXY", "http_proxy"],
        ["ALL_PROXY", "all_proxy"],
    ] {
        let Some((name, value)) = names.iter().find_map(|name| Some((*name, variable(name)?))) else {
            continue;
        };
        let refuse = |reason: &str| Error::configuration(format!("the environment variable {name} {reason}"));
        let value = value.into_string().map_err(|_| refuse("is not UTF-8"))?;
        if !value.is_empty() {
            check(&value).map_err(refuse)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;
    use crate::ErrorKind;

    fn checked(variables: &[(&str, &str)]) -> Result<(), String> {
        let found = |name: &str| {
            let mut variables = variables.iter();
            variables
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        };
        check_environment(found).map_err(|error| {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            error.to_string()
        })
    }

    /// R35: never a silent direct connection.
    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_is_an_error_that_names_the_variable() {
        for value in [
            "http://hush:hush@[1",
            "hush hush",
            "ftp://hush",
            "/hush",
            "http:///",
            "hush://proxy:1",
            "http://hush:99999",
            "hush:65536",
        ] {
            for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
                let error = checked(&[(name, value)]).unwrap_err();
                assert!(error.contains(name) && !error.contains("hush"), "{error}");
            }
        }
    }

    #[test]
    fn usable_and_absent_proxies_pass() {
        for value in [
            "",
            "http://proxy:3128",
            "proxy:3128",
            "proxy",
            "https://user:pass@proxy",
            "http://[::1]:1/",
            "http://[::1]",
            "http://user:99999@proxy:65535",
        ] {
            assert_eq!(checked(&[("HTTPS_PROXY", value)]), Ok(()), "{value}");
        }
        assert_eq!(checked(&[]), Ok(()));
        assert_eq!(checked(&[("HTTP_PROXY", "a b"), ("REQUEST_METHOD", "GET")]), Ok(()));
        // The first of the two spellings counts.
        assert_eq!(checked(&[("HTTPS_PROXY", "proxy:1"), ("https_proxy", "a b")]), Ok(()));
        assert_eq!(checked(&[("HTTPS_PROXY", "socks5h://proxy")]).is_ok(), HAS_SOCKS);
    }

    #[test]
    fn no_debug_shows_a_password() {
        let proxy = Proxy::all("http://hush:hush@proxy").basic_auth("hush", "hush");
        assert!(!format!("{proxy:?}").contains("hush"));
    }
}
