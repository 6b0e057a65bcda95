//! The body of a token request.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use crate::{
    Secret,
    encoding::{Keep, push_encoded},
};

/// A secret so short is found in ordinary words.
const SHORTEST_SECRET: usize = 4;

/// The fields of a form (`application/x-www-form-urlencoded`). Values are never printed.
#[derive(Clone, Default)]
pub struct Form {
    encoded: String,
    secrets: Vec<Secret>,
}

impl Form {
    /// The content type of a form.
    pub const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

    /// Creates a form without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field. A name can occur more than once.
    #[must_use]
    pub fn field(mut self, name: &str, value: &str) -> Self {
        if !self.encoded.is_empty() {
            self.encoded.push('&');
        }
        push_encoded(&mut self.encoded, name, Keep::Unreserved);
        self.encoded.push('=');
        push_encoded(&mut self.encoded, value, Keep::Unreserved);
        self
    }

    /// Adds a field with a secret, which is redacted in messages of the server.
    #[must_use]
    pub fn secret_field(mut self, name: &str, value: &Secret) -> Self {
        self.secrets.push(value.clone());
        self.field(name, value.expose())
    }

    /// Returns the bytes to send, including secrets.
    #[must_use]
    pub fn into_body(self) -> Bytes {
        self.encoded.into()
    }

    /// Whether it says by an assertion who asks, which says when it was made.
    pub(super) fn has_assertion(&self) -> bool {
        let mut fields = self.encoded.split('&');
        fields.any(|field| field.starts_with("client_assertion=") || field.starts_with("assertion="))
    }

    pub(super) fn body(&self) -> Bytes {
        Bytes::copy_from_slice(self.encoded.as_bytes())
    }

    /// A text of the server's without the secrets of this form.
    pub(super) fn redact(&self, text: &str) -> String {
        self.secrets
            .iter()
            .fold(text.to_owned(), |text, secret| redacted(&text, secret))
    }
}

/// A text without a secret, be it plain or percent-encoded.
pub(super) fn redacted(text: &str, secret: &Secret) -> String {
    let secret = secret.expose();
    if secret.len() < SHORTEST_SECRET {
        return text.to_owned();
    }
    let mut encoded = String::new();
    push_encoded(&mut encoded, secret, Keep::Unreserved);
    text.replace(secret, "[redacted]").replace(&encoded, "[redacted]")
}

impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Form([redacted])")
    }
}
