//! Spans of time.

use std::time;

use super::{ScalarError, fraction_text, take, take_digits, take_fraction};

/// A span of time: protobuf's form (`3600s`, `-1.5s`) or ISO 8601's (`PT1H30M`).
///
/// Keeps the string that was read; two are equal if their strings are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration(String);

crate::string_newtype!(Duration);

impl Duration {
    /// So many seconds, in protobuf's form.
    #[must_use]
    pub fn from_secs(seconds: u64) -> Self {
        time::Duration::from_secs(seconds).into()
    }

    /// The span in Rust's terms, which has no negative ones. ISO 8601's years and months have no fixed length.
    pub fn to_std(&self) -> Result<time::Duration, ScalarError> {
        let mut rest = self.0.as_str();
        let negative = take(&mut rest, |c| matches!(c, '-' | '+')) == Some('-');
        let span = match take(&mut rest, |c| c == 'P') {
            Some(_) => iso(rest),
            None => seconds(rest),
        };
        match span {
            Some(span) if negative && !span.is_zero() => Err(ScalarError("a span of time that is not negative")),
            Some(span) => Ok(span),
            None => Err(ScalarError("a span of time such as `3600s`, `1.5s` or `PT1H`")),
        }
    }
}

/// In protobuf's form.
impl From<time::Duration> for Duration {
    fn from(span: time::Duration) -> Self {
        Self(format!("{}{}s", span.as_secs(), fraction_text(span.subsec_nanos())))
    }
}

/// `3600s`, `1.5s`.
fn seconds(mut rest: &str) -> Option<time::Duration> {
    let (whole, nanos) = amount(&mut rest)?;
    (rest == "s").then(|| time::Duration::new(whole, nanos))
}

/// `1W2DT3H4M5.6S`, each part optional, but not all of them.
fn iso(text: &str) -> Option<time::Duration> {
    const DATE: &[(char, u64)] = &[('W', 604_800), ('D', 86_400)];
    const TIME: &[(char, u64)] = &[('H', 3600), ('M', 60), ('S', 1)];
    if text.is_empty() || text.ends_with('T') {
        return None;
    }
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    sum(date, DATE)?.checked_add(sum(time, TIME)?)
}

/// Amounts of units, each at most once and in the order of the units.
fn sum(mut rest: &str, mut units: &[(char, u64)]) -> Option<time::Duration> {
    let mut span = time::Duration::ZERO;
    while !rest.is_empty() {
        let (whole, nanos) = amount(&mut rest)?;
        let name = take(&mut rest, |_| true)?;
        let at = units.iter().position(|(unit, _)| *unit == name)?;
        let (_, length) = units.get(at)?;
        units = units.get(at + 1..)?;
        // Fractions of other units than the second are legal, but do not occur.
        if nanos != 0 && name != 'S' {
            return None;
        }
        span = span.checked_add(time::Duration::new(whole.checked_mul(*length)?, nanos))?;
    }
    Some(span)
}

/// Digits, and perhaps a point or comma and a fraction.
fn amount(rest: &mut &str) -> Option<(u64, u32)> {
    let (whole, _) = take_digits(rest)?;
    let nanos = match take(rest, |c| matches!(c, '.' | ',')) {
        Some(_) => take_fraction(rest)?,
        None => 0,
    };
    Some((whole, nanos))
}
