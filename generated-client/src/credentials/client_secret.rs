//! `secret-token:conductorone.com:v1:<JWK>`: the key of a client, by which it signs.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use ring::signature::Ed25519KeyPair;
use specwright_runtime::{Error, Secret, wire};

/// Base64url as JWTs have it; what is read may have its padding or not.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The parts before the key.
const PREFIX: [&str; 3] = ["secret-token", "conductorone.com", "v1"];

/// The Ed25519 key in a client secret.
pub(super) struct SigningKey {
    pair: Ed25519KeyPair,
    /// The name of the key, where it has one.
    pub(super) id: Option<String>,
}

impl SigningKey {
    /// Reads a client secret. Reasons show nothing of it.
    pub(super) fn parse(secret: &Secret) -> Result<Self, Error> {
        parse(secret.expose()).map_err(|reason| Error::configuration(format!("the client secret {reason}")))
    }

    /// Returns the signature of a string, in base64url.
    pub(super) fn sign(&self, text: &str) -> String {
        encode(self.pair.sign(text.as_bytes()).as_ref())
    }
}

pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64URL.encode(bytes)
}

fn parse(secret: &str) -> Result<SigningKey, &'static str> {
    let mut parts = secret.splitn(4, ':');
    for expected in PREFIX {
        if parts.next() != Some(expected) {
            return Err("does not begin with secret-token:conductorone.com:v1:");
        }
    }
    let key = parts.next().ok_or("contains no key")?;
    let key = decode(key).ok_or("contains a key that is not base64url")?;
    let key: wire::Object = wire::from_slice(&key).map_err(|_| "contains a key that is not a JSON object")?;
    let member = |name| key.get(name).and_then(wire::Value::as_str);
    if (member("kty"), member("crv")) != (Some("OKP"), Some("Ed25519")) {
        return Err("contains a key of another kind than Ed25519");
    }
    let seed = member("d").ok_or("contains a public key without its private part")?;
    let public = member("x").ok_or("contains a key without its public part")?;
    let seed = decode(seed).ok_or("contains a private key that is not base64url")?;
    let public = decode(public).ok_or("contains a public key that is not base64url")?;
    let pair = Ed25519KeyPair::from_seed_and_public_key(&seed, &public);
    Ok(SigningKey {
        pair: pair.map_err(|_| "contains a key with a private part and a public part that do not belong together")?,
        id: member("kid").map(str::to_owned),
    })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64URL.decode(text).ok()
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    /// The key of RFC 8037, appendix A.
    pub(in crate::credentials) const JWK: &str = concat!(
        r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","#,
        r#""x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
    );

    pub(in crate::credentials) fn secret(jwk: &str) -> Secret {
        Secret::new(format!("secret-token:conductorone.com:v1:{}", encode(jwk.as_bytes())))
    }

    #[test]
    fn signatures_are_those_of_rfc_8037() {
        let key = SigningKey::parse(&secret(JWK)).unwrap();
        assert_eq!(
            key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
        assert_eq!(key.id, None);
    }

    /// The lengths of keys with and without a name differ, so that every amount of padding occurs.
    #[test]
    fn padding_is_tolerated() {
        for name in ["", "a", "ab", "abc"] {
            let jwk = JWK
                .replace('{', &format!(r#"{{"kid":"{name}","#))
                .replace("f2A", "f2A=");
            let bare = secret(&jwk);
            let length = bare.expose().len() - "secret-token:conductorone.com:v1:".len();
            let padded = format!("{}{}", bare.expose(), "=".repeat((4 - length % 4) % 4));
            for secret in [bare, Secret::new(padded)] {
                assert_eq!(SigningKey::parse(&secret).unwrap().id.as_deref(), Some(name));
            }
        }
    }

    #[test]
    fn what_is_no_client_secret_is_refused_unseen() {
        let other_public = JWK.replace("11qYAYKx", "21qYAYKx");
        let rows = [
            (Secret::new("nWGxne"), "does not begin with"),
            (
                Secret::new("secret-token:conductorone.com:v2:nWGxne"),
                "does not begin with",
            ),
            (
                Secret::new("secret-token:elsewhere.com:v1:nWGxne"),
                "does not begin with",
            ),
            (Secret::new("secret-token:conductorone.com:v1"), "contains no key"),
            (Secret::new("secret-token:conductorone.com:v1:nWGxne$"), "not base64url"),
            (
                Secret::new("secret-token:conductorone.com:v1:nWGxne\n"),
                "not base64url",
            ),
            (secret("nWGxne"), "not a JSON object"),
            (secret("[]"), "not a JSON object"),
            (secret("{}"), "another kind"),
            (secret(&JWK.replace("Ed25519", "X25519")), "another kind"),
            (secret(&JWK.replace("\"d\"", "\"e\"")), "without its private part"),
            (secret(&JWK.replace("\"x\"", "\"y\"")), "without its public part"),
            (
                secret(&JWK.replace("nWGxne", "nWGxne$")),
                "private key that is not base64url",
            ),
            (secret(&JWK.replace("nWGxne_9", "nWGx")), "do not belong together"),
            (secret(&other_public), "do not belong together"),
        ];
        for (secret, words) in rows {
            let error = SigningKey::parse(&secret).err().unwrap();
            let text = format!("{error} {error:?}");
            assert!(text.contains(words), "{text}");
            assert!(!text.contains("nWGx"), "{text}");
        }
    }
}
