//! The lines of a file that a diagnostic shows.

use std::{fmt::Write as _, ops::Range};

use super::{Files, Place};
use crate::invisible::acts_on_display;

/// Lines of more characters are cut around the mark.
const MAX_WIDTH: usize = 120;
/// What stays of a cut line before the mark.
const BEFORE_MARK: usize = 50;
/// Messages, pointers and names are cut to this many characters, because a document can contain a key of a megabyte.
const MAX_LENGTH: usize = 1_000;

/// One line of a document, ready to print, and what is marked in it (in bytes).
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) marked: Range<usize>,
}

impl Excerpt {
    /// Returns `None` if the location is outside the file.
    pub(super) fn of(place: Place, files: &Files) -> Option<Self> {
        let file = files.get(place.file)?;
        let column = usize::try_from(place.column).ok()?.saturating_sub(1);
        let is_wide = file.part(place.line, 0, MAX_WIDTH)?.is_cut;
        let start = if is_wide { column.saturating_sub(BEFORE_MARK) } else { 0 };
        let part = file.part(place.line, start, MAX_WIDTH)?;
        let window: Vec<char> = part.text.chars().collect();
        let mut text = String::new();
        if start > 0 {
            text.push('…');
        }
        let before = window.len().min(column.saturating_sub(start));
        let (before, after) = window.split_at_checked(before)?;
        push_printable(&mut text, before);
        let (marked, after) = after.split_at_checked(token_length(after))?;
        let from = text.len();
        push_printable(&mut text, marked);
        let marked = from..text.len();
        push_printable(&mut text, after);
        if part.is_cut {
            text.push('…');
        }
        Some(Self { text, marked })
    }
}

/// Returns the column after the value at a location, or `None` if the location is outside the file.
pub(super) fn end_column(place: Place, files: &Files) -> Option<u32> {
    let before = usize::try_from(place.column).ok()?.checked_sub(1)?;
    let part = files.get(place.file)?.part(place.line, before, MAX_LENGTH)?;
    let text: Vec<char> = part.text.chars().collect();
    let length = u32::try_from(token_length(&text)).ok()?;
    place.column.checked_add(length.max(1))
}

/// Returns the number of marked characters: a quoted string, an indentation, or everything up to the next delimiter or comment.
fn token_length(text: &[char]) -> usize {
    if let [quote @ ('"' | '\''), rest @ ..] = text {
        return rest
            .iter()
            .position(|character| character == quote)
            .map_or(1, |end| end.saturating_add(2));
    }
    let blanks = text.iter().take_while(|character| character.is_whitespace()).count();
    if blanks > 0 {
        return blanks;
    }
    let ends = |at: usize, character: char| match character {
        ',' | '[' | ']' | '{' | '}' | '"' | '\'' => true,
        // A colon ends a key only before a blank: `https://` is one text.
        ':' => text.get(at.saturating_add(1)).is_none_or(|next| next.is_whitespace()),
        ' ' | '\t' => text.get(at.saturating_add(1)) == Some(&'#'),
        _ => false,
    };
    let end = text.iter().enumerate().find(|(at, character)| ends(*at, **character));
    let token = text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or_default();
    let blanks = token
        .iter()
        .rev()
        .take_while(|character| character.is_whitespace())
        .count();
    token.len().saturating_sub(blanks)
}

/// Returns the string with escaped control characters, cut to a readable length.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    let shown: Vec<char> = rest.by_ref().take(MAX_LENGTH).collect();
    push_printable(&mut out, &shown);
    if rest.next().is_some() {
        out.push('…');
    }
    out
}

fn push_printable(out: &mut String, text: &[char]) {
    for &character in text {
        if character == '\t' {
            out.push_str("    ");
        } else if acts_on_display(character) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
}
