//! Types of one value.

use super::canonical::canonical;
use super::{Reader, Result};

/// A type of one value, which is checked when it is read. [`crate::constant!`] makes the rest of it.
pub trait Constant: Default {
    /// The value as JSON text.
    const JSON: &'static str;
}

impl Reader<'_> {
    /// Reads the value of a constant.
    pub fn constant<C: Constant>(&mut self) -> Result<()> {
        let start = self.at;
        self.skip()?;
        let text = self.slice(start, self.at);
        if text == C::JSON || canonical(text) == canonical(C::JSON) {
            return Ok(());
        }
        Err(self.fail_from(start, format!("the constant {}", C::JSON)))
    }
}

/// The text of a JSON value as a parameter carries it.
#[doc(hidden)]
#[must_use]
pub fn parameter_text(json: &str) -> std::borrow::Cow<'_, str> {
    Reader::new(json).string().unwrap_or(json.into())
}

/// Gives a [`wire::Constant`](crate::wire::Constant) its JSON form and its serde form.
#[doc(hidden)]
#[macro_export]
macro_rules! constant {
    ($name:ident) => {
        impl $crate::codegen::Generated for $name {}

        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.constant::<Self>()
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.json(<Self as $crate::codegen::Constant>::JSON);
            }
        }
        impl $crate::codegen::Parameter for $name {
            fn parameter(&self) -> $crate::codegen::ParameterValue<'_> {
                $crate::codegen::ParameterValue::text($crate::codegen::parameter_text(
                    <Self as $crate::codegen::Constant>::JSON,
                ))
            }
        }
        $crate::__serde_impls!($name);
    };
}
