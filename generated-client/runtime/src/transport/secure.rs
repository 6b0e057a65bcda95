//! TLS of the default transport.

#[cfg(any(feature = "rustls", feature = "native-tls"))]
use std::error;

#[cfg(not(feature = "rustls"))]
use super::settings::HttpSettings;
use crate::Error;
#[cfg(not(feature = "rustls"))]
use crate::server::BaseUrl;

#[cfg(feature = "rustls")]
pub(super) use self::with_rustls::secure;

/// Whether the crate can speak TLS.
pub(super) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn invalid(what: &str, error: impl error::Error + Send + Sync + 'static) -> Error {
    Error::configuration(format!("{what}: {error}")).caused_by(error)
}

#[cfg(feature = "rustls")]
mod with_rustls {
    use std::sync::Arc;

    use rustls::{
        ClientConfig, RootCertStore, WantsVerifier,
        client::{WantsClientCert, danger::ServerCertVerifier},
        crypto::CryptoProvider,
        pki_types::{CertificateDer, PrivateKeyDer},
        version::{TLS12, TLS13},
    };
    use rustls_platform_verifier::Verifier;

    use super::invalid;
    use crate::{
        Error,
        server::BaseUrl,
        transport::{certificates::AskedFor, settings::HttpSettings, tls::TlsVersion},
    };

    type Builder<State> = rustls::ConfigBuilder<ClientConfig, State>;

    pub(in crate::transport) fn secure(
        builder: reqwest::ClientBuilder,
        settings: &HttpSettings,
        base: &BaseUrl,
        asked: &AskedFor,
    ) -> Result<reqwest::ClientBuilder, Error> {
        use crate::transport::settings::HttpVersion;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = match settings.min_tls_version {
            TlsVersion::Tls1_2 => &[&TLS13, &TLS12][..],
            TlsVersion::Tls1_3 => &[&TLS13][..],
        };
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider)).with_protocol_versions(versions);
        let config = config.map_err(|error| invalid("TLS cannot be set up", error))?;
        let config = trusting(config, settings, base, provider)?;
        let mut config = showing(config, settings, asked)?;
        config.alpn_protocols = match settings.version {
            HttpVersion::Negotiated => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
            HttpVersion::Http1Only => vec![b"http/1.1".to_vec()],
            HttpVersion::Http2Only => vec![b"h2".to_vec()],
        };
        Ok(builder.tls_backend_preconfigured(config))
    }

    /// The roots that servers' certificates are checked against.
    fn trusting(
        config: Builder<WantsVerifier>,
        settings: &HttpSettings,
        base: &BaseUrl,
        provider: Arc<CryptoProvider>,
    ) -> Result<Builder<WantsClientCert>, Error> {
        // A server without TLS can be reached where the platform has no roots to trust; https then trusts none of its own.
        let mut store = RootCertStore::empty();
        for root in certificates(settings) {
            store
                .add(root)
                .map_err(|error| invalid("a root certificate is invalid", error))?;
        }
        if !settings.roots.only_these && !base.is_plain_http() {
            let verifier: Arc<dyn ServerCertVerifier> = Arc::new(platform(certificates(settings), provider)?);
            return Ok(config.dangerous().with_custom_certificate_verifier(verifier));
        }
        Ok(config.with_root_certificates(store))
    }

    fn certificates(settings: &HttpSettings) -> impl Iterator<Item = CertificateDer<'static>> {
        let roots = settings.roots.certificates.iter();
        roots.map(|root| CertificateDer::from(root.as_der().to_vec()))
    }

    #[cfg(not(target_os = "android"))]
    fn platform(
        roots: impl Iterator<Item = CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Verifier, Error> {
        Verifier::new_with_extra_roots(roots, provider).map_err(|error| invalid("TLS cannot be set up", error))
    }

    #[cfg(target_os = "android")]
    fn platform(
        mut roots: impl Iterator<Item = CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Verifier, Error> {
        if roots.next().is_some() {
            return Err(Error::configuration(
                "on Android, root certificates cannot be added to those of the platform: use `only_root_certificates`",
            ));
        }
        Verifier::new(provider).map_err(|error| invalid("TLS cannot be set up", error))
    }

    /// What the client shows of itself.
    fn showing(
        config: Builder<WantsClientCert>,
        settings: &HttpSettings,
        asked: &AskedFor,
    ) -> Result<ClientConfig, Error> {
        let Some(identity) = &settings.identity else {
            return Ok(config.with_client_cert_resolver(Arc::new(asked.clone())));
        };
        // rustls names the format that it expected and shows nothing of the key.
        let key = PrivateKeyDer::try_from(identity.key.clone())
            .map_err(|reason| Error::configuration(format!("the client key is invalid: {reason}")))?;
        let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
        let config = config.with_client_auth_cert(chain, key);
        config.map_err(|error| invalid("the client certificate and its key cannot be used", error))
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(super) fn secure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings,
    _base: &BaseUrl,
    _asked: &super::certificates::AskedFor,
) -> Result<reqwest::ClientBuilder, Error> {
    use super::tls::TlsVersion;

    let version = match settings.min_tls_version {
        TlsVersion::Tls1_2 => reqwest::tls::Version::TLS_1_2,
        TlsVersion::Tls1_3 => reqwest::tls::Version::TLS_1_3,
    };
    let mut builder = builder.tls_version_min(version);
    let roots = settings.roots.certificates.iter();
    let roots: Result<Vec<_>, _> = roots
        .map(|root| reqwest::Certificate::from_der(root.as_der()))
        .collect();
    let roots = roots.map_err(|error| invalid("a root certificate is invalid", error))?;
    builder = if settings.roots.only_these {
        builder.tls_certs_only(roots)
    } else {
        builder.tls_certs_merge(roots)
    };
    if let Some(identity) = &settings.identity {
        let identity = reqwest::Identity::from_pkcs8_pem(&identity.pem.0, &identity.pem.1);
        let identity = identity.map_err(|error| invalid("the client certificate and its key cannot be used", error))?;
        builder = builder.identity(identity);
    }
    Ok(builder)
}

/// Without TLS a client of an https server is refused when it is built.
#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
pub(super) fn secure(
    builder: reqwest::ClientBuilder,
    _settings: &HttpSettings,
    base: &BaseUrl,
    _asked: &super::certificates::AskedFor,
) -> Result<reqwest::ClientBuilder, Error> {
    if base.is_plain_http() {
        return Ok(builder);
    }
    Err(Error::configuration(super::certificates::NO_TLS))
}
