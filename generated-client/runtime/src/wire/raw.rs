//! JSON that is kept unchanged.

use std::fmt;

use serde_json::Value;

use super::canonical::canonical;
use super::{Json, Reader, Result, Writer, from_str};

/// A JSON value that is kept unchanged: it is written exactly as it was read, to the last digit. Two are equal if their
/// values are.
#[derive(Clone)]
pub struct Raw {
    text: String,
    /// Whether it may be valid all the same: it is several of the types of its union, or has a new tag.
    may_be_valid: bool,
}

impl Raw {
    /// Creates a value from JSON that was read.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            may_be_valid: false,
        }
    }

    pub(super) fn not_wrong(self, may_be_valid: bool) -> Self {
        Self { may_be_valid, ..self }
    }

    /// Writes the value, which is valid as far as its place says.
    pub(super) fn write_allowed(&self, json: &mut Writer) {
        json.raw(if self.text.is_empty() { "null" } else { &self.text });
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value as another type. The paths of errors start here.
    pub fn get<T: Json>(&self) -> Result<T> {
        from_str(&self.text)
    }
}

impl From<Value> for Raw {
    fn from(value: Value) -> Self {
        Self::of(&value.to_string())
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || canonical(&self.text).is_some_and(|own| Some(own) == canonical(&other.text))
    }
}

impl Eq for Raw {}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Json for Raw {
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self::of("")
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        let start = json.at;
        json.skip()?;
        *self = Self::of(json.slice(start, json.at));
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        let start = json.position();
        self.write_allowed(json);
        if !self.may_be_valid {
            json.note_unknown(start);
        }
    }
}

crate::__serde_impls!(Raw);
