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

/// A source of bearer tokens.
///
/// [`ClientBuilder::token_source`](crate::ClientBuilder::token_source) creates a credential from it. The credential stores a
/// token, refreshes it before it expires, and retries a failed request if [`TokenError::is_retryable`] returns `true`.
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
    /// Sends one token request. `client` is the client to be authorized, without its credential.
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// A bearer token with its lifetime.
#[derive(Clone, Debug)]
pub struct Token {
    pub(crate) secret: Secret,
    pub(crate) lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token that is used until the server rejects it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            lifetime: None,
        }
    }

    /// Sets the lifetime, counted from the token request. With zero, only the calls that wait for the token use it.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        Self {
            lifetime: Some(lifetime),
            ..self
        }
    }

    /// Returns the secret of the token.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Returns the lifetime, counted from the token request, or `None` if it is unknown.
    #[must_use]
    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }
}
