//! Unions: values that are one of several types.

use std::borrow::Cow;

use super::trial::Choice;
use super::{Raw, Reader, Result, Writer};

/// A value of one of several types. [`crate::union!`] declares one.
///
/// A value of another type is kept unchanged.
pub trait Union: From<Raw> + 'static {
    /// The name of the schema.
    const NAME: &'static str;

    /// The property that selects the variant; without one all variants are tried.
    const TAG: Option<&'static str>;

    /// What selects the variants: the values of that property, or the variants' own names, in the document's order.
    const VARIANTS: &'static [&'static str];

    /// Reads a value as the variant that `variant` selects, or gives `None` if it selects none.
    fn decode(variant: &str, json: &mut Reader<'_>) -> Result<Option<Self>>;

    /// Writes the value.
    fn encode(&self, json: &mut Writer);
}

impl<'a> Reader<'a> {
    /// Reads a union.
    pub fn union<U: Union>(&mut self, value: &mut U) -> Result<()> {
        *value = match U::TAG {
            Some(tag) => self.tagged_union(tag)?,
            None => self.untagged_union()?,
        };
        Ok(())
    }

    /// Reads a union whose values show by their form what they are.
    fn untagged_union<U: Union>(&mut self) -> Result<U> {
        let start = self.at;
        let mut fitting: Vec<(usize, U)> = Vec::new();
        let choice = self.choose(U::NAME, U::VARIANTS.len(), &mut |index, json| {
            if let Some(value) = U::decode(U::VARIANTS.get(index).copied().unwrap_or_default(), json)? {
                fitting.push((index, value));
            }
            Ok(())
        })?;
        let chosen = fitting.into_iter().find(|(index, _)| Choice::Arm(*index) == choice);
        Ok(match chosen {
            Some((_, value)) => value,
            None => U::from(Raw::of(self.slice(start, self.at)).not_wrong(choice == Choice::Several)),
        })
    }

    /// Reads a union whose values name what they are.
    fn tagged_union<U: Union>(&mut self, tag: &str) -> Result<U> {
        let selected = match self.tag(tag)? {
            Some(tag) => U::decode(&tag, self)?,
            None => None,
        };
        match selected {
            Some(value) => Ok(value),
            None => {
                self.note_unknown();
                // The tags are as open as an enum: a new one is not a violation.
                Ok(U::from(self.value::<Raw>()?.not_wrong(true)))
            }
        }
    }

    /// Returns the string of a property of the next object, which is read afterwards.
    fn tag(&mut self, tag: &str) -> Result<Option<Cow<'a, str>>> {
        let (start, depth) = (self.at, self.depth);
        let found = self.find_tag(tag)?;
        self.at = start;
        self.depth = depth;
        Ok(found)
    }

    fn find_tag(&mut self, tag: &str) -> Result<Option<Cow<'a, str>>> {
        if self.peek() != Some(b'{') {
            return Ok(None);
        }
        self.open(b'{', "an object")?;
        if self.peek() == Some(b'}') {
            return Ok(None);
        }
        loop {
            let name = self.name()?;
            if name == tag {
                return match self.peek() {
                    Some(b'"') => self.string().map(Some),
                    _ => Ok(None),
                };
            }
            self.skip()?;
            if !self.comma(b'}', "`,` or `}`")? {
                return Ok(None);
            }
        }
    }
}

