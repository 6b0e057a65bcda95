//! What a path, query, header or cookie parameter can hold, before a style turns it into text.

use std::borrow::Cow;

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
    /// Not given: the parameter is left out.
    Absent,
    /// One piece of text.
    Primitive(Cow<'a, str>),
    /// Several values in order.
    Array(Vec<Self>),
    /// Named values in order.
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl<'a> ParameterValue<'a> {
    /// A primitive of a text: `ParameterValue::text("asc")`.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Primitive(text.into())
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

impl<T: Parameter + ?Sized> Parameter for &T {
    fn parameter(&self) -> ParameterValue<'_> {
        (**self).parameter()
    }
}

impl<T: Parameter + ?Sized> Parameter for Box<T> {
    fn parameter(&self) -> ParameterValue<'_> {
        (**self).parameter()
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
