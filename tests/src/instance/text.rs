//! Texts: by pattern, by format, or of any characters.

use serde_json::{Map, Value};

use super::pattern;
use crate::random::Random;

/// What readers and writers of JSON get wrong.
const NASTY: [char; 16] = [
    '"',
    '\\',
    '/',
    '\n',
    '\t',
    '\u{1}',
    '\u{7f}',
    '\u{2028}',
    '\u{202e}',
    'é',
    'ß',
    '中',
    '\u{1F4D6}',
    '{',
    '\'',
    '\u{fffd}',
];
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_- ";

pub(super) fn text(random: &mut Random, schema: &Map<String, Value>) -> Option<String> {
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        return pattern::text(random, pattern);
    }
    let count = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|count| usize::try_from(count).ok())
    };
    let (least, most) = (
        count("minLength").unwrap_or(0),
        count("maxLength").unwrap_or(usize::MAX),
    );
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let format = match encoding {
        Some("base64") => Some("byte"),
        Some(other) => Some(other),
        None => schema.get("format").and_then(Value::as_str),
    };
    if let Some(text) = format.and_then(|format| formatted(random, format)) {
        let length = text.chars().count();
        return (least..=most).contains(&length).then_some(text);
    }
    if least > 100_000 {
        return None;
    }
    let length = least.saturating_add(random.below(12)).min(most);
    let plain: Vec<char> = PLAIN.chars().collect();
    let is_nasty = random.chance(30);
    let characters = (0..length).filter_map(|_| {
        let from = if is_nasty && random.chance(40) {
            &NASTY[..]
        } else {
            &plain
        };
        random.choose(from)
    });
    Some(characters.collect())
}

/// The name of a member that no schema has.
pub(super) fn word(random: &mut Random) -> String {
    let words = ["extra", "Another One", "x-y", "ключ", "a.b", "\"quoted\"", "type", "0"];
    format!(
        "{}{}",
        random.choose(&words).copied().unwrap_or_default(),
        random.below(100)
    )
}

fn formatted(random: &mut Random, format: &str) -> Option<String> {
    let (year, month, day) = (1970 + random.below(120), 1 + random.below(12), 1 + random.below(28));
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let zones = ["Z", "+00:00", "-08:30"];
    let zone = random.choose(&zones).copied().unwrap_or("Z");
    let fractions = ["", ".5", ".123456789", ".120"];
    let fraction = random.choose(&fractions).copied().unwrap_or("");
    let number = random.number();
    Some(match format {
        "date" => date,
        "date-time" => format!("{date}T{time}{fraction}{zone}"),
        "time" => format!("{time}{fraction}{zone}"),
        "duration" => format!("P{}DT{}H{}M", random.below(30), random.below(24), random.below(60)),
        "uuid" => {
            let low = random.number();
            let node = low & 0xffff_ffff_ffff;
            format!(
                "{:08x}-{:04x}-4{:03x}-a{:03x}-{node:012x}",
                number >> 32,
                number >> 16 & 0xffff,
                number & 0xfff,
                low >> 52
            )
        }
        "byte" => ["", "AA==", "aGVsbG8=", "+/+/"]
            .get(random.below(4))
            .copied()
            .unwrap_or_default()
            .to_owned(),
        "base64url" => ["", "AA", "aGVsbG8", "-_-_"]
            .get(random.below(4))
            .copied()
            .unwrap_or_default()
            .to_owned(),
        "email" | "idn-email" => format!("user{}@example.com", number % 1000),
        "hostname" | "idn-hostname" => format!("host{}.example.com", number % 1000),
        "ipv4" => format!("192.0.2.{}", number % 256),
        "ipv6" => format!("2001:db8::{:x}", number % 0xffff),
        "uri" | "url" | "iri" => format!("https://example.com/{}?a=%20b#c", number % 1000),
        "uri-reference" | "iri-reference" => format!("../{}", number % 1000),
        "uri-template" => "https://example.com/{id}".to_owned(),
        "json-pointer" => "/a/~1b/0".to_owned(),
        "relative-json-pointer" => "1/a".to_owned(),
        "regex" => "^[a-z]+$".to_owned(),
        "decimal" => format!("{}.{:02}", number % 1000, number % 100),
        "int64" => i64::from_ne_bytes(number.to_ne_bytes()).to_string(),
        "uint64" => number.to_string(),
        "int32" => (number % 1000).to_string(),
        _ => return None,
    })
}
