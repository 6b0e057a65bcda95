//! Numbers, as they are written.

use std::borrow::Cow;

use super::tree::Text;

/// A number as it is written, so that `1.10`, `1e400` and integers of any size are not lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Text);

impl Number {
    /// The caller has checked that this is a number of JSON or of YAML's core schema.
    pub(super) fn from_checked(text: Text) -> Self {
        Self(text)
    }

    /// Parses a number in the syntax of JSON.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        value.is_number().then(|| Self(Text::from(text.trim())))
    }

    /// Returns the number as in the document: `0x1F`, `1.10`, `+5`, `010`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it is written as an integer, in YAML's core schema: `5`, `-0`, `0x1F`, and not `5.0` or `5e0`.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.radix().is_some() || !self.0.contains(['.', 'e', 'E'])
    }

    /// The value of what is written as an integer and fits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match self.radix() {
            Some((radix, digits)) => i128::from_str_radix(digits, radix).ok(),
            // Leading zeros mean nothing in YAML 1.2: `010` is ten.
            None => self.0.parse().ok(),
        }
    }

    /// The value of what is written as an integer and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The value of what is written as an integer and fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// The value, where it is whole, not negative and fits: `2.0` counts two, as JSON Schema has it.
    #[must_use]
    pub fn as_count(&self) -> Option<u64> {
        self.as_u64().or_else(|| {
            let text = self.to_json();
            let (whole, zeros) = text.split_once('.')?;
            let is_whole = zeros.bytes().all(|digit| digit == b'0');
            is_whole.then(|| whole.parse().ok()).flatten()
        })
    }

    /// The nearest value, where it is finite: `1e400` has none.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        let value: f64 = self.to_json().parse().ok()?;
        value.is_finite().then_some(value)
    }

    /// The number in JSON's grammar, with every digit that it came with.
    #[must_use]
    pub fn to_json(&self) -> Cow<'_, str> {
        if self.radix().is_some() {
            return Cow::Owned(self.as_i128().unwrap_or_default().to_string());
        }
        let unsigned = self.0.trim_start_matches(['+', '-']);
        let (mantissa, exponent) = unsigned.split_at(unsigned.find(['e', 'E']).unwrap_or(unsigned.len()));
        let (whole, fraction) = mantissa.split_at(mantissa.find('.').unwrap_or(mantissa.len()));
        let is_json = !self.0.starts_with('+') && fraction != "." && (whole == "0" || !whole.starts_with('0'));
        if is_json && !whole.is_empty() {
            return Cow::Borrowed(&self.0);
        }
        let sign = if self.0.starts_with('-') { "-" } else { "" };
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let zero = if fraction == "." { "0" } else { "" };
        Cow::Owned(format!("{sign}{whole}{fraction}{zero}{exponent}"))
    }

    /// Whether it is written with hexadecimal or octal digits.
    pub(super) fn has_radix(&self) -> bool {
        self.radix().is_some()
    }

    fn radix(&self) -> Option<(u32, &str)> {
        let hexadecimal = self.0.strip_prefix("0x").map(|digits| (16, digits));
        hexadecimal.or_else(|| self.0.strip_prefix("0o").map(|digits| (8, digits)))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Text::from(value.to_string()))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(Text::from(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn number(text: &str) -> Number {
        Number::from_checked(text.into())
    }

    #[test]
    fn integers_keep_their_value() {
        assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551615").as_i64(), None);
        assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
        assert_eq!(number("-1").as_u64(), None);
        assert_eq!(number("-0").as_i64(), Some(0));
        assert_eq!(number("+5").as_i64(), Some(5));
        assert_eq!(number("010").as_i64(), Some(10));
        assert_eq!(number("0o17").as_i64(), Some(15));
        assert_eq!(number("0x1F").as_i64(), Some(31));
        assert_eq!(number("5.0").as_i64(), None);
        let beyond = "123456789012345678901234567890123456789012345678901234567890";
        assert_eq!(number(beyond).as_i128(), None);
        assert!(number(beyond).is_integer());
        assert_eq!(number(beyond).text(), beyond);
    }

    #[test]
    fn counts_may_be_written_with_a_fraction_of_nothing() {
        assert_eq!(number("2").as_count(), Some(2));
        assert_eq!(number("2.00").as_count(), Some(2));
        for none in ["2.5", "-2.0", "2.0e1", "-1"] {
            assert_eq!(number(none).as_count(), None, "{none}");
        }
    }

    #[test]
    fn fractions_keep_their_text() {
        assert_eq!(number("1.10").text(), "1.10");
        assert_eq!(number("1.10").as_f64(), Some(1.1));
        assert_eq!(number("1e400").as_f64(), None);
        assert!(!number("1e400").is_integer() && !number("5.").is_integer());
        assert_eq!(number("0x1F").as_f64(), Some(31.0));
    }

    #[test]
    fn every_number_has_a_form_in_json() {
        let forms = [
            ("1.10", "1.10"),
            ("-0", "-0"),
            ("0", "0"),
            ("-0.5e+3", "-0.5e+3"),
            ("1E400", "1E400"),
            ("+5", "5"),
            ("010", "10"),
            ("-00", "-0"),
            (".5", "0.5"),
            ("-.5e1", "-0.5e1"),
            ("5.", "5.0"),
            ("5.e3", "5.0e3"),
            ("0x1F", "31"),
            ("0o17", "15"),
        ];
        for (text, json) in forms {
            assert_eq!(number(text).to_json(), json, "{text}");
        }
    }
}
