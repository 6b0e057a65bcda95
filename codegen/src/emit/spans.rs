//! Code in documentation, and characters that do not show.

use crate::invisible::acts_on_display;

/// A name of the document as code, which ends where the name does.
pub(super) fn code(name: &str) -> String {
    let visible = spell_out_invisible(name);
    let longest = visible.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    match "`".repeat(longest + 1) {
        fence if longest == 0 => format!("{fence}{visible}{fence}"),
        fence => format!("{fence} {visible} {fence}"),
    }
}

/// Characters that do not show, or that reorder what shows, by their number.
pub(super) fn spell_out_invisible(line: &str) -> String {
    let mut visible = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => visible.push_str("    "),
            invisible if acts_on_display(invisible) => visible.push_str(&invisible.escape_unicode().to_string()),
            other => visible.push(other),
        }
    }
    visible
}
