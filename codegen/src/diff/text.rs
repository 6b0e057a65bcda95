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

/// Joins sentences that differ only in the model that something is of, as the models of schemas with a common part do.
pub(super) fn joined(texts: &[String]) -> Vec<String> {
    let texts = of_one_thing(texts);
    let mut all: Vec<Alike<'_>> = Vec::new();
    for text in &texts {
        let parts: Vec<&str> = text.split('`').collect();
        if !all.iter_mut().any(|alike| alike.takes(&parts)) {
            all.push(Alike {
                parts,
                at: None,
                names: Vec::new(),
            });
        }
    }
    all.iter().map(Alike::text).collect()
}

/// Joins what follows a colon in sentences that are the same before it.
fn of_one_thing(texts: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if all.contains(text) {
            continue;
        }
        let more = all.last().and_then(|last| {
            let (thing, _) = last.split_once(": ")?;
            text.strip_prefix(thing)?.strip_prefix(": ")
        });
        match (more, all.last_mut()) {
            (Some(more), Some(last)) => *last = format!("{}; {more}", last.trim_end_matches('.')),
            _ => all.push(text.clone()),
        }
    }
    all
}

/// Sentences that differ in one name.
struct Alike<'t> {
    /// The first of them, cut at its backticks: names are at odd positions.
    parts: Vec<&'t str>,
    /// Where they differ.
    at: Option<usize>,
    names: Vec<&'t str>,
}

/// More names are counted.
const MAX_NAMES: usize = 5;

impl<'t> Alike<'t> {
    fn takes(&mut self, parts: &[&'t str]) -> bool {
        if self.parts.len() != parts.len() {
            return false;
        }
        let mut others = (0..parts.len()).filter(|at| self.parts.get(*at) != parts.get(*at));
        let (first, second) = (others.next(), others.next());
        let Some(at) = first.filter(|_| second.is_none()) else {
            // The same sentence again.
            return first.is_none();
        };
        let is_owner = at % 2 == 1 && parts.get(at - 1).is_some_and(|before| before.ends_with(" of "));
        if !is_owner || self.at.is_some_and(|known| known != at) {
            return false;
        }
        self.at = Some(at);
        if self.names.is_empty() {
            self.names.extend(self.parts.get(at));
        }
        self.names.extend(parts.get(at));
        true
    }

    fn text(&self) -> String {
        let Some(at) = self.at else {
            return self.parts.join("`");
        };
        let names = match self.names.as_slice() {
            [names @ .., last] if self.names.len() <= MAX_NAMES => format!("{}` and `{last}", names.join("`, `")),
            names => {
                let shown = names
                    .iter()
                    .take(MAX_NAMES - 1)
                    .copied()
                    .collect::<Vec<_>>()
                    .join("`, `");
                format!("{shown}` and {} others", names.len() - MAX_NAMES + 1)
            }
        };
        let is_closed = self.names.len() <= MAX_NAMES;
        let before = self.parts.iter().take(at).copied().collect::<Vec<_>>().join("`");
        let after = self.parts.iter().skip(at + 1).copied().collect::<Vec<_>>().join("`");
        let close = if is_closed { "`" } else { "" };
        format!("{before}`{names}{close}{after}")
    }
}

/// How a default changes.
pub(super) fn default_change(old: Option<&str>, new: Option<&str>) -> String {
    match (old.map(quoted), new.map(quoted)) {
        (Some(old), Some(new)) => format!("the default is `{new}` instead of `{old}`"),
        (None, Some(new)) => format!("the default is `{new}`; there was none"),
        (Some(old), None) => format!("there is no default any more; it was `{old}`"),
        (None, None) => "the default is the same".to_owned(),
    }
}

/// How the value of a keyword changes that limits values.
pub(super) fn limit_change(keyword: &str, old: Option<&str>, new: Option<&str>) -> String {
    let value = |text: &str| shown(&quoted(text), "empty");
    match (old, new) {
        (Some(old), Some(new)) => format!("`{keyword}` is {} instead of {}", value(new), value(old)),
        (None, Some(new)) => format!("`{keyword}` is {}", value(new)),
        _ => format!("`{keyword}` is removed"),
    }
}

/// The text with a capital letter at its start.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
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
    use super::{joined, optional, renamed, unboxed};

    #[test]
    fn sentences_on_models_alike_are_one() {
        let joined = |texts: &[&str]| joined(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            joined(&[
                "`a` of `A` is new.",
                "`a` of `B` is new.",
                "`b` of `B` is new.",
                "`a` of `A` is new."
            ]),
            ["`a` of `A` and `B` is new.", "`b` of `B` is new."]
        );
        assert_eq!(
            joined(&["Uses of `A` end.", "Uses of `B` end.", "Uses of `C` end."]),
            ["Uses of `A`, `B` and `C` end."]
        );
        assert_eq!(
            joined(&["`A` refuses more: a.", "`A` refuses more: b.", "`B` refuses more: a."]),
            ["`A` refuses more: a; b.", "`B` refuses more: a."]
        );
        // Two names differ, or one that nothing is of.
        let apart = [
            "Replace `A.a` by `A.b`.",
            "Replace `B.a` by `B.b`.",
            "`A` is new.",
            "`B` is new.",
        ];
        assert_eq!(joined(&apart), apart);
        let many: Vec<String> = (0..8).map(|number| format!("`a` of `M{number}` is new.")).collect();
        assert_eq!(
            super::joined(&many),
            ["`a` of `M0`, `M1`, `M2`, `M3` and 4 others is new."]
        );
    }

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
