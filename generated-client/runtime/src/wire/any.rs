//! JSON of any shape.

use serde_json::{Map, Number, Value};

use super::json::Numeric as _;
use super::{Json, Reader, Result, Writer};

impl Json for Value {
    // A schema without a type allows null, which is a value like others.
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.note_unnamed();
        *self = match json.peek() {
            Some(b'{') => Self::Object(json.value()?),
            Some(b'[') => Self::Array(json.value()?),
            Some(b'"') => Self::String(json.value()?),
            Some(b't' | b'f') => Self::Bool(json.value()?),
            Some(b'n') => json.null().map(|_| Self::Null)?,
            _ => Self::Number(number(json)?),
        };
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Self::Null => json.raw("null"),
            Self::Bool(value) => value.write(json),
            Self::Number(number) => json.raw(&number.to_string()),
            Self::String(text) => text.write(json),
            Self::Array(elements) => elements.write(json),
            Self::Object(members) => members.write(json),
        }
    }
}

/// As `serde_json` does: an integer where it fits into 64 bits, else the nearest float.
fn number(json: &mut Reader<'_>) -> Result<Number> {
    let start = json.at;
    let text = json.number("a value")?;
    let whole = || {
        let positive = text.parse::<u64>().map(Number::from);
        positive
            .or_else(|_| text.parse::<i64>().map(Number::from))
            .ok()
            .filter(|_| text != "-0")
    };
    let float = || f64::parse(text).and_then(Number::from_f64);
    whole()
        .or_else(float)
        .ok_or_else(|| json.fail_from(start, f64::EXPECTED))
}

impl Json for Map<String, Value> {
    const TAKES_EMPTY_OBJECT: bool = true;

    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.members(&mut |name, json| {
            let value = json.value()?;
            self.insert(name.into_owned(), value);
            json.note_unnamed();
            Ok(true)
        })
    }

    fn write(&self, json: &mut Writer) {
        let mut object = json.object();
        for (name, value) in self {
            value.write(object.member(name));
        }
        object.end();
    }
}
