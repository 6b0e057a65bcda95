//! Prints forms: declarations in the macros of the runtime.
//!
//! A line is broken only where it exceeds the width, at its spaces; a change of one entry never moves another.

use proc_macro2::Literal;

use crate::emit::{Entry, Form, Line, Piece};

/// Columns of a line; a string literal alone may be longer.
const WIDTH: usize = 120;
const INDENT: usize = 4;

/// The form as text, which ends with a line break.
pub(super) fn print(form: &Form) -> String {
    let mut printer = Printer::default();
    printer.text.push_str(form.name);
    printer.text.push_str("! {\n");
    for (index, entry) in form.entries.iter().enumerate() {
        printer.entry(entry, 1, "", index == 0);
    }
    printer.text.push_str("}\n");
    printer.text
}

/// Lines outside of any form.
pub(super) fn print_lines(lines: &[Entry]) -> String {
    let mut printer = Printer::default();
    for line in lines {
        printer.entry(line, 0, "", true);
    }
    printer.text
}

/// The documentation of a module.
pub(super) fn print_docs(lines: &[String]) -> String {
    let mut printer = Printer::default();
    printer.docs("//!", lines, 0);
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    /// Where the current line starts in the text.
    line_start: usize,
}

impl Printer {
    fn entry(&mut self, entry: &Entry, depth: usize, end: &str, is_first: bool) {
        if entry.is_spaced && !is_first {
            self.text.push('\n');
        }
        self.docs("///", &entry.docs, depth);
        for attribute in &entry.attributes {
            self.indent(depth);
            self.text.extend(["#[", attribute, "]\n"]);
        }
        if entry.is_deprecated {
            self.indent(depth);
            self.text.push_str("#[deprecated]\n");
        }
        if let Some(feature) = &entry.feature {
            self.indent(depth);
            self.text.push_str("#[cfg(feature = ");
            self.piece(&Piece::Text(feature.clone()), depth);
            self.text.push_str(")]\n");
        }
        self.indent(depth);
        self.line(&entry.line, depth);
        if let Some((arguments, after)) = &entry.arguments {
            self.arguments(arguments, after, depth);
        }
        if let Some(enclosed) = &entry.enclosed {
            if !entry.line.is_empty() {
                self.text.push(' ');
            }
            self.enclosed(enclosed, depth);
        }
        if !entry.tail.is_empty() {
            self.text.push(' ');
            self.line(&entry.tail, depth);
        }
        self.text.push_str(end);
        self.text.push('\n');
    }

    fn docs(&mut self, sign: &str, lines: &[String], depth: usize) {
        for line in lines {
            self.indent(depth);
            self.text.push_str(sign);
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    fn enclosed(&mut self, entries: &[Entry], depth: usize) {
        if entries.is_empty() {
            self.text.push_str("{}");
            return;
        }
        self.text.push_str("{\n");
        for (index, entry) in entries.iter().enumerate() {
            self.entry(entry, depth + 1, ",", index == 0);
        }
        self.indent(depth);
        self.text.push('}');
    }

    /// Prints arguments on the line of their function where they have no documentation and fit, else one a line. What comes
    /// after them goes to the next line if it does not fit.
    fn arguments(&mut self, arguments: &[Entry], after: &Line, depth: usize) {
        self.text.push('(');
        let (start, line_start) = (self.text.len(), self.line_start);
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.line(&argument.line, depth);
        }
        self.text.push(')');
        let end = self.text.len();
        let is_inside = self.width() <= WIDTH && !self.text[start..].contains('\n');
        self.text.push(' ');
        self.line(after, depth);
        let is_documented = arguments.iter().any(|argument| !argument.docs.is_empty());
        // The brace of a block may follow.
        let is_too_long = self.width() + " {".len() > WIDTH || self.text[start..].contains('\n');
        if arguments.is_empty() || !(is_documented || is_too_long) {
            return;
        }
        if is_inside && !is_documented {
            self.text.truncate(end);
            self.text.push('\n');
            self.indent(depth + 1);
            self.line(after, depth + 1);
            if self.width() + " {".len() <= WIDTH {
                return;
            }
        }
        self.line_start = line_start;
        self.text.truncate(start);
        self.text.push('\n');
        for argument in arguments {
            self.entry(argument, depth + 1, ",", true);
        }
        self.indent(depth);
        self.text.push_str(") ");
        self.line(after, depth);
    }

    fn width(&self) -> usize {
        self.text[self.line_start..].chars().count()
    }

    fn indent(&mut self, depth: usize) {
        self.line_start = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
    }

    /// Prints the pieces; those between two spaces stay together.
    fn line(&mut self, line: &Line, depth: usize) {
        for (index, chunk) in line.pieces.split(|piece| matches!(piece, Piece::Space)).enumerate() {
            let start = self.text.len();
            if index > 0 {
                self.text.push(' ');
            }
            for piece in chunk {
                self.piece(piece, depth);
            }
            if index > 0 && self.width() >= WIDTH && self.line_start <= start {
                // One column is kept for the comma at the end.
                let chunk = self.text.split_off(start);
                self.text.push('\n');
                self.indent(depth + 1);
                self.text.push_str(&chunk[1..]);
            }
        }
    }

    fn piece(&mut self, piece: &Piece, depth: usize) {
        match piece {
            Piece::Space => self.text.push(' '),
            Piece::Break => {
                self.text.push('\n');
                self.indent(depth);
            }
            Piece::Code(code) => self.text.push_str(code),
            Piece::Written(code) => self.text.push_str(code),
            Piece::Text(text) => self.text.push_str(&Literal::string(text).to_string()),
            Piece::Raw(text) => self.text.push_str(&Piece::raw_literal(text)),
        }
    }
}
