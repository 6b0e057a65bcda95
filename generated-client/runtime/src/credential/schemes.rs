//! Credentials by the security schemes of a document.

use std::{fmt, sync::Arc};

use http::HeaderName;

use crate::{
    Authorization, BearerToken, ClientCredentials, Credential, Error, ErrorKind, Operation, RefreshingToken, Secret,
    credential::Fixed,
};

/// The security requirement of an operation: alternatives, each with the names of all security schemes that it requires.
///
/// Without alternatives, the operation does not need credentials. With an empty alternative, they are optional.
pub type Requirement = &'static [&'static [&'static str]];

/// The credentials that a client has, by the names of the document's security schemes.
///
/// An operation gets only the credentials that it requires: those of the first alternative for which the client has all
/// credentials. If there is no such alternative, the call returns an error before it is sent, unless the caller sets a header
/// `Authorization`.
pub struct Credentials {
    required: Requirement,
    held: Vec<(&'static str, Arc<dyn Credential>)>,
    problem: Option<Error>,
}

impl Credentials {
    #[doc(hidden)]
    /// Creates a value without credentials. `required` is the requirement of operations that do not declare one.
    #[must_use]
    pub fn new(required: Requirement) -> Self {
        Self {
            required,
            held: Vec::new(),
            problem: None,
        }
    }

    #[doc(hidden)]
    /// Sets the credential of a scheme. A later call replaces it.
    #[must_use]
    pub fn with(mut self, scheme: &'static str, credential: impl Credential) -> Self {
        self.held.retain(|(held, _)| *held != scheme);
        self.held.push((scheme, Arc::new(credential)));
        self
    }

    #[doc(hidden)]
    /// Sets a fixed bearer token.
    #[must_use]
    pub fn bearer(self, scheme: &'static str, token: impl Into<Secret>) -> Self {
        match BearerToken::new(token) {
            Ok(token) => self.with(scheme, token),
            Err(error) => self.refuse(error),
        }
    }

    #[doc(hidden)]
    /// Sets a user name and a password (RFC 7617).
    #[must_use]
    pub fn basic(self, scheme: &'static str, user: &str, password: impl Into<Secret>) -> Self {
        self.fixed(scheme, Authorization::basic(user, &password.into()))
    }

    #[doc(hidden)]
    /// Sets the credentials of another HTTP scheme: the string after the name of the scheme in `Authorization`.
    #[must_use]
    pub fn http(self, scheme: &'static str, word: &str, credentials: impl Into<Secret>) -> Self {
        let value = Secret::new(format!("{word} {}", credentials.into().expose()));
        self.fixed(scheme, Authorization::header(http::header::AUTHORIZATION, &value))
    }

    #[doc(hidden)]
    /// Sets a key in a header.
    #[must_use]
    pub fn key_in_header(self, scheme: &'static str, name: &'static str, key: impl Into<Secret>) -> Self {
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(name) => self.fixed(scheme, Authorization::header(name, &key.into())),
            Err(_) => self.refuse(Error::configuration("the header of the key does not have a valid name")),
        }
    }

    #[doc(hidden)]
    /// Sets a key in the query.
    #[must_use]
    pub fn key_in_query(self, scheme: &'static str, name: &str, key: impl Into<Secret>) -> Self {
        self.fixed(scheme, Authorization::query(name, &key.into()))
    }

    #[doc(hidden)]
    /// Sets a key in a cookie.
    #[must_use]
    pub fn key_in_cookie(self, scheme: &'static str, name: &str, key: impl Into<Secret>) -> Self {
        self.fixed(scheme, Authorization::cookie(name, &key.into()))
    }

    #[doc(hidden)]
    /// Sets the id and secret of a client (RFC 6749, 4.4). Tokens are fetched and refreshed when needed.
    ///
    /// The URL of the endpoint is absolute or relative to the server of the client. Without scopes, the server chooses them.
    #[must_use]
    pub fn client_credentials(
        self,
        scheme: &'static str,
        token_url: &str,
        client: (impl Into<String>, impl Into<Secret>),
        scopes: &[&str],
    ) -> Self {
        let tokens = ClientCredentials::new(token_url, client.0, client.1);
        let tokens = scopes.iter().fold(tokens, |tokens, scope| tokens.scope(*scope));
        self.with(scheme, RefreshingToken::new(tokens))
    }

    fn fixed(self, scheme: &'static str, authorization: Result<Authorization, Error>) -> Self {
        match authorization {
            Ok(authorization) => self.with(scheme, Fixed(authorization)),
            Err(error) => self.refuse(error),
        }
    }

    fn refuse(mut self, error: Error) -> Self {
        self.problem.get_or_insert(error);
        self
    }

    /// The credentials, or the first one that cannot be.
    pub(crate) fn checked(mut self) -> Result<Self, Error> {
        match self.problem.take() {
            Some(problem) => Err(problem),
            None => Ok(self),
        }
    }

    /// What an operation is sent with.
    pub(crate) fn of(&self, operation: &Operation) -> Result<Vec<Arc<dyn Credential>>, Error> {
        let required = operation.security.unwrap_or(self.required);
        let has_all = |schemes: &&&[&str]| schemes.iter().all(|scheme| self.get(scheme).is_some());
        // Who may come without a credential is better known by the one that there is.
        let known = required.iter().filter(|schemes| !schemes.is_empty()).find(has_all);
        let is_optional = required.is_empty() || required.contains(&[].as_slice());
        match known {
            Some(schemes) => Ok(schemes.iter().filter_map(|scheme| self.get(scheme)).collect()),
            None if is_optional || self.held.is_empty() => Ok(Vec::new()),
            None => Err(Error::new(ErrorKind::Credential, lacking(required))),
        }
    }

    fn get(&self, scheme: &str) -> Option<Arc<dyn Credential>> {
        let held = self.held.iter().find(|(held, _)| *held == scheme);
        held.map(|(_, credential)| Arc::clone(credential))
    }
}

fn lacking(required: Requirement) -> String {
    let quoted = |scheme: &&str| format!("`{scheme}`");
    let all = |schemes: &&[&str]| schemes.iter().map(quoted).collect::<Vec<_>>().join(" with ");
    let alternatives: Vec<String> = required.iter().map(all).collect();
    format!(
        "the operation requires {}, but the client does not have the credential",
        alternatives.join(" or ")
    )
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes = self.held.iter().map(|(scheme, _)| scheme);
        formatter.write_str("Credentials ")?;
        formatter.debug_list().entries(schemes).finish()
    }
}

/// Implements the methods of a newtype over [`Credentials`] that a client is built with.
///
/// `credentials!(Credentials, [["key"], ["user", "tenant"]]);` declares the requirement of operations that do not declare one.
#[doc(hidden)]
#[macro_export]
macro_rules! credentials {
    ($name:ident, [$([$($scheme:literal),*]),*]) => {
        impl $name {
/// Creates a value without credentials.
            #[must_use]
            pub fn new() -> Self {
                Self($crate::codegen::Credentials::new(&[$(&[$($scheme),*]),*]))
            }

/// Sets the credential of a scheme, such as a [`RefreshingToken`](::specwright_runtime::RefreshingToken).
            #[must_use]
            pub fn with(self, scheme: &'static str, credential: impl $crate::codegen::Credential) -> Self {
                Self(self.0.with(scheme, credential))
            }
        }

        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl ::std::convert::From<$name> for $crate::codegen::Credentials {
            fn from(credentials: $name) -> Self {
                credentials.0
            }
        }
    };
}
