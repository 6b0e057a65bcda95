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
    for entry in &form.entries {
        printer.entry(entry, 1, "");
    }
    printer.text.push_str("}\n");
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    /// Where the current line starts in the text.
    line_start: usize,
}

impl Printer {
    fn entry(&mut self, entry: &Entry, depth: usize, end: &str) {
        for line in &entry.docs {
            self.indent(depth);
            self.text.push_str("///");
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
        if entry.is_deprecated {
            self.indent(depth);
            self.text.push_str("#[deprecated]\n");
        }
        self.indent(depth);
        self.line(&entry.line, depth);
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

    fn enclosed(&mut self, entries: &[Entry], depth: usize) {
        if entries.is_empty() {
            self.text.push_str("{}");
            return;
        }
        self.text.push_str("{\n");
        for entry in entries {
            self.entry(entry, depth + 1, ",");
        }
        self.indent(depth);
        self.text.push('}');
    }

    fn indent(&mut self, depth: usize) {
        self.line_start = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
    }

    /// Prints the pieces; what stands between two spaces stays together.
    fn line(&mut self, line: &Line, depth: usize) {
        for (index, chunk) in line.pieces.split(|piece| matches!(piece, Piece::Space)).enumerate() {
            let start = self.text.len();
            if index > 0 {
                self.text.push(' ');
            }
            for piece in chunk {
                self.piece(piece);
            }
            let width = self.text[self.line_start..].chars().count();
            if index > 0 && width >= WIDTH {
                // One column is kept for the comma at the end.
                let chunk = self.text.split_off(start);
                self.text.push('\n');
                self.indent(depth + 1);
                self.text.push_str(&chunk[1..]);
            }
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Space => self.text.push(' '),
            Piece::Code(code) => self.text.push_str(code),
            Piece::Written(code) => self.text.push_str(code),
            Piece::Text(text) => self.text.push_str(&Literal::string(text).to_string()),
        }
    }
}
