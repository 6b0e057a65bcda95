//! The same faults where the versions of HTTP and TLS are negotiated: a server's certificate, signed by itself.

use std::sync::Arc;

use rustls::pki_types::PrivateKeyDer;
use specwright_runtime::Certificate;
use tokio_rustls::TlsAcceptor;

/// What makes a TLS stream of a TCP stream, and the root by which the client trusts it.
pub(super) fn acceptor() -> (TlsAcceptor, Certificate) {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let chain = vec![own.cert.der().clone()];
    let mut config = config.with_no_client_auth().with_single_cert(chain, key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (
        TlsAcceptor::from(Arc::new(config)),
        Certificate::from_der(own.cert.der().to_vec()),
    )
}
