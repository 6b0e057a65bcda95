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

    /// Trusts these authorities beside those that the platform trusts, as for a server of one's own company.
    ///
    /// On Linux and other Unix systems the platform's are found by the environment variables `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR`, or else in the places where distributions keep them.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates(self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.http("root_certificates", |http| http.roots.certificates.extend(certificates))
    }

    /// Trusts these authorities and no others, not even those that the platform trusts.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn only_root_certificates(self, certificates: impl IntoIterator<Item = Certificate>) -> Self {
        self.http("only_root_certificates", |http| {
            http.roots.certificates.extend(certificates);
            http.roots.only_these = true;
        })
    }

    /// Shows this certificate to servers that ask for one (mutual TLS).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn identity(self, identity: Identity) -> Self {
        self.http("identity", |http| http.identity = Some(identity))
    }

    /// Refuses servers that only speak older versions of TLS: TLS 1.2, and nothing below that can be set.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn min_tls_version(self, version: TlsVersion) -> Self {
        self.http("min_tls_version", |http| http.min_tls_version = version)
    }

    /// Sends requests through a proxy, instead of those of the environment and the system, also to loopback. Of several the
    /// first that is for a request carries it.
    pub fn proxy(self, proxy: Proxy) -> Self {
        self.http("proxy", |http| http.proxies.push(proxy))
    }

    /// Uses no proxy, whatever the environment and the system say.
    pub fn no_proxy(self) -> Self {
        self.http("no_proxy", |http| http.no_proxy = true)
    }

    /// How long a connection that carries nothing is kept: 90 s.
    pub fn pool_idle_timeout(self, limit: Duration) -> Self {
        self.http("pool_idle_timeout", |http| http.pool_idle_timeout = Some(limit))
    }

    /// How many connections to one host are kept that carry nothing; without it all are. Zero keeps none.
    pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
        self.http("pool_max_idle_per_host", |http| http.pool_max_idle = Some(connections))
    }

    /// Opens connections from this address of the machine.
    pub fn local_address(self, address: impl Into<IpAddr>) -> Self {
        let address = address.into();
        self.http("local_address", |http| http.local_address = Some(address))
    }

    /// Speaks HTTP/1.1 alone.
    pub fn http1_only(self) -> Self {
        self.http("http1_only", |http| http.version = HttpVersion::Http1Only)
    }

    /// Speaks HTTP/2 alone, from the first byte and also without TLS. The server must be known to do so.
    pub fn http2_prior_knowledge(self) -> Self {
        self.http("http2_prior_knowledge", |http| http.version = HttpVersion::Http2Only)
    }

    /// Sends a ping over each HTTP/2 connection at this interval, also while it carries nothing, and gives up a connection on
    /// which the answer takes longer than `timeout`. By default pings are sent every 15 s and may take 10 s.
    pub fn http2_pings(self, interval: Duration, timeout: Duration) -> Self {
        self.http("http2_pings", |http| {
            http.pings.interval = Some(interval);
            http.pings.timeout = Some(timeout);
        })
    }

    /// Sends no HTTP/2 pings.
    pub fn no_http2_pings(self) -> Self {
        self.http("no_http2_pings", |http| http.pings.interval = None)
    }

    /// Asks for no compressed responses. Without it they are asked for by each of the features `gzip`, `brotli` and `zstd`
    /// that is enabled.
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
            "`{setting}` is a setting of the default transport, but the client was given another one: set it there"
        ))),
        (Some(transport), None) => Ok(transport),
        (None, _) => Ok(Arc::new(ReqwestTransport::new(settings, base, limits)?)),
    }
}
