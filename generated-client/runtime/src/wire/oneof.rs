//! Groups of members of which one at most may be set.

use std::fmt;

use super::canonical::canonical;
use super::reader::ArmSpan;
use super::{Field, Json, ObjectWriter, Reader, Result, from_str, mark};

/// A group of members (variants) of one object, of which one at most may be set.
pub trait Oneof: Json {
    /// The name of the group, for errors.
    const NAME: &'static str;

    /// The names of the variants, and what is special about each: a combination of marks.
    const VARIANTS: &'static [(&'static str, u8)];

    /// A variant that holds nothing yet.
    fn variant(name: &str) -> Self;

    /// The name and the value of the variant that is set; the members of an object with several of them.
    fn value(&self) -> std::result::Result<(&'static str, &dyn Field), &Conflict>;

    /// The value of the variant that is set; the members of an object with several of them.
    fn value_mut(&mut self) -> std::result::Result<&mut dyn Field, &mut Conflict>;

    /// The variant for an object with several members of the group.
    fn conflict(conflict: Conflict) -> Self;
}

fn marks_of<T: Oneof>(name: &str) -> Option<(&'static str, u8)> {
    T::VARIANTS.iter().find(|(variant, _)| *variant == name).copied()
}

impl Reader<'_> {
    /// Reads the member `name` into its group, or returns `false` if it is not a variant of the group.
    ///
    /// A variant that is null is absent. A second variant makes the group a [`Conflict`].
    pub fn oneof<T: Oneof>(&mut self, name: &str, group: &mut Option<T>) -> Result<bool> {
        let Some((name, marks)) = marks_of::<T>(name) else {
            return Ok(false);
        };
        if self.null()? {
            return Ok(true);
        }
        let start = self.at;
        let Some(value) = group else {
            if let Ok(field) = group.insert(T::variant(name)).value_mut() {
                field.set(self, marks & mark::Quoted != 0)?;
            }
            self.arms.push(ArmSpan {
                name,
                start,
                end: self.at,
            });
            return Ok(true);
        };
        self.skip()?;
        let text = self.slice(start, self.at);
        if let Err(conflict) = value.value_mut() {
            conflict.push(name, text);
            return Ok(true);
        }
        let mut conflict = Conflict {
            group: T::NAME,
            ..Conflict::default()
        };
        for first in self.arms.get(self.arms_from..).unwrap_or_default() {
            if marks_of::<T>(first.name).is_some() {
                conflict.push(first.name, self.slice(first.start, first.end));
            }
        }
        conflict.push(name, text);
        *value = T::conflict(conflict);
        Ok(true)
    }

    /// Reads a group that is an object of its own.
    pub fn oneof_object<T: Oneof>(&mut self, group: &mut T) -> Result<()> {
        let mut read = None;
        self.members(&mut |name, json| json.oneof(&name, &mut read))?;
        *group = read.unwrap_or_else(T::blank);
        Ok(())
    }
}

impl ObjectWriter<'_> {
    /// Writes the variant of a group that is set.
    pub fn oneof<T: Oneof>(&mut self, group: &T) {
        match group.value() {
            Ok((name, value)) => {
                let marks = marks_of::<T>(name).map_or(mark::OPTIONAL, |(_, marks)| marks);
                self.field(name, marks, value);
            }
            Err(conflict) => self.put_conflict(conflict),
        }
    }
}

/// Clones a group.
pub fn clone_oneof<T: Oneof>(group: &T) -> T {
    match group.value() {
        Ok((name, value)) => {
            let mut new = T::variant(name);
            if let Ok(copy) = new.value_mut() {
                copy.assign(value);
            }
            new
        }
        Err(conflict) => T::conflict(conflict.clone()),
    }
}

/// Whether two groups have the same variant with an equal value.
pub fn oneofs_are_equal<T: Oneof>(one: &T, other: &T) -> bool {
    match (one.value(), other.value()) {
        (Ok((name, value)), Ok((other_name, other_value))) => name == other_name && value.equals(other_value),
        (Err(conflict), Err(other)) => conflict == other,
        _ => false,
    }
}

/// Shows a group with the name of its variant on the wire.
pub fn debug_oneof<T: Oneof>(group: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match group.value() {
        Ok((name, value)) => f.debug_tuple(name).field(&value.as_debug()).finish(),
        Err(conflict) => f.debug_tuple("Conflict").field(conflict).finish(),
    }
}

