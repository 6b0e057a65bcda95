//! Values that JSON writes as strings (and protobuf's `Any`). Text stays text: it is converted on demand.

mod any_message;
mod base64;
mod calendar;
mod convert;
mod date;
mod duration;
mod field_mask;
mod password;
mod timestamp;
mod uuid;

use std::fmt;

pub use self::any_message::AnyMessage;
pub use self::base64::{Base64, Base64Url};
pub use self::date::Date;
pub use self::duration::Duration;
pub use self::field_mask::FieldMask;
pub use self::password::Password;
pub use self::timestamp::Timestamp;
pub use self::uuid::Uuid;

/// The error of a string that does not have the form of its type. It does not show the string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalarError(pub(super) &'static str);

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
impl ScalarError {
    const fn new(expected: &'static str) -> Self {
        Self(expected)
    }
}

impl fmt::Display for ScalarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the string is not {}", self.0)
    }
}

impl std::error::Error for ScalarError {}

/// Takes decimal digits off the front of a string: the number, and how many digits it has.
fn take_digits(text: &mut &str) -> Option<(u64, usize)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(count)?;
    *text = rest;
    Some((digits.parse().ok()?, count))
}

/// Takes a number of so many decimal digits off the front of a string.
fn part(rest: &mut &str, digits: usize) -> Option<u64> {
    take_digits(rest)
        .filter(|(_, count)| *count == digits)
        .map(|(number, _)| number)
}

/// Takes a decimal fraction off the front of a string, in nanoseconds; further digits are cut off.
fn take_fraction(text: &mut &str) -> Option<u32> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(count).filter(|_| count > 0)?;
    *text = rest;
    format!("{digits:0<9}").get(..9)?.parse().ok()
}

/// Takes a prefix off a string.
fn take(text: &mut &str, prefix: impl Fn(char) -> bool) -> Option<char> {
    let first = text.chars().next().filter(|c| prefix(*c))?;
    *text = text.get(first.len_utf8()..)?;
    Some(first)
}

/// A point and the fraction of a second in three, six or nine digits, or nothing.
fn fraction_text(nanos: u32) -> String {
    match nanos {
        0 => String::new(),
        _ if nanos.is_multiple_of(1_000_000) => format!(".{:03}", nanos / 1_000_000),
        _ if nanos.is_multiple_of(1_000) => format!(".{:06}", nanos / 1_000),
        _ => format!(".{nanos:09}"),
    }
}
