//! Whether a printed text holds the planned tokens, no more and no fewer.
//!
//! The planned tokens have been parsed as a file, so text with the same tokens is a file too. This finds more differences than
//! parsing the text again and comparing its items, and takes less time.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree, token_stream};

/// Compares the tokens of printed text with the planned ones. Commas and the braces around the body of an arm or a
/// closure are the printer's, which sets them as the layout wants.
#[expect(
    clippy::disallowed_methods,
    reason = "the printed text is read again to be compared; its tokens go nowhere else"
)]
pub(super) fn compare(text: &str, planned: TokenStream) -> Result<(), String> {
    let printed = TokenStream::from_str(text).map_err(|error| format!("no tokens: {error}"))?;
    let (mut printed, mut planned) = (Side::of(printed), Side::of(planned));
    loop {
        let (mut found, wanted) = (printed.next(), planned.next());
        if printed.may_be_bare && matches!(found, Some(Piece::Open(Delimiter::Brace))) && found != wanted {
            found = printed.enter_body();
        }
        if found != wanted {
            return Err(format!("found {}, but {} was planned", said(found), said(wanted)));
        }
        if found.is_none() {
            return Ok(());
        }
    }
}

fn said(piece: Option<Piece>) -> String {
    let text = match piece {
        None => "the end".to_owned(),
        Some(Piece::Open(delimiter)) => format!("the beginning of a group ({delimiter:?})"),
        Some(Piece::Close(delimiter)) => format!("the end of a group ({delimiter:?})"),
        Some(Piece::Token(token)) => format!("`{token}`"),
    };
    text.chars().take(80).collect()
}

/// A piece of printed text.
enum Piece {
    Open(Delimiter),
    Close(Delimiter),
    /// Anything but a group.
    Token(TokenTree),
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(one), Self::Open(other)) | (Self::Close(one), Self::Close(other)) => one == other,
            (Self::Token(one), Self::Token(other)) => match (one, other) {
                (TokenTree::Ident(one), TokenTree::Ident(other)) => one == other,
                (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
                (TokenTree::Literal(one), TokenTree::Literal(other)) => is_same_value(one, other),
                _ => false,
            },
            _ => false,
        }
    }
}

/// A documentation comment may have been a raw string.
#[expect(
    clippy::disallowed_methods,
    reason = "two literals are compared by their values; the parsed ones go nowhere else"
)]
fn is_same_value(one: &Literal, other: &Literal) -> bool {
    let (one, other) = (one.to_string(), other.to_string());
    let value = |text| syn::parse_str::<syn::LitStr>(text).map(|text| text.value()).ok();
    one == other || value(&one).is_some_and(|one| Some(one) == value(&other))
}

/// The pieces of one side, in their order and without commas.
struct Side {
    tokens: token_stream::IntoIter,
    /// The groups around, the innermost at the end: what comes after each, and how it closes, unless in silence.
    around: Vec<(token_stream::IntoIter, Option<Delimiter>)>,
    /// The sign before the piece that comes next, and the one before that.
    signs: [char; 2],
    /// Whether the last piece came after `=>` or `|`, where an expression may be in braces or not.
    may_be_bare: bool,
}

impl Side {
    fn of(tokens: TokenStream) -> Self {
        Self {
            tokens: tokens.into_iter(),
            around: Vec::new(),
            signs: [' '; 2],
            may_be_bare: false,
        }
    }

    fn next(&mut self) -> Option<Piece> {
        self.may_be_bare = matches!(self.signs, ['=', '>'] | [_, '|']);
        loop {
            match self.tokens.next() {
                Some(TokenTree::Punct(punct)) if self.is_layout(punct.as_char()) => {}
                Some(TokenTree::Group(group)) => {
                    let (delimiter, stream) = (group.delimiter(), group.stream());
                    // A stream with one owner is taken apart without a copy.
                    drop(group);
                    let rest = std::mem::replace(&mut self.tokens, stream.into_iter());
                    self.around.push((rest, Some(delimiter)));
                    self.signs = [' '; 2];
                    return Some(Piece::Open(delimiter));
                }
                Some(token) => {
                    let sign = match &token {
                        TokenTree::Punct(punct) => punct.as_char(),
                        _ => ' ',
                    };
                    self.signs = [self.signs[1], sign];
                    return Some(Piece::Token(token));
                }
                None => {
                    let (rest, closes) = self.around.pop()?;
                    self.tokens = rest;
                    if let Some(delimiter) = closes {
                        self.signs = [' '; 2];
                        return Some(Piece::Close(delimiter));
                    }
                }
            }
        }
    }

    /// A body that is put into braces may become a statement.
    fn is_layout(&self, sign: char) -> bool {
        let is_in_body = matches!(self.around.last(), Some((_, None)));
        sign == ',' || (sign == ';' && is_in_body)
    }

    /// Steps over the brace that was the last piece, and over the one that closes it.
    fn enter_body(&mut self) -> Option<Piece> {
        if let Some((_, closes)) = self.around.last_mut() {
            *closes = None;
        }
        self.next()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::compare;

    const PLAN: &str = "/// A.\nstruct A { a: u8, b: u8 }\nimpl A { fn a() {} fn b() {} }\n";

    #[test]
    fn r02_a_body_of_an_arm_or_a_closure_may_stand_in_braces() {
        let plan = "match a { A => b::<C, D>(c), B => { d.map(|e| e.f = 1) } }";
        let same = "match a { A => { b::<C, D,>(c,) } B => { d.map(|e| { e.f = 1; }) } }";
        compare(same, plan.parse().unwrap()).unwrap();
        let other = "match a { A => b::<C, D>(c), B => d.map(|e| e.f = 1) }";
        compare(other, plan.parse().unwrap()).unwrap_err();
    }

    #[test]
    fn r02_what_was_planned_is_found_again() {
        for text in [
            PLAN,
            "// A comment.\n#[doc = \" A.\"]\nstruct A {\n    a: u8,\n    b: u8,\n}\nimpl A { fn a() {} fn b() {} }",
        ] {
            compare(text, PLAN.parse().unwrap()).unwrap();
        }
    }

    #[test]
    fn r02_text_that_is_not_what_was_planned_is_refused() {
        for text in [
            "",
            "/// A.\nstruct A { a: u8, b: u8 }",
            "struct A { a: u8, b: u8 } impl A { fn a() {} fn b() {} }",
            "/// B.\nstruct A { a: u8, b: u8 } impl A { fn a() {} fn b() {} }",
            "impl A { fn a() {} fn b() {} } /// A.\nstruct A { a: u8, b: u8 }",
            "/// A.\nstruct A { a: u8 } impl A { fn a() {} fn b() {} }",
            "/// A.\nstruct B { a: u8, b: u8 } impl A { fn a() {} fn b() {} }",
            "/// A.\nstruct A { a: u8, b: u8 } impl A { fn a() {} fn c() {} }",
            "/// A.\nstruct A { a: u8, b: u8 } impl A { fn a() {} fn b() {} fn c() {} }",
            "/// A.\nstruct A { a: u8, b: u8 } impl B for A { fn a() {} fn b() {} }",
            "/// A.\nstruct A { a: u8, b: u8 } impl A { fn a() {} fn b() {} } fn c() {}",
            "/// A.\nstruct A { a: u8, b: u8 ",
        ] {
            compare(text, PLAN.parse().unwrap()).unwrap_err();
        }
    }
}
