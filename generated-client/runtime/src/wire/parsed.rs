//! Values of types of the user's choice, which the configuration gives to formats of a document.
//!
//! Such a type is from another crate, so nothing of it can be asked but what the standard library has: it is read by
//! [`FromStr`] and written by [`Display`](fmt::Display). A value that it does not accept stays a string, so one such value
//! does not make a whole response unreadable.

use std::any::type_name;
use std::fmt;
use std::str::FromStr;

use super::into_value::FromValue;
use super::{Json, Reader, Result, Writer};

/// The error of a value that its type does not accept. It does not show the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotParsed(&'static str);

impl fmt::Display for NotParsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value is not accepted by `{}`", self.0)
    }
}

impl std::error::Error for NotParsed {}

macro_rules! parsed {
    ($($(#[$documentation:meta])* $name:ident)*) => {$(
        $(#[$documentation])*
        ///
        /// The value is read with [`FromStr`] and written with [`Display`](fmt::Display). The text that was read is kept, so
        /// it is written unchanged. Two are equal if their values are; values that the type does not accept are equal if
        /// their strings are.
        #[derive(Clone)]
        pub struct $name<T> {
            text: Box<str>,
            value: Option<T>,
        }

        impl<T> $name<T> {
            /// Returns the value, or an error if the type does not accept the text.
            pub fn value(&self) -> std::result::Result<&T, NotParsed> {
                self.value.as_ref().ok_or(NotParsed(type_name::<T>()))
            }

            /// Returns the value, or an error if the type does not accept the text.
            pub fn into_value(self) -> std::result::Result<T, NotParsed> {
                self.value.ok_or(NotParsed(type_name::<T>()))
            }

            /// Returns the text, as it was read or as it is sent.
            #[must_use]
            pub fn text(&self) -> &str {
                &self.text
            }
        }

        impl<T: FromStr> $name<T> {
            /// Creates a value from a string, which is kept even if the type does not accept it.
            #[must_use]
            pub fn from_text(text: &str) -> Self {
                Self {
                    text: text.into(),
                    value: text.parse().ok(),
                }
            }
        }

        impl<T: fmt::Display> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self {
                    text: value.to_string().into(),
                    value: Some(value),
                }
            }
        }

        impl<T: fmt::Display + Clone> From<&T> for $name<T> {
            fn from(value: &T) -> Self {
                value.clone().into()
            }
        }

        impl<T: Clone> From<&$name<T>> for $name<T> {
            fn from(value: &$name<T>) -> Self {
                value.clone()
            }
        }

        impl<T: fmt::Display> From<T> for super::Nullable<$name<T>> {
            fn from(value: T) -> Self {
                Self::Value(value.into())
            }
        }

        impl<T, A: Into<$name<T>>> FromValue<A> for $name<T> {
            fn from_value(value: A) -> Self {
                value.into()
            }
        }

        impl<T: PartialEq> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                match (&self.value, &other.value) {
                    (Some(value), Some(other)) => value == other,
                    (None, None) => self.text == other.text,
                    _ => false,
                }
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.value {
                    Some(value) => value.fmt(f),
                    None => self.text.fmt(f),
                }
            }
        }

        impl<T> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.text)
            }
        }

        impl<T> crate::Parameter for $name<T> {
            fn parameter(&self) -> crate::ParameterValue<'_> {
                crate::ParameterValue::text(&*self.text)
            }
        }

        impl<'de, T: FromStr + 'static> serde::Deserialize<'de> for $name<T> {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                super::machinery::deserialize(from)
            }
        }

        impl<T: FromStr + 'static> serde::Serialize for $name<T> {
            fn serialize<S: serde::Serializer>(&self, into: S) -> std::result::Result<S::Ok, S::Error> {
                super::machinery::serialize(self, into)
            }
        }
    )*};
}

parsed! {
    /// A string of the wire as a value of a type that the configuration of the generator chose.
    ///
    /// ```
    /// use std::net::IpAddr;
    /// use specwright_runtime::wire::{self, Parsed};
    ///
    /// let host: Parsed<IpAddr> = wire::from_str("\"192.0.2.1\"")?;
    /// assert!(host.value()?.is_ipv4());
    /// let other: Parsed<IpAddr> = wire::from_str("\"none\"")?;
    /// assert!(other.value().is_err() && other.text() == "none");
    /// assert_eq!(wire::to_vec(&other), b"\"none\"");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Parsed
    /// A JSON number as a value of a type that the configuration of the generator chose, with every digit.
    ParsedNumber
}

