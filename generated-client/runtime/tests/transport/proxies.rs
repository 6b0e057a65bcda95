//! Proxies that a program names.

use specwright_runtime::Proxy;

use crate::{
    answer, builder,
    plain::{json, server},
    refused,
};

#[tokio::test]
async fn requests_go_through_the_proxy() {
    let (address, seen) = server(json("\"b\"")).await;
    let proxy = || Proxy::all(format!("http://{address}")).basic_auth("ada", "hush");
    let client = builder("http://api.example.test")
        .allow_plain_http()
        .proxy(proxy())
        .build()
        .unwrap();
    assert_eq!(answer(&client).await.unwrap(), "b");
    let requests = seen.requests();
    assert!(
        requests[0].starts_with("GET http://api.example.test/apps/a1 "),
        "{requests:?}"
    );
    assert!(
        requests[0].contains("proxy-authorization: Basic YWRhOmh1c2g="),
        "{requests:?}"
    );
}

/// A tunnel is asked for, and what the proxy answers is an error of connecting.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn https_goes_through_a_tunnel() {
    let (address, seen) = server("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n").await;
    let proxy = Proxy::https(format!("http://{address}"));
    let client = builder("https://api.example.test").proxy(proxy).build().unwrap();
    let error = answer(&client).await.unwrap_err();
    assert_eq!(error.kind(), specwright_runtime::ErrorKind::Connect, "{error}");
    assert!(error.to_string().contains("proxy"), "{error}");
    assert!(
        seen.requests()[0].starts_with("CONNECT api.example.test:443 "),
        "{:?}",
        seen.requests()
    );
}

#[tokio::test]
async fn hosts_can_be_excepted_and_loopback_has_no_proxy_of_the_environment() {
    let (address, seen) = server(json("\"b\"")).await;
    let (proxy, at_proxy) = server(json("\"proxy\"")).await;
    let url = format!("http://{address}");
    let proxy = || Proxy::http(format!("http://{proxy}"));
    // Explicitly, loopback is proxied too.
    assert_eq!(
        answer(&builder(&url).proxy(proxy()).build().unwrap()).await.unwrap(),
        "proxy"
    );
    assert_eq!(
        answer(&builder(&url).proxy(proxy().except("127.0.0.1")).build().unwrap())
            .await
            .unwrap(),
        "b"
    );
    assert_eq!(
        answer(&builder(&url).proxy(proxy()).no_proxy().build().unwrap())
            .await
            .unwrap(),
        "b"
    );
    assert_eq!((seen.requests().len(), at_proxy.requests().len()), (2, 1));
}

#[test]
fn unusable_proxies_are_refused_unseen() {
    for url in ["", "hush hush", "ftp://hush", "http://", "http://hush:hush@"] {
        let message = refused(builder("https://example.com").proxy(Proxy::all(url)));
        assert!(
            message.contains("the proxy URL") && !message.contains("hush"),
            "{message}"
        );
    }
}

#[cfg(not(all(feature = "socks", any(feature = "rustls", feature = "native-tls"))))]
#[test]
fn socks_names_its_feature() {
    let message = refused(builder("https://example.com").proxy(Proxy::all("socks5h://127.0.0.1:1080")));
    assert!(message.contains("feature `socks`"), "{message}");
}

#[cfg(all(feature = "socks", any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn socks_carries_requests_and_resolves_names() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let proxy = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).await.unwrap();
        stream.write_all(&[5, 0]).await.unwrap();
        let mut wish = [0; 5];
        stream.read_exact(&mut wish).await.unwrap();
        let mut host = vec![0; usize::from(wish[4]) + 2];
        stream.read_exact(&mut host).await.unwrap();
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        stream.write_all(json("\"b\"").as_bytes()).await.unwrap();
        host.truncate(host.len() - 2);
        String::from_utf8(host).unwrap()
    });
    let client = builder("http://api.example.test")
        .allow_plain_http()
        .proxy(Proxy::all(format!("socks5h://{address}")));
    assert_eq!(answer(&client.build().unwrap()).await.unwrap(), "b");
    assert_eq!(proxy.await.unwrap(), "api.example.test");
}