/// Declares a oneof group of a model that requests can hold: `email: Email(String) = "email"` is a variant with its setter.
#[doc(hidden)]
#[macro_export]
macro_rules! oneof {
    (
        $(#[$($meta:tt)*])*
        $visibility:vis enum $name:ident = $group:literal of $model:ident.$of:ident {
            $(
                $(#[$($doc:tt)*])*
                $field:ident: $variant:ident $ty:tt =
                $($set:literal)?
                $(path $path:ident $masked:literal)?
                $(read_only $ro:literal)?
                $(as $quoted:ident)?
                ,
            )*
        }
    ) => {
        impl $model {
            $(
                $(#[$($doc)*])*
                $(
                    #[doc = concat!("\n\nSets this property of `", stringify!($of), "`, and unsets the others.")]
                    #[cfg_attr(any(), doc = $set)]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::wire::IntoValue<$crate::__unboxed!($ty)>) -> Self {
                        self.$of = ::std::option::Option::Some($name::$variant($crate::__boxed!(value.into_value(); $ty)));
                        self
                    }
                )?
                $(
                    #[doc = concat!("\n\nSets this property of `", stringify!($of), "`, and unsets the others.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::wire::IntoValue<$crate::__unboxed!($ty)>) -> Self {
                        self.$of = ::std::option::Option::Some($name::$variant($crate::__boxed!(value.into_value(); $ty)));
                        self
                    }

                    #[doc = concat!("The path of `", stringify!($field), "` in update masks.")]
                    pub const $path: $crate::wire::VariantPath<Self, $crate::__unboxed!($ty)> = $crate::wire::VariantPath::new::<$name>(
                        $masked,
                        |of, new| of.$of = ::std::option::Option::map(new, |new| $name::$variant($crate::__boxed!(new; $ty))),
                    );
                )?
                $(#[cfg(any())] const NOTHING: &str = $ro;)?
            )*
        }

        $crate::response_oneof! {
            $(#[$($meta)*])*
            $visibility enum $name = $group of $model.$of {
                $(
                    $(#[$($doc)*])*
                    $field: $variant $ty = $($set)? $($masked)? $(read_only $ro)? $(as $quoted)?,
                )*
            }
        }
    };
}

/// What a variant holds, without its box.
#[doc(hidden)]
#[macro_export]
macro_rules! __unboxed {
    ((Box<$ty:ty>)) => {
        $ty
    };
    ((::std::boxed::Box<$ty:ty>)) => {
        $ty
    };
    (($ty:ty)) => {
        $ty
    };
}

/// The value of a variant, in a box if the variant holds one.
#[doc(hidden)]
#[macro_export]
macro_rules! __boxed {
    ($value:expr; (Box<$ty:ty>)) => {
        ::std::boxed::Box::<$ty>::new($value)
    };
    ($value:expr; (::std::boxed::Box<$ty:ty>)) => {
        ::std::boxed::Box::<$ty>::new($value)
    };
    ($value:expr; ($ty:ty)) => {
        $value
    };
}

/// Declares a oneof group of a model that only responses hold.
#[doc(hidden)]
#[macro_export]
macro_rules! response_oneof {
    (
        $(#[$($meta:tt)*])*
        $visibility:vis enum $name:ident = $group:literal of $model:ident.$of:ident {
            $(
                $(#[$($doc:tt)*])*
                $field:ident: $variant:ident($ty:ty) =
                $($set:literal)?
                $(read_only $ro:literal)?
                $(as $quoted:ident)?
                ,
            )*
        }
    ) => {
        $(#[$($meta)*])*
        #[doc = concat!("The oneof group `", $group, "` of [`", stringify!($model), "`]: one of its properties at most is set.")]
        #[non_exhaustive]
        $visibility enum $name {
            $(
                $(#[$($doc)*])*
                $(#[cfg_attr(any(), doc = $ro)] #[doc = "\n\nRead-only: the server sets it, and it is never sent."])?
                #[doc = concat!("\n\nProperty: `", stringify!($field), "`.")]
                $variant($ty),
            )*
            /// Several properties of the group were set in one object: all of them, as received. It cannot be sent.
            Conflict($crate::wire::Conflict),
        }

        impl $crate::codegen::Oneof for $name {
            const NAME: &'static str = $group;

            const VARIANTS: &'static [(&'static str, u8)] = &[
                $((
                    $($set, $crate::codegen::mark::OPTIONAL)?
                    $($ro, $crate::codegen::mark::READ_ONLY)?
                    $(| $crate::codegen::mark::$quoted)?
                ),)*
            ];

            fn variant(name: &str) -> Self {
                match name {
                    $($($set)? $($ro)? => Self::$variant($crate::wire::Json::blank()),)*
                    _ => <Self as $crate::wire::Json>::blank(),
                }
            }

            fn value(
                &self,
            ) -> ::std::result::Result<(&'static str, &dyn $crate::codegen::Field), &$crate::wire::Conflict> {
                ::std::result::Result::Ok(match self {
                    $(Self::$variant(value) => ($($set)? $($ro)?, value),)*
                    Self::Conflict(conflict) => return ::std::result::Result::Err(conflict),
                })
            }

            fn value_mut(
                &mut self,
            ) -> ::std::result::Result<&mut dyn $crate::codegen::Field, &mut $crate::wire::Conflict> {
                ::std::result::Result::Ok(match self {
                    $(Self::$variant(value) => value,)*
                    Self::Conflict(conflict) => return ::std::result::Result::Err(conflict),
                })
            }

            fn conflict(conflict: $crate::wire::Conflict) -> Self {
                Self::Conflict(conflict)
            }
        }

        impl $crate::wire::Json for $name {
            fn blank() -> Self {
                Self::Conflict(::std::default::Default::default())
            }

            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.oneof_object(self)
            }

            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.oneof_object(self);
            }

            fn read_member_of(
                value: &mut ::std::option::Option<Self>,
                name: &str,
                json: &mut $crate::codegen::Reader<'_>,
            ) -> $crate::codegen::Result<bool> {
                json.oneof(name, value)
            }

            fn write_members(&self, object: &mut $crate::codegen::ObjectWriter<'_>, _: bool) {
                object.oneof(self);
            }
        }

        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                $crate::codegen::clone_oneof(self)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::oneofs_are_equal(self, other)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::debug_oneof(self, f)
            }
        }
    };
}

/// Several members of a oneof group in one message, although only one is allowed: unchanged, in their order.
///
/// It is written back unchanged, but cannot be sent in a request. Two are equal if their JSON values are.
#[derive(Clone, Default)]
pub struct Conflict {
    group: &'static str,
    /// The JSON of the values, one after the other.
    text: String,
    /// Each member and the end of its JSON.
    ends: Vec<(&'static str, usize)>,
}

impl Conflict {
    fn push(&mut self, arm: &'static str, text: &str) {
        self.text.push_str(text);
        self.ends.push((arm, self.text.len()));
    }

    /// Returns the names of the members and the JSON of their values. A name can occur twice.
    pub fn variants(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        starts
            .zip(&self.ends)
            .map(|(start, (name, end))| (*name, self.text.get(start..*end).unwrap_or_default()))
    }

    /// Reads the value of the member `name` (the last one, if it occurs twice); `None` if it is absent. The paths of errors
    /// start at the member.
    #[must_use]
    pub fn get<T: Json>(&self, name: &str) -> Option<Result<T>> {
        let (_, text) = self.variants().filter(|(arm, _)| *arm == name).last()?;
        Some(from_str(text))
    }

    pub(super) fn problem(&self) -> String {
        let names: Vec<&str> = self.ends.iter().map(|(name, _)| *name).collect();
        let (names, group) = (names.join(", "), self.group);
        format!("several members of the oneof {group} are set ({names}): set one of them")
    }

    /// Returns the members in the order of their names, each value in its canonical form.
    ///
    /// A value with half of a surrogate pair has no canonical form: it is equal to itself only.
    fn canonical(&self) -> Vec<(&'static str, Result<String, &str>)> {
        let mut arms: Vec<_> = self
            .variants()
            .map(|(name, text)| (name, canonical(text).ok_or(text)))
            .collect();
        arms.sort_by_key(|(name, _)| *name);
        arms
    }
}

impl PartialEq for Conflict {
    fn eq(&self, other: &Self) -> bool {
        (self.ends == other.ends && self.text == other.text) || self.canonical() == other.canonical()
    }
}

impl fmt::Debug for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.variants()
                    .map(|(name, text)| (name, format_args!("{text}").to_string())),
            )
            .finish()
    }
}
