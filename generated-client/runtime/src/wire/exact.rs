//! Numbers of any size and precision.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use super::number::Decimal;
use super::{Json, Reader, Result, ScalarError, Writer};

/// A JSON number with every digit that it came with.
///
/// It is used as the `f64` next to it, which `*number` is; [`Number::text`] has the digits that an `f64` cannot hold,
/// for a type of exact decimals to parse. Two are equal if their values are, whatever they are written like.
#[derive(Clone)]
pub struct Number {
    nearest: f64,
    /// How it is written, where that is not how `nearest` is.
    text: Option<Box<str>>,
}

impl Number {
    /// The number in JSON's form; NaN and the infinities, which JSON does not have, under their names.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(shortest(self.nearest)),
        }
    }

    /// The value, if it is whole and fits: `1.0` and `1e3` are whole too.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        self.decimal()?.integer()
    }

    /// The value, if it is whole and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.to_i128()?.try_into().ok()
    }

    /// The value, if it is whole and fits.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        self.to_i128()?.try_into().ok()
    }

    fn decimal(&self) -> Option<Decimal> {
        // A text is kept of what is infinite for a mere `f64`.
        (self.text.is_some() || self.nearest.is_finite()).then(|| Decimal::new(&self.text()))
    }

    /// `text` must follow JSON's grammar of numbers.
    fn from_checked(text: &str) -> Self {
        // Rust reads every number of JSON: what is beyond the range becomes an infinity.
        let nearest: f64 = text.parse().unwrap_or(f64::NAN);
        let is_plain = nearest.is_finite() && shortest(nearest) == text;
        Self {
            nearest,
            text: (!is_plain).then(|| text.into()),
        }
    }
}

/// The shortest text that reads back the same.
fn shortest(value: f64) -> String {
    let mut text = format!("{value:?}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

/// The `f64` nearest to the number.
impl Deref for Number {
    type Target = f64;

    fn deref(&self) -> &f64 {
        &self.nearest
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        if self.text.is_none() && other.text.is_none() {
            return self.nearest == other.nearest;
        }
        let canonical = |number: &Self| number.decimal().map(|decimal| decimal.canonical());
        self.nearest == other.nearest && canonical(self) == canonical(other)
    }
}

impl PartialEq<f64> for Number {
    fn eq(&self, other: &f64) -> bool {
        let other = Self::from(*other);
        *self == other
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::from(0.0)
    }
}

impl From<f64> for Number {
    fn from(nearest: f64) -> Self {
        Self { nearest, text: None }
    }
}

/// A text in JSON's form of numbers.
impl FromStr for Number {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let mut reader = Reader::new(text);
        let is_number = !text.starts_with(char::is_whitespace) && reader.number("").is_ok() && reader.at == text.len();
        is_number
            .then(|| Self::from_checked(text))
            .ok_or(ScalarError("a number as JSON has it"))
    }
}

macro_rules! from_numbers {
    ($($type:ident)*) => {$(
        impl From<$type> for Number {
            fn from(number: $type) -> Self {
                Self::from_checked(&number.to_string())
            }
        }
    )*};
}

from_numbers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

impl Json for Number {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        let text = json.number("a number")?;
        json.note_whole(text);
        *self = Self::from_checked(text);
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        let is_json = self.text.is_some() || self.nearest.is_finite();
        json.number(is_json.then(|| self.text()).as_deref());
    }
}

impl crate::Parameter for Number {
    fn parameter(&self) -> crate::ParameterValue<'_> {
        crate::ParameterValue::text(self.text())
    }
}

crate::__serde_impls!(Number);
