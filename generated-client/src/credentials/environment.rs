//! Credentials of the environment.

use std::ffi::OsString;

use specwright_runtime::{BearerToken, Error, Secret, Server};

use super::{ClientAssertion, ClientId};
use crate::{Client, ClientBuilder, tenant};

const ACCESS_TOKEN: &str = "CONDUCTORONE_ACCESS_TOKEN";
const OIDC_TOKEN: &str = "CONDUCTORONE_OIDC_TOKEN";
const CLIENT_ID: &str = "CONDUCTORONE_CLIENT_ID";
const CLIENT_SECRET: &str = "CONDUCTORONE_CLIENT_SECRET";
const SERVER_URL: &str = "CONDUCTORONE_SERVER_URL";
const TENANT_DOMAIN: &str = "CONDUCTORONE_TENANT_DOMAIN";

impl Client {
    /// Creates a client from environment variables. The first of these that is set is used:
    ///
    /// 1. `CONDUCTORONE_ACCESS_TOKEN`: a token that does not change;
    /// 2. `CONDUCTORONE_OIDC_TOKEN` with `CONDUCTORONE_CLIENT_ID`: the identity token of a workload, which is exchanged;
    /// 3. `CONDUCTORONE_CLIENT_ID` with `CONDUCTORONE_CLIENT_SECRET`.
    ///
    /// The server is that of `CONDUCTORONE_SERVER_URL`, or `CONDUCTORONE_TENANT_DOMAIN`, or the host in the client id.
    /// Both variables accept a URL or a host. An empty variable counts as not set.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration). It names the variable that is missing or invalid and
    /// never shows its value.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Creates a builder with the credential and the server of [`Client::from_env`], for further settings.
    ///
    /// # Errors
    ///
    /// Those of [`Client::from_env`].
    pub fn builder_from_env() -> Result<ClientBuilder, Error> {
        Variables(&|name| std::env::var_os(name)).builder()
    }
}

/// Variables by their names.
struct Variables<'a>(&'a dyn Fn(&str) -> Option<OsString>);

impl Variables<'_> {
    fn builder(&self) -> Result<ClientBuilder, Error> {
        if let Some(token) = self.get(ACCESS_TOKEN)? {
            let token = BearerToken::new(token).map_err(|error| wrong(ACCESS_TOKEN, &error))?;
            return Ok(self.server()?.credential(token));
        }
        if let Some(token) = self.get(OIDC_TOKEN)? {
            let client_id = self.client_id()?.ok_or_else(|| lacking(CLIENT_ID, OIDC_TOKEN))?;
            return Ok(self
                .server()?
                .token_source(client_id.token_exchange(Secret::new(token))));
        }
        match (self.client_id()?, self.get(CLIENT_SECRET)?) {
            (Some(client_id), Some(secret)) => {
                let assertion = ClientAssertion::new(client_id.as_str(), secret);
                let assertion = assertion.map_err(|error| wrong(CLIENT_SECRET, &error))?;
                Ok(self.server()?.token_source(assertion))
            }
            (Some(_), None) => Err(lacking(CLIENT_SECRET, CLIENT_ID)),
            (None, Some(_)) => Err(lacking(CLIENT_ID, CLIENT_SECRET)),
            (None, None) => Err(Error::configuration(format!(
                "no credential in the environment: set {ACCESS_TOKEN}, or {OIDC_TOKEN} and {CLIENT_ID}, or {CLIENT_ID} \
                 and {CLIENT_SECRET}"
            ))),
        }
    }

    fn server(&self) -> Result<ClientBuilder, Error> {
        for name in [SERVER_URL, TENANT_DOMAIN] {
            if let Some(host) = self.get(name)? {
                let checked = tenant::server(&host).and_then(|url| Server::from(url).check());
                checked.map_err(|error| wrong(name, &error))?;
                return Client::builder(&host);
            }
        }
        let client_id = self.client_id()?.ok_or_else(|| {
            Error::configuration(format!(
                "no server in the environment: set {SERVER_URL} or {TENANT_DOMAIN}"
            ))
        })?;
        Client::builder(client_id.host())
    }

    fn client_id(&self) -> Result<Option<ClientId>, Error> {
        let client_id = self.get(CLIENT_ID)?.map(|text| ClientId::parse(&text)).transpose();
        client_id.map_err(|error| wrong(CLIENT_ID, &error))
    }

    fn get(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(value) = (self.0)(name).filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let value = value.into_string();
        value
            .map(Some)
            .map_err(|_| Error::configuration(format!("{name} is not valid UTF-8")))
    }
}

/// The errors of settings show no value.
fn wrong(name: &str, error: &Error) -> Error {
    Error::configuration(format!("{name}: {error}"))
}

