//! The exact value of a JSON number.

/// `digits` times ten to the `exponent`; the digits neither start nor end with a zero, and are empty for zero.
pub(super) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// `text` must follow JSON's grammar of numbers.
    pub(super) fn new(text: &str) -> Self {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let stripped = all.trim_end_matches('0');
        let zeros = all.len() - stripped.len();
        let digits = stripped.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Self {
                negative: false,
                digits,
                exponent: 0,
            };
        }
        // An exponent beyond i64 is as good as infinite.
        let written = exponent
            .parse()
            .unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
        let shift = i64::try_from(zeros).unwrap_or(i64::MAX) - i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        Self {
            negative,
            digits,
            exponent: written.saturating_add(shift),
        }
    }

    /// Whether it has no fraction.
    pub(super) fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// The value if it is a whole number.
    pub(super) fn integer(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let scale = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let magnitude = self.digits.parse::<i128>().ok()?.checked_mul(scale)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// The same text for every way to write the same value.
    pub(super) fn canonical(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}e{}", self.digits, self.exponent)
    }
}
