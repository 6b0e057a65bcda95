//! Literals of numbers, with the separators that Rust's readers expect.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Numbers of so many digits need no separators.
const SHORT: usize = 5;

/// An integer whose type its place says.
pub(super) fn integer(value: i128) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let literal = separated(&grouped(&digits), || Literal::u128_unsuffixed(value.unsigned_abs()));
    signed(value < 0, &literal)
}

/// A finite number, in its shortest form.
pub(super) fn float(value: f64) -> TokenStream {
    let text = format!("{:?}", value.abs());
    let (mantissa, exponent) = text.split_at(text.find('e').unwrap_or(text.len()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    let text = format!("{}{point}{}{exponent}", grouped(whole), grouped_from_the_left(fraction));
    let literal = separated(&text, || Literal::f64_unsuffixed(value.abs()));
    signed(value.is_sign_negative(), &literal)
}

/// A literal of digits and separators; without them, should it be none.
fn separated(text: &str, plain: impl FnOnce() -> Literal) -> Literal {
    text.parse().unwrap_or_else(|_| plain())
}

fn signed(negative: bool, literal: &Literal) -> TokenStream {
    if negative { quote!(-#literal) } else { quote!(#literal) }
}

fn grouped(digits: &str) -> String {
    if digits.len() <= SHORT {
        return digits.to_owned();
    }
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

fn grouped_from_the_left(digits: &str) -> String {
    if digits.len() <= SHORT {
        return digits.to_owned();
    }
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index.is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{float, integer};

    #[test]
    fn integers_have_groups_of_three() {
        for (value, text) in [
            (0, "0"),
            (99_999, "99999"),
            (100_000, "100_000"),
            (-1_234_567, "- 1_234_567"),
            (i128::from(u64::MAX), "18_446_744_073_709_551_615"),
        ] {
            assert_eq!(integer(value).to_string(), text);
        }
    }

    #[test]
    fn floats_have_groups_on_both_sides() {
        for (value, text) in [
            (0.0, "0.0"),
            (1.5, "1.5"),
            (-0.25, "- 0.25"),
            (1_234_567.5, "1_234_567.5"),
            (0.123_456_789, "0.123_456_789"),
            (1e300, "1e300"),
            (1.25e-30, "1.25e-30"),
        ] {
            assert_eq!(float(value).to_string(), text);
        }
    }
}
