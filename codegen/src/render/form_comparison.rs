//! Whether the text of a form holds what the form says, no more and no less.
//!
//! The text is read as tokens again: a line of documentation or a literal that ended too early would become tokens that
//! nothing of the form accounts for.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree, token_stream};

use crate::emit::{Entry, Form, Line, Piece};

/// Compares a printed form with the form.
#[expect(
    clippy::disallowed_methods,
    reason = "the printed text is read again to be compared; its tokens go nowhere else"
)]
pub(super) fn compare(text: &str, form: &Form) -> Result<(), String> {
    let tokens = TokenStream::from_str(text).map_err(|error| format!("the text is not made of tokens: {error}"))?;
    let mut printed = Printed {
        tokens: tokens.into_iter(),
        around: Vec::new(),
    };
    printed.expect_code(form.name)?;
    printed.expect_code("!{")?;
    printed.entries(&form.entries, "")?;
    printed.expect_code("}")?;
    match printed.next() {
        None => Ok(()),
        Some(found) => Err(format!("`{found}` comes after the form")),
    }
}

/// The tokens of the text, one after the other, with the signs of their groups.
struct Printed {
    tokens: token_stream::IntoIter,
    /// What follows each of the groups around, and how the group ends.
    around: Vec<(token_stream::IntoIter, &'static str)>,
}

impl Printed {
    fn next(&mut self) -> Option<String> {
        match self.tokens.next() {
            Some(TokenTree::Group(group)) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let inside = group.stream().into_iter();
                self.around.push((std::mem::replace(&mut self.tokens, inside), close));
                Some(open.to_owned())
            }
            Some(token) => Some(token.to_string()),
            None => {
                let (rest, close) = self.around.pop()?;
                self.tokens = rest;
                Some(close.to_owned())
            }
        }
    }

    fn entries(&mut self, entries: &[Entry], end: &'static str) -> Result<(), String> {
        entries.iter().try_for_each(|entry| self.entry(entry, end))
    }

    fn entry(&mut self, entry: &Entry, end: &'static str) -> Result<(), String> {
        for line in &entry.docs {
            let text = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            self.expect_code("#[doc=")?;
            self.expect_text(&text)?;
            self.expect_code("]")?;
        }
        if entry.is_deprecated {
            self.expect_code("#[deprecated]")?;
        }
        if let Some(feature) = &entry.feature {
            self.expect_code("#[cfg(feature=")?;
            self.expect_text(feature)?;
            self.expect_code(")]")?;
        }
        self.line(&entry.line)?;
        if let Some((arguments, after)) = &entry.arguments {
            self.arguments(arguments)?;
            self.line(after)?;
        }
        if let Some(enclosed) = &entry.enclosed {
            self.expect_code("{")?;
            self.entries(enclosed, ",")?;
            self.expect_code("}")?;
        }
        self.line(&entry.tail)?;
        self.expect_code(end)
    }

    /// Arguments in parentheses, with or without a comma after the last one.
    fn arguments(&mut self, arguments: &[Entry]) -> Result<(), String> {
        self.expect_code("(")?;
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.expect_code(",")?;
            }
            self.entry(argument, "")?;
        }
        match self.next().as_deref() {
            Some(")") => Ok(()),
            Some(",") if !arguments.is_empty() => self.expect_code(")"),
            found => Err(format!("the end of arguments was planned, and {found:?} is printed")),
        }
    }

    fn line(&mut self, line: &Line) -> Result<(), String> {
        line.pieces.iter().try_for_each(|piece| match piece {
            Piece::Space | Piece::Break => Ok(()),
            Piece::Code(code) => self.expect_code(code),
            Piece::Written(code) => self.expect_code(code),
            Piece::Text(text) => self.expect_text(text),
        })
    }

    /// The tokens of one piece, whatever spaces are between them.
    fn expect_code(&mut self, code: &str) -> Result<(), String> {
        let mut rest = code.trim_start();
        while !rest.is_empty() {
            let found = self.next().unwrap_or_default();
            match rest.strip_prefix(found.as_str()) {
                Some(after) if !found.is_empty() => rest = after.trim_start(),
                _ => {
                    return Err(format!(
                        "`{}` was planned, and `{}` is printed",
                        short(rest),
                        short(&found)
                    ));
                }
            }
        }
        Ok(())
    }

    fn expect_text(&mut self, text: &str) -> Result<(), String> {
        let (planned, found) = (Literal::string(text).to_string(), self.next().unwrap_or_default());
        if planned == found {
            Ok(())
        } else {
            Err(format!(
                "{} was planned, and {} is printed",
                short(&planned),
                short(&found)
            ))
        }
    }
}

fn short(code: &str) -> String {
    code.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::compare;
    use crate::{
        emit::{Entry, Form, Line, Piece},
        render::form::print,
    };

    fn line(pieces: Vec<Piece>) -> Line {
        let mut line = Line::default();
        line.pieces = pieces;
        line
    }

    fn form(documentation: &str, text: &str) -> Form {
        let property = Entry {
            docs: vec![documentation.to_owned(), String::new()],
            is_deprecated: true,
            line: line(vec![
                Piece::Written("r#type".to_owned()),
                Piece::Code(":"),
                Piece::Space,
                Piece::Written("Option<Vec<String>>".to_owned()),
                Piece::Space,
                Piece::Code("="),
                Piece::Space,
                Piece::Text(text.to_owned()),
            ]),
            ..Entry::default()
        };
        let model = Entry {
            line: line(vec![
                Piece::Code("pub struct"),
                Piece::Space,
                Piece::Written("Name".to_owned()),
            ]),
            enclosed: Some(vec![property]),
            ..Entry::default()
        };
        Form {
            name: "model",
            entries: vec![model],
        }
    }

    #[test]
    fn a_form_is_printed_as_a_declaration() {
        let form = form("What it is.", "type");
        let expected = "model! {\n    pub struct Name {\n        /// What it is.\n        ///\n        #[deprecated]\n        \
                        r#type: Option<Vec<String>> = \"type\",\n    }\n}\n";
        assert_eq!(print(&form), expected);
        compare(expected, &form).unwrap();
    }

    #[test]
    fn r02_texts_of_any_kind_stay_inside() {
        for text in ["\"", "\\", "a\nb", "\u{202e}", "*/", "'", "\r", "\0", "#\"", "r#\"x\"#"] {
            let form = form("//! */ \" \\", text);
            compare(&print(&form), &form).unwrap();
        }
    }

    #[test]
    fn r02_documentation_that_becomes_code_is_refused() {
        let form = form("a\nfn b() {}", "type");
        compare(&print(&form), &form).unwrap_err();
    }

    #[test]
    fn r02_other_text_is_refused() {
        let form = form("What it is.", "type");
        let text = print(&form);
        for (from, to) in [
            ("\"type\"", "\"kind\""),
            ("r#type", "r#kind"),
            ("What", "Who"),
            ("#[deprecated]", ""),
            ("String>>", "String>>>"),
            ("}\n", "} fn a() {}\n"),
        ] {
            let other = text.replacen(from, to, 1);
            assert_ne!(other, text);
            compare(&other, &form).unwrap_err();
        }
    }
}
