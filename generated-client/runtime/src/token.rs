//! Tokens that expire, and their sources.

mod clock;
mod endpoint;
mod error;
mod expiry;
mod fetch;
mod form;
mod refreshing;
mod reply;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use self::{endpoint::TokenEndpoint, error::TokenError, form::Form, refreshing::RefreshingToken};
use crate::{BoxFuture, Client, Secret};

/// Where bearer tokens come from, one request for each.
///
/// [`ClientBuilder::token_source`](crate::ClientBuilder::token_source) makes a credential of it, which keeps a token,
/// refreshes it ahead of its end, and asks again where [`TokenError::is_retryable`].
///
/// ```
/// use specwright_runtime::{BoxFuture, Client, Form, Token, TokenEndpoint, TokenError, TokenSource};
///
/// struct Anonymous;
///
/// impl TokenSource for Anonymous {
///     fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
///         Box::pin(async move {
///             let form = Form::new().field("grant_type", "urn:example:anonymous");
///             TokenEndpoint::new("/oauth/token").fetch(client, &form).await
///         })
///     }
/// }
///
/// # fn example() -> Result<(), specwright_runtime::Error> {
/// let client = Client::builder("https://example.com").token_source(Anonymous).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// Asks for a token once. `client` is the client to be authorized, without its credential.
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// A bearer token, and how long it can be used.
#[derive(Clone, Debug)]
pub struct Token {
    pub(crate) secret: Secret,
    pub(crate) lifetime: Option<Duration>,
}

impl Token {
    /// A token that is used until the server refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            lifetime: None,
        }
    }

    /// How long it can be used, counted from when it was asked for; zero: for what waits for it now, and no longer.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self {
            lifetime: Some(lifetime),
            ..self
        }
    }

    /// The token itself.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// How long it can be used, counted from when it was asked for; `None` where nobody said so.
    #[must_use]
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }
}
