//! Enums of values that are not all strings, open to values that the document does not know yet.

use std::mem::discriminant;

use super::canonical::canonical;
use super::number::Decimal;
use super::{Json as _, Raw, Reader, Result};

/// What an enum's values have in common, known or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Numbers without a fraction.
    Integer,
    /// Numbers.
    Number,
    /// `true` and `false`.
    Boolean,
    /// Nothing.
    Any,
}

/// A few known values, and any other of the kind. [`crate::value_enum!`] declares one.
pub trait ValueEnum: Clone + 'static {
    /// What all values are.
    const KIND: ValueKind;

    /// The known values, as JSON.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant of any other value.
    const UNKNOWN: fn(Raw) -> Self;

    /// The other value, if this is one.
    fn as_unknown(&self) -> Option<&Raw>;

    /// The value of a JSON text.
    #[must_use]
    fn of_json(text: &str) -> Self {
        let is_text = |known: &&(&str, Self)| known.0 == text;
        let known = Self::VALUES.iter().find(is_text).or_else(|| {
            let text = canonical(text)?;
            Self::VALUES
                .iter()
                .find(|(known, _)| canonical(known).as_ref() == Some(&text))
        });
        known.map_or_else(|| (Self::UNKNOWN)(Raw::of(text)), |(_, value)| value.clone())
    }

    /// The value as JSON text.
    fn json(&self) -> &str {
        match self.as_unknown() {
            Some(raw) => raw.as_str(),
            None => Self::VALUES
                .iter()
                .find(|(_, known)| discriminant(known) == discriminant(self))
                .map_or("null", |(text, _)| text),
        }
    }
}

impl Reader<'_> {
    /// Reads a value of an open enum of values.
    pub fn value_enum<E: ValueEnum>(&mut self, value: &mut E) -> Result<()> {
        let start = self.at;
        match E::KIND {
            ValueKind::Integer => {
                let text = self.number("an integer")?;
                if !Decimal::new(text).is_whole() {
                    return Err(self.fail_from(start, "an integer"));
                }
            }
            ValueKind::Number => self.number("a number").map(|_| ())?,
            ValueKind::Boolean => bool::blank().read(self)?,
            ValueKind::Any => self.skip()?,
        }
        *value = E::of_json(self.slice(start, self.at));
        if value.as_unknown().is_some() {
            self.note_unknown();
        }
        Ok(())
    }
}

/// Declares an enum of values that are not all strings, one line a value:
///
/// ```
/// specwright_runtime::codegen::value_enum! {
///     pub enum Level: Integer = "Level" {
///         Low = "1",
///         High = "2",
///     }
/// }
///
/// assert_eq!(Level::from(2), Level::High);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! value_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident: $kind:ident = $schema:literal {
            $($(#[$doc:meta])* $variant:ident $(= $json:literal)? $(= escaped $escaped:literal)?,)*
        }
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$doc])* $(#[doc = ::core::concat!("`", $json, "`")])? $variant,)*
            /// A value that this version of the client does not know.
            UnknownValue($crate::codegen::Raw),
        }
        impl ::std::cmp::Eq for $name {}
        impl $crate::codegen::ValueEnum for $name {
            const KIND: $crate::codegen::ValueKind = $crate::codegen::ValueKind::$kind;
            const VALUES: &'static [(&'static str, Self)] = Self::VALUES;
            const UNKNOWN: fn($crate::codegen::Raw) -> Self = Self::UnknownValue;
            fn as_unknown(&self) -> ::std::option::Option<&$crate::codegen::Raw> {
                match self {
                    Self::UnknownValue(value) => ::std::option::Option::Some(value),
                    _ => ::std::option::Option::None,
                }
            }
        }
        impl $name {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[$(($($json)? $($escaped)?, Self::$variant),)*];
            /// The value as JSON text, known or not.
            #[must_use]
            pub fn as_json(&self) -> &str {
                $crate::codegen::ValueEnum::json(self)
            }
        }
        impl $crate::codegen::Generated for $name {}
        impl ::std::convert::From<&$name> for $name {
            fn from(value: &$name) -> Self {
                ::std::clone::Clone::clone(value)
            }
        }
        $crate::__value_enum_from!($name, $kind);
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self::UnknownValue($crate::codegen::Json::blank())
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.value_enum(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.json(self.as_json());
            }
        }
        impl $crate::codegen::Parameter for $name {
            fn parameter(&self) -> $crate::codegen::ParameterValue<'_> {
                $crate::codegen::ParameterValue::text($crate::codegen::parameter_text(self.as_json()))
            }
        }
        $crate::__serde_impls!($name);
    };
}

/// Makes the conversions that fit the kind of an enum's values, each of which keeps the value as it is.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_enum_from {
    ($name:ident, Integer) => {
        $crate::__value_enum_from!($name: i32, i64, u32, u64);
    };
    ($name:ident, Number) => {
        $crate::__value_enum_from!($name: i32, i64, u32, u64, f64);
    };
    ($name:ident, Boolean) => {
        $crate::__value_enum_from!($name: bool);
    };
    ($name:ident, Any) => {
        $crate::__value_enum_from!($name: i32, i64, u32, u64, f64, bool, &str, ::std::string::String, $crate::codegen::Value);
    };
    ($name:ident: $($from:ty),*) => {$(
        impl ::std::convert::From<$from> for $name {
            fn from(value: $from) -> Self {
                // A float that is not a number becomes null, which JSON has in its place.
                let value = $crate::codegen::Value::from(value);
                $crate::codegen::ValueEnum::of_json(&::std::string::ToString::to_string(&value))
            }
        }
    )*};
}
