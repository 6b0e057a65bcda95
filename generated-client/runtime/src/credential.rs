//! Credentials, which authorize requests.

mod authorization;
mod schemes;

use std::{error, fmt, sync::Arc};

#[cfg(feature = "test-util")]
pub(crate) use self::authorization::{Echoes, KeyInQuery};
pub use self::{
    authorization::Authorization,
    schemes::{Credentials, Requirement},
};
use crate::{BoxFuture, Client, Error, Operation, Secret};

/// The reason why a credential is not available.
pub type CredentialError = Box<dyn error::Error + Send + Sync>;

/// What authorizes the calls of a client.
#[derive(Clone, Default)]
pub(crate) enum Authority {
    #[default]
    Nothing,
    /// One credential for all operations, except those that do not need credentials.
    One(Arc<dyn Credential>),
    /// The credentials that each operation requires.
    Schemes(Arc<Credentials>),
}

impl Authority {
    /// Returns the credentials of an operation.
    pub(crate) fn of(&self, operation: &Operation) -> Result<Vec<Arc<dyn Credential>>, Error> {
        match self {
            Self::One(credential) if operation.security.is_none_or(|required| !required.is_empty()) => {
                Ok(vec![Arc::clone(credential)])
            }
            Self::Nothing | Self::One(_) => Ok(Vec::new()),
            Self::Schemes(credentials) => credentials.of(operation),
        }
    }
}

/// A source of credentials, which is called before each attempt.
///
/// The result is sent only to the origin of the client's base URL, and to origins that the client trusts.
pub trait Credential: Send + Sync + 'static {
    /// Returns the authorization of the next request, and fetches or refreshes it if necessary.
    ///
    /// `client` is the client that sends the request, without its credential. Use it to fetch tokens.
    fn authorization<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>>;

    /// Reports that the server returned 401 for an authorization, so it must not be used again.
    ///
    /// Returns whether another authorization is available. If so, the request is sent once more with it.
    fn rejected(&self, _authorization: &Authorization) -> bool {
        false
    }
}

/// A fixed bearer token.
#[derive(Clone)]
pub struct BearerToken(Authorization);

impl BearerToken {
    /// Creates a credential from a token. [`Authorization::bearer`] lists the errors.
    pub fn new(token: impl Into<Secret>) -> Result<Self, Error> {
        Authorization::bearer(&token.into()).map(Self)
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BearerToken([redacted])")
    }
}

impl Credential for BearerToken {
    fn authorization<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

/// What authorizes a request and does not change.
#[derive(Clone)]
struct Fixed(Authorization);

impl Credential for Fixed {
    fn authorization<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_token_with_forbidden_characters_is_refused_unseen() {
        for token in [
            "",
            "hush\n",
            "hush\r\nX-Evil: 1",
            "hush hush",
            "hush\u{0}",
            "hush\u{e9}",
            "hush\u{7f}",
        ] {
            let error = BearerToken::new(token).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        }
    }

    #[test]
    fn no_debug_shows_the_token() {
        let token = BearerToken::new("hush").unwrap();
        assert!(!format!("{token:?} {:?}", token.0).contains("hush"));
        assert!(token.0.value.is_sensitive());
        assert_eq!(token.0.value.to_str().unwrap(), "Bearer hush");
    }
}
