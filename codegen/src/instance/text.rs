//! Strings: of a pattern, of a format, or of any characters.

use serde_json::{Map, Value};

use super::{format::formatted, limits::count, pattern, random::Random, style::Style};

/// Characters that readers and writers of JSON confuse.
const UNUSUAL: [char; 16] = [
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
/// The longest string that is made.
const MAX_LENGTH: usize = 100_000;
const WORDS: [&str; 12] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "indigo", "juniper", "kestrel", "lagoon",
];

pub(super) fn text(random: &mut Random, schema: &Map<String, Value>, style: Style) -> Option<String> {
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        return pattern::text(random, pattern);
    }
    let min = count(schema, "minLength").unwrap_or(0);
    let max = count(schema, "maxLength").unwrap_or(usize::MAX);
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let format = match encoding {
        Some("base64") => Some("byte"),
        Some(other) => Some(other),
        None => schema.get("format").and_then(Value::as_str),
    };
    if let Some(text) = format.and_then(|format| formatted(random, format, style)) {
        let length = text.chars().count();
        return (min..=max).contains(&length).then_some(text);
    }
    if min > MAX_LENGTH || min > max {
        return None;
    }
    match style {
        Style::Varied => Some(varied(random, min, max)),
        Style::Complete | Style::Generated | Style::Minimal => Some(readable(random, min, max)),
    }
}

fn varied(random: &mut Random, min: usize, max: usize) -> String {
    let length = min.saturating_add(random.below(12)).min(max);
    let plain: Vec<char> = PLAIN.chars().collect();
    let is_unusual = random.chance(30);
    let characters = (0..length).filter_map(|_| {
        let from = if is_unusual && random.chance(40) {
            &UNUSUAL[..]
        } else {
            &plain
        };
        random.choose(from)
    });
    characters.collect()
}

fn readable(random: &mut Random, min: usize, max: usize) -> String {
    let mut text = String::new();
    loop {
        text.push_str(random.choose(&WORDS).copied().unwrap_or_default());
        if text.len() >= min {
            text.truncate(max);
            return text;
        }
        text.push('-');
    }
}

/// Returns the name of a property that no schema declares.
pub(super) fn property_name(random: &mut Random, style: Style) -> String {
    if style != Style::Varied {
        return readable(random, 0, usize::MAX);
    }
    let words = ["extra", "Another One", "x-y", "ключ", "a.b", "\"quoted\"", "type", "0"];
    format!(
        "{}{}",
        random.choose(&words).copied().unwrap_or_default(),
        random.below(100)
    )
}
