//! The values of path, query, header and cookie parameters, before a style writes them.

use std::borrow::Cow;

#[cfg(feature = "client")]
use crate::wire::Pieces;
use crate::wire::{self, Json};

/// A value that can be sent as a path, query, header or cookie parameter.
///
/// Numbers, booleans and strings are primitives; slices and vectors are arrays; `None` is a parameter that is not sent.
pub trait Parameter {
    /// The value in the terms of `OpenAPI`'s parameter styles, not yet percent-encoded.
    fn parameter(&self) -> ParameterValue<'_>;
}

/// A parameter's value in the terms of `OpenAPI`'s parameter styles.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterValue<'a> {
    /// The parameter is not sent.
    Absent,
    /// A string.
    Primitive(Cow<'a, str>),
    /// An array.
    Array(Vec<Self>),
    /// An object, with its properties in order.
    Object(Vec<(Cow<'a, str>, Self)>),
    /// A value as JSON. A style writes the levels that it supports, and writes deeper levels as JSON.
    Json(Cow<'a, str>),
    /// A value that cannot be sent, with the reason.
    Unwritable(String),
}

impl<'a> ParameterValue<'a> {
    /// Returns a primitive from a string: `ParameterValue::text("asc")`.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Primitive(text.into())
    }
}

#[cfg(feature = "client")]
impl<'a> ParameterValue<'a> {
    /// The value with its outermost level in the terms of styles, not in those of JSON.
    #[cfg(feature = "client")]
    pub(crate) fn opened(&'a self) -> Result<Cow<'a, Self>, String> {
        let json = match self {
            Self::Json(json) => json,
            Self::Unwritable(reason) => return Err(reason.clone()),
            other => return Ok(Cow::Borrowed(other)),
        };
        let pieces = Pieces::read(json).ok_or("it is nested too deeply")?;
        Ok(Cow::Owned(match pieces {
            Pieces::Null => Self::Absent,
            Pieces::Text(text) => Self::Primitive(text),
            Pieces::Array(items) => Self::Array(items.into_iter().map(Self::inner).collect()),
            Pieces::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Self::inner(value)));
                Self::Object(members.collect())
            }
        }))
    }

    /// A piece of JSON text: only what is an array or an object stays JSON.
    #[cfg(feature = "client")]
    fn inner(json: &'a str) -> Self {
        match Pieces::read(json) {
            Some(Pieces::Null) => Self::Absent,
            Some(Pieces::Text(text)) => Self::Primitive(text),
            _ => Self::Json(json.into()),
        }
    }
}

/// A value as a parameter by its JSON form: an object's members and a list's elements are written in the parameter's
/// style, what only the server sets is left out, and null is not given.
///
/// ```
/// # use std::collections::BTreeMap;
/// use specwright_runtime::codegen::{JsonForm, Parameter, ParameterValue};
///
/// let near = BTreeMap::from([("lat".to_owned(), 1.5)]);
/// assert_eq!(JsonForm(&near).parameter(), ParameterValue::Json(r#"{"lat":1.5}"#.into()));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct JsonForm<'v, T>(pub &'v T);

impl<T: Json> Parameter for JsonForm<'_, T> {
    fn parameter(&self) -> ParameterValue<'_> {
        match wire::to_request_text(self.0) {
            Ok(text) => ParameterValue::Json(text.into()),
            Err(error) => ParameterValue::Unwritable(error.to_string()),
        }
    }
}

impl Parameter for ParameterValue<'_> {
    fn parameter(&self) -> ParameterValue<'_> {
        match self {
            Self::Primitive(text) => ParameterValue::text(text.as_ref()),
            other => other.clone(),
        }
    }
}

impl Parameter for str {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::text(self)
    }
}

impl Parameter for String {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::text(self.as_str())
    }
}

impl Parameter for bool {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::text(if *self { "true" } else { "false" })
    }
}

macro_rules! number_parameters {
    ($($number:ty),*) => {
        $(impl Parameter for $number {
            fn parameter(&self) -> ParameterValue<'_> {
                ParameterValue::text(self.to_string())
            }
        })*
    };
}

number_parameters!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64);

impl Parameter for &str {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::text(*self)
    }
}

/// An enum of strings is a string.
impl<E: crate::codegen::StringEnum> Parameter for E {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::text(self.text())
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_ref().map_or(ParameterValue::Absent, Parameter::parameter)
    }
}

impl<T: Parameter> Parameter for [T] {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Array(self.iter().map(Parameter::parameter).collect())
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_slice().parameter()
    }
}

impl<T: Parameter, const N: usize> Parameter for [T; N] {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_slice().parameter()
    }
}

impl<T: Parameter> Parameter for std::collections::BTreeMap<String, T> {
    fn parameter(&self) -> ParameterValue<'_> {
        let members = self
            .iter()
            .map(|(name, value)| (name.as_str().into(), value.parameter()));
        ParameterValue::Object(members.collect())
    }
}
