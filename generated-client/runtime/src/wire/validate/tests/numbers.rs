use crate::wire::number::Decimal;

fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    Decimal::new(a).compare(&Decimal::new(b))
}

#[test]
fn numbers_are_compared_by_value() {
    let ascending = [
        "-1e400",
        "-9223372036854775809",
        "-9223372036854775808",
        "-1.5",
        "-1",
        "-0.1",
        "-1e-400",
        "0",
        "1e-400",
        "0.1",
        "0.12",
        "0.123",
        "1",
        "9.99",
        "10",
        "9007199254740992",
        "9007199254740993",
        "18446744073709551615",
        "18446744073709551616",
        "1e400",
        "1e401",
    ];
    for (i, a) in ascending.iter().enumerate() {
        for (j, b) in ascending.iter().enumerate() {
            assert_eq!(compare(a, b), i.cmp(&j), "{a} and {b}");
        }
    }
    assert!(compare("1.0", "1").is_eq() && compare("-0", "0").is_eq() && compare("100", "1e2").is_eq());
}

#[test]
fn multiples_are_exact() {
    let is_multiple = |number: &str, step: &str| Decimal::new(number).is_multiple_of(&Decimal::new(step));
    for (number, step) in [
        ("0", "3"),
        ("0.3", "0.1"),
        ("19.99", "0.01"),
        ("-4.5", "1.5"),
        ("1e308", "0.123456789"),
        ("9007199254740993", "3"),
        ("1e1000000000000", "8"),
        ("7e-3", "0.001"),
        ("340282366920938463463374607431768211456", "18446744073709551616e0"),
    ] {
        let expected = !matches!((number, step), ("1e308", _));
        assert_eq!(is_multiple(number, step), expected, "{number} of {step}");
    }
    for (number, step) in [
        ("0.35", "0.1"),
        ("19.999", "0.01"),
        ("9007199254740992", "3"),
        ("1", "2"),
        ("1e-1000000000000", "1"),
        ("10", "0.3"),
    ] {
        assert!(!is_multiple(number, step), "{number} of {step}");
    }
}
