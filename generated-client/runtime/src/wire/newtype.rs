//! Newtypes of strings.

/// Gives a tuple struct of one `String` its conversions, its JSON form and its serde form.
///
/// `string_newtype!(Name, RULES)` checks the rules of the constant `Name::RULES`, which is what the schema asks of a text.
///
/// There is no conversion from one newtype to another: an identifier of one thing is not one of another. A reference to the
/// newtype converts to it, so that a method which takes `impl Into<Id>` also takes `&Id`.
#[doc(hidden)]
#[macro_export]
macro_rules! string_newtype {
    ($name:ident) => {
        $crate::string_newtype!(@impl $name, &[]);
        $crate::string_newtype!(@borrow $name);
    };
    ($name:ident, RULES) => {
        $crate::string_newtype!(@impl $name, <$name>::RULES);
        $crate::string_newtype!(@borrow $name);
    };
    // Not for a type that is ordered otherwise than its text, because the borrowed form must have the same order.
    (@borrow $name:ident) => {
        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
    (@impl $name:ident, $rules:expr) => {
        impl $crate::codegen::Generated for $name {}
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(::std::string::String::from(text))
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self(text)
            }
        }
        impl ::std::convert::From<&::std::string::String> for $name {
            fn from(text: &::std::string::String) -> Self {
                Self(::std::clone::Clone::clone(text))
            }
        }
        impl ::std::convert::From<&$name> for $name {
            fn from(value: &$name) -> Self {
                Self(::std::clone::Clone::clone(&value.0))
            }
        }
        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self(::std::string::String::from(text)))
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }
        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
        impl ::std::cmp::PartialEq<$name> for str {
            fn eq(&self, other: &$name) -> bool {
                *self == other.0
            }
        }
        impl ::std::cmp::PartialEq<$name> for &str {
            fn eq(&self, other: &$name) -> bool {
                **self == other.0
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self(::std::string::String::new())
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                $crate::codegen::Json::read(&mut self.0, json)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.string_by(&self.0, $rules);
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
