//! The bridge to serde. It goes through JSON text, so that a model needs no code of its own for it, and never through
//! a tree of values.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::error::DecodeError;
use super::json::Numeric as _;
use super::{Json, MAX_DEPTH, Reader, Writer, from_str, to_text};

/// Gives a type with a JSON form its serde form.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_impls {
    ($name:ident) => {
        impl<'de> $crate::codegen::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::__serde::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codegen::deserialize(from)
            }
        }
        impl $crate::codegen::__serde::Serialize for $name {
            fn serialize<S: $crate::codegen::__serde::Serializer>(
                &self,
                into: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codegen::serialize(self, into)
            }
        }
    };
}

/// Reads a value from any self-describing format of serde's.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut text = Writer::complete();
    from.deserialize_any(IntoText {
        text: &mut text,
        depth: 0,
    })?;
    from_str(&text.into_text()).map_err(de::Error::custom)
}

/// Writes a value into any format of serde's.
pub fn serialize<T: Json, S: Serializer>(value: &T, into: S) -> Result<S::Ok, S::Error> {
    Part {
        text: &to_text(value),
        start: 0,
        end: Cell::new(0),
    }
    .serialize(into)
}

/// Writes whatever a deserializer gives as JSON text.
struct IntoText<'t> {
    text: &'t mut Writer,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for IntoText<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

/// The same after a comma, which only an element that is there may write.
struct After<'t> {
    comma: &'static str,
    element: IntoText<'t>,
}

impl<'de> DeserializeSeed<'de> for After<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.element.text.raw(self.comma);
        from.deserialize_any(self.element)
    }
}

impl IntoText<'_> {
    fn inner<E: de::Error>(&mut self) -> Result<IntoText<'_>, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format_args!(
                "more than {MAX_DEPTH} arrays and objects in each other"
            )));
        }
        Ok(IntoText {
            text: &mut *self.text,
            depth: self.depth + 1,
        })
    }
}

/// One method of the visitor for each kind of scalar.
macro_rules! visit {
    ($($method:ident $type:ty,)*) => {$(
        fn $method<E: de::Error>(self, value: $type) -> Result<(), E> {
            value.write(self.text);
            Ok(())
        }
    )*};
}

impl<'de> Visitor<'de> for IntoText<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with a JSON form")
    }

    visit! {
        visit_bool bool,
        visit_i64 i64,
        visit_u64 u64,
        visit_string String,
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::invalid_value(de::Unexpected::Float(value), &"a finite number"));
        }
        value.text(|text| self.text.number(text));
        Ok(())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.text.string(value);
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.text.raw("null");
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        self.text.raw("[");
        let mut comma = "";
        while elements
            .next_element_seed(After {
                comma,
                element: self.inner()?,
            })?
            .is_some()
        {
            comma = ",";
        }
        self.text.raw("]");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut first = true;
        self.text.raw("{");
        while let Some(name) = members.next_key::<String>()? {
            if !std::mem::replace(&mut first, false) {
                self.text.raw(",");
            }
            self.text.string(&name);
            self.text.raw(":");
            let inner = self.inner()?;
            members.next_value_seed(inner)?;
        }
        self.text.raw("}");
        Ok(())
    }
}

/// A value in a JSON text, and where it was found to end.
struct Part<'t> {
    text: &'t str,
    start: usize,
    end: Cell<usize>,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        let mut json = Reader::new(self.text);
        json.at = self.start;
        let done = self.drive(&mut json, into);
        self.end.set(json.at);
        done
    }
}

impl Part<'_> {
    fn drive<S: Serializer>(&self, json: &mut Reader<'_>, into: S) -> Result<S::Ok, S::Error> {
        match json.peek() {
            Some(b'{') => self.drive_object(json, into),
            Some(b'[') => self.drive_array(json, into),
            Some(b'"') => into.serialize_str(&json.string().map_err(custom)?),
            Some(b't' | b'f') => into.serialize_bool(json.value().map_err(custom)?),
            Some(b'n') => json.null().map_err(custom).and_then(|_| into.serialize_unit()),
            _ => match json.value().map_err(custom)? {
                serde_json::Value::Number(number) => number.serialize(into),
                _ => into.serialize_unit(),
            },
        }
    }

    fn drive_object<S: Serializer>(&self, json: &mut Reader<'_>, into: S) -> Result<S::Ok, S::Error> {
        let mut map = into.serialize_map(None)?;
        json.open(b'{', "an object").map_err(custom)?;
        let mut more = json.peek() != Some(b'}');
        while more {
            let name = json.name().map_err(custom)?;
            let value = self.part_at(json);
            map.serialize_entry(&*name, &value)?;
            value.pass(json)?;
            more = json.comma(b'}', "`,` or `}`").map_err(custom)?;
        }
        json.close();
        map.end()
    }

    fn drive_array<S: Serializer>(&self, json: &mut Reader<'_>, into: S) -> Result<S::Ok, S::Error> {
        let mut seq = into.serialize_seq(None)?;
        json.open(b'[', "an array").map_err(custom)?;
        let mut more = json.peek() != Some(b']');
        while more {
            let element = self.part_at(json);
            seq.serialize_element(&element)?;
            element.pass(json)?;
            more = json.comma(b']', "`,` or `]`").map_err(custom)?;
        }
        json.close();
        seq.end()
    }

    fn part_at(&self, json: &Reader<'_>) -> Self {
        Self {
            text: self.text,
            start: json.at,
            end: Cell::new(json.at),
        }
    }

    /// Moves the reader behind the value, which the format may have left alone.
    fn pass<E: ser::Error>(&self, json: &mut Reader<'_>) -> Result<(), E> {
        if self.end.get() == self.start {
            return json.skip().map_err(custom);
        }
        json.at = self.end.get();
        Ok(())
    }
}

fn custom<E: ser::Error>(error: DecodeError) -> E {
    E::custom(error)
}