impl<T: FromStr + 'static> Json for Parsed<T> {
    fn blank() -> Self {
        Self {
            text: Box::default(),
            value: None,
        }
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        *self = Self::from_text(&json.string()?);
        if self.value.is_none() {
            // Another variant of a union that accepts the string fits better.
            json.note_unnamed();
        }
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.string(&self.text);
    }
}

impl<T: FromStr + 'static> Json for ParsedNumber<T> {
    fn blank() -> Self {
        Self {
            text: Box::default(),
            value: None,
        }
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        *self = Self::from_text(json.number("a number")?);
        if self.value.is_none() {
            json.note_unnamed();
        }
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.number(is_number(&self.text).then_some(&*self.text));
    }
}

/// Whether a text is a JSON number: a type of the user may write something else.
fn is_number(text: &str) -> bool {
    let mut reader = Reader::new(text);
    !text.starts_with(char::is_whitespace) && reader.number("").is_ok() && reader.at == text.len()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::net::Ipv4Addr;

    use super::{Parsed, ParsedNumber};
    use crate::{
        Parameter, ParameterValue,
        wire::{self, IntoValue, Nullable},
    };

    #[test]
    fn a_string_comes_back_as_it_was() {
        let padded: Parsed<u32> = wire::from_str("\"007\"").unwrap();
        assert_eq!(padded.value(), Ok(&7));
        assert_eq!(wire::to_vec(&padded), b"\"007\"");
        assert_eq!(padded, Parsed::from(7));
        assert_eq!(padded.parameter(), ParameterValue::text("007"));
    }

    #[test]
    fn what_the_type_does_not_accept_is_kept_and_never_shown() {
        let other: Parsed<Ipv4Addr> = wire::from_str("\"secret\"").unwrap();
        let error = other.value().unwrap_err().to_string();
        assert!(error.contains("Ipv4Addr") && !error.contains("secret"), "{error}");
        assert_eq!(wire::to_vec(&other), b"\"secret\"");
        assert_ne!(other, Parsed::from(Ipv4Addr::LOCALHOST));
        assert!(wire::from_str::<Parsed<Ipv4Addr>>("1").is_err());
    }

    #[test]
    fn a_number_keeps_its_digits() {
        let exact: ParsedNumber<u128> = wire::from_str("340282366920938463463374607431768211455").unwrap();
        assert_eq!(exact.value(), Ok(&u128::MAX));
        let half: ParsedNumber<u8> = wire::from_str("0.50").unwrap();
        assert!(half.value().is_err());
        assert_eq!(wire::to_vec(&half), b"0.50");
        assert!(wire::from_str::<ParsedNumber<u8>>("\"1\"").is_err());
    }

    #[test]
    fn what_is_not_a_number_is_not_sent() {
        let infinite = ParsedNumber::from(f64::INFINITY);
        assert!(wire::to_request(&infinite).is_err());
        assert_eq!(wire::to_vec(&infinite), b"null");
    }

    #[test]
    fn setters_take_the_value_itself() {
        fn set(value: impl IntoValue<Option<Parsed<Ipv4Addr>>>) -> Option<Parsed<Ipv4Addr>> {
            value.into_value()
        }
        fn nullable(value: impl IntoValue<Nullable<Parsed<Ipv4Addr>>>) -> Nullable<Parsed<Ipv4Addr>> {
            value.into_value()
        }
        let home = Parsed::from(Ipv4Addr::LOCALHOST);
        assert_eq!(set(Ipv4Addr::LOCALHOST).as_ref(), Some(&home));
        let borrowed = &Ipv4Addr::LOCALHOST;
        assert_eq!(set(borrowed), set(&home));
        assert_eq!(nullable(Ipv4Addr::LOCALHOST), Nullable::Value(home));
    }

    #[test]
    fn a_whole_list_is_read_though_one_value_is_not_accepted() {
        let list: Vec<Parsed<u8>> = wire::from_str("[\"1\", \"x\"]").unwrap();
        assert_eq!(list.iter().filter_map(|one| one.value().ok()).collect::<Vec<_>>(), [&1]);
    }
}
