//! What the environment decides. Each case runs in a process of its own.

use std::process::Command;

use crate::{
    answer, builder,
    plain::{json, server},
};

/// What a call to a server beyond this machine comes to, in a process with this environment.
fn outcome(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in [
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "REQUEST_METHOD",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
    ] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.envs(variables.iter().copied());
    let output = command
        .args(["environment::child", "--exact", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.split_once("outcome: "));
    line.map_or(text.clone(), |(_, outcome)| outcome.to_owned())
}

#[tokio::test]
#[ignore = "the process that the other tests start"]
async fn child() {
    let url = std::env::var("URL").unwrap_or_else(|_| "http://api.example.test".to_owned());
    let client = builder(&url)
        .allow_plain_http()
        .connect_timeout(std::time::Duration::from_secs(2))
        .build();
    let outcome = match client {
        Ok(client) => answer(&client).await,
        Err(error) => Err(error),
    };
    println!(
        "outcome: {}",
        outcome.unwrap_or_else(|error| format!("{:?} {error}", error.kind()))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proxies_of_the_environment_are_used() {
    let (proxy, seen) = server(json("\"proxy\"")).await;
    let proxy = format!("http://{proxy}");
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        assert_eq!(outcome(&[(name, &proxy)]), "proxy", "{name}");
    }
    assert_eq!(seen.requests().len(), 4);
    // Not for another scheme, for a host that is excepted, or for loopback.
    let direct = [
        vec![("HTTPS_PROXY", proxy.as_str())],
        vec![("HTTP_PROXY", &proxy), ("NO_PROXY", "other.test, example.test")],
        vec![("ALL_PROXY", &proxy), ("no_proxy", "*")],
    ];
    for variables in direct {
        let outcome = outcome(&variables);
        assert!(
            outcome.starts_with("Connect") || outcome.starts_with("Timeout"),
            "{outcome}"
        );
    }
    let (direct, _) = server(json("\"direct\"")).await;
    assert_eq!(
        outcome(&[("HTTP_PROXY", &proxy), ("URL", &format!("http://{direct}"))]),
        "direct"
    );
    assert_eq!(seen.requests().len(), 4);
}

/// R35
#[test]
fn a_proxy_of_the_environment_that_cannot_be_used_is_an_error() {
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        for value in ["http://hush:hush@[1", "hush proxy", "ftp://hush"] {
            let outcome = outcome(&[(name, value)]);
            assert!(outcome.starts_with("Configuration"), "{outcome}");
            assert!(outcome.contains(name) && !outcome.contains("hush"), "{outcome}");
        }
    }
}

/// The roots of the platform are those of these variables, where one of them is set.
#[cfg(all(feature = "rustls", target_os = "linux"))]
#[test]
fn the_environment_says_which_authorities_are_trusted() {
    let server = crate::secure::Server::start(crate::secure::Wants::Nothing);
    let file = std::env::temp_dir().join(format!("specwright-runtime-roots-{}.pem", std::process::id()));
    std::fs::write(&file, &server.certificate_pem).unwrap();
    let url = format!("https://127.0.0.1:{}", server.port);
    let path = file.to_str().unwrap();
    assert_eq!(outcome(&[("SSL_CERT_FILE", path), ("URL", &url)]), "b");
    let without = outcome(&[("URL", &url)]);
    assert!(
        without.starts_with("Tls") || without.starts_with("Configuration"),
        "{without}"
    );
    let missing = outcome(&[("SSL_CERT_FILE", "/nowhere/roots.pem"), ("URL", &url)]);
    assert!(missing.starts_with("Configuration"), "{missing}");
    std::fs::remove_file(&file).unwrap();
}
