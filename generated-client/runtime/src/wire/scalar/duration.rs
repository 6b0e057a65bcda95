//! Spans of time.

use std::time;

use super::{ScalarError, fraction_text, take, take_digits, take_fraction};

/// A span of time: protobuf's form (`3600s`, `-1.5s`) or ISO 8601's (`PT1H30M`).
///
/// Keeps the text that it came with; two are equal if their texts are.
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
fn iso(mut rest: &str) -> Option<time::Duration> {
    const DATE: &[(char, u64)] = &[('W', 604_800), ('D', 86_400)];
    const TIME: &[(char, u64)] = &[('H', 3600), ('M', 60), ('S', 1)];
    let mut units = DATE;
    let mut span = None;
    while !rest.is_empty() {
        if std::ptr::eq(units, DATE) && take(&mut rest, |c| c == 'T').is_some() {
            units = TIME;
        }
        let (whole, nanos) = amount(&mut rest)?;
        let unit = take(&mut rest, |_| true)?;
        let at = units.iter().position(|(name, _)| *name == unit)?;
        let (_, length) = units.get(at)?;
        // Fractions of other units than the second are legal, and never written.
        if nanos != 0 && unit != 'S' {
            return None;
        }
        let part = time::Duration::new(whole.checked_mul(*length)?, nanos);
        span = Some(span.unwrap_or(time::Duration::ZERO).checked_add(part)?);
        units = units.get(at + 1..)?;
        // After the last unit of the date only the time may follow.
        if units.is_empty() && !rest.is_empty() && length == &86_400 {
            take(&mut rest, |c| c == 'T')?;
            units = TIME;
        }
    }
    span
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
