//! Strings as YAML.

use crate::invisible::acts_on_display;

/// A text on one line, quoted where a reader of YAML 1.1 or 1.2 would take it for something else.
pub(crate) fn inline(string: &str) -> String {
    let is_plain = string.starts_with(|c: char| c.is_ascii_alphabetic() || "_/$".contains(c))
        && !string.ends_with(' ')
        && string
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " _/.$-".contains(c))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(string));
    if is_plain {
        string.to_owned()
    } else if string.chars().any(acts_on_display) {
        // A string can always be written as JSON, and JSON strings are also YAML.
        let quoted = serde_json::Value::from(string).to_string();
        quoted
            .chars()
            .map(|c| if acts_on_display(c) { escaped(c) } else { c.to_string() })
            .collect()
    } else {
        format!("'{}'", string.replace('\'', "''"))
    }
}

fn escaped(c: char) -> String {
    match u32::from(c) {
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Words that are not strings, at least in YAML 1.1.
const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"];
