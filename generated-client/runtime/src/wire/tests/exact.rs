use std::str::FromStr as _;

use super::models::written;
use crate::wire::{Number, from_str, to_request};

#[test]
fn every_digit_comes_back() {
    for text in [
        "0",
        "-0",
        "1",
        "1.0",
        "1.50",
        "-2.25",
        "9007199254740993",
        "123456789012345678901234567890.123456789012345678901234567890",
        "0.10000000000000000000000000000000000001",
        "1e400",
        "-1E-400",
        "1e16",
    ] {
        let number: Number = from_str(text).unwrap();
        assert_eq!(written(&number), text);
        assert_eq!(number.text(), text);
        assert_eq!(to_request(&number).unwrap(), text.as_bytes());
    }
    for text in ["\"1\"", "null", "NaN", "01", "+1", ".5"] {
        assert!(from_str::<Number>(text).is_err(), "{text}");
    }
}

#[test]
fn a_number_is_the_float_next_to_it() {
    let number = Number::from(1.5);
    assert_eq!((*number * 2.0).to_string(), "3");
    assert_eq!(number, 1.5);
    assert_eq!(
        Number::from_str("0.1000000000000000055").unwrap().to_string(),
        "0.1000000000000000055"
    );
    assert!(Number::from_str("1e400").unwrap().is_infinite());
    assert!(Number::from_str(" 1").is_err() && Number::from_str("1 ").is_err() && Number::from_str("").is_err());
}

#[test]
fn equality_is_that_of_values() {
    let number = |text: &str| Number::from_str(text).unwrap();
    assert_eq!(number("1.0"), number("1"));
    assert_eq!(number("1e2"), Number::from(100));
    assert_eq!(number("-0"), number("0.0"));
    assert_ne!(number("9007199254740993"), Number::from(9_007_199_254_740_992_u64));
    assert_ne!(number("1e400"), number("1e401"));
    assert_ne!(number("1e400"), Number::from(f64::INFINITY));
}

#[test]
fn whole_numbers_are_integers() {
    assert_eq!(Number::from(u64::MAX).to_u64(), Some(u64::MAX));
    assert_eq!(Number::from(u64::MAX).to_i64(), None);
    assert_eq!(Number::from(i64::MIN).to_i64(), Some(i64::MIN));
    assert_eq!(Number::from(i128::MAX).to_i128(), Some(i128::MAX));
    assert_eq!(Number::from_str("2.50e1").unwrap().to_i64(), Some(25));
    assert_eq!(Number::from(0.5).to_i64(), None);
    assert_eq!(Number::from(f64::NAN).to_i64(), None);
}

#[test]
fn what_json_does_not_have_is_not_sent() {
    assert_eq!(written(&Number::from(f64::INFINITY)), "null");
    assert!(to_request(&Number::from(f64::NAN)).is_err());
}
