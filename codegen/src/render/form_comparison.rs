//! Whether the text of a form holds what the form says, no more and no less.
//!
//! The text is read again, token by token, by a reader that knows nothing of the printer: a line of documentation or a literal
//! that ended too early would become tokens that nothing of the form accounts for. The values of literals are read back and
//! compared with the strings that were planned.

use super::token::Reader;
use crate::emit::{Entry, Form, Line, Piece};

/// Compares a printed form with the form.
pub(super) fn compare(text: &str, form: &Form) -> Result<(), String> {
    let mut printed = Printed(Reader::new(text));
    printed.code(form.name)?;
    printed.code("!{")?;
    printed.entries(&form.entries, "")?;
    printed.code("}")?;
    printed.0.end()
}

/// Compares printed lines outside of any form with the lines.
pub(super) fn compare_lines(text: &str, lines: &[Entry]) -> Result<(), String> {
    let mut printed = Printed(Reader::new(text));
    printed.entries(lines, "")?;
    printed.0.end()
}

/// Compares the printed documentation of a module with its lines.
pub(super) fn compare_docs(text: &str, lines: &[String]) -> Result<(), String> {
    let mut printed = Reader::new(text);
    for line in lines {
        printed.expect_documentation("//!", line)?;
    }
    printed.end()
}

/// The text that is still to be compared.
struct Printed<'a>(Reader<'a>);

impl Printed<'_> {
    fn code(&mut self, code: &str) -> Result<(), String> {
        self.0.expect_code(code)
    }

    fn entries(&mut self, entries: &[Entry], end: &'static str) -> Result<(), String> {
        entries.iter().try_for_each(|entry| self.entry(entry, end))
    }

    fn entry(&mut self, entry: &Entry, end: &'static str) -> Result<(), String> {
        for line in &entry.docs {
            self.0.expect_documentation("///", line)?;
        }
        for attribute in &entry.attributes {
            self.0.expect_verbatim(&format!("#[{attribute}]"))?;
        }
        if entry.is_deprecated {
            self.code("#[deprecated]")?;
        }
        self.line(&entry.condition)?;
        self.line(&entry.line)?;
        if let Some((arguments, after)) = &entry.arguments {
            self.arguments(arguments)?;
            self.line(after)?;
        }
        if let Some(enclosed) = &entry.enclosed {
            self.code("{")?;
            self.entries(enclosed, ",")?;
            self.code("}")?;
        }
        self.line(&entry.tail)?;
        self.code(end)
    }

    /// Arguments in parentheses, with or without a comma after the last one.
    fn arguments(&mut self, arguments: &[Entry]) -> Result<(), String> {
        self.code("(")?;
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.code(",")?;
            }
            self.entry(argument, "")?;
        }
        if !arguments.is_empty() && self.0.is_next(',') {
            self.code(",")?;
        }
        self.code(")")
    }

    fn line(&mut self, line: &Line) -> Result<(), String> {
        line.pieces.iter().try_for_each(|piece| match piece {
            Piece::Space | Piece::Break => Ok(()),
            Piece::Code(code) => self.code(code),
            Piece::Written(code) => self.code(code),
            Piece::Text(text) => self.0.expect_string(text),
            Piece::Raw(text) => self.0.expect_raw_string(text),
        })
    }
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
