//! Strings that are never printed.

use std::fmt;

use crate::wire::{Json, Reader, Result, Writer};

/// A secret of a model. `Debug` prints `[redacted]`, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Returns the secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Json for Password {
    fn blank() -> Self {
        Self(String::new())
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        self.0.read(json)
    }

    fn write(&self, json: &mut Writer) {
        json.string(&self.0);
    }
}

impl crate::Parameter for Password {
    fn parameter(&self) -> crate::ParameterValue<'_> {
        crate::ParameterValue::text(self.expose())
    }
}

crate::__serde_impls!(Password);
