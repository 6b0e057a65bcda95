//! Other forms on the wire than a type's own.

use std::collections::BTreeMap;
use std::fmt;

use super::json::Numeric;
use super::{Json, Nullable, Reader, Result, Writer};

/// A form on the wire for the type `T`. The codec itself is a mere name.
pub trait Codec<T> {
    /// Reads a value in place, as [`Json::read`] does.
    fn read(value: &mut T, json: &mut Reader<'_>) -> Result<()>;

    /// Writes a value.
    fn write(value: &T, json: &mut Writer);
}

impl Reader<'_> {
    /// Reads a value of its own in the form of a codec.
    pub fn value_as<C: Codec<T>, T: Json>(&mut self) -> Result<T> {
        let mut value = T::blank();
        C::read(&mut value, self)?;
        Ok(value)
    }
}

/// `null` is absent.
impl<T: Json, C: Codec<T>> Codec<Option<T>> for C {
    fn read(value: &mut Option<T>, json: &mut Reader<'_>) -> Result<()> {
        if !T::TAKES_NULL && json.null()? {
            return Ok(());
        }
        C::read(value.insert(T::blank()), json)
    }

    fn write(value: &Option<T>, json: &mut Writer) {
        match value {
            Some(value) => C::write(value, json),
            None => json.raw("null"),
        }
    }
}

impl<T: Json, C: Codec<T>> Codec<Nullable<T>> for C {
    fn read(value: &mut Nullable<T>, json: &mut Reader<'_>) -> Result<()> {
        if json.null()? {
            return Ok(());
        }
        let mut inner = T::blank();
        C::read(&mut inner, json)?;
        *value = Nullable::Value(inner);
        Ok(())
    }

    fn write(value: &Nullable<T>, json: &mut Writer) {
        match value {
            Nullable::Value(value) => C::write(value, json),
            Nullable::Null => json.raw("null"),
        }
    }
}

/// The codec `C` for each element of an array or member of a map.
pub struct Each<C>(std::marker::PhantomData<C>);

impl<C> fmt::Debug for Each<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Each")
    }
}

impl<T: Json, C: Codec<T>> Codec<Vec<T>> for Each<C> {
    fn read(value: &mut Vec<T>, json: &mut Reader<'_>) -> Result<()> {
        json.elements(&mut |json| {
            value.push(T::blank());
            value.last_mut().map_or(Ok(()), |element| C::read(element, json))
        })
    }

    fn write(value: &Vec<T>, json: &mut Writer) {
        json.array(value, |json, element| C::write(element, json));
    }
}

impl<T: Json, C: Codec<T>> Codec<BTreeMap<String, T>> for Each<C> {
    fn read(map: &mut BTreeMap<String, T>, json: &mut Reader<'_>) -> Result<()> {
        json.members(&mut |name, json| {
            let mut value = T::blank();
            C::read(&mut value, json)?;
            map.insert(name.into_owned(), value);
            Ok(true)
        })
    }

    fn write(map: &BTreeMap<String, T>, json: &mut Writer) {
        let mut object = json.object();
        for (name, value) in map {
            C::write(value, object.member(name));
        }
        object.end();
    }
}

/// A number in a string, as protobuf's JSON form has 64 bit integers; a bare number is read too.
///
/// A float may also be `"NaN"`, `"Infinity"` or `"-Infinity"`.
#[derive(Debug)]
pub enum Quoted {}

macro_rules! quoted {
    ($($type:ident)*) => {$(
        impl Codec<$type> for Quoted {
            fn read(value: &mut $type, json: &mut Reader<'_>) -> Result<()> {
                if json.peek() != Some(b'"') {
                    return value.read(json);
                }
                let start = json.at;
                let text = json.string()?;
                *value = parse(&text).ok_or_else(|| {
                    let expected = format!("{}, as a string", $type::EXPECTED);
                    json.fail_with(start, expected, "another string")
                })?;
                Ok(())
            }

            fn write(value: &$type, json: &mut Writer) {
                value.text(|text| json.quoted_number(text, value.name()));
            }
        }
    )*};
}

quoted!(i8 i16 i32 i64 u8 u16 u32 u64 f32 f64);

fn parse<T: Numeric>(text: &str) -> Option<T> {
    let mut number = Reader::new(text);
    // White space is no part of a number.
    let alone = !text.starts_with(char::is_whitespace) && number.number("").is_ok() && number.at == text.len();
    if alone { T::parse(text) } else { T::named(text) }
}
