//! The JSON path of a location in JSON.

use super::string;

/// Longest part of a member name that a path shows, in characters.
const SHOWN: usize = 64;

enum Level<'a> {
    /// In an object, at the member of this name (as written, escapes and all) if its name was read.
    Member(Option<&'a str>),
    /// In an array, at this index.
    Item(usize),
}

/// The path of the byte `offset` of `text`, which need be JSON only up to there.
pub(super) fn at(text: &str, offset: usize) -> String {
    let mut path = String::from("$");
    for level in levels(text, offset) {
        match level {
            Level::Member(None) => {}
            Level::Member(Some(name)) => push_name(&mut path, name),
            Level::Item(index) => path.extend(["[", &index.to_string(), "]"]),
        }
    }
    path
}

fn push_name(path: &mut String, name: &str) {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '$'));
    let shown = name.char_indices().nth(SHOWN).and_then(|(end, _)| name.get(..end));
    let (name, more) = shown.map_or((name, ""), |head| (head, "..."));
    let step = if plain && !name.is_empty() {
        format!(".{name}{more}")
    } else {
        format!("[\"{name}{more}\"]")
    };
    path.push_str(&step);
}

fn levels(text: &str, offset: usize) -> Vec<Level<'_>> {
    let mut levels = Vec::new();
    let mut at = 0;
    while at < offset {
        let Some(byte) = text.as_bytes().get(at) else { break };
        match byte {
            b'{' => levels.push(Level::Member(None)),
            b'[' => levels.push(Level::Item(0)),
            b'}' | b']' => {
                levels.pop();
                value_ended(&mut levels);
            }
            b',' => next_value(&mut levels),
            b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
            b'"' => {
                let Some(end) = string::end(text, at).filter(|end| *end <= offset) else {
                    break;
                };
                string_ended(&mut levels, text.get(at + 1..end.saturating_sub(1)));
                at = end;
                continue;
            }
            _ => {
                let end = scalar_end(text, at);
                if end > offset {
                    break;
                }
                value_ended(&mut levels);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    levels
}

fn string_ended<'a>(levels: &mut [Level<'a>], content: Option<&'a str>) {
    match levels.last_mut() {
        Some(Level::Member(name @ None)) => *name = content,
        _ => value_ended(levels),
    }
}

fn value_ended(levels: &mut [Level<'_>]) {
    if let Some(Level::Member(name)) = levels.last_mut() {
        *name = None;
    }
}

fn next_value(levels: &mut [Level<'_>]) {
    match levels.last_mut() {
        Some(Level::Member(name)) => *name = None,
        Some(Level::Item(index)) => *index += 1,
        None => {}
    }
}

/// The end of a number or a literal.
fn scalar_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest
        .find([',', ':', ']', '}', ' ', '\t', '\n', '\r', '"'])
        .unwrap_or(rest.len());
    start + length.max(1)
}
