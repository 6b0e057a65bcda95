//! What a client adds to every request, and how it connects.

use std::net::{IpAddr, Ipv4Addr};

use specwright_runtime::{ClientCredentials, Server};

use crate::{
    answer, builder, get,
    plain::{json, server},
    refused,
};

/// R35
#[tokio::test]
async fn default_headers_are_sent_and_a_call_s_own_win() {
    let (address, seen) = server(json("\"b\"")).await;
    let client = builder(&format!("http://{address}"))
        .default_header("X-Team", "identity")
        .default_header("Accept", "application/vnd.example+json")
        .user_agent("client/1")
        .user_agent_prefix("my-program/1.2")
        .build()
        .unwrap();
    answer(&client).await.unwrap();
    get(&client)
        .header("x-team", "other")
        .send_for_json::<String>()
        .await
        .unwrap();
    let requests = seen.requests();
    for line in [
        "x-team: identity",
        "accept: application/vnd.example+json",
        "user-agent: my-program/1.2 client/1",
    ] {
        assert!(requests[0].contains(line), "{requests:?}");
    }
    assert!(
        requests[1].contains("x-team: other") && !requests[1].contains("identity"),
        "{requests:?}"
    );
}

/// R22
#[tokio::test]
async fn default_headers_go_to_trusted_servers_alone() {
    let (address, _) = server(json("\"b\"")).await;
    let (other, seen) = server(json("\"b\"")).await;
    let elsewhere = || Server::from(format!("http://{other}"));
    let client = builder(&format!("http://{address}")).default_header("x-key", "hush");
    let client = client.build().unwrap();
    get(&client)
        .server(elsewhere())
        .send_for_json::<String>()
        .await
        .unwrap();
    let client = builder(&format!("http://{address}"))
        .default_header("x-key", "hush")
        .trust(elsewhere());
    let client = client.build().unwrap();
    get(&client)
        .server(elsewhere())
        .send_for_json::<String>()
        .await
        .unwrap();
    let requests = seen.requests();
    assert!(
        !requests[0].contains("x-key") && requests[1].contains("x-key: hush"),
        "{requests:?}"
    );
}

#[tokio::test]
async fn token_requests_have_the_default_headers_too() {
    let (address, seen) = server(json(r#"{"access_token":"t","token_type":"bearer"}"#)).await;
    let client = builder(&format!("http://{address}/gateway"))
        .default_header("x-tenant", "acme")
        .token_source(ClientCredentials::new("oauth/token", "id", "secret"))
        .build()
        .unwrap();
    _ = get(&client).send_ignoring_body().await.unwrap();
    let requests = seen.requests();
    assert!(requests[0].starts_with("POST /gateway/oauth/token "), "{requests:?}");
    assert!(
        requests.iter().all(|request| request.contains("x-tenant: acme")),
        "{requests:?}"
    );
}

#[test]
fn invalid_headers_are_refused_unseen() {
    let at = || builder("https://example.com");
    for (name, value) in [
        ("a b", "hush"),
        ("x-a", "hush\n"),
        ("host", "hush"),
        ("content-length", "1"),
    ] {
        let message = refused(at().default_header(name, value));
        assert!(message.contains("header") && !message.contains("hush"), "{message}");
    }
    let message = refused(at().user_agent_prefix("a\nb"));
    assert!(message.contains("user agent"), "{message}");
}

#[tokio::test]
async fn connections_are_kept_as_it_is_set() {
    let (address, seen) = server(json("\"b\"")).await;
    let url = format!("http://{address}");
    let client = builder(&url).build().unwrap();
    answer(&client).await.unwrap();
    answer(&client).await.unwrap();
    assert_eq!(seen.connections().len(), 1);
    let client = builder(&url).pool_max_idle_per_host(0).build().unwrap();
    answer(&client).await.unwrap();
    answer(&client).await.unwrap();
    assert_eq!(seen.connections().len(), 3);
    let client = builder(&url)
        .pool_idle_timeout(std::time::Duration::ZERO)
        .build()
        .unwrap();
    answer(&client).await.unwrap();
    answer(&client).await.unwrap();
    assert_eq!(seen.connections().len(), 5);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn connections_come_from_the_local_address() {
    let (address, seen) = server(json("\"b\"")).await;
    let client = builder(&format!("http://{address}")).local_address(Ipv4Addr::new(127, 0, 0, 9));
    answer(&client.build().unwrap()).await.unwrap();
    assert_eq!(seen.connections()[0].ip(), IpAddr::from([127, 0, 0, 9]));
}

#[tokio::test]
async fn http2_is_spoken_from_the_first_byte() {
    let (address, seen) = server(b"no HTTP/2".to_vec()).await;
    let client = builder(&format!("http://{address}")).http2_prior_knowledge();
    answer(&client.build().unwrap()).await.unwrap_err();
    assert!(
        seen.requests()[0].starts_with("PRI * HTTP/2.0"),
        "{:?}",
        seen.requests()
    );
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn compressed_responses_are_asked_for_unless_switched_off() {
    let (address, seen) = server(json("\"b\"")).await;
    let url = format!("http://{address}");
    answer(&builder(&url).build().unwrap()).await.unwrap();
    answer(&builder(&url).no_compression().build().unwrap()).await.unwrap();
    let requests = seen.requests();
    assert!(
        requests[0].contains("accept-encoding: ") && requests[0].contains("gzip"),
        "{requests:?}"
    );
    assert!(!requests[1].contains("accept-encoding"), "{requests:?}");
}

/// R35: never silently without effect.
#[tokio::test]
async fn a_setting_of_the_default_transport_beside_another_transport_is_an_error() {
    let transport =
        || specwright_runtime::ReqwestTransport::from_builder(specwright_runtime::reqwest::Client::builder()).unwrap();
    let message = refused(
        builder("http://127.0.0.1:1")
            .http1_only()
            .no_proxy()
            .transport(transport()),
    );
    assert!(message.contains("`http1_only`"), "{message}");
    assert!(builder("http://127.0.0.1:1").transport(transport()).build().is_ok());
}
