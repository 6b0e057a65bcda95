//! Which server a tenant has, and a client of it.

use specwright_runtime::{Error, Secret};

use crate::{Client, ClientBuilder};

/// The response header in which `ConductorOne` sends the id of a request.
const REQUEST_ID: &str = "c1-trace-id";

impl Client {
    /// Creates a client of the tenant at `host`, such as `acme.conductor.one`, with a bearer token that does not change.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the host is invalid (see [`Client::builder`]) or
    /// the token contains characters that are not allowed in a header.
    pub fn new(host: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        Self::builder(host)?.bearer_token(token).build()
    }

    /// Creates a builder for a client of the tenant at `host`, for other settings: credentials, limits, transport.
    ///
    /// `host` is the full name of the tenant's host, as in `acme.conductor.one` or `acme.c1eu.ai`, or a URL. A URL can be
    /// that of a server on this machine, or of a gateway with the path that it serves the API under.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use conductorone_client::Client;
    ///
    /// let builder = Client::builder("acme.conductor.one")?.bearer_token("token").call_timeout(Duration::from_secs(20));
    /// let client: Client = builder.build()?;
    /// # Ok::<(), conductorone_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if `host` is only the name of a tenant: tenants are
    /// under several domains, and the wrong one would receive the token.
    pub fn builder(host: &str) -> Result<ClientBuilder, Error> {
        let server = server(host)?;
        let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        Ok(ClientBuilder::new(server)
            .user_agent(user_agent)
            .request_id_header(REQUEST_ID))
    }
}

/// The URL of a host's server.
pub(crate) fn server(host: &str) -> Result<String, Error> {
    if host.contains("://") {
        return Ok(host.to_owned());
    }
    let name = host.split(['/', ':']).next().unwrap_or_default();
    if name.contains('.') || name == "localhost" {
        return Ok(format!("https://{host}"));
    }
    Err(Error::configuration(
        "a tenant's bare name does not say where it lives: give its whole host, as in acme.conductor.one or acme.c1eu.ai",
    ))
}

#[cfg(test)]
mod tests {
    use crate::{Client, ErrorKind};

    #[test]
    fn takes_hosts_and_urls() {
        for host in [
            "acme.conductor.one",
            "acme.c1eu.ai",
            "https://acme.conductor.one",
            "http://127.0.0.1:8080",
        ] {
            assert!(Client::new(host, "token").is_ok(), "{host}");
        }
    }

    #[test]
    fn refuses_what_would_send_the_token_elsewhere() {
        let hosts = [
            "acme",
            "",
            "evil.example/#",
            "user@acme.conductor.one",
            "http://acme.conductor.one",
            "acme.conductor.one?x",
        ];
        for host in hosts {
            let kind = Client::new(host, "token").err().map(|error| error.kind());
            assert_eq!(kind, Some(ErrorKind::Configuration), "{host}");
        }
    }
}