/// Declares a union, one line a variant:
///
/// ```
/// use specwright_runtime::{codegen::union, wire};
///
/// union! {
///     pub enum Size = "Size" {
///         Count(i64) where [Minimum("0")],
///         Name(String),
///         Parts(Vec<i64>),
///     }
/// }
///
/// assert_eq!(wire::from_str::<Size>("[1, 2]")?, Size::from(vec![1, 2]));
/// # Ok::<(), wire::DecodeError>(())
/// ```
///
/// - `by "kind"` after the schema is the property that selects the variant, and `Cat(Cat) = "cat" | "kitten"` are its values.
///   `= escaped "cat"` has a documentation of its own, because the values cannot be part of one as they are.
/// - `as Quoted` is a type whose numbers may be in strings.
/// - `shared` is a variant whose type another variant has too: there is no conversion from it.
/// - `others where [..]` after the variants is what the schema asks of values of other types.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident = $schema:literal by $tag:literal {
            $(
                $(#[$doc:meta])*
                $variant:ident($($type:tt)+) $(shared $(@ $shared:tt)?)?
                    $(= $($value:literal)|+)? $(= escaped $($escaped:literal)|+)? $(where [$($rule:tt)*])?,
            )*
        }
        $(others where [$($other:tt)*])?
    ) => {
        $crate::union! { @type
            $(#[$attribute])*
            $visibility enum $name = $schema {
                $(
                    $(#[$doc])*
                    $(#[doc = ""] #[doc = $crate::union!(@values $tag $($value)+)])?
                    $variant($($type)+),
                )*
            }
        }
        impl $crate::codegen::Union for $name {
            const NAME: &'static str = $schema;
            const TAG: ::std::option::Option<&'static str> = ::std::option::Option::Some($tag);
            const VARIANTS: &'static [&'static str] = &[$($($($value,)+)? $($($escaped,)+)?)*];
            fn decode(
                variant: &str,
                json: &mut $crate::codegen::Reader<'_>,
            ) -> $crate::codegen::Result<::std::option::Option<Self>> {
                ::std::result::Result::Ok(::std::option::Option::Some(match variant {
                    $($($($value)|+)? $($($escaped)|+)? => Self::$variant(json.value()?),)*
                    _ => return ::std::result::Result::Ok(::std::option::Option::None),
                }))
            }
            fn encode(&self, json: &mut $crate::codegen::Writer) {
                match self {
                    $(Self::$variant(value) => {
                        let values = &[$($($value,)+)? $($($escaped,)+)?];
                        $crate::union!(@put json [put_tagged($tag, values, value)] [$($($rule)*)?])
                    })*
                    Self::Unknown(value) => $crate::union!(@unknown json value $([$($other)*])?),
                }
            }
        }
        $($crate::union!(@from [$(shared $(@ $shared)?)?] $name $variant $($type)+);)*
    };
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident = $schema:literal {
            $(
                $(#[$doc:meta])*
                $variant:ident($($type:tt)+) $(shared $(@ $shared:tt)?)? $(as $quoted:ident)? $(where [$($rule:tt)*])?,
            )*
        }
        $(others where [$($other:tt)*])?
    ) => {
        $crate::union! { @type
            $(#[$attribute])*
            $visibility enum $name = $schema {
                $($(#[$doc])* #[doc = ""] #[doc = "Selected by the form of the value."] $variant($($type)+),)*
            }
        }
        impl $crate::codegen::Union for $name {
            const NAME: &'static str = $schema;
            const TAG: ::std::option::Option<&'static str> = ::std::option::Option::None;
            const VARIANTS: &'static [&'static str] = &[$(::core::stringify!($variant)),*];
            fn decode(
                variant: &str,
                json: &mut $crate::codegen::Reader<'_>,
            ) -> $crate::codegen::Result<::std::option::Option<Self>> {
                ::std::result::Result::Ok(::std::option::Option::Some(match variant {
                    $(::core::stringify!($variant) => {
                        Self::$variant(json.marked($crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?)?)
                    })*
                    _ => return ::std::result::Result::Ok(::std::option::Option::None),
                }))
            }
            fn encode(&self, json: &mut $crate::codegen::Writer) {
                match self {
                    $(Self::$variant(value) => {
                        let marks = $crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?;
                        $crate::union!(@put json [put_marked(value, marks)] [$($($rule)*)?])
                    })*
                    Self::Unknown(value) => $crate::union!(@unknown json value $([$($other)*])?),
                }
            }
        }
        $($crate::union!(@from [$(shared $(@ $shared)?)?] $name $variant $($type)+);)*
    };
    // The type, and what is the same for both kinds.
    (@type
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident = $schema:literal { $($variants:tt)* }
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $visibility enum $name {
            $($variants)*
            /// Any other value, kept as received.
            Unknown($crate::codegen::Raw),
        }
        impl ::std::convert::From<$crate::codegen::Raw> for $name {
            fn from(value: $crate::codegen::Raw) -> Self {
                Self::Unknown(value)
            }
        }
        impl ::std::convert::From<&$name> for $name {
            fn from(value: &$name) -> Self {
                ::std::clone::Clone::clone(value)
            }
        }
        impl $crate::codegen::Generated for $name {}
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self::Unknown($crate::codegen::Json::blank())
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.union(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                $crate::codegen::Union::encode(self, json);
            }
        }
        $crate::__serde_impls!($name);
    };
    // The documentation of what selects a variant.
    (@values $tag:literal $first:literal $($value:literal)*) => {
        ::core::concat!("Selected when `", $tag, "` is `", $first, $("` or `", $value,)* "`.")
    };
    (@put $json:ident [$($put:tt)*] []) => {
        $json.$($put)*
    };
    (@put $json:ident [$($put:tt)*] [$($rule:tt)+]) => {
        $json.by($crate::__rules!($($rule)+), |json| json.$($put)*)
    };
    (@unknown $json:ident $value:ident) => {
        $json.put($value)
    };
    (@unknown $json:ident $value:ident [$($rule:tt)*]) => {
        $json.put_other($crate::__rules!($($rule)*), $value)
    };
    // The conversion from what a variant holds.
    (@from [] $name:ident $variant:ident Box<$type:ty>) => {
        $crate::union!(@boxed $name $variant $type);
    };
    (@from [] $name:ident $variant:ident ::std::boxed::Box<$type:ty>) => {
        $crate::union!(@boxed $name $variant $type);
    };
    (@from [] $name:ident $variant:ident $type:ty) => {
        impl ::std::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        }
    };
    (@from [$($shared:tt)+] $($variant:tt)*) => {};
    (@boxed $name:ident $variant:ident $type:ty) => {
        impl ::std::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }
    };
}
