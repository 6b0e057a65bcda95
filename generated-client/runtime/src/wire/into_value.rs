//! What setters and arguments accept: every conversion that cannot fail.

use std::collections::BTreeMap;

use super::{
    AnyMessage, Base64, Base64Url, Date, Duration, FieldMask, Null, Nullable, Number, Object, Password, Raw, Timestamp,
    Uuid, Value,
};

/// A value that can be passed where a `T` is needed, such as `&str` for a `String`, or an array for a `Vec`.
///
/// - Strings: everything that is `Into<String>`, and `&String`.
/// - Signed integers and floating-point numbers: all smaller numbers; unsigned integers: their own type, so that the type of a
///   literal is known.
/// - `Vec`: every iterator over such values; `BTreeMap`: every iterator over pairs.
/// - `Nullable`: a value, an `Option` or `Nullable::Null`.
/// - `Option`: everything that its value can be made of.
/// - Types of the document: everything that they implement `From` for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be passed where `{T}` is needed",
    label = "cannot be converted to `{T}`"
)]
pub trait IntoValue<T> {
    /// Converts the value.
    fn into_value(self) -> T;
}

impl<A, T: FromValue<A>> IntoValue<T> for A {
    fn into_value(self) -> T {
        T::from_value(self)
    }
}

/// The other side of [`IntoValue`]: what a `Self` can be made of. Programs implement `From` instead.
#[diagnostic::on_unimplemented(
    message = "`{A}` cannot be passed where `{Self}` is needed",
    label = "cannot be converted to `{Self}`"
)]
#[doc(hidden)]
pub trait FromValue<A>: Sized {
    fn from_value(value: A) -> Self;
}

/// A type of generated code: it is made of everything that it implements `From` for.
#[doc(hidden)]
pub trait Generated {}

impl<M: super::Model> Generated for M {}

impl<A, T: Generated + From<A>> FromValue<A> for T {
    fn from_value(value: A) -> Self {
        value.into()
    }
}

/// Types of a fixed list of others, themselves and references to themselves among them.
macro_rules! numbers {
    ($($ty:ident: $($other:ident)*;)*) => {
        $(
            impl FromValue<$ty> for $ty {
                fn from_value(value: $ty) -> Self {
                    value
                }
            }

            impl FromValue<&$ty> for $ty {
                fn from_value(value: &$ty) -> Self {
                    *value
                }
            }

            $(
                impl FromValue<$other> for $ty {
                    fn from_value(value: $other) -> Self {
                        value.into()
                    }
                }

                impl From<$other> for Nullable<$ty> {
                    fn from(value: $other) -> Self {
                        Self::Value(value.into())
                    }
                }
            )*
        )*
    };
}

// A literal without a suffix is an `i32` or an `f64` where several types are possible: they are on the list of a type, or it
// has no list.
numbers! {
    bool: ;
    u8: ;
    u16: ;
    u32: ;
    u64: ;
    i8: ;
    i16: ;
    i32: i8 i16 u8 u16;
    i64: i8 i16 i32 u8 u16 u32;
    f32: ;
    f64: f32 i8 i16 i32 u8 u16 u32;
}

macro_rules! by_into {
    ($($ty:ty)*) => {
        $(
            impl<A: Into<$ty>> FromValue<A> for $ty {
                fn from_value(value: A) -> Self {
                    value.into()
                }
            }
        )*
    };
}

#[cfg(feature = "client")]
by_into!(crate::Upload);

by_into! {
    String AnyMessage Base64 Base64Url Date Duration FieldMask Null Number Object Password Raw Timestamp Uuid Value
}

impl<I, T> FromValue<I> for Vec<T>
where
    I: IntoIterator,
    T: FromValue<I::Item>,
{
    fn from_value(values: I) -> Self {
        values.into_iter().map(T::from_value).collect()
    }
}

