//! Token requests of OAuth that do not require a private key.

use std::fmt;

use crate::{BoxFuture, Client, CredentialError, Form, Secret, Token, TokenEndpoint, TokenError, TokenSource};

/// The way in which a client sends its secret to a token endpoint (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// In the form, as `client_id` and `client_secret`: `client_secret_post`.
    #[default]
    Body,
    /// In `Authorization: Basic`: `client_secret_basic`.
    Basic,
}

/// A token source for a client with an id and a secret: `grant_type=client_credentials` (RFC 6749, 4.4).
///
/// ```
/// use specwright_runtime::{Client, ClientCredentials};
///
/// # fn example() -> Result<(), specwright_runtime::Error> {
/// let tokens = ClientCredentials::new("/oauth/token", "my-client", "secret").scope("read").scope("write");
/// let client = Client::builder("https://example.com/v1").token_source(tokens).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    url: String,
    client_id: String,
    client_secret: Secret,
    authentication: ClientAuthentication,
    scopes: Vec<String>,
}

impl ClientCredentials {
    /// Creates a source for the token endpoint with a URL, absolute or relative to the server; see [`TokenEndpoint::new`].
    pub fn new(token_url: impl Into<String>, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self {
            url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            authentication: ClientAuthentication::default(),
            scopes: Vec::new(),
        }
    }

    /// Sets how the secret is sent. The default is [`ClientAuthentication::Body`].
    #[must_use]
    pub fn authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Adds a scope. Without scopes, the server chooses them.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }
}

impl TokenSource for ClientCredentials {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let endpoint = TokenEndpoint::new(&self.url);
            let form = with_scopes(Form::new().field("grant_type", "client_credentials"), &self.scopes);
            let (endpoint, form) = match self.authentication {
                ClientAuthentication::Basic => (
                    endpoint.basic_authentication(&self.client_id, &self.client_secret),
                    form,
                ),
                ClientAuthentication::Body => {
                    let form = form.field("client_id", &self.client_id);
                    (endpoint, form.secret_field("client_secret", &self.client_secret))
                }
            };
            endpoint.fetch(client, &form).await
        })
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientCredentials")
            .field("client_id", &self.client_id)
            .field("authentication", &self.authentication)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The source of the token that is exchanged: a fixed [`Secret`], or a function that is called before each exchange.
pub trait SubjectToken: Send + Sync + 'static {
    /// Returns the token to exchange. The error is printed, so it must not contain secrets.
    fn subject_token(&self) -> BoxFuture<'_, Result<Secret, CredentialError>>;
}

impl SubjectToken for Secret {
    fn subject_token(&self) -> BoxFuture<'_, Result<Secret, CredentialError>> {
        Box::pin(async { Ok(self.clone()) })
    }
}

impl<F> SubjectToken for F
where
    F: Fn() -> BoxFuture<'static, Result<Secret, CredentialError>> + Send + Sync + 'static,
{
    fn subject_token(&self) -> BoxFuture<'_, Result<Secret, CredentialError>> {
        self()
    }
}

/// A token source that exchanges tokens of another issuer (RFC 8693), such as the identity token of a cloud workload.
///
/// ```
/// use specwright_runtime::{BoxFuture, Client, CredentialError, Secret, TokenExchange};
///
/// fn workload_token() -> BoxFuture<'static, Result<Secret, CredentialError>> {
///     Box::pin(async { Ok(Secret::new(std::fs::read_to_string("/var/run/secrets/token")?.trim_end())) })
/// }
///
/// # fn example() -> Result<(), specwright_runtime::Error> {
/// let tokens = TokenExchange::new("/oauth/token", workload_token).field("client_id", "my-client");
/// let client = Client::builder("https://example.com/v1").token_source(tokens).build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokenExchange<S> {
    url: String,
    subject_token: S,
    subject_token_type: String,
    fields: Vec<(String, String)>,
}

impl<S: SubjectToken> TokenExchange<S> {
    /// Creates a source that exchanges JWTs at the endpoint with a URL, absolute or relative to the server; see
    /// [`TokenEndpoint::new`].
    pub fn new(token_url: impl Into<String>, subject_token: S) -> Self {
        Self {
            url: token_url.into(),
            subject_token,
            subject_token_type: "urn:ietf:params:oauth:token-type:jwt".to_owned(),
            fields: Vec::new(),
        }
    }

    /// Sets the type of the token to exchange, as a URI. The default is `urn:ietf:params:oauth:token-type:jwt`.
    #[must_use]
    pub fn subject_token_type(mut self, uri: impl Into<String>) -> Self {
        self.subject_token_type = uri.into();
        self
    }

    /// Sets another URL of the endpoint, absolute or relative to the server; see [`TokenEndpoint::new`].
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// Adds a field to the request, such as `client_id`, `audience`, `resource` or `scope`. It is not treated as a secret.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }
}

impl<S: SubjectToken> TokenSource for TokenExchange<S> {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            let subject_token = self.subject_token.subject_token().await.map_err(|error| {
                TokenError::new(format!("the subject token is not available: {error}")).caused_by(error)
            })?;
            let form = Form::new()
                .field("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .field("subject_token_type", &self.subject_token_type)
                .secret_field("subject_token", &subject_token);
            let fields = self.fields.iter();
            let form = fields.fold(form, |form, (name, value)| form.field(name, value));
            TokenEndpoint::new(&self.url).fetch(client, &form).await
        })
    }
}

impl<S> fmt::Debug for TokenExchange<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TokenExchange")
            .field("subject_token_type", &self.subject_token_type)
            .finish_non_exhaustive()
    }
}

fn with_scopes(form: Form, scopes: &[String]) -> Form {
    if scopes.is_empty() {
        return form;
    }
    form.field("scope", &scopes.join(" "))
}
