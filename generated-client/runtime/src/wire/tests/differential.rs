//! The reader and the writer against `serde_json`'s, over texts of a generator with a fixed seed.

use serde_json::Value;

use super::models::written;
use crate::wire::from_str;

/// A small generator of numbers that look random and are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % bound
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const STRINGS: &[&str] = &[
    "a",
    "12345678",
    "é",
    "😀",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\r\\t",
    "\\u0041",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\udc00\\ud800",
    "\\u12",
    "\\x",
    "\u{1}",
    "\u{7f}",
    "\u{2028}",
    "'",
    "\\",
];
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "0.5",
    "-1.25",
    "1e2",
    "1E+2",
    "1e-2",
    "0.1",
    "3.141592653589793",
    "1e400",
    "-1e400",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "--1",
    "0x1",
    "123456789012345678901234567890",
    "2.2250738585072014e-308",
];
const SPACES: &[&str] = &["", "", "", " ", "\n", "\t \r", "\u{b}"];

fn text(dice: &mut Dice, depth: usize, out: &mut String) {
    out.push_str(dice.pick(SPACES));
    match dice.below(if depth == 0 { 4 } else { 6 }) {
        0 => out.push_str(dice.pick(NUMBERS)),
        1 => string(dice, out),
        2 => out.push_str(dice.pick(&["true", "false", "null", "nul", "True"])),
        3 => out.push_str(dice.pick(&["1", "\"\"", "[]", "{}"])),
        4 => list(dice, out, ('[', ']'), |dice, out| text(dice, depth - 1, out)),
        _ => list(dice, out, ('{', '}'), |dice, out| {
            string(dice, out);
            out.push_str(dice.pick(&[":", ":", ":", ":", ": ", " :", ",", ""]));
            text(dice, depth - 1, out);
        }),
    }
    out.push_str(dice.pick(SPACES));
}

fn list(dice: &mut Dice, out: &mut String, brackets: (char, char), mut item: impl FnMut(&mut Dice, &mut String)) {
    out.push(brackets.0);
    for index in 0..dice.below(4) {
        if index > 0 {
            out.push_str(dice.pick(&[",", ",", ",", ",", ",", ",", " ,", ",,", ""]));
        }
        item(dice, out);
    }
    out.push(brackets.1);
}

fn string(dice: &mut Dice, out: &mut String) {
    out.push('"');
    for _ in 0..dice.below(4) {
        // Most are good, else hardly a text would be.
        let most = if dice.below(8) == 0 { STRINGS.len() } else { 12 };
        out.push_str(STRINGS[dice.below(most)]);
    }
    out.push('"');
}

#[test]
fn the_same_texts_are_accepted_with_the_same_values() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..20_000 {
        let mut json = String::new();
        text(&mut dice, 4, &mut json);
        let ours = from_str::<Value>(&json);
        let theirs = serde_json::from_str::<Value>(&json);
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) => {
                good += 1;
                assert_eq!(ours, theirs, "{json}");
                assert_eq!(written(ours), theirs.to_string(), "{json}");
                assert!(from_str::<()>(&json).is_ok(), "{json}");
            }
            (Err(_), Err(_)) => bad += 1,
            _ => assert_eq!(ours.is_ok(), theirs.is_ok(), "{json}: {ours:?} {theirs:?}"),
        }
        // Skipping accepts what reading accepts, and beyond it halves of surrogate pairs and numbers too big.
        if ours.is_ok() {
            assert!(from_str::<()>(&json).is_ok(), "{json}");
        }
    }
    assert!(good > 4_000 && bad > 4_000, "{good} {bad}");
}

#[test]
fn skipping_accepts_what_serde_json_skips() {
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    for _ in 0..20_000 {
        let mut json = String::new();
        text(&mut dice, 3, &mut json);
        let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok();
        assert_eq!(from_str::<()>(&json).is_ok(), theirs, "{json}");
    }
}

#[test]
fn strings_are_written_alike() {
    let mut dice = Dice(7);
    let chars = [
        'a', '"', '\\', '\n', '\0', '\u{1f}', '\u{7f}', 'é', '😀', '/', '\u{2028}', '\t', '\u{8}', '\u{c}', '\r',
    ];
    for length in (0..20).cycle().take(5_000) {
        let text: String = (0..length)
            .map(|_| {
                let special = dice.below(3) == 0;
                chars[dice.below(if special { chars.len() } else { 1 })]
            })
            .collect();
        assert_eq!(written(&text), serde_json::to_string(&text).unwrap());
        assert_eq!(from_str::<String>(&written(&text)), Ok(text));
    }
}

#[test]
fn numbers_are_read_alike() {
    let mut dice = Dice(11);
    for _ in 0..20_000 {
        let digits = |dice: &mut Dice, most: usize| -> String {
            (0..=dice.below(most))
                .map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap()))
                .collect()
        };
        let mut number = digits(&mut dice, 21);
        number = number.trim_start_matches('0').to_owned();
        if number.is_empty() {
            number.push('0');
        }
        if dice.below(2) == 0 {
            number.insert(0, '-');
        }
        assert_eq!(from_str::<i64>(&number).ok(), number.parse().ok(), "{number}");
        assert_eq!(
            from_str::<u64>(&number).ok(),
            number
                .parse()
                .ok()
                .filter(|_| number != "-0")
                .or((number == "-0").then_some(0))
        );
        number = format!("{number}.{}e{}", digits(&mut dice, 20), dice.below(40));
        // The standard library's reading is exact; serde_json's is one bit off now and then.
        assert_eq!(from_str::<f64>(&number).ok(), number.parse().ok(), "{number}");
        assert_eq!(
            from_str::<f32>(&number).ok(),
            number.parse().ok().filter(|float: &f32| float.is_finite())
        );
    }
}
