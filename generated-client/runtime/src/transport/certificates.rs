//! Servers that require a client certificate, when the client does not have one.
//!
//! In TLS 1.3 such a server rejects the client after the handshake. The error of the request that was already sent looks like
//! an interrupted connection. The certificate request of the handshake distinguishes the two cases.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use http::{Uri, uri::Authority};

pub(super) const NO_CERTIFICATE: &str =
    "the server requires a client certificate: set it with `ClientBuilder::identity`";

pub(super) const NO_TLS: &str = "https requires TLS: enable the feature `rustls` or `native-tls`";

/// How often servers asked, and which of them answered all the same.
#[derive(Clone, Debug, Default)]
pub(super) struct AskedFor(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    count: AtomicU64,
    answered: Mutex<HashSet<Authority>>,
}

impl AskedFor {
    /// How often any server has asked.
    pub(super) fn count(&self) -> u64 {
        // The count is all that is shared.
        self.0.count.load(Ordering::Relaxed)
    }

    /// A server has answered a request: it does without a certificate.
    pub(super) fn answered(&self, uri: &Uri) {
        if self.count() == 0 {
            return;
        }
        if let Some(authority) = uri.authority() {
            self.servers().insert(authority.clone());
        }
    }

    /// Whether a request that failed did so because the server wants a certificate: a server asked for one meanwhile, and
    /// this one has never answered without.
    pub(super) fn explains(&self, before: u64, uri: &Uri) -> bool {
        let is_known = || {
            uri.authority()
                .is_some_and(|authority| self.servers().contains(authority))
        };
        self.count() > before && uri.scheme_str() == Some("https") && !is_known()
    }

    fn servers(&self) -> MutexGuard<'_, HashSet<Authority>> {
        self.0.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "rustls")]
impl rustls::client::ResolvesClientCert for AskedFor {
    fn resolve(
        &self,
        _root_hint_subjects: &[&[u8]],
        _sigschemes: &[rustls::SignatureScheme],
    ) -> Option<Arc<rustls::sign::CertifiedKey>> {
        self.0.count.fetch_add(1, Ordering::Relaxed);
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
