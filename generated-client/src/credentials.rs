//! The ways to a token of `ConductorOne`'s, but for one that is there already.

mod assertion;
mod client_id;
mod client_secret;
mod device_login;
mod environment;

use specwright_runtime::{Error, Secret, SubjectToken, TokenExchange};

pub use self::{
    assertion::ClientAssertion,
    client_id::ClientId,
    device_login::{DeviceLogin, PersonalClient},
};
use crate::Client;

/// Where every tenant gives tokens, below the path of the client's server: a gateway has it under its own prefix.
const TOKEN_PATH: &str = "auth/v1/token";

impl Client {
    /// Creates a client from a client id and its secret, as `ConductorOne` shows them when a credential is created.
    ///
    /// The tenant's host is the one in the id. For another host or other settings, use a [`ClientAssertion`] as the token
    /// source of a [`Client::builder`].
    ///
    /// ```no_run
    /// use conductorone_client::Client;
    ///
    /// # fn example(secret: String) -> Result<(), conductorone_client::Error> {
    /// let client = Client::with_client_credentials("strange-hydra-68836@acme.conductor.one/pcc", secret)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the id or the secret is invalid. The error shows
    /// neither of them.
    pub fn with_client_credentials(client_id: &str, client_secret: impl Into<Secret>) -> Result<Self, Error> {
        let assertion = ClientAssertion::new(client_id, client_secret)?;
        Self::builder(assertion.client_id().host())?
            .token_source(assertion)
            .build()
    }

    /// Creates a client from the identity token of a workload, as a cloud or a build service issues it (OIDC), and the
    /// client id of a workload federation, which ends in `/wfe`.
    ///
    /// `token` is a [`Secret`], or a function that returns the token before every exchange, because such tokens are
    /// short-lived. For another host or other settings, see [`ClientId::token_exchange`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the id is invalid.
    pub fn with_workload_token(client_id: &str, token: impl SubjectToken) -> Result<Self, Error> {
        let client_id = ClientId::parse(client_id)?;
        let tokens = client_id.token_exchange(token);
        Self::builder(client_id.host())?.token_source(tokens).build()
    }
}

impl ClientId {
    /// Exchanges the identity token of a workload for tokens of this client id (RFC 8693), at `auth/v1/token` below the
    /// client's server unless [`TokenExchange::token_url`] sets another URL.
    ///
    /// ```
    /// use conductorone_client::{Client, ClientId, Secret};
    ///
    /// let id = ClientId::parse("still-hydra-1@acme.conductor.one/wfe")?;
    /// let tokens = id.token_exchange(Secret::new("a token of the workload"));
    /// let client = Client::builder("acme.c1eu.ai")?.token_source(tokens).build()?;
    /// # Ok::<(), conductorone_client::Error>(())
    /// ```
    pub fn token_exchange<S: SubjectToken>(&self, token: S) -> TokenExchange<S> {
        TokenExchange::new(TOKEN_PATH, token).field("client_id", self.as_str())
    }
}
