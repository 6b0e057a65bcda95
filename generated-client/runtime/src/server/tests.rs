#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use super::*;

fn base(url: &str) -> Result<BaseUrl, String> {
    Server::from(url).resolve(false)
}

#[test]
fn a_base_url_keeps_origin_and_path() {
    let rows = [
        ("https://example.com", "https://example.com/x?y=1"),
        ("https://example.com/", "https://example.com/x?y=1"),
        ("HTTPS://Example.COM:443/Base/v1/", "https://example.com/Base/v1/x?y=1"),
        ("https://example.com:8443/a%20b", "https://example.com:8443/a%20b/x?y=1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/x?y=1"),
        ("http://127.9.9.9:80", "http://127.9.9.9/x?y=1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1/x?y=1"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]/x?y=1"),
        ("http://localhost", "http://localhost/x?y=1"),
        ("http://api.localhost", "http://api.localhost/x?y=1"),
    ];
    for (url, expected) in rows {
        assert_eq!(base(url).unwrap().join("/x?y=1"), expected);
    }
}

/// R21, R23.
#[test]
fn base_urls_that_mislead_are_refused() {
    let rows = [
        ("example.com", "must start with https://"),
        ("ftp://example.com", "must start with https://"),
        ("https:/example.com", "must start with https://"),
        ("http://example.com", "plain http"),
        ("http://10.0.0.1", "plain http"),
        ("http://localhost.evil.example", "plain http"),
        ("http://127.0.0.1.evil.example", "plain http"),
        ("https://user:hush@example.com", "must not contain a user name"),
        ("https://hush@example.com", "must not contain a user name"),
        ("https://example.com?hush=1", "must not contain a query"),
        ("https://example.com/#hush", "must not contain a fragment"),
        (
            "https://evil.example/#hush.conductor.one",
            "must not contain a fragment",
        ),
        ("https://", "not a valid DNS name"),
        ("https:///path", "not a valid DNS name"),
        ("https://exa mple.com", "not a valid DNS name"),
        ("https://example.com\\@evil.example", "must not contain a user name"),
        ("https://example.com\\evil", "not a valid DNS name"),
        ("https://ex%61mple.com", "not a valid DNS name"),
        ("https://münchen.example", "not a valid DNS name"),
        ("https://example..com", "not a valid DNS name"),
        ("https://example.com.", "not a valid DNS name"),
        (" https://example.com", "must start with https://"),
        ("https://example.com ", "not a valid DNS name"),
        ("https://example.com\n", "not a valid DNS name"),
        ("https://0x7f.1", "looks like an IPv4"),
        ("http://127.1", "looks like an IPv4"),
        ("http://2130706433", "looks like an IPv4"),
        ("https://[::1", "port"),
        ("https://[zz]", "not a valid IPv6"),
        ("https://example.com:", "port"),
        ("https://example.com:0", "port"),
        ("https://example.com:+80", "port"),
        ("https://example.com:65536", "port"),
        ("https://example.com:80:80", "port"),
        ("https://example.com/a/../b", "segment"),
        ("https://example.com/%2e%2E/b", "segment"),
        ("https://example.com//b", "segment"),
        ("https://example.com/a b", "percent-encoded"),
        ("https://example.com/a\\b", "percent-encoded"),
    ];
    for (url, reason) in rows {
        let error = base(url).unwrap_err();
        assert!(error.contains(reason), "{url:?}: {error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

#[test]
fn plain_http_beyond_loopback_needs_a_choice() {
    assert!(Server::from("http://example.com").resolve(true).is_ok());
    assert!(Server::from("ftp://example.com").resolve(true).is_err());
}

fn expanded(template: &str, variables: &[(&str, &str)]) -> Result<String, String> {
    let template = variables
        .iter()
        .fold(ServerTemplate::new(template), |template, (name, value)| {
            template.with(*name, *value)
        });
    Server::from(template).resolve(false).map(|base| base.join("/x"))
}

#[test]
fn server_variables_fill_their_places() {
    let tenant = "https://{tenantDomain}.conductor.one";
    assert_eq!(
        expanded(tenant, &[("tenantDomain", "Acme")]).unwrap(),
        "https://acme.conductor.one/x"
    );
    assert_eq!(
        expanded("https://{host}/v1", &[("host", "api.example.com")]).unwrap(),
        "https://api.example.com/v1/x"
    );
    assert_eq!(
        expanded(
            "{scheme}://{host}:{port}/{base}/v1",
            &[
                ("scheme", "http"),
                ("host", "localhost"),
                ("port", "81"),
                ("base", "a b/c")
            ]
        )
        .unwrap(),
        "http://localhost:81/a%20b/c/v1/x"
    );
    assert_eq!(
        expanded("{url}/v1", &[("url", "https://example.com/a")]).unwrap(),
        "https://example.com/a/v1/x"
    );
}

/// R21.
#[test]
fn a_tenant_is_one_dns_label() {
    let long = "a".repeat(64);
    let tenants = [
        "",
        "evil.example/#",
        "evil.example",
        "a.b",
        "-a",
        "a-",
        "a_b",
        "a b",
        "a/b",
        "a@b",
        "a:1",
        "a?b",
        "a#b",
        "a\\b",
        "é",
        "a\n",
        "%61",
        "{x}",
        "..",
        long.as_str(),
    ];
    for tenant in tenants {
        let error = expanded("https://{tenant}.conductor.one", &[("tenant", tenant)]).unwrap_err();
        assert!(error.contains("`tenant` is not a DNS label"), "{tenant:?}: {error}");
    }
}

#[test]
fn server_variables_of_other_places_are_checked() {
    let rows = [
        ("https://{host}/v1", "host", "evil.example/a"),
        ("https://{host}/v1", "host", "user@evil.example"),
        ("https://example.com:{port}", "port", "80@evil.example"),
        ("https://example.com:{port}", "port", "0"),
        ("https://example.com/{base}", "base", "../x"),
        ("https://example.com/{base}", "base", ""),
        ("{scheme}://example.com", "scheme", "javascript"),
        ("{url}", "url", "https://user@example.com"),
    ];
    for (template, name, value) in rows {
        assert!(
            expanded(template, &[(name, value)]).is_err(),
            "{template} with {value:?}"
        );
    }
    assert!(
        expanded("https://{a}.example.com", &[])
            .unwrap_err()
            .contains("`a` has no value")
    );
    assert!(
        expanded("https://example.com", &[("a", "b")])
            .unwrap_err()
            .contains("no variable `a`")
    );
    assert!(expanded("https://{a.example.com", &[]).is_err());
}

#[test]
fn declared_variables_have_defaults_and_bounds() {
    let region = || ServerTemplate::new("https://{region}.example.com").variable("region", "eu", &["eu", "us"]);
    let url = |template: ServerTemplate| Server::from(template).resolve(false).map(|base| base.join(""));
    assert_eq!(url(region()).unwrap(), "https://eu.example.com");
    assert_eq!(url(region().with("region", "us")).unwrap(), "https://us.example.com");
    let error = url(region().with("region", "evil")).unwrap_err();
    assert_eq!(error, "server variable `region` is not one of `eu`, `us`");
    // R21: what stands in the document is checked like everything else.
    let bad = ServerTemplate::new("https://{region}.example.com").variable("region", "evil.example/#", &[]);
    assert!(url(bad).is_err());
}

#[test]
fn relative_servers_stand_at_their_base() {
    let rows = [
        ("/v1", "https://example.com/v1/x"),
        ("/", "https://example.com/x"),
        ("v1", "https://example.com/api/v1/x"),
        ("./v1/", "https://example.com/api/v1/x"),
        ("../v1", "https://example.com/v1/x"),
        ("../../../v1", "https://example.com/v1/x"),
        ("", "https://example.com/api/x"),
        ("//other.example/v1", "https://other.example/v1/x"),
        ("/{version}", "https://example.com/a/b/x"),
        ("https://own.example", "https://own.example/x"),
    ];
    let base = BaseUrl::parse("https://example.com/api", false).unwrap();
    for (url, expected) in rows {
        let template = ServerTemplate::new(url).variable("version", "a/b", &[]);
        let at = Server::from(template.clone().relative_to("https://example.com/api")).resolve(false);
        assert_eq!(at.unwrap().join("/x"), expected, "{url}");
        let of_client = Server::from(template).resolve_at(&base, false);
        assert_eq!(of_client.unwrap().join("/x"), expected, "{url}");
    }
    for url in ["/v1", "v1", "//other.example"] {
        let error = Server::from(ServerTemplate::new(url)).resolve(false).unwrap_err();
        assert!(error.contains("`ServerTemplate::relative_to`"), "{error}");
    }
}

/// R21: a relative server changes the path and nothing else.
#[test]
fn relative_servers_that_mislead_are_refused() {
    let base = BaseUrl::parse("https://example.com/api", false).unwrap();
    for url in [
        "/a?x",
        "/a#x",
        "/a\\b",
        "//user@evil.example",
        "/%2e%2e/a",
        "javascript:alert(1)",
        "/a b",
    ] {
        assert!(
            Server::from(ServerTemplate::new(url)).resolve_at(&base, false).is_err(),
            "{url}"
        );
    }
}
