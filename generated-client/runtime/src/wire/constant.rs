//! Types of one value.

use super::canonical::canonical;
use super::{Reader, Result};

/// A type of one value, which is checked when it is read. [`crate::constant!`] declares one.
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

/// Declares a type of one value, with its schema and the value as JSON text:
///
/// ```
/// specwright_runtime::codegen::constant! {
///     pub struct KindCat = "Cat.kind" = "\"cat\""
/// }
///
/// # use specwright_runtime::wire;
/// assert_eq!(wire::to_vec(&KindCat), br#""cat""#);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! constant {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident = $schema:literal $(= $json:literal)? $(= escaped $escaped:literal)?
    ) => {
        $(#[doc = ::core::concat!("The constant `", $json, "`.")])?
        #[doc = ""]
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        $visibility struct $name;
        impl $crate::codegen::Constant for $name {
            const JSON: &'static str = $($json)? $($escaped)?;
        }
        impl $crate::codegen::Generated for $name {}
        impl ::std::convert::From<&$name> for $name {
            fn from(_: &$name) -> Self {
                Self
            }
        }
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
