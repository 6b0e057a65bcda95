//! The number of the first page, as the schema or the description of a parameter gives it.

use super::view::Parameter;
use crate::read::Node;

/// Words between which and a number the description speaks of the first page.
const MAX_DISTANCE: usize = 4;

/// The number of the first page, 0 or 1; `None` where the document does not say it.
pub(super) fn first_page(parameter: &Parameter<'_>) -> Option<i64> {
    let number = |key: &str| number(parameter.schema?.get(key)?);
    let declared = number("default").filter(|first| matches!(first, 0 | 1));
    let told = declared.or_else(|| told(&parameter.text));
    told.or_else(|| number("minimum").filter(|first| matches!(first, 0 | 1)))
}

/// A number, or a string that is one: documents that call every parameter a string write `default: '0'`.
fn number(value: &Node) -> Option<i64> {
    let text = || value.as_str()?.parse().ok();
    value.as_number().and_then(|number| number.as_i64()).or_else(text)
}

/// The number that a description gives to the first page: "the first page is 0", "starting with 1", "zero-based".
fn told(text: &str) -> Option<i64> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '=' | '(' | ')'));
    let words: Vec<&str> = words
        .map(|word| word.trim_matches(is_edge))
        .filter(|word| !word.is_empty())
        .collect();
    let numbers = words.iter().enumerate().filter_map(|(index, word)| match *word {
        "0" | "zero" => Some((index, 0)),
        "1" | "one" => Some((index, 1)),
        _ => None,
    });
    let mut firsts = numbers
        .filter(|(index, _)| is_first(&words, *index))
        .map(|(_, first)| first);
    let first = firsts.next()?;
    firsts.all(|other| other == first).then_some(first)
}

/// Whether the words around a number say that it is the first one.
fn is_first(words: &[&str], index: usize) -> bool {
    let (before, after) = (words.get(..index), words.get(index + 1..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let is_based = after.first().is_some_and(|word| matches!(*word, "based" | "indexed"));
    let is_before = before.iter().rev().take(MAX_DISTANCE).any(|word| {
        ["start", "begin", "default"]
            .iter()
            .any(|begin| word.starts_with(begin))
            || *word == "first"
    });
    let is_limit = before
        .iter()
        .rev()
        .take(2)
        .any(|word| matches!(*word, "than" | "over" | "above"));
    is_based || (is_before && !is_limit)
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn descriptions_give_the_number_of_the_first_page() {
        let rows = [
            ("the page number to retrieve (first page is 0).", Some(0)),
            ("page of services to retrieve (starts at and defaults to 0)", Some(0)),
            (
                "the page of cards to return, defaults to `0` (returns the first set of up to 100)",
                Some(0),
            ),
            ("page of results to return, default 0. results per page 20.", Some(0)),
            (
                "page numbers are 0-based (so to get the first page of results, pass pagenumber=0).",
                Some(0),
            ),
            ("zero-based page number to retrieve.", Some(0)),
            ("zero indexed page", Some(0)),
            ("page number to return, starting with 0.", Some(0)),
            ("page number. default is 1.", Some(1)),
            ("current page number (1 based)", Some(1)),
            ("page to display. starts from 1.", Some(1)),
            ("the first page is one", Some(1)),
            ("the page number, default 1, must be greater than 0", Some(1)),
            ("starts at 0 or starts at 1", None),
            ("a number from 0 to 100", None),
            ("page number requested for the search", None),
            ("must be above 0", None),
            ("which page of 1 result", None),
            ("", None),
        ];
        for (text, first) in rows {
            assert_eq!(told(text), first, "{text}");
        }
    }
}
