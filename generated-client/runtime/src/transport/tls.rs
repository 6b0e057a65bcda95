//! Root certificates and client certificates.

use std::fmt;

use super::pem;
use crate::Error;

/// The certificate of an authority that signs the certificates of servers; see
/// [`ClientBuilder::root_certificates`](crate::ClientBuilder::root_certificates).
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate(Vec<u8>);

impl Certificate {
    /// Creates a certificate from DER. Building the client fails if it is invalid.
    pub fn from_der(der: impl Into<Vec<u8>>) -> Self {
        Self(der.into())
    }

    /// Reads all certificates of a PEM file.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Vec<Self>, Error> {
        let refuse = |reason| Error::configuration(format!("the root certificate {reason}"));
        let sections = pem::sections(pem.as_ref()).map_err(refuse)?;
        let certificates: Vec<Self> = sections
            .into_iter()
            .filter(|section| section.label == "CERTIFICATE")
            .map(|section| Self(section.der))
            .collect();
        if certificates.is_empty() {
            return Err(refuse("does not contain a section `CERTIFICATE`"));
        }
        Ok(certificates)
    }

    /// Returns the certificate as DER.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Certificate").field(&self.0.len()).finish()
    }
}

/// The certificate of the client with its private key, for servers that require one (mutual TLS).
#[derive(Clone)]
pub struct Identity {
    #[cfg(feature = "rustls")]
    pub(super) chain: Vec<Vec<u8>>,
    #[cfg(feature = "rustls")]
    pub(super) key: Vec<u8>,
    #[cfg(not(feature = "rustls"))]
    pub(super) pem: (Vec<u8>, Vec<u8>),
}

impl Identity {
    /// Reads the certificate of the client, followed by those of the authorities that signed it, and its private key. Both are
    /// PEM, and can be the same file. With the TLS of the platform, the key must be PKCS #8 (`PRIVATE KEY`).
    pub fn from_pem(certificates: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Result<Self, Error> {
        let (certificates, key) = (certificates.as_ref(), key.as_ref());
        let refuse = |what: &str, reason: &str| Error::configuration(format!("the client {what} {reason}"));
        let sections = pem::sections(certificates).map_err(|reason| refuse("certificate", reason))?;
        let chain: Vec<Vec<u8>> = sections
            .into_iter()
            .filter(|section| section.label == "CERTIFICATE")
            .map(|section| section.der)
            .collect();
        if chain.is_empty() {
            return Err(refuse("certificate", "does not contain a section `CERTIFICATE`"));
        }
        let sections = pem::sections(key).map_err(|reason| refuse("key", reason))?;
        let is_key = |label: &str| label.ends_with("PRIVATE KEY") && !label.starts_with("ENCRYPTED");
        let Some(found) = sections.into_iter().find(|section| is_key(&section.label)) else {
            return Err(refuse("key", "does not contain an unencrypted section `PRIVATE KEY`"));
        };
        Ok(Self::of(chain, found.der, (certificates, key)))
    }

    #[cfg(feature = "rustls")]
    fn of(chain: Vec<Vec<u8>>, key: Vec<u8>, _pem: (&[u8], &[u8])) -> Self {
        Self { chain, key }
    }

    #[cfg(not(feature = "rustls"))]
    fn of(_chain: Vec<Vec<u8>>, _key: Vec<u8>, pem: (&[u8], &[u8])) -> Self {
        Self {
            pem: (pem.0.to_vec(), pem.1.to_vec()),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Identity([redacted])")
    }
}

/// A minimum version of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2, the lowest possible minimum.
    #[default]
    Tls1_2,
    /// TLS 1.3.
    Tls1_3,
}

/// The certificates that are trusted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roots {
    pub(crate) certificates: Vec<Certificate>,
    /// Whether the platform's are not.
    pub(crate) only_these: bool,
}
