//! Headers and layers of all requests of a client.

use http::{HeaderMap, HeaderValue, header};

use super::{Client, ClientBuilder, Settings};
use crate::{Error, Layer, call::own_header, server::BaseUrl};

impl<C: From<Client>> ClientBuilder<C> {
    /// Adds a header to all requests, including token requests, to the server of the client and to servers that it
    /// [trusts](ClientBuilder::trust). A call that sets the header replaces it.
    ///
    /// The value is marked as sensitive, and is never printed.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match own_header(name, value) {
            Ok((name, value)) => _ = self.default_headers.insert(name, value),
            Err(reason) => self.refuse(&reason),
        }
        self
    }

    /// Adds the name of the program before the name of the client in `User-Agent`, such as `my-program/1.2`.
    pub fn user_agent_prefix(mut self, product: impl Into<String>) -> Self {
        self.user_agent_prefix = product.into();
        self
    }

    /// Adds a layer around the transport, which sees all requests and responses. The layer that is added first sees a request
    /// first.
    pub fn layer(mut self, layer: impl Layer) -> Self {
        self.layers.push(std::sync::Arc::new(layer));
        self
    }
}

/// The whole value of `User-Agent`.
pub(super) fn user_agent(prefix: &str, name: &str) -> Result<HeaderValue, Error> {
    let whole = [prefix, name].join(" ");
    HeaderValue::from_str(whole.trim())
        .map_err(|_| Error::configuration("the user agent contains characters that are not allowed in a header"))
}

impl Settings {
    /// The headers of every request to a server, without those that are there already.
    pub(super) fn add_headers(&self, headers: &mut HeaderMap, is_trusted: bool) {
        if is_trusted {
            for (name, value) in &self.default_headers {
                headers.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
        headers
            .entry(header::USER_AGENT)
            .or_insert_with(|| self.user_agent.clone());
    }
}

impl Client {
    /// Adds the client's headers to a request for a server.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap, server: &BaseUrl) {
        self.0.add_headers(headers, self.trusts(server));
    }
}
