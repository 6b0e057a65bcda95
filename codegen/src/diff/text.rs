//! Types as strings: the paths in them, and the difference between two of them.

use std::collections::BTreeMap;

/// The text with the new paths of what was renamed.
pub(super) fn renamed(text: &str, renames: &BTreeMap<String, String>) -> String {
    let mut result = String::with_capacity(text.len());
    for token in tokens(text) {
        result.push_str(renames.get(token).map_or(token, String::as_str));
    }
    result
}

/// Returns the paths of models in a string.
pub(crate) fn models(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).filter(|token| token.starts_with("models::"))
}

/// Paths, and the signs between them.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_path = |character: char| character.is_alphanumeric() || "_:#".contains(character);
        let end = if is_path(first) {
            rest.find(|character| !is_path(character)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

/// A name of the document, for a place between backticks.
pub(super) fn quoted(name: &str) -> String {
    name.replace('`', "\u{2cb}")
}

/// A value between backticks, or a word for none.
pub(super) fn shown(value: &str, none: &str) -> String {
    if value.is_empty() {
        none.to_owned()
    } else {
        format!("`{value}`")
    }
}

/// The type in `Option<...>`.
pub(super) fn optional(text: &str) -> Option<&str> {
    text.strip_prefix("Option<")?.strip_suffix('>')
}

/// The type without its boxes.
pub(super) fn unboxed(text: &str) -> String {
    let mut result = text.to_owned();
    while let Some(start) = result.find("Box<") {
        let mut depth = 0;
        let Some(end) = result[start..].find(|character| {
            match character {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => return false,
            }
            depth == 0
        }) else {
            break;
        };
        result.remove(start + end);
        result.replace_range(start..start + 4, "");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{optional, renamed, unboxed};

    #[test]
    fn types_are_compared_as_texts() {
        let renames = [("models::A".to_owned(), "models::b::C".to_owned())].into();
        let text = "Option<BTreeMap<String, models::A>>, models::AB";
        assert_eq!(
            renamed(text, &renames),
            "Option<BTreeMap<String, models::b::C>>, models::AB"
        );
        assert_eq!(unboxed("Option<Box<models::A<X>>>"), "Option<models::A<X>>");
        assert_eq!(optional("Option<Vec<String>>"), Some("Vec<String>"));
    }
}
