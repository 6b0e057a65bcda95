//! What authorizes a request.

use std::{error, fmt};

use http::{HeaderName, HeaderValue, header::AUTHORIZATION};

use crate::{BoxFuture, Client, Error, ErrorKind, Secret};

/// Why a credential could not be had, as the one who fetches it puts it.
pub type CredentialError = Box<dyn error::Error + Send + Sync>;

/// A source of what authorizes requests, asked before every attempt.
///
/// What it returns goes only to the origin of the client's base URL.
pub trait Credential: Send + Sync + 'static {
    /// The header that authorizes the next request, fetched or refreshed where that is due.
    ///
    /// `client` is the one that asks, without its credential: by it a token can be fetched.
    fn authorization<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Authorization, CredentialError>>;

    /// The server answered 401 to this authorization: it is not worth keeping.
    ///
    /// `true` says that another one can be had; the request is then sent once more, with that.
    fn rejected(&self, _authorization: &Authorization) -> bool {
        false
    }
}

/// A header that authorizes a request. Its value is marked sensitive and never printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
}

impl Authorization {
    /// `Authorization: Bearer <token>`.
    ///
    /// A token that is empty or holds a space, a control character or anything but ASCII is refused without being shown.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        check_token(token.expose())?;
        Self::header(AUTHORIZATION, &Secret::new(format!("Bearer {}", token.expose())))
    }

    /// Any header, for keys that are not bearer tokens. A value that no header can hold is refused without being shown.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            Error::new(
                ErrorKind::Configuration,
                "the credential holds characters that no header can carry",
            )
        })?;
        value.set_sensitive(true);
        Ok(Self { name, value })
    }
}

fn check_token(token: &str) -> Result<(), Error> {
    let refuse = |reason| Err(Error::new(ErrorKind::Configuration, reason));
    if token.is_empty() {
        return refuse("the bearer token is empty");
    }
    if token.bytes().any(|byte| byte.is_ascii_control()) {
        return refuse("the bearer token holds a line break or another control character");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refuse("the bearer token holds a space or a character beyond ASCII");
    }
    Ok(())
}

/// A bearer token that does not change.
#[derive(Clone)]
pub struct BearerToken(Authorization);

impl BearerToken {
    /// Checks and keeps a token; see [`Authorization::bearer`] for what is refused.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

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
    fn a_header_value_with_forbidden_characters_is_refused_unseen() {
        let name = HeaderName::from_static("x-api-key");
        let error = Authorization::header(name, &Secret::new("hush\n")).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }

    #[test]
    fn no_debug_shows_the_token() {
        let token = BearerToken::new("hush").unwrap();
        assert!(!format!("{token:?} {:?}", token.0).contains("hush"));
        assert!(token.0.value.is_sensitive());
        assert_eq!(token.0.value.to_str().unwrap(), "Bearer hush");
    }
}
