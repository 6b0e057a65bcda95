//! Checking values against the [rules](Rule) of their schemas.
//!
//! A value is written as JSON, and each piece of text is checked against the rules of the model that it was written by:
//! so numbers are exact, and lists, maps and unions need no code of their own.

mod check;
mod pattern;
#[cfg(test)]
mod tests;
mod violation;

pub use self::violation::{ValidationError, Violation};
pub(super) use self::{check::check, violation::Found};
#[cfg(feature = "client")]
use super::Rule;
use super::{Json, Writer};

/// Values that can be checked against what their schema asks of them beyond its type: every model.
///
/// ```
/// use specwright_runtime::{forms::*, wire::{self, Validate}};
///
/// model! {
///     pub struct Pet = "Pet" {
///         age: Option<i64> = "age" where [Minimum("0"), Maximum("30")],
///     }
/// }
///
/// assert!(Pet::default().age(3).validate().is_ok());
/// let error = Pet::default().age(31).validate().unwrap_err();
/// assert_eq!(error.to_string(), "$.age: `maximum` is 30, found 31");
/// ```
pub trait Validate {
    /// Checks the value and all that it holds.
    ///
    /// # Errors
    ///
    /// All that is not as the schema asks, in the order in which it is written.
    fn validate(&self) -> Result<(), ValidationError>;
}

impl<T: Json> Validate for T {
    fn validate(&self) -> Result<(), ValidationError> {
        let mut writer = Writer::complete().checked();
        self.write(&mut writer);
        writer.into_checked()
    }
}

/// Checks what a request would carry of a value, by its own rules and by these.
#[cfg(feature = "client")]
pub(crate) fn validate_request<T: Json>(value: &T, rules: &'static [Rule]) -> Result<(), ValidationError> {
    let mut writer = Writer::request().checked();
    writer.by(rules, |writer| value.write(writer));
    writer.into_checked()
}
