//! A server of scripted bytes: one connection, one request, one answer.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the server does after it has sent its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Closes the connection.
    Close,
    /// Says nothing more until the client closes the connection.
    Wait,
}

/// A server on loopback that answers the first request with these bytes.
pub(crate) struct Server {
    pub(crate) url: String,
    request: JoinHandle<String>,
}

impl Server {
    pub(crate) async fn answering(answer: impl Into<Vec<u8>>, then: Then) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = answer.into();
        let request = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let request = read_request(&mut stream).await;
            // A client that has had enough closes the connection before the answer's end.
            _ = stream.write_all(&answer).await;
            if then == Then::Wait {
                _ = stream.read(&mut [0; 16]).await;
            }
            request
        });
        Self { url, request }
    }

    /// A server that answers with this status, content type and body.
    pub(crate) async fn with(status: &str, content_type: &str, body: &str) -> Self {
        Self::answering(
            answer(status, &format!("content-type: {content_type}\r\n"), body),
            Then::Close,
        )
        .await
    }

    /// The request as it came, once the connection is over.
    pub(crate) async fn request(self) -> String {
        self.request.await.unwrap()
    }
}

/// A response with these further header lines, and the length of its body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&request) {
        let read = stream.read(&mut buffer).await.unwrap();
        if read == 0 {
            break;
        }
        request.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8_lossy(&request).into_owned()
}

fn is_complete(request: &[u8]) -> bool {
    // The handshake of TLS is answered like a request.
    if request.first() == Some(&0x16) {
        return true;
    }
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        return body.ends_with("\r\n0\r\n\r\n");
    }
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// A server with TLS whose certificate is right for its address but signed by itself.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) fn self_signed() -> std::net::SocketAddr {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = config
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut connection = rustls::ServerConnection::new(std::sync::Arc::new(config)).unwrap();
        // The client ends the handshake with an alert.
        while connection
            .complete_io(&mut stream)
            .is_ok_and(|(read, written)| read + written > 0)
        {}
    });
    address
}
