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

#[cfg(feature = "validate")]
impl Decimal {
    /// Which of two values is the larger.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        sign(self).cmp(&sign(other)).then_with(|| {
            let magnitude = self.compare_magnitude(other);
            if self.negative { magnitude.reverse() } else { magnitude }
        })
    }

    fn compare_magnitude(&self, other: &Self) -> std::cmp::Ordering {
        let length = |number: &Self| {
            let digits = i64::try_from(number.digits.len()).unwrap_or(i64::MAX);
            number.exponent.saturating_add(digits)
        };
        // Digits do not start with zeros: those of the same length compare like strings.
        length(self)
            .cmp(&length(other))
            .then_with(|| self.digits.cmp(&other.digits))
    }

    /// Whether the value is a multiple of another one, whose digits have to fit into 64 bits; else it counts as one.
    pub(super) fn is_multiple_of(&self, step: &Self) -> bool {
        let Ok(divisor) = step.digits.parse::<u64>() else {
            return true;
        };
        if self.digits.is_empty() {
            return true;
        }
        // Digits do not end with zeros: a value that is finer than the step is not a multiple of it.
        let Ok(zeros) = u64::try_from(self.exponent.saturating_sub(step.exponent)) else {
            return false;
        };
        let divisor = u128::from(divisor);
        let digits = self.digits.bytes().map(|digit| u128::from(digit - b'0'));
        let remainder = digits.fold(0, |rest, digit| (rest * 10 + digit) % divisor);
        (remainder * power_of_ten(zeros, divisor)).is_multiple_of(divisor)
    }
}

/// The remainder of a power of ten by a divisor of 64 bits.
#[cfg(feature = "validate")]
fn power_of_ten(mut exponent: u64, divisor: u128) -> u128 {
    let (mut power, mut square) = (1 % divisor, 10 % divisor);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % divisor;
        }
        square = square * square % divisor;
        exponent >>= 1;
    }
    power
}
