//! Enums of strings, open to values that the document does not know yet.

use std::borrow::Cow;
use std::fmt;

/// A value that an enum does not know. It came from the wire, or from a text that is none of the known values.
///
/// It is opaque: whoever compared its text would stop doing so on the day on which the value becomes known and gets a
/// variant of its own. `as_str` of the enum gives the text before and after that day.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A string of a few known values, and any other. [`crate::string_enum!`] makes the rest of it.
pub trait StringEnum: Clone + PartialEq + 'static {
    /// The known values, as they are written.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant of any other value.
    fn unknown(value: UnknownValue) -> Self;

    /// The other value, if this is one.
    fn as_unknown(&self) -> Option<&UnknownValue>;

    /// The value that is written as `text`.
    #[must_use]
    fn from_text(text: Cow<'_, str>) -> Self {
        match Self::VALUES.iter().find(|(known, _)| *known == text) {
            Some((_, value)) => value.clone(),
            None => Self::unknown(UnknownValue(text.into_owned())),
        }
    }

    /// The text that the value is written as.
    fn text(&self) -> &str {
        match self.as_unknown() {
            Some(UnknownValue(text)) => text,
            None => Self::VALUES
                .iter()
                .find(|(_, known)| known == self)
                .map_or("", |(text, _)| text),
        }
    }

    /// What stands in a slot before it is read.
    #[doc(hidden)]
    #[must_use]
    fn placeholder() -> Self {
        Self::unknown(UnknownValue(String::new()))
    }
}

/// Makes a [`wire::StringEnum`](crate::wire::StringEnum) of an enum with a constant `VALUES` and a variant `UnknownValue`:
/// gives it its conversions, its JSON form and its serde form.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident) => {
        impl $crate::codegen::Generated for $name {}

        impl $crate::codegen::StringEnum for $name {
            const VALUES: &'static [(&'static str, Self)] = Self::VALUES;
            fn unknown(value: $crate::codegen::UnknownValue) -> Self {
                Self::UnknownValue(value)
            }
            fn as_unknown(&self) -> ::std::option::Option<&$crate::codegen::UnknownValue> {
                match self {
                    Self::UnknownValue(value) => ::std::option::Option::Some(value),
                    _ => ::std::option::Option::None,
                }
            }
        }
        impl $name {
            /// The value as it is written, known or not.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::codegen::StringEnum::text(self)
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::codegen::StringEnum::from_text(text.into())
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                $crate::codegen::StringEnum::from_text(text.into())
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                $crate::codegen::StringEnum::placeholder()
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.string_enum(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.string(self.as_str());
            }
        }
        impl $crate::codegen::Parameter for $name {
            fn parameter(&self) -> $crate::codegen::ParameterValue<'_> {
                $crate::codegen::ParameterValue::text(self.as_str())
            }
        }
        $crate::__serde_impls!($name);
    };
}

impl super::Reader<'_> {
    /// Reads a value of an open enum.
    pub fn string_enum<E: StringEnum>(&mut self, value: &mut E) -> super::Result<()> {
        *value = E::from_text(self.string()?);
        if value.as_unknown().is_some() {
            self.note_unknown();
        }
        Ok(())
    }
}
