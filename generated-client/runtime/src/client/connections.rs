//! Settings of the default transport.

use std::{net::IpAddr, sync::Arc, time::Duration};

use super::{Client, ClientBuilder};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use crate::{Certificate, Identity, TlsVersion};
use crate::{
    Error, Proxy, ReqwestTransport, Transport,
    limits::Limits,
    server::BaseUrl,
    transport::settings::{HttpSettings, HttpVersion},
};

/// How the default transport connects. With [`ClientBuilder::transport`] these settings are the transport's, and one of them
/// beside it is an error.
impl<C: From<Client>> ClientBuilder<C> {
    fn http(mut self, name: &'static str, set: impl FnOnce(&mut HttpSettings)) -> Self {
        self.http.given.get_or_insert(name);
        set(&mut self.http);
        self
    }

    /// Trusts these authorities in addition to those of the platform, for example for the servers of a company.
    ///
    /// On Linux and other Unix systems, the environment variables `SSL_CERT_FILE` and `SSL_CERT_DIR` set the authorities of the
    /// platform. Otherwise the usual paths of distributions are used.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates(self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.http("root_certificates", |http| http.roots.certificates.extend(certificates))
    }

    /// Trusts only these authorities, instead of those of the platform.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn only_root_certificates(self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.http("only_root_certificates", |http| {
            http.roots.certificates.extend(certificates);
            http.roots.only_these = true;
        })
    }

    /// Sets the certificate for servers that require one (mutual TLS).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn identity(self, identity: Identity) -> Self {
        self.http("identity", |http| http.identity = Some(identity))
    }

    /// Sets the minimum version of TLS. The default, and the lowest possible value, is TLS 1.2.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn min_tls_version(self, version: TlsVersion) -> Self {
        self.http("min_tls_version", |http| http.min_tls_version = version)
    }

    /// Sends requests through a proxy instead of those of the environment and the system, also to loopback. If there are
    /// several, the first one that applies to a request is used.
    pub fn proxy(self, proxy: Proxy) -> Self {
        self.http("proxy", |http| http.proxies.push(proxy))
    }

    /// Disables all proxies, including those of the environment and the system.
    pub fn no_proxy(self) -> Self {
        self.http("no_proxy", |http| http.no_proxy = true)
    }

    /// Sets how long an idle connection is kept. The default is 90 s.
    pub fn pool_idle_timeout(self, limit: Duration) -> Self {
        self.http("pool_idle_timeout", |http| http.pool_idle_timeout = Some(limit))
    }

    /// Sets how many idle connections to one host are kept. By default all are kept. Zero keeps none.
    pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
        self.http("pool_max_idle_per_host", |http| http.pool_max_idle = Some(connections))
    }

    /// Sets the local address of connections.
    pub fn local_address(self, address: impl Into<IpAddr>) -> Self {
        let address = address.into();
        self.http("local_address", |http| http.local_address = Some(address))
    }

    /// Uses only HTTP/1.1.
    pub fn http1_only(self) -> Self {
        self.http("http1_only", |http| http.version = HttpVersion::Http1Only)
    }

    /// Uses only HTTP/2, from the first byte and also without TLS. The server must support this.
    pub fn http2_prior_knowledge(self) -> Self {
        self.http("http2_prior_knowledge", |http| http.version = HttpVersion::Http2Only)
    }

    /// Sets the interval of HTTP/2 pings, which are also sent over idle connections. A connection is closed if the answer takes
    /// longer than `timeout`. By default pings are sent every 15 s, and the answer may take 10 s.
    pub fn http2_pings(self, interval: Duration, timeout: Duration) -> Self {
        self.http("http2_pings", |http| {
            http.pings.interval = Some(interval);
            http.pings.timeout = Some(timeout);
        })
    }

    /// Disables HTTP/2 pings.
    pub fn no_http2_pings(self) -> Self {
        self.http("no_http2_pings", |http| http.pings.interval = None)
    }

    /// Does not request compressed responses. By default they are requested for each enabled feature of `gzip`, `brotli` and
    /// `zstd`.
    pub fn no_compression(self) -> Self {
        self.http("no_compression", |http| http.no_compression = true)
    }
}

/// The caller's transport, or else the default one. The settings of the default one say nothing to another.
pub(super) fn transport(
    own: Option<Arc<dyn Transport>>,
    settings: &HttpSettings,
    base: &BaseUrl,
    limits: &Limits,
) -> Result<Arc<dyn Transport>, Error> {
    match (own, settings.given) {
        (Some(_), Some(setting)) => Err(Error::configuration(format!(
            "`{setting}` is a setting of the default transport, but the client has another transport: set it on that \
            transport"
        ))),
        (Some(transport), None) => Ok(transport),
        (None, _) => Ok(Arc::new(ReqwestTransport::new(settings, base, limits)?)),
    }
}
