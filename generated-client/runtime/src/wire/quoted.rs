//! Numbers in strings, as protobuf's JSON form has integers of 64 bits. Bare numbers are read too.
//!
//! A float may also be `"NaN"`, `"Infinity"` or `"-Infinity"`.

use super::json::Numeric;
use super::model::mark;
use super::{Json, Reader, Result, Writer};

impl Reader<'_> {
    /// Reads a value of its own, with its marks.
    pub fn marked<T: Json>(&mut self, marks: u8) -> Result<T> {
        let mut value = T::blank();
        if marks & mark::Quoted == 0 {
            value.read(self)?;
        } else {
            value.read_quoted(self)?;
        }
        Ok(value)
    }

    /// Reads a number that may be in a string.
    pub(super) fn quoted_number<T: Json + Numeric>(&mut self, value: &mut T) -> Result<()> {
        if self.peek() != Some(b'"') {
            return value.read(self);
        }
        let start = self.at;
        let text = self.string()?;
        *value = parse(&text).ok_or_else(|| {
            let expected = format!("{}, as a string", T::EXPECTED);
            self.fail_with(start, expected, "another string")
        })?;
        Ok(())
    }
}

impl Writer {
    /// Writes a value, with its marks.
    pub fn put_marked<T: Json>(&mut self, value: &T, marks: u8) {
        if marks & mark::Quoted == 0 {
            value.write(self);
        } else {
            value.write_quoted(self);
        }
    }
}

fn parse<T: Numeric>(text: &str) -> Option<T> {
    let mut number = Reader::new(text);
    // White space is not a part of a number.
    let alone = !text.starts_with(char::is_whitespace) && number.number("").is_ok() && number.at == text.len();
    if alone { T::parse(text) } else { T::named(text) }
}
