//! Tuples: arrays whose elements have each a type of their own.

use super::{Json, Reader, Result, Rule, Writer};

/// An array whose first elements have each a type of their own. [`crate::tuple!`] declares one.
pub trait Tuple: Sized {
    /// The name of the schema, for errors.
    const NAME: &'static str;

    /// How many elements must not be missing.
    const REQUIRED: usize;

    /// What the schema asks of values beyond their types.
    const RULES: &'static [Rule] = &[];

    /// Reads the element at an index, or gives `false` where there can be none.
    fn decode(&mut self, index: usize, json: &mut Reader<'_>) -> Result<bool>;

    /// Writes the elements.
    fn encode(&self, json: &mut ArrayWriter<'_>);
}

impl Reader<'_> {
    /// Reads a tuple in place.
    pub fn tuple<T: Tuple>(&mut self, tuple: &mut T) -> Result<()> {
        let start = self.at;
        let mut index = 0;
        let read = self.elements(&mut |json| {
            let is_ours = tuple.decode(index, json)?;
            if !is_ours {
                return Err(json.fail_with(json.at, format!("at most {index} elements"), "one more"));
            }
            index += 1;
            Ok(())
        });
        read.and_then(|()| {
            if index < T::REQUIRED {
                let expected = format!("at least {} elements", T::REQUIRED);
                return Err(self.fail_with(start, expected, format!("{index} of them")));
            }
            Ok(())
        })
        .map_err(|error| error.within(T::NAME))
    }

    /// Reads an element into its field; `true`, because the tuple has it.
    pub fn element<T: Json>(&mut self, element: &mut T, marks: u8) -> Result<bool> {
        *element = self.marked(marks)?;
        Ok(true)
    }

    /// Reads an element after those that have a field each; `true`, because the tuple has it.
    pub fn element_of_rest<T: Json>(&mut self, rest: &mut Vec<T>, marks: u8) -> Result<bool> {
        rest.push(self.marked(marks)?);
        Ok(true)
    }
}

/// An array that is being written.
#[derive(Debug)]
pub struct ArrayWriter<'w> {
    json: &'w mut Writer,
    empty: bool,
}

impl ArrayWriter<'_> {
    /// Writes an element, if it is not absent.
    pub fn put<T: Json>(&mut self, value: &T, marks: u8) {
        if !value.is_absent() {
            self.element().put_marked(value, marks);
        }
    }

    /// Writes the elements after those that have a field each.
    pub fn put_rest<T: Json>(&mut self, rest: &[T], marks: u8) {
        for value in rest {
            self.element().put_marked(value, marks);
        }
    }

    fn element(&mut self) -> &mut Writer {
        if !std::mem::replace(&mut self.empty, false) {
            self.json.raw(",");
        }
        self.json
    }
}

impl Writer {
    /// Writes a tuple.
    pub fn tuple<T: Tuple>(&mut self, tuple: &T) {
        let start = self.position();
        self.raw("[");
        tuple.encode(&mut ArrayWriter {
            json: self,
            empty: true,
        });
        self.raw("]");
        self.check(start, T::RULES);
    }
}

/// Declares a tuple, one line an element, with the index of its field:
///
/// ```
/// use specwright_runtime::{codegen::tuple, wire};
///
/// tuple! {
///     pub struct Point = "Point" {
///         0: required i64,
///         1: Option<String>,
///         2: ..Vec<f64>,
///     } where [MaxItems(9)]
/// }
///
/// assert_eq!(wire::from_str::<Point>("[1]")?, Point(1, None, vec![]));
/// # Ok::<(), wire::DecodeError>(())
/// ```
///
/// An `Option` may be left out at the end of the array, and `..` takes the elements after the others.
#[doc(hidden)]
#[macro_export]
macro_rules! tuple {
    (
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident = $schema:literal {
            $(
                $index:tt $(: required $required:ty)? $(: Option<$optional:ty>)?
                    $(: ::std::option::Option<$absolute:ty>)? $(: ..$rest:ty)? $(as $quoted:ident)?,
            )*
        }
        $(where [$($rule:tt)*])?
    ) => {
        $(#[$attribute])*
        #[doc = ""]
        #[doc = ::core::concat!("Schema: `", $schema, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        $visibility struct $name(
            $(
                pub $($required)? $(::std::option::Option<$optional>)? $(::std::option::Option<$absolute>)? $($rest)?,
            )*
        );
        impl $crate::codegen::Tuple for $name {
            const NAME: &'static str = $schema;
            const REQUIRED: usize = {
                let required: &[&str] = &[$($(::core::stringify!($required),)?)*];
                required.len()
            };
            const RULES: &'static [$crate::codegen::Rule] = $crate::__rules!($($($rule)*)?);
            fn decode(
                &mut self,
                index: usize,
                json: &mut $crate::codegen::Reader<'_>,
            ) -> $crate::codegen::Result<bool> {
                $($crate::tuple!(
                    @set index $index json
                    (&mut self.$index, $crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?) [$($rest)?]
                );)*
                ::std::result::Result::Ok(false)
            }
            fn encode(&self, json: &mut $crate::codegen::ArrayWriter<'_>) {
                $($crate::tuple!(
                    @put json
                    (&self.$index, $crate::codegen::mark::OPTIONAL $(| $crate::codegen::mark::$quoted)?) [$($rest)?]
                );)*
            }
        }
        impl $crate::codegen::Generated for $name {}
        impl<__A> $crate::codegen::FromValue<__A> for ::std::boxed::Box<$name>
        where
            $name: ::std::convert::From<__A>,
        {
            fn from_value(value: __A) -> Self {
                ::std::boxed::Box::new(value.into())
            }
        }
        impl ::std::convert::From<&$name> for $name {
            fn from(value: &$name) -> Self {
                ::std::clone::Clone::clone(value)
            }
        }
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self { $($index: $crate::codegen::Json::blank(),)* }
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.tuple(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.tuple(self);
            }
        }
        $crate::__serde_impls!($name);
    };
    (@set $at:ident $index:tt $json:ident ($($element:tt)*) []) => {
        if $at == $index {
            return $json.element($($element)*);
        }
    };
    (@set $at:ident $index:tt $json:ident ($($element:tt)*) [$rest:ty]) => {
        if $at >= $index {
            return $json.element_of_rest($($element)*);
        }
    };
    (@put $json:ident ($($element:tt)*) []) => {
        $json.put($($element)*);
    };
    (@put $json:ident ($($element:tt)*) [$rest:ty]) => {
        $json.put_rest($($element)*);
    };
}
