//! The errors of reading and writing JSON. The path is only computed for an error, by scanning the JSON up to the location,
//! so that reading and writing do not keep track of it.

use std::borrow::Cow;
use std::fmt;

use super::path;

/// The error of JSON that does not fit the type it is read into, or of input that is not JSON.
///
/// It never shows the content of a string, because that may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Mismatch>);

// Boxed: the result of every read carries the size of the error.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mismatch {
    path: String,
    model: Option<&'static str>,
    expected: Cow<'static, str>,
    found: String,
    offset: usize,
}

impl DecodeError {
    #[cold]
    pub(super) fn new(text: &str, offset: usize, expected: impl Into<Cow<'static, str>>) -> Self {
        let found = found(text.get(offset..).unwrap_or_default());
        Self::with_found(text, offset, expected, found)
    }

    #[cold]
    pub(super) fn with_found(
        text: &str,
        offset: usize,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
    ) -> Self {
        Self(Box::new(Mismatch {
            path: path::at(text, offset),
            model: None,
            expected: expected.into(),
            found: found.into(),
            offset,
        }))
    }

    /// The same error, in `model` if no inner model was named yet.
    #[cold]
    pub(super) fn within(mut self, model: &'static str) -> Self {
        self.0.model.get_or_insert(model);
        self
    }

    /// Returns the location as a JSON path, such as `$.list[3].appEntitlement.grantCount`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the schema name of the innermost model around the location, if there is one.
    #[must_use]
    pub fn model(&self) -> Option<&'static str> {
        self.0.model
    }

    /// Returns what was expected at the location.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns what was found there: a kind of value, a number or one character.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// Returns the offset of the location in bytes from the start of the JSON.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.0.path)
            .field("model", &self.0.model)
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mismatch {
            path,
            model,
            expected,
            found,
            offset,
        } = &*self.0;
        write!(f, "{path}")?;
        if let Some(model) = model {
            write!(f, " (in {model})")?;
        }
        write!(f, ", byte {offset}: expected {expected}, found {found}")
    }
}

impl std::error::Error for DecodeError {}

/// The error for bytes of which only the first `valid` are UTF-8.
#[cold]
pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> DecodeError {
    let text = bytes
        .get(..valid)
        .and_then(|head| std::str::from_utf8(head).ok())
        .unwrap_or_default();
    let found = bytes
        .get(valid)
        .map_or_else(String::new, |byte| format!("the byte 0x{byte:02x}"));
    DecodeError::with_found(text, valid, "UTF-8", found)
}

/// A short name for what `rest` starts with.
fn found(rest: &str) -> String {
    const SHOWN: usize = 32;
    let Some(first) = rest.chars().next() else {
        return "the end".to_owned();
    };
    match first {
        '{' => "an object".to_owned(),
        '[' => "an array".to_owned(),
        '"' => "a string".to_owned(),
        '-' | '0'..='9' => {
            let end = rest
                .find(|c: char| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
                .unwrap_or(rest.len());
            let number = rest.get(..end).unwrap_or_default();
            match number.get(..SHOWN) {
                Some(head) if head.len() < number.len() => format!("the number {head}..."),
                _ => format!("the number {number}"),
            }
        }
        _ => ["null", "true", "false"]
            .into_iter()
            .find(|word| rest.starts_with(word))
            .map_or_else(|| format!("{first:?}"), str::to_owned),
    }
}

/// A value that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    path: String,
    problem: String,
}

impl EncodeError {
    #[cold]
    pub(super) fn new(written: &str, offset: usize, problem: String) -> Self {
        Self {
            path: path::at(written, offset),
            problem,
        }
    }

    /// The place as a JSON path, such as `$.policy.steps[0]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong and what to do.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}

impl std::error::Error for EncodeError {}
