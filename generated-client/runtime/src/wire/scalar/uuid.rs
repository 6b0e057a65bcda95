//! Universally unique identifiers.

use std::fmt::Write as _;

use super::ScalarError;

/// An identifier of 128 bits in RFC 9562's form, such as `a987fbc9-4bed-3078-8f07-9141ba07c9f3`.
///
/// Keeps the string that was read; two are equal if their strings are. [`Uuid::to_bytes`] compares without regard to
/// case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(String);

crate::string_newtype!(Uuid);

/// The positions of the hyphens.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl Uuid {
    /// The identifier's bytes, in the order of its digits.
    pub fn to_bytes(&self) -> Result<[u8; 16], ScalarError> {
        let text = self.0.as_bytes();
        let is_hyphenated = text.len() == 36 && HYPHENS.iter().all(|at| text.get(*at) == Some(&b'-'));
        let digits = text.iter().enumerate().filter(|(at, _)| !HYPHENS.contains(at));
        let mut value: u128 = 0;
        for (_, digit) in digits.filter(|_| is_hyphenated) {
            let digit = char::from(*digit).to_digit(16).ok_or(NO_UUID)?;
            value = value << 4 | u128::from(digit);
        }
        is_hyphenated.then_some(value.to_be_bytes()).ok_or(NO_UUID)
    }
}

const NO_UUID: ScalarError = ScalarError("an identifier such as `a987fbc9-4bed-3078-8f07-9141ba07c9f3`");

/// In lower case, with hyphens.
impl From<[u8; 16]> for Uuid {
    fn from(bytes: [u8; 16]) -> Self {
        let mut text = String::with_capacity(36);
        for byte in bytes {
            if HYPHENS.contains(&text.len()) {
                text.push('-');
            }
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }
}
