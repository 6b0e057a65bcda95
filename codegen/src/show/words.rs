//! Names and values within a line.

use crate::invisible::acts_on_display;

/// The number of characters of a string that are shown.
const MAX_CHARACTERS: usize = 80;

/// A name, in quotes where a reader could not see where it ends.
pub(super) fn name(text: &str) -> String {
    let is_plain = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "._-$@/+*{}[]".contains(c));
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text in quotes on one line, of which nothing acts on a terminal.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from('"');
    let mut characters = text.chars();
    for c in characters.by_ref().take(MAX_CHARACTERS) {
        match c {
            '"' | '\\' => shown.extend(['\\', c]),
            '\n' => shown.push_str("\\n"),
            c if acts_on_display(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown.push('"');
    match characters.count() {
        0 => shown,
        more => format!("{shown} and {more} characters more"),
    }
}

/// Names with commas between them.
pub(super) fn names<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = texts.into_iter().map(name).collect();
    names.join(", ")
}

/// A text in which nothing ends a line or acts on a terminal.
pub(super) fn one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if acts_on_display(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}
