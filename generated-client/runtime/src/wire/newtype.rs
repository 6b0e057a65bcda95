//! Newtypes of strings, and other names for types.

/// Declares a string under a name of its own, with its schema and what the schema asks of the string:
///
/// ```
/// specwright_runtime::codegen::newtype! {
///     pub struct UserId = "user.Id" where [MinLength(1)]
/// }
///
/// assert_eq!(UserId::from("u1").as_str(), "u1");
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! newtype {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident = $schema:literal $(where [$($rule:tt)*])?
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $visibility struct $name(::std::string::String);
        impl $crate::codegen::Generated for $name {}
        impl $crate::codegen::FromText for $name {}
        $crate::string_newtype!(@impl $name, $crate::__rules!($($($rule)*)?));
        $crate::string_newtype!(@borrow $name);
    };
}

/// Declares another name for a type, and for the struct of its required fields:
/// `pub type Owner(OwnerRequired: UserRequired): User = "Pet.owner"`.
#[doc(hidden)]
#[macro_export]
macro_rules! alias {
    (
        $(#[$attribute:meta])*
        $visibility:vis type $name:ident $(($required:ident: $fields:ty))?: $type:ty = $schema:literal
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        $visibility type $name = $type;
        $(
            #[doc = ::core::concat!("The required fields of [`", ::core::stringify!($name), "`].")]
            $visibility type $required = $fields;
        )?
    };
}

/// Declares another name for a model that only responses hold: its constructor is only for tests.
#[cfg(feature = "test-util")]
#[doc(hidden)]
#[macro_export]
macro_rules! response_alias {
    ($($alias:tt)*) => {
        $crate::alias! { $($alias)* }
    };
}

/// Declares another name for a model that only responses hold: its constructor is only for tests.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[macro_export]
macro_rules! response_alias {
    (
        $(#[$attribute:meta])*
        $visibility:vis type $name:ident($required:ident: $fields:ty): $type:ty = $schema:literal
    ) => {
        $crate::alias! { $(#[$attribute])* $visibility type $name: $type = $schema }
    };
}

/// Declares the type of what a webhook or a callback sends, with where the document declares it.
#[doc(hidden)]
#[macro_export]
macro_rules! payload {
    ($(#[$attribute:meta])* $visibility:vis type $name:ident: $type:ty = $origin:literal) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!($origin, ".")]
        $visibility type $name = $type;
    };
}

/// A list of rules, as forms write it.
#[doc(hidden)]
#[macro_export]
macro_rules! __rules {
    () => {
        &[]
    };
    ($($rule:tt)+) => {{
        #[allow(unused_imports, reason = "a form names some of the rules")]
        use $crate::codegen::rules::*;
        &[$($rule)+]
    }};
}

/// Gives a tuple struct of one `String` its conversions, its JSON form and its serde form.
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
    // Not for a type that is ordered otherwise than its text, because the borrowed form must have the same order.
    (@borrow $name:ident) => {
        impl ::std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
    (@impl $name:ident, $rules:expr) => {
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
