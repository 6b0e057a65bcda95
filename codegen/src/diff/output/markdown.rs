//! A verdict for a comment on a pull request: the verdict, a table, and the details folded.

use std::fmt::Write as _;

use super::human::{Shown, more, notes, shown};
use crate::diff::verdict::{Change, Http, Rust, Spot, Verdict};

/// Code hosts cut longer comments.
const MAX_LENGTH: usize = 60_000;

/// Longer tables are not read.
const MAX_ROWS: usize = 100;

// Writing to a string cannot fail.
pub(super) fn text(verdict: &Verdict, next: Option<&str>) -> String {
    let mut text = String::from("### What this change of the API means\n\n");
    if verdict.changes.is_empty() {
        text.push_str("No change: the client stays the same.\n");
        return text;
    }
    text.push_str(&headline(verdict));
    if let Some(next) = next {
        let _ = write!(text, " The next version of the crate is **{next}**.");
    }
    text.push_str("\n\n| Rust | HTTP | Silent | Change |\n| --- | --- | --- | --- |\n");
    let rows = shown(verdict);
    for row in rows.iter().take(MAX_ROWS) {
        let (change, sentence) = match row {
            Shown::Change(change) => (*change, change.sentence.clone()),
            Shown::More(change, count) => (*change, more(change, *count)),
        };
        let silent = if change.silent { "**yes**" } else { "no" };
        let (rust, http) = (strong(change.rust.as_str(), change.rust == Rust::Major), change.http);
        let http = strong(http.as_str(), http == Http::Breaking);
        let _ = writeln!(text, "| {rust} | {http} | {silent} | {} |", cell(&sentence));
    }
    if rows.len() > MAX_ROWS {
        let _ = writeln!(text, "\n{} more rows are not in the table.", rows.len() - MAX_ROWS);
    }
    for note in notes(verdict) {
        let _ = writeln!(text, "\n{}", escape(&note));
    }
    details(&mut text, verdict);
    text
}

fn headline(verdict: &Verdict) -> String {
    let rust = match verdict.rust {
        Rust::Major => "**major** in Rust: programs may stop compiling or mean something else",
        Rust::Minor => "**minor** in Rust: programs compile",
        Rust::Patch => "a **patch** in Rust: programs compile and mean the same",
    };
    let http = match verdict.http {
        Http::Breaking => "**breaking** for other clients of the API",
        Http::Compatible => "**compatible** for other clients of the API",
    };
    let silent = if verdict.silent {
        " **Old programs compile and mean something else.**"
    } else {
        ""
    };
    format!("This change is {rust}; it is {http}.{silent}")
}

fn details(text: &mut String, verdict: &Verdict) {
    text.push_str("\n<details>\n<summary>Rust items, locations, and what callers have to do</summary>\n");
    let changes = shown(verdict).into_iter().filter_map(|shown| match shown {
        Shown::Change(change) => Some(change),
        Shown::More(..) => None,
    });
    let changes: Vec<&Change> = changes.collect();
    let mut left_out = changes.len();
    for change in changes {
        let detail = detail(change);
        if text.len() + detail.len() > MAX_LENGTH {
            break;
        }
        text.push_str(&detail);
        left_out -= 1;
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "\n{left_out} more changes are left out: the comment would be too long."
        );
    }
    text.push_str("\n</details>\n");
}

fn detail(change: &Change) -> String {
    let mut text = format!("\n**{}**\n\n", escape(&change.sentence));
    if !change.items.is_empty() {
        text.push_str("```diff\n");
        for (sign, item) in &change.items {
            // `diff` colours these signs; the others are a remark.
            let sign = if matches!(sign, '+' | '-') { *sign } else { '!' };
            let _ = writeln!(text, "{sign} {}", item.replace('`', "'"));
        }
        text.push_str("```\n\n");
    }
    if !change.reasons.is_empty() {
        let _ = writeln!(text, "- Breaking: {}.", change.reasons.join("; "));
    }
    for advice in &change.advice {
        let _ = writeln!(text, "- {}", escape(advice));
    }
    if let Some(pin) = &change.pin {
        let _ = writeln!(text, "- To keep the old name, add to the configuration: {}", code(pin));
    }
    for (word, spot) in [("Before", &change.old), ("Now", &change.new)] {
        if let Some(Spot {
            file, line, pointer, ..
        }) = spot
        {
            let _ = writeln!(text, "- {word}: {} {}", code(&format!("{file}:{line}")), code(pointer));
        }
    }
    text
}

fn strong(text: &str, is_strong: bool) -> String {
    if is_strong {
        format!("**{text}**")
    } else {
        text.to_owned()
    }
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('\n', " "))
}

/// A sentence in a table.
fn cell(text: &str) -> String {
    escape(text).replace('|', "\\|")
}

/// Escapes a sentence: code stays code, and everything else contains no markup.
fn escape(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        let part = part.replace(['\n', '\r'], " ");
        if index % 2 == 1 {
            return part;
        }
        part.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('@', "&#64;")
            .replace('[', "\\[")
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::{cell, escape};

    #[test]
    fn text_of_a_document_is_no_markup() {
        assert_eq!(escape("<b> `Vec<T>` [x](y)"), "&lt;b> `Vec<T>` \\[x](y)");
        assert_eq!(cell("a|b\nc"), "a\\|b c");
    }
}
