//! JSON that is kept as it came.

use std::fmt;

use serde_json::Value;

use super::canonical::canonical;
use super::{Json, Reader, Result, Writer, from_str};

/// A JSON value as it came: what is written is what was read, to the last digit. Equality is that of the values.
#[derive(Clone)]
pub struct Raw(String);

impl Raw {
    /// A value of a text that was read.
    pub(super) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value as another type. The paths of errors start here.
    pub fn get<T: Json>(&self) -> Result<T> {
        from_str(&self.0)
    }
}

impl From<Value> for Raw {
    fn from(value: Value) -> Self {
        Self(value.to_string())
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || canonical(&self.0).is_some_and(|own| Some(own) == canonical(&other.0))
    }
}

impl Eq for Raw {}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Json for Raw {
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self(String::new())
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        let start = json.at;
        json.skip()?;
        *self = Self::of(json.slice(start, json.at));
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.raw(if self.0.is_empty() { "null" } else { &self.0 });
    }
}

crate::__serde_impls!(Raw);
