//! Classes of characters: `[a-z\d]`.

use std::{iter::Peekable, str::Chars};

use super::escape::{Escape, escape, push_literal};

/// Nothing, and everything.
const NOTHING: &str = r"[^\u{0}-\u{10FFFF}]";
const EVERYTHING: &str = r"[\u{0}-\u{10FFFF}]";

/// One class; its opening bracket is read already.
pub(super) fn class(rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), String> {
    let negated = rest.next_if_eq(&'^').is_some();
    if rest.next_if_eq(&']').is_some() {
        out.push_str(if negated { EVERYTHING } else { NOTHING });
        return Ok(());
    }
    out.push_str(if negated { "[^" } else { "[" });
    while let Some(first) = atom(rest)? {
        let mut ahead = rest.clone();
        let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|c| *c != ']');
        if !is_range {
            push_atom(out, &first);
            continue;
        }
        *rest = ahead;
        let last = atom(rest)?.ok_or("a character class is not closed")?;
        match (&first, &last) {
            (Escape::Char(first), Escape::Char(last)) if first > last => {
                return Err("a character range is in reverse order".to_owned());
            }
            (Escape::Char(first), Escape::Char(last)) => {
                push_literal(out, *first);
                out.push('-');
                push_literal(out, *last);
            }
            // Between a class and something else a hyphen stands for itself.
            _ => {
                push_atom(out, &first);
                push_literal(out, '-');
                push_atom(out, &last);
            }
        }
    }
    out.push(']');
    Ok(())
}

/// The next character or set, or `None` at the end of the class.
fn atom(rest: &mut Peekable<Chars<'_>>) -> Result<Option<Escape>, String> {
    match rest.next().ok_or("a character class is not closed")? {
        ']' => Ok(None),
        '\\' => match escape(rest)? {
            Escape::Boundary => Ok(Some(Escape::Char('\u{8}'))),
            other => Ok(Some(other)),
        },
        c => Ok(Some(Escape::Char(c))),
    }
}

fn push_atom(out: &mut String, atom: &Escape) {
    match atom {
        Escape::Char(c) => push_literal(out, *c),
        Escape::Set { inside, negated: false } => out.push_str(inside),
        Escape::Set { inside, negated: true } => out.extend(["[^", inside, "]"]),
        Escape::Property(text) => out.push_str(text),
        Escape::Boundary => {}
    }
}