impl<I, K, A, T> FromValue<I> for BTreeMap<String, T>
where
    I: IntoIterator<Item = (K, A)>,
    K: Into<String>,
    T: FromValue<A>,
{
    fn from_value(values: I) -> Self {
        let entries = values.into_iter();
        entries.map(|(key, value)| (key.into(), T::from_value(value))).collect()
    }
}

impl<A, T: FromValue<A>> FromValue<A> for Option<T> {
    fn from_value(value: A) -> Self {
        Some(T::from_value(value))
    }
}

impl<A: Into<Nullable<T>>, T> FromValue<A> for Nullable<T> {
    fn from_value(value: A) -> Self {
        value.into()
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

/// A type that any string is a value of.
#[doc(hidden)]
pub trait FromText: for<'a> From<&'a str> + From<String> {}

impl FromText for String {}
impl FromText for Password {}

impl<T: FromText> From<&str> for Nullable<T> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl<T: FromText> From<&String> for Nullable<T> {
    fn from(text: &String) -> Self {
        Self::Value(text.as_str().into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{IntoValue, Nullable, Value};

    fn string(value: impl IntoValue<String>) -> String {
        value.into_value()
    }

    fn strings(value: impl IntoValue<Vec<String>>) -> Vec<String> {
        value.into_value()
    }

    fn nullable(value: impl IntoValue<Nullable<String>>) -> Nullable<String> {
        value.into_value()
    }

    #[test]
    fn strings_are_made_of_all_that_is_a_string() {
        let text = "a".to_owned();
        assert_eq!(
            [string("a"), string(&text), string(text.clone()), string('a')],
            ["a", "a", "a", "a"]
        );
    }

    #[test]
    fn lists_are_made_of_all_that_iterates() {
        let text = "a".to_owned();
        assert_eq!(strings(["a", "b"]), ["a", "b"]);
        assert_eq!(strings(vec!["a"]), ["a"]);
        assert_eq!(strings(&[text]), ["a"]);
        assert_eq!(strings(["a"].iter().map(|text| text.to_uppercase())), ["A"]);
    }

    #[test]
    fn maps_are_made_of_pairs() {
        fn map(value: impl IntoValue<BTreeMap<String, i64>>) -> BTreeMap<String, i64> {
            value.into_value()
        }
        assert_eq!(map([("a", 1)]), BTreeMap::from([("a".to_owned(), 1)]));
        assert_eq!(map(BTreeMap::from([("a".to_owned(), 1_i64)])).len(), 1);
    }

    #[test]
    fn literals_of_numbers_have_the_type_that_is_needed() {
        fn unsigned(value: impl IntoValue<u64>) -> u64 {
            value.into_value()
        }
        fn signed(value: impl IntoValue<i64>) -> i64 {
            value.into_value()
        }
        fn short(value: impl IntoValue<i16>) -> i16 {
            value.into_value()
        }
        fn float(value: impl IntoValue<f64>) -> f64 {
            value.into_value()
        }
        assert_eq!((unsigned(5), signed(5), short(5)), (5, 5, 5));
        let numbers: Vec<i64> = [1, 2].iter().into_value();
        assert_eq!(numbers, [1, 2]);
        assert!((float(5) - 5.0).abs() < f64::EPSILON);
        assert!((float(1.5) - 1.5).abs() < f64::EPSILON);
        let nullable: Nullable<i64> = 5.into_value();
        assert_eq!(nullable, Nullable::Value(5));
    }

    #[test]
    fn null_is_a_value_of_its_own() {
        assert_eq!(nullable(Nullable::Null), Nullable::Null);
        assert_eq!(nullable(None), Nullable::Null);
        assert_eq!(nullable("a"), Nullable::Value("a".to_owned()));
        assert_eq!(nullable("a".to_owned()), Nullable::Value("a".to_owned()));
    }

    #[test]
    fn values_of_any_kind_are_made_of_what_json_has() {
        let value: Value = "a".into_value();
        assert_eq!(value, Value::from("a"));
    }
}
