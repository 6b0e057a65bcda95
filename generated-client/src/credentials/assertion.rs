//! Tokens for a signed assertion (RFC 7523).

use std::{
    fmt::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use ring::rand::{SecureRandom, SystemRandom};
use specwright_runtime::{BoxFuture, Client, Error, Form, Secret, Token, TokenEndpoint, TokenError, TokenSource, wire};

use super::{
    ClientId, TOKEN_PATH,
    client_secret::{SigningKey, encode},
};

/// For how long before and after it is made an assertion counts, in seconds: so far may clocks differ.
const TOLERANCE: i64 = 120;

/// Tokens for a client id and secret. The secret is a key: what is sent is an assertion that it signs, never the
/// secret itself, and every token request has an assertion of its own.
///
/// ```no_run
/// use conductorone_client::{Client, ClientAssertion};
///
/// # fn example(id: &str, secret: String) -> Result<(), conductorone_client::Error> {
/// let tokens = ClientAssertion::new(id, secret)?;
/// let client = Client::builder("acme.c1eu.ai")?.token_source(tokens).build()?;
/// # Ok(())
/// # }
/// ```
pub struct ClientAssertion {
    client_id: ClientId,
    key: SigningKey,
    token_url: String,
    audience: Option<String>,
}

impl ClientAssertion {
    /// Reads a client id and a client secret.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if one of them is invalid. The error shows neither.
    pub fn new(client_id: &str, client_secret: impl Into<Secret>) -> Result<Self, Error> {
        Ok(Self {
            client_id: ClientId::parse(client_id)?,
            key: SigningKey::parse(&client_secret.into())?,
            token_url: TOKEN_PATH.to_owned(),
            audience: None,
        })
    }

    /// Sets the URL of the token endpoint: absolute, or relative to the client's server as in [`TokenEndpoint::new`]. The
    /// default is `auth/v1/token` below the server's path, so that the prefix of a gateway is kept.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = url.into();
        self
    }

    /// Makes assertions for this audience. Without it that is the host of the client's server; behind a gateway it is the
    /// tenant's own host, such as `acme.conductor.one`.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// The client id.
    #[must_use]
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// An assertion for the host that gives the token, in the compact form of a JWT.
    fn assertion(&self, audience: &str, now: i64, nonce: &str) -> Secret {
        let mut header = wire::Object::new();
        header.insert("alg".to_owned(), "EdDSA".into());
        header.insert("nonce".to_owned(), nonce.into());
        if let Some(id) = &self.key.id {
            header.insert("kid".to_owned(), id.as_str().into());
        }
        let mut claims = wire::Object::new();
        claims.insert("iss".to_owned(), self.client_id.as_str().into());
        claims.insert("sub".to_owned(), self.client_id.as_str().into());
        claims.insert("aud".to_owned(), vec![audience].into());
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), now.saturating_add(TOLERANCE).into());
        claims.insert("nbf".to_owned(), now.saturating_sub(TOLERANCE).into());
        let signed = format!("{}.{}", encode(&wire::to_vec(&header)), encode(&wire::to_vec(&claims)));
        let signature = self.key.sign(&signed);
        Secret::new(format!("{signed}.{signature}"))
    }
}

impl TokenSource for ClientAssertion {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move {
            match self.ask(client, now()).await {
                // A server whose clock differs refuses every assertion of ours but one of its own time.
                Err(error) => match error.clock_skew() {
                    Some(skew) => self.ask(client, now().saturating_add(skew)).await,
                    None => Err(error),
                },
                token => token,
            }
        })
    }
}

impl ClientAssertion {
    /// Asks once for a token, with an assertion made at this time.
    async fn ask(&self, client: &Client, now: i64) -> Result<Token, TokenError> {
        let audience = self.audience.as_deref().unwrap_or(client.host());
        let assertion = self.assertion(audience, now, &nonce()?);
        let form = Form::new()
            .field("client_id", self.client_id.as_str())
            .field("grant_type", "client_credentials")
            .field(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            )
            .secret_field("client_assertion", &assertion);
        TokenEndpoint::new(&self.token_url).fetch(client, &form).await
    }
}

impl fmt::Debug for ClientAssertion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientAssertion")
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Returns the seconds since 1970; an earlier time counts as 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// 16 random bytes in hexadecimal.
fn nonce() -> Result<String, TokenError> {
    let mut bytes = [0_u8; 16];
    let random = SystemRandom::new().fill(&mut bytes);
    random.map_err(|_| TokenError::new("the system has no random numbers for an assertion"))?;
    Ok(bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        // Writing to a String cannot fail.
        _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::{
        super::client_secret::tests::{JWK, secret},
        *,
    };

    const ID: &str = "strange-hydra-68836@acme.conductor.one/pcc";

    fn parts(assertion: &Secret) -> Vec<String> {
        let parts = assertion.expose().split('.').take(2);
        parts
            .map(|part| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn an_assertion_says_who_for_whom_and_when() {
        let source = ClientAssertion::new(ID, secret(JWK)).unwrap();
        let assertion = source.assertion("acme.conductor.one", 1_700_000_000, "00ff");
        let expected = [
            r#"{"alg":"EdDSA","nonce":"00ff"}"#.to_owned(),
            format!(
                r#"{{"aud":["acme.conductor.one"],"exp":1700000120,"iat":1700000000,"iss":"{ID}","nbf":1699999880,"sub":"{ID}"}}"#
            ),
        ];
        assert_eq!(parts(&assertion), expected);
        let (signed, signature) = assertion.expose().rsplit_once('.').unwrap();
        assert_eq!(source.key.sign(signed), signature);
    }

    #[test]
    fn a_key_with_a_name_is_named() {
        let source = ClientAssertion::new(ID, secret(&JWK.replace('{', r#"{"kid":"k1","#))).unwrap();
        let header = &parts(&source.assertion("a", 0, "00"))[0];
        assert_eq!(header, r#"{"alg":"EdDSA","kid":"k1","nonce":"00"}"#);
    }

    #[test]
    fn nonces_are_32_digits_and_differ() {
        let nonces = [nonce().unwrap(), nonce().unwrap()];
        assert!(
            nonces.iter().all(|nonce| {
                nonce.len() == 32 && nonce.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            })
        );
        assert_ne!(nonces[0], nonces[1]);
    }

    #[test]
    fn no_debug_shows_the_key() {
        let source = ClientAssertion::new(ID, secret(JWK)).unwrap();
        let text = format!("{source:?} {source:#?}");
        assert!(
            text.contains(ID) && !text.contains("nWGxne") && !text.contains("secret-token"),
            "{text}"
        );
    }
}
