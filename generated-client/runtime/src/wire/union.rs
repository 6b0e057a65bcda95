//! Unions: values that are one of several types.

use std::borrow::Cow;

use super::trial::Choice;
use super::{Raw, Reader, Result, Writer};

/// A value of one of several types, and what it is declared as: [`crate::union!`] declares one.
///
/// A value of another type is kept unchanged.
#[derive(Debug)]
pub struct Union<U> {
    /// The name of the schema.
    pub name: &'static str,
    /// The property that selects the variant; without one all variants are tried.
    pub tag: Option<&'static str>,
    /// What selects the variants: the values of that property, or the variants' own names, in the document's order.
    pub variants: &'static [&'static str],
    /// The variant of values of other types.
    pub unknown: fn(Raw) -> U,
    /// Reads a value as the variant that the string selects, or gives `None` if it selects none.
    pub decode: fn(&str, &mut Reader<'_>) -> Result<Option<U>>,
    /// Writes the value.
    pub encode: fn(&U, &mut Writer),
}

impl<U> Clone for Union<U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<U> Copy for Union<U> {}

impl<'a> Reader<'a> {
    /// Reads a union.
    pub(super) fn union<U>(&mut self, union: Union<U>, value: &mut U) -> Result<()> {
        *value = match union.tag {
            Some(tag) => self.tagged_union(union, tag)?,
            None => self.untagged_union(union)?,
        };
        Ok(())
    }

    /// Reads a union whose values show by their form what they are.
    fn untagged_union<U>(&mut self, union: Union<U>) -> Result<U> {
        let start = self.at;
        let mut fitting: Vec<(usize, U)> = Vec::new();
        let choice = self.choose(union.name, union.variants.len(), &mut |index, json| {
            let variant = union.variants.get(index).copied().unwrap_or_default();
            if let Some(value) = (union.decode)(variant, json)? {
                fitting.push((index, value));
            }
            Ok(())
        })?;
        let chosen = fitting.into_iter().find(|(index, _)| Choice::Arm(*index) == choice);
        Ok(match chosen {
            Some((_, value)) => value,
            None => (union.unknown)(Raw::of(self.slice(start, self.at)).not_wrong(choice == Choice::Several)),
        })
    }

    /// Reads a union whose values name what they are.
    fn tagged_union<U>(&mut self, union: Union<U>, tag: &str) -> Result<U> {
        let selected = match self.tag(tag)? {
            Some(tag) => (union.decode)(&tag, self)?,
            None => None,
        };
        match selected {
            Some(value) => Ok(value),
            None => {
                self.note_unknown();
                // The tags are as open as an enum: a new one is not a violation.
                Ok((union.unknown)(self.value::<Raw>()?.not_wrong(true)))
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
        $crate::union! { @json
            $name = $schema by [::std::option::Option::Some($tag)] [$($($($value,)+)? $($($escaped,)+)?)*]
            |variant, json| match variant {
                $($($($value)|+)? $($($escaped)|+)? => Self::$variant(json.value()?),)*
            }
            |value, json| match value {
                $(Self::$variant(value) => {
                    let values = &[$($($value,)+)? $($($escaped,)+)?];
                    $crate::union!(@put json [put_tagged($tag, values, value)] [$($($rule)*)?])
                })*
                Self::Unknown(value) => $crate::union!(@unknown json value $([$($other)*])?),
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
        $crate::union! { @json
            $name = $schema by [::std::option::Option::None] [$(::core::stringify!($variant)),*]
            |variant, json| match variant {
                $(::core::stringify!($variant) => {
                    Self::$variant(json.marked($crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?)?)
                })*
            }
            |value, json| match value {
                $(Self::$variant(value) => {
                    let marks = $crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?;
                    $crate::union!(@put json [put_marked(value, marks)] [$($($rule)*)?])
                })*
                Self::Unknown(value) => $crate::union!(@unknown json value $([$($other)*])?),
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
        impl ::std::convert::From<&$name> for $name {
            fn from(value: &$name) -> Self {
                ::std::clone::Clone::clone(value)
            }
        }
        impl $crate::codegen::Generated for $name {}
        $crate::__serde_impls!($name);
    };
    // The table, and how values are read and written.
    (@json
        $name:ident = $schema:literal by [$($tag:tt)*] [$($variants:tt)*]
        |$variant:ident, $reader:ident| match $_variant:ident { $($read:tt)* }
        |$value:ident, $writer:ident| $write:expr
    ) => {
        impl $crate::codegen::Json for $name {
            const KIND: $crate::codegen::Kind<Self> = $crate::codegen::Kind::Union($crate::codegen::Union {
                name: $schema,
                tag: $($tag)*,
                variants: &[$($variants)*],
                unknown: Self::Unknown,
                decode: |$variant, $reader| {
                    ::std::result::Result::Ok(::std::option::Option::Some(match $variant {
                        $($read)*
                        _ => return ::std::result::Result::Ok(::std::option::Option::None),
                    }))
                },
                encode: |$value, $writer| $write,
            });
        }
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
