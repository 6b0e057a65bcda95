//! Typed values from a tree, through `serde`, with the place of what does not fit.
//!
//! `serde` knows no places, so every level of the tree that an error passes on its way up adds what it knows: the
//! innermost one the place, each one its segment of the pointer. Where a type buffers its input (`flatten`,
//! `untagged`), the innermost level is the one that was buffered.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
        VariantAccess, Visitor, value::BorrowedStrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    number::Number,
    object::Member,
    tree::{Node, Value, push_segment},
};
use crate::diagnostic::{Code, Diagnostic, Place};

/// A value of a type from a tree. The error's pointer starts at this node.
///
/// Types that buffer and contain themselves, as the schemas of `openapiv3`, take tens of kilobytes of stack for a level
/// of the tree in a debug build: read them on a main thread or one with as much stack (8 MiB).
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, Diagnostic> {
    T::deserialize(node).map_err(|mismatch| mismatch.into_diagnostic(node.place))
}

/// Why a tree is not of a type.
#[derive(Debug)]
pub struct Mismatch {
    message: String,
    place: Option<Place>,
    /// From the inside to the outside.
    segments: Vec<String>,
}

impl Mismatch {
    fn within(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }

    fn below(mut self, segment: impl Into<String>) -> Self {
        self.segments.push(segment.into());
        self
    }

    fn into_diagnostic(self, root: Place) -> Diagnostic {
        let mut pointer = String::new();
        for segment in self.segments.iter().rev() {
            push_segment(&mut pointer, segment);
        }
        Diagnostic::error(Code::WrongKind, Some(self.place.unwrap_or(root)), pointer, self.message)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
            place: None,
            segments: Vec::new(),
        }
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let outcome = match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(*flag),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(elements) => visitor.visit_seq(Elements {
                elements: elements.iter(),
                index: 0,
            }),
            Value::Object(object) => visitor.visit_map(Members {
                members: object.iter(),
                current: None,
            }),
        };
        outcome.map_err(|mismatch| mismatch.within(self.place))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let outcome = if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        };
        outcome.map_err(|mismatch| mismatch.within(self.place))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor
            .visit_newtype_struct(self)
            .map_err(|mismatch| mismatch.within(self.place))
    }

    /// A variant's name, or an object of one member, whose key is the variant's name.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let single = self
            .as_object()
            .filter(|object| object.len() == 1)
            .and_then(|object| object.iter().next());
        let outcome = match (&self.value, single) {
            (Value::String(text), _) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            (_, Some(member)) => visitor.visit_enum(Variant(member)),
            _ => Err(de::Error::invalid_type(
                self.unexpected(),
                &"a variant's name, or an object of one member",
            )),
        };
        outcome.map_err(|mismatch| mismatch.within(self.place))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Node {
    fn unexpected(&self) -> Unexpected<'_> {
        match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(flag) => Unexpected::Bool(*flag),
            Value::Number(_) => Unexpected::Other("number"),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        }
    }
}

/// Integers as they are, and what no 64 bits hold as the nearest float.
fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Mismatch> {
    if let Some(value) = number.as_u64() {
        visitor.visit_u64(value)
    } else if let Some(value) = number.as_i64() {
        visitor.visit_i64(value)
    } else if let Some(value) = number.as_f64() {
        visitor.visit_f64(value)
    } else {
        Err(de::Error::custom(format_args!(
            "the number {} is out of range",
            number.text()
        )))
    }
}

struct Elements<'de> {
    elements: std::slice::Iter<'de, Node>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some(element) = self.elements.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index = index.saturating_add(1);
        let value = seed.deserialize(element);
        value
            .map(Some)
            .map_err(|mismatch| mismatch.within(element.place).below(index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}

struct Members<'de> {
    members: std::slice::Iter<'de, Member>,
    current: Option<&'de Member>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        // Set before the key is read: some types skip keys that they cannot read, and go on.
        self.current = Some(member);
        let name = seed.deserialize(BorrowedStrDeserializer::<Mismatch>::new(&member.name));
        name.map(Some)
            .map_err(|mismatch| mismatch.within(member.name_place).below(&*member.name))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Mismatch> {
        let Some(member) = self.current.take() else {
            return Err(de::Error::custom("a value is asked for before its key"));
        };
        let value = seed.deserialize(&member.value);
        value.map_err(|mismatch| mismatch.within(member.value.place).below(&*member.name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

struct Variant<'de>(&'de Member);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mismatch;
    type Variant = Content<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content<'de>), Mismatch> {
        let name = seed.deserialize(BorrowedStrDeserializer::<Mismatch>::new(&self.0.name));
        let name = name.map_err(|mismatch| mismatch.within(self.0.name_place).below(&*self.0.name))?;
        Ok((name, Content(self.0)))
    }
}

/// The content of a variant, below the variant's name.
struct Content<'de>(&'de Member);

impl Content<'_> {
    fn place(&self, mismatch: Mismatch) -> Mismatch {
        mismatch.within(self.0.value.place).below(&*self.0.name)
    }
}

impl<'de> VariantAccess<'de> for Content<'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        de::Deserialize::deserialize(&self.0.value).map_err(|mismatch| self.place(mismatch))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(&self.0.value).map_err(|mismatch| self.place(mismatch))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.0
            .value
            .deserialize_any(visitor)
            .map_err(|mismatch| self.place(mismatch))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        self.0
            .value
            .deserialize_any(visitor)
            .map_err(|mismatch| self.place(mismatch))
    }
}
