//! Enums of strings, open to values that the document does not know yet.

use std::borrow::Cow;
use std::fmt;
use std::mem::discriminant;

use super::{Json, Kind};

/// A value that an enum does not know. It was received, or made of a string that is not one of the known values.
///
/// It is opaque, because a comparison with its string would stop to match when the value becomes known and gets its own
/// variant. `as_str` of the enum returns the string before and after that change.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(String);

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What an enum of strings is declared as.
#[derive(Debug)]
pub struct Strings<E: 'static> {
    /// The known values, as they are written.
    pub values: &'static [(&'static str, E)],
    /// The names of their variants, in the same order, with spaces between them.
    pub names: &'static str,
    /// The variant of any other value.
    pub unknown: fn(UnknownValue) -> E,
    /// The other value, if this is one.
    pub as_unknown: fn(&E) -> Option<&UnknownValue>,
    /// Copies a known value.
    pub clone: fn(&E) -> E,
}

impl<E> Clone for Strings<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Strings<E> {}

/// A string with a few known values that can also be any other string. [`crate::string_enum!`] declares one.
///
/// The methods are shared by all enums: a type has a table, and few functions of its own.
pub trait StringEnum: Json + Clone + 'static {
    /// The table. A type whose [`Json::KIND`] is another does not compile.
    const TABLE: Strings<Self> = match Self::KIND {
        Kind::Strings(table) => table,
        _ => panic!("an enum of strings has a table of strings"),
    };

    /// The value that is written as `text`.
    #[must_use]
    fn from_text(text: Cow<'_, str>) -> Self {
        Self::TABLE.read(text)
    }

    /// The text that the value is written as.
    fn text(&self) -> &str {
        Self::TABLE.text(self)
    }

    /// Whether two values are the same.
    fn is_same(&self, other: &Self) -> bool {
        let unknown = Self::TABLE.as_unknown;
        discriminant(self) == discriminant(other) && unknown(self) == unknown(other)
    }

    /// Writes the name of the variant.
    #[allow(clippy::missing_errors_doc, reason = "the formatter's own")]
    fn write_debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match ((Self::TABLE.as_unknown)(self), Self::TABLE.index(self)) {
            (None, Some(index)) => f.write_str(Self::TABLE.names.split(' ').nth(index).unwrap_or_default()),
            (Some(unknown), _) => f.debug_tuple("UnknownValue").field(unknown).finish(),
            (None, None) => f.write_str("UnknownValue"),
        }
    }
}

impl<E> Strings<E> {
    /// The value of a slot before it is read.
    pub(super) fn blank(self) -> E {
        (self.unknown)(UnknownValue(String::new()))
    }

    fn read(self, text: Cow<'_, str>) -> E {
        match self.values.iter().find(|(known, _)| *known == text) {
            Some((_, value)) => (self.clone)(value),
            None => (self.unknown)(UnknownValue(text.into_owned())),
        }
    }

    /// The text that a value is written as.
    pub(super) fn text(self, value: &E) -> &str {
        match ((self.as_unknown)(value), self.index(value)) {
            (Some(UnknownValue(text)), _) => text,
            (None, Some(index)) => self.values.get(index).map_or("", |(text, _)| text),
            (None, None) => "",
        }
    }

    /// Where the value is in the table.
    fn index(self, value: &E) -> Option<usize> {
        let variant = discriminant(value);
        let mut known = self.values.iter();
        known.position(|(_, known)| discriminant(known) == variant)
    }
}

/// What an enum `E` is made of: strings, and references to itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted to `{E}`",
    label = "not a string",
    note = "an enum of strings is made of `&str`, `String`, `&String` and a reference to itself"
)]
pub trait IntoStringEnum<E> {
    /// Converts the value.
    fn into_string_enum(self) -> E;
}

impl<E: StringEnum> IntoStringEnum<E> for &str {
    fn into_string_enum(self) -> E {
        E::from_text(self.into())
    }
}

impl<E: StringEnum> IntoStringEnum<E> for String {
    fn into_string_enum(self) -> E {
        E::from_text(self.into())
    }
}

impl<E: StringEnum> IntoStringEnum<E> for &String {
    fn into_string_enum(self) -> E {
        E::from_text(self.into())
    }
}

impl<E: StringEnum> IntoStringEnum<E> for &E {
    fn into_string_enum(self) -> E {
        self.clone()
    }
}

/// Declares an enum of strings, one line a value:
///
/// ```
/// specwright_runtime::codegen::string_enum! {
///     /// Whether an app is in use.
///     pub enum Status = "app.Status" {
///         Enabled = "STATUS_ENABLED",
///         Disabled = "STATUS_DISABLED",
///     }
/// }
///
/// assert_eq!(Status::from("STATUS_ENABLED"), Status::Enabled);
/// assert_eq!(Status::from("STATUS_NEW").as_str(), "STATUS_NEW");
/// ```
///
/// `Name = escaped "text"` is a value that cannot be part of documentation as it is; the line's own documentation has it.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident = $schema:literal {
            $($(#[$doc:meta])* $variant:ident $(= $text:literal)? $(= escaped $escaped:literal)?,)*
        }
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$doc])* $(#[doc = ::core::concat!("`", $text, "`")])? $variant,)*
            /// A value that this version of the client does not know.
            UnknownValue($crate::codegen::UnknownValue),
        }
        impl $name {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[$(($($text)? $($escaped)?, Self::$variant),)*];
            /// The value as it is written, known or not.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::codegen::StringEnum::text(self)
            }
        }
        impl $crate::codegen::StringEnum for $name {}
        impl $crate::codegen::Json for $name {
            const KIND: $crate::codegen::Kind<Self> = $crate::codegen::Kind::Strings($crate::codegen::Strings {
                values: Self::VALUES,
                names: ::core::concat!($(::core::stringify!($variant), " "),*),
                unknown: Self::UnknownValue,
                as_unknown: |value| match value {
                    Self::UnknownValue(value) => ::std::option::Option::Some(value),
                    _ => ::std::option::Option::None,
                },
                clone: ::std::clone::Clone::clone,
            });
        }
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::StringEnum::write_debug(self, f)
            }
        }
        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::StringEnum::is_same(self, other)
            }
        }
        impl ::std::cmp::Eq for $name {}
        impl ::std::hash::Hash for $name {
            fn hash<__H: ::std::hash::Hasher>(&self, state: &mut __H) {
                ::std::hash::Hash::hash(self.as_str(), state);
            }
        }
        impl<__A: $crate::codegen::IntoStringEnum<$name>> ::std::convert::From<__A> for $name {
            fn from(value: __A) -> Self {
                value.into_string_enum()
            }
        }
        impl $crate::codegen::Generated for $name {}
        impl $crate::codegen::FromText for $name {}
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        $crate::__serde_impls!($name);
    };
}

impl super::Reader<'_> {
    /// Reads a value of an open enum.
    pub(super) fn string_enum<E>(&mut self, table: Strings<E>, value: &mut E) -> super::Result<()> {
        *value = table.read(self.string()?);
        if (table.as_unknown)(value).is_some() {
            self.note_unknown();
        }
        Ok(())
    }
}
