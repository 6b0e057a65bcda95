//! Connection settings of the default transport.

use std::{net::IpAddr, time::Duration};

#[cfg(any(feature = "rustls", feature = "native-tls"))]
use super::tls::{Identity, Roots, TlsVersion};
use super::{pings::Pings, proxy};
use crate::{Error, Proxy, limits::Limits, server::BaseUrl};

/// The versions of HTTP that are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum HttpVersion {
    /// The version that the server selects in the TLS handshake, or HTTP/1.1 without TLS.
    #[default]
    Negotiated,
    Http1Only,
    /// HTTP/2 from the first byte, also without TLS.
    Http2Only,
}

/// The settings of the default transport, from which it can be built more than once.
#[derive(Clone, Debug, Default)]
pub(crate) struct HttpSettings {
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) roots: Roots,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) identity: Option<Identity>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) min_tls_version: TlsVersion,
    pub(crate) proxies: Vec<Proxy>,
    pub(crate) no_proxy: bool,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) pool_max_idle: Option<usize>,
    pub(crate) local_address: Option<IpAddr>,
    pub(crate) version: HttpVersion,
    pub(crate) pings: Pings,
    pub(crate) no_compression: bool,
    /// The first setting that was given: with a transport of the caller's own it would have no effect.
    pub(crate) given: Option<&'static str>,
}

impl HttpSettings {
    /// reqwest's builder with all that is set but TLS.
    pub(super) fn builder(&self, base: &BaseUrl, limits: &Limits) -> Result<reqwest::ClientBuilder, Error> {
        let mut builder = ours(reqwest::Client::builder(), &self.pings)
            .connect_timeout(limits.connect)
            .local_address(self.local_address)
            .http2_max_header_list_size(u32::try_from(limits.headers).unwrap_or(u32::MAX));
        builder = match self.version {
            HttpVersion::Negotiated => builder,
            HttpVersion::Http1Only => builder.http1_only(),
            HttpVersion::Http2Only => builder.http2_prior_knowledge(),
        };
        if let Some(timeout) = self.pool_idle_timeout {
            builder = builder.pool_idle_timeout(timeout);
        }
        if let Some(connections) = self.pool_max_idle {
            builder = builder.pool_max_idle_per_host(connections);
        }
        if self.no_compression {
            builder = builder.no_gzip().no_brotli().no_zstd();
        }
        self.with_proxies(builder, base)
    }

    /// The proxies of the program, or else those of the environment and the system; none for loopback.
    fn with_proxies(&self, builder: reqwest::ClientBuilder, base: &BaseUrl) -> Result<reqwest::ClientBuilder, Error> {
        if self.no_proxy || (self.proxies.is_empty() && base.is_loopback()) {
            return Ok(builder.no_proxy());
        }
        if self.proxies.is_empty() {
            proxy::check_environment(|name| std::env::var_os(name))?;
            return Ok(builder);
        }
        let mut proxies = self.proxies.iter();
        // reqwest adds those of the environment, unless one is given.
        proxies.try_fold(builder, |builder, proxy| Ok(builder.proxy(proxy.build()?)))
    }
}

/// The settings of all transports that are built here, including those from a builder of the caller (R22, R26).
pub(super) fn ours(builder: reqwest::ClientBuilder, pings: &Pings) -> reqwest::ClientBuilder {
    let builder = builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false);
    pings.apply(builder)
}
