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

    /// An entry as it is printed, which is compared with the form too.
    fn printed(entry: Entry) -> Vec<String> {
        let form = Form {
            name: "model",
            entries: vec![entry],
        };
        let text = print(&form);
        compare(&text, &form).unwrap();
        let lines = text.lines().map(str::to_owned).collect::<Vec<_>>();
        lines[1..lines.len() - 1].to_vec()
    }

    fn written(text: &str) -> Piece {
        Piece::Written(text.to_owned())
    }

    #[test]
    fn long_types_and_paths_are_broken_within() {
        let long = |letter: &str| letter.repeat(60);
        let (a, b, c) = (long("a"), long("b"), long("c"));
        for (pieces, expected) in [
            (
                vec![
                    written("x:"),
                    Piece::Space,
                    written(&format!("Option<Vec<models::{a}::{b}>>")),
                ],
                vec![format!("    x: Option<Vec<models::{a}::"), format!("        {b}>>")],
            ),
            (
                vec![
                    written("a_longer_name:"),
                    Piece::Space,
                    written(&format!("Option<Vec<models::{a}::y::Zzzzzzzzzzzzzzzzzzzzzzzzz>>")),
                ],
                vec![
                    "    a_longer_name:".to_owned(),
                    format!("        Option<Vec<models::{a}::y::Zzzzzzzzzzzzzzzzzzzzzzzzz>>"),
                ],
            ),
            (
                vec![
                    written(&a),
                    Piece::Code("("),
                    written(&format!("Box<{b}>")),
                    Piece::Code(")"),
                ],
                vec![format!("    {a}("), format!("        Box<{b}>)")],
            ),
            (
                vec![written(&format!("{a}::{b}::{c}::y"))],
                vec![
                    format!("    {a}::"),
                    format!("        {b}::"),
                    format!("        {c}::y"),
                ],
            ),
        ] {
            assert_eq!(
                printed(Entry {
                    line: line(pieces),
                    ..Entry::default()
                }),
                expected
            );
        }
    }

    #[test]
    fn strings_and_identifiers_are_never_broken() {
        let string = "a::b(c<".repeat(20);
        let entry = |piece| Entry {
            line: line(vec![written("x:"), Piece::Space, piece]),
            ..Entry::default()
        };
        assert_eq!(
            printed(entry(Piece::Text(string.clone()))),
            ["    x:".to_owned(), format!("        {string:?}")]
        );
        let ident = "x".repeat(130);
        assert_eq!(
            printed(entry(written(&ident))),
            ["    x:".to_owned(), format!("        {ident}")]
        );
    }

    #[test]
    fn a_condition_is_on_the_line_of_its_item_if_both_fit() {
        let condition = || line(vec![Piece::Code("#[cfg(a)]")]);
        let entry = |name: &str| Entry {
            condition: condition(),
            line: line(vec![written(name)]),
            ..Entry::default()
        };
        assert_eq!(printed(entry("b")), ["    #[cfg(a)] b"]);
        let long = "b".repeat(110);
        assert_eq!(
            printed(entry(&long)),
            ["    #[cfg(a)]".to_owned(), format!("    {long}")]
        );
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
