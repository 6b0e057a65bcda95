//! Strings that are never printed.

use std::fmt;

/// A secret: a token, a key or a password. `Debug` prints `[redacted]`, and there is no `Display`.
///
/// The memory is not cleared on drop, because header values, connection buffers and the TLS layer contain copies of each
/// credential.
#[derive(Clone)]
pub struct Secret(Box<str>);

impl Secret {
    /// Creates a secret from a string.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into_boxed_str())
    }

    /// Returns the string.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let secret = Secret::new("s3cr3t\nvalue");
        assert_eq!(format!("{secret:?} {secret:#?}"), "[redacted] [redacted]");
        assert_eq!(secret.expose(), "s3cr3t\nvalue");
    }
}