fn lacking(name: &str, beside: &str) -> Error {
    Error::configuration(format!("{name} is not set, which {beside} needs beside it"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use std::sync::{Arc, Mutex};

    use specwright_runtime::{
        Body, BoxFuture, Transport, TransportError,
        http::{Request, Response},
    };

    use super::{
        super::client_secret::tests::{JWK, secret},
        *,
    };

    const ID: &str = "CANARY@acme.conductor.one/pcc";

    fn host(variables: &[(&str, &str)]) -> Result<String, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(candidate, _)| *candidate == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let client = Variables(&lookup).builder().and_then(ClientBuilder::build);
        client.map(|client| client.as_ref().host().to_owned()).map_err(|error| {
            assert!(!format!("{error} {error:?}").contains("CANARY"), "{error:?}");
            error.to_string()
        })
    }

    #[test]
    fn the_server_comes_from_the_environment_before_the_client_id() {
        let secret = secret(JWK);
        let (id, secret) = ((CLIENT_ID, ID), (CLIENT_SECRET, secret.expose()));
        let (url, domain) = ((SERVER_URL, "https://one.example"), (TENANT_DOMAIN, "two.c1eu.ai"));
        let token = (ACCESS_TOKEN, "CANARY");
        let rows: [(&[(&str, &str)], &str); 7] = [
            (&[id, secret], "acme.conductor.one"),
            (&[id, secret, domain], "two.c1eu.ai"),
            (&[id, secret, domain, url], "one.example"),
            (&[token, url], "one.example"),
            (&[token, id], "acme.conductor.one"),
            (&[token, (CLIENT_ID, "CANARY"), domain], "two.c1eu.ai"),
            (&[(OIDC_TOKEN, "CANARY"), id], "acme.conductor.one"),
        ];
        for (variables, expected) in rows {
            assert_eq!(host(variables).as_deref(), Ok(expected));
        }
    }

    type Variable<'a> = (&'a str, &'a str);

    /// Gives a token to who asks for one, and keeps how each request was authorized.
    #[derive(Clone, Default)]
    struct Tenant(Arc<Mutex<Vec<String>>>);

    impl Transport for Tenant {
        fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            let form = request
                .body()
                .as_bytes()
                .map(|form| String::from_utf8_lossy(form).into_owned());
            let header = request.headers().get("authorization");
            let told = match (request.uri().path(), header) {
                ("/auth/v1/token", _) => form.unwrap_or_default(),
                (_, header) => header.unwrap().to_str().unwrap().to_owned(),
            };
            self.0.lock().unwrap().push(told);
            Box::pin(async {
                Ok(Response::new(Body::from(
                    r#"{"access_token": "fetched", "expires_in": 600}"#,
                )))
            })
        }
    }

    /// R28: the order in which the vendor's own clients look.
    #[tokio::test]
    async fn the_first_credential_of_the_environment_counts() {
        let secret = secret(JWK);
        let (token, identity) = ((ACCESS_TOKEN, "static"), (OIDC_TOKEN, "identity"));
        let (id, secret) = ((CLIENT_ID, ID), (CLIENT_SECRET, secret.expose()));
        let rows: [(&[Variable<'_>], &[&str]); 4] = [
            (&[token, identity, id, secret], &["Bearer static"]),
            (&[token, id], &["Bearer static"]),
            (&[identity, id, secret], &["subject_token=identity", "Bearer fetched"]),
            (&[id, secret], &["client_assertion=", "Bearer fetched"]),
        ];
        for (variables, expected) in rows {
            let lookup = |name: &str| {
                let found = variables.iter().find(|(candidate, _)| *candidate == name);
                found.map(|(_, value)| OsString::from(value))
            };
            let tenant = Tenant::default();
            let builder = Variables(&lookup).builder().unwrap().transport(tenant.clone());
            let client = builder.build().unwrap();
            client.app_owners().list("a").await.unwrap();
            let told = tenant.0.lock().unwrap().clone();
            assert_eq!(told.len(), expected.len(), "{told:?}");
            assert!(
                told.iter().zip(expected).all(|(told, words)| told.contains(words)),
                "{told:?}"
            );
        }
    }

    #[test]
    fn errors_name_the_variable_and_not_its_value() {
        let id = (CLIENT_ID, ID);
        let rows: [(&[(&str, &str)], &str); 11] = [
            (&[], "no credential in the environment"),
            (
                &[(ACCESS_TOKEN, ""), (CLIENT_SECRET, "")],
                "no credential in the environment",
            ),
            (&[(ACCESS_TOKEN, "CANARY")], "no server in the environment"),
            (
                &[(ACCESS_TOKEN, "CANARY\n"), id],
                "CONDUCTORONE_ACCESS_TOKEN: the bearer token contains a line break",
            ),
            (
                &[(OIDC_TOKEN, "CANARY")],
                "CONDUCTORONE_CLIENT_ID is not set, which CONDUCTORONE_OIDC_TOKEN needs",
            ),
            (
                &[id],
                "CONDUCTORONE_CLIENT_SECRET is not set, which CONDUCTORONE_CLIENT_ID needs",
            ),
            (
                &[(CLIENT_SECRET, "CANARY")],
                "CONDUCTORONE_CLIENT_ID is not set, which CONDUCTORONE_CLIENT_SECRET needs",
            ),
            (
                &[id, (CLIENT_SECRET, "CANARY")],
                "CONDUCTORONE_CLIENT_SECRET: the client secret does not begin with",
            ),
            (
                &[(CLIENT_ID, "CANARY"), (CLIENT_SECRET, "CANARY")],
                "CONDUCTORONE_CLIENT_ID: the client id does not have the form",
            ),
            (
                &[(ACCESS_TOKEN, "CANARY"), (SERVER_URL, "http://CANARY.example")],
                "CONDUCTORONE_SERVER_URL: plain http",
            ),
            (
                &[(ACCESS_TOKEN, "CANARY"), (TENANT_DOMAIN, "CANARY")],
                "CONDUCTORONE_TENANT_DOMAIN: a tenant's bare name",
            ),
        ];
        for (variables, words) in rows {
            let error = host(variables).unwrap_err();
            assert!(error.starts_with(words), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_named() {
        use std::os::unix::ffi::OsStringExt;
        let lookup = |name: &str| (name == OIDC_TOKEN).then(|| OsString::from_vec(vec![0xff]));
        let error = Variables(&lookup).builder().unwrap_err();
        assert_eq!(error.to_string(), "CONDUCTORONE_OIDC_TOKEN is not valid UTF-8");
    }
}
