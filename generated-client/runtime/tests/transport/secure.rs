//! Servers with TLS.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer, server::WebPkiClientVerifier,
};
use specwright_runtime::{Certificate, Client, ErrorKind, Identity, RetryPolicy, TlsVersion};

use crate::{answer, builder, get, refused};

/// What a server wants of the client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    Nothing,
    /// A certificate, if the client has one.
    MaybeCertificate,
    Certificate,
    /// As before, by TLS 1.2.
    CertificateByTls1_2,
}

pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) certificate_pem: String,
    /// The only client certificate that it takes, and its key.
    identity_pem: (String, String),
    protocols: Arc<Mutex<Vec<Option<Vec<u8>>>>>,
}

impl Server {
    pub(crate) fn start(wants: Wants) -> Self {
        let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let client = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(client.cert.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let verifier = match wants {
            Wants::MaybeCertificate => verifier.allow_unauthenticated(),
            _ => verifier,
        };
        let versions = match wants {
            Wants::CertificateByTls1_2 => &[&rustls::version::TLS12][..],
            _ => rustls::ALL_VERSIONS,
        };
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap();
        let config = match wants {
            Wants::Nothing => config.with_no_client_auth(),
            _ => config.with_client_cert_verifier(verifier.build().unwrap()),
        };
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let mut config = config.with_single_cert(vec![own.cert.der().clone()], key).unwrap();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let protocols = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&protocols);
        std::thread::spawn(move || serve(&listener, &Arc::new(config), &kept));
        Self {
            port,
            certificate_pem: pem("CERTIFICATE", own.cert.der()),
            identity_pem: (
                pem("CERTIFICATE", client.cert.der()),
                pem("PRIVATE KEY", &client.signing_key.serialize_der()),
            ),
            protocols,
        }
    }

    fn builder(&self) -> specwright_runtime::ClientBuilder {
        let roots = Certificate::from_pem(&self.certificate_pem).unwrap();
        builder(&format!("https://127.0.0.1:{}", self.port)).only_root_certificates(roots)
    }

    fn identity(&self) -> Identity {
        Identity::from_pem(&self.identity_pem.0, &self.identity_pem.1).unwrap()
    }

    fn connections(&self) -> usize {
        self.protocols.lock().unwrap().len()
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let base64 = STANDARD.encode(der);
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn serve(listener: &TcpListener, config: &Arc<ServerConfig>, protocols: &Mutex<Vec<Option<Vec<u8>>>>) {
    for stream in listener.incoming() {
        let connection = ServerConnection::new(Arc::clone(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream.unwrap());
        // Counted before the handshake: a client that is refused is done before this thread is.
        let index = {
            let mut protocols = protocols.lock().unwrap();
            protocols.push(None);
            protocols.len() - 1
        };
        let mut request = [0; 4096];
        let read = stream.read(&mut request);
        protocols.lock().unwrap()[index] = stream.conn.alpn_protocol().map(<[u8]>::to_vec);
        if read.is_ok_and(|read| read > 0) {
            let body = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\n\"b\"";
            stream.write_all(body.as_bytes()).unwrap();
            stream.conn.send_close_notify();
            _ = stream.flush();
        }
    }
}

#[tokio::test]
async fn roots_of_the_program_are_trusted_and_no_others() {
    let server = Server::start(Wants::Nothing);
    assert_eq!(answer(&server.builder().build().unwrap()).await.unwrap(), "b");
    // Beside those of the platform, too.
    let roots = Certificate::from_pem(&server.certificate_pem).unwrap();
    let url = format!("https://127.0.0.1:{}", server.port);
    let both = builder(&url).root_certificates(roots).build().unwrap();
    assert_eq!(answer(&both).await.unwrap(), "b");
    // Another root.
    let other = Server::start(Wants::Nothing);
    let roots = Certificate::from_pem(&other.certificate_pem).unwrap();
    let client = builder(&url).only_root_certificates(roots).build().unwrap();
    let error = answer(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    for wants in [Wants::Certificate, Wants::CertificateByTls1_2, Wants::MaybeCertificate] {
        let server = Server::start(wants);
        let client = server.builder().identity(server.identity()).build().unwrap();
        assert_eq!(answer(&client).await.unwrap(), "b");
    }
}

/// C20: named, and not repeated.
#[tokio::test]
async fn a_server_that_wants_a_certificate_is_named_and_not_asked_again() {
    for wants in [Wants::Certificate, Wants::CertificateByTls1_2] {
        let server = Server::start(wants);
        let client = server.builder().retry(RetryPolicy::default()).build().unwrap();
        let error = answer(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
        assert!(error.to_string().contains("client certificate"), "{error}");
        assert_eq!(server.connections(), 1);
    }
}

/// A connection that is lost is one, also where the server would have liked a certificate.
#[tokio::test]
async fn a_server_that_would_like_a_certificate_answers_without() {
    let server = Server::start(Wants::MaybeCertificate);
    let client = server.builder().build().unwrap();
    assert_eq!(answer(&client).await.unwrap(), "b");
    assert_eq!(answer(&client).await.unwrap(), "b");
}

#[tokio::test]
async fn another_certificate_than_the_server_s_is_refused_once() {
    let server = Server::start(Wants::Certificate);
    let other = Server::start(Wants::Certificate);
    let client = server
        .builder()
        .retry(RetryPolicy::default())
        .identity(other.identity())
        .build()
        .unwrap();
    let error = get(&client).send_for_json::<String>().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
}

/// R23
#[tokio::test]
async fn the_lowest_version_of_tls_can_be_raised() {
    let server = Server::start(Wants::CertificateByTls1_2);
    let client = server
        .builder()
        .identity(server.identity())
        .min_tls_version(TlsVersion::Tls1_3)
        .build()
        .unwrap();
    let error = answer(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[tokio::test]
async fn the_version_of_http_is_offered_as_it_is_set() {
    let server = Server::start(Wants::Nothing);
    answer(&server.builder().http1_only().build().unwrap()).await.unwrap();
    assert_eq!(*server.protocols.lock().unwrap(), [Some(b"http/1.1".to_vec())]);
    let error = answer(&server.builder().http2_prior_knowledge().build().unwrap())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
}

#[test]
fn what_is_not_a_certificate_is_refused_unseen() {
    let server = Server::start(Wants::Nothing);
    let at = || builder("https://example.com");
    let invalid = Certificate::from_der(*b"hush");
    for builder in [
        at().only_root_certificates([invalid.clone()]),
        at().root_certificates([invalid]),
    ] {
        let message = refused(builder);
        assert!(
            message.contains("root certificate") && !message.contains("hush"),
            "{message}"
        );
    }
    for pem in ["", "hush", "-----BEGIN CERTIFICATE-----\nhush"] {
        let error = Certificate::from_pem(pem).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    let (certificate, key) = &server.identity_pem;
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    for (certificate, key, word) in [
        ("", &**key, "certificate"),
        (certificate, "", "key"),
        (certificate, &encrypted, "encrypted"),
    ] {
        let error = Identity::from_pem(certificate, key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(word), "{error}");
    }
    // A key of another certificate.
    let other = Server::start(Wants::Nothing);
    let mixed = Identity::from_pem(certificate, &other.identity_pem.1).unwrap();
    let message = refused(at().only_root_certificates([]).identity(mixed.clone()));
    assert!(message.contains("cannot be used"), "{message}");
    assert_eq!(format!("{mixed:?}"), "Identity([redacted])");
    _ = Client::builder("https://example.com");
}
