//! Unions: values that are one of several types.

use std::borrow::Cow;

use super::trial::Choice;
use super::{Raw, Reader, Result, Writer};

/// Reads a value as one arm of a union.
pub type Arm<U> = fn(&mut Reader<'_>) -> Result<U>;

/// A value of one of several types, which it shows by its form. [`crate::union!`] makes the rest of it.
///
/// What is none of them is kept as it came.
pub trait Union: From<Raw> + 'static {
    /// The name of the schema.
    const NAME: &'static str;

    /// The arms, in the document's order.
    const ARMS: &'static [Arm<Self>];

    /// Writes the value.
    fn encode(&self, json: &mut Writer);
}

/// A value of one of several types, which one of its members names. [`crate::tagged_union!`] makes the rest of it.
///
/// An object with a tag that is not known, or without one, is kept as it came.
pub trait TaggedUnion: From<Raw> + 'static {
    /// The member that names the arm.
    const TAG: &'static str;

    /// The arms by the values of the tag.
    const ARMS: &'static [(&'static str, Arm<Self>)];

    /// Writes the value.
    fn encode(&self, json: &mut Writer);
}

impl<'a> Reader<'a> {
    /// Reads a union whose values show by their form what they are.
    pub fn union<U: Union>(&mut self, value: &mut U) -> Result<()> {
        let start = self.at;
        let mut fitting: Vec<(usize, U)> = Vec::new();
        let choice = self.choose(U::NAME, U::ARMS.len(), &mut |arm, json| {
            if let Some(decode) = U::ARMS.get(arm) {
                let value = decode(json)?;
                fitting.push((arm, value));
            }
            Ok(())
        })?;
        let chosen = fitting.into_iter().find(|(arm, _)| Choice::Arm(*arm) == choice);
        *value = match chosen {
            Some((_, value)) => value,
            None => U::from(Raw::of(self.slice(start, self.at)).not_wrong(choice == Choice::Several)),
        };
        Ok(())
    }

    /// Reads a union whose values name what they are.
    pub fn tagged_union<U: TaggedUnion>(&mut self, value: &mut U) -> Result<()> {
        let tag = self.tag(U::TAG)?;
        let arm = tag.and_then(|tag| U::ARMS.iter().find(|(known, _)| *known == tag));
        *value = match arm {
            Some((_, decode)) => decode(self)?,
            None => {
                self.note_unknown();
                // The tags are as open as an enum: a new one is no violation.
                U::from(self.value::<Raw>()?.not_wrong(true))
            }
        };
        Ok(())
    }

    /// The text of a member of the object that stands here, which is read afterwards.
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

/// Gives a [`wire::Union`](crate::wire::Union) with a variant `Unknown` its JSON form and its serde form.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        $crate::union!(@impl $name, Union, union);
    };
    (@impl $name:ident, $trait:ident, $read:ident) => {
        impl $crate::codegen::Generated for $name {}

        impl ::std::convert::From<$crate::codegen::Raw> for $name {
            fn from(value: $crate::codegen::Raw) -> Self {
                Self::Unknown(value)
            }
        }
        impl $crate::codegen::Json for $name {
            fn blank() -> Self {
                Self::Unknown($crate::codegen::Json::blank())
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.$read(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                $crate::codegen::$trait::encode(self, json);
            }
        }
        $crate::__serde_impls!($name);
    };
}

/// Gives a [`wire::TaggedUnion`](crate::wire::TaggedUnion) with a variant `Unknown` its JSON form and its serde form.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    ($name:ident) => {
        $crate::union!(@impl $name, TaggedUnion, tagged_union);
    };
}

/// Makes a union out of what its variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! arm {
    ($union:ident, $variant:ident, $type:ty) => {
        impl ::std::convert::From<$type> for $union {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    };
}
