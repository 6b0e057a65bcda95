//! Prints forms: declarations in the macros of the runtime.
//!
//! A line is broken only where it exceeds the width: at its spaces, and within a piece that is too long for a line of its own
//! after `<`, `(` or `::`. A change of one entry never moves another.

use std::borrow::Cow;

use proc_macro2::Literal;

use crate::emit::{Entry, Form, Line, Piece};

/// Columns of a line; a string literal alone may be longer.
pub(super) const WIDTH: usize = 120;
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
        self.indent(depth);
        let end_width = match entry.enclosed.as_deref() {
            Some([]) => " {}".len() + end.len(),
            Some(_) => " {".len(),
            None => end.len(),
        };
        self.conditional(entry, depth, end_width);
        if let Some((arguments, after)) = &entry.arguments {
            self.arguments(arguments, after, depth, end_width);
        }
        if let Some(enclosed) = &entry.enclosed {
            if !entry.line.is_empty() {
                self.text.push(' ');
            }
            self.enclosed(enclosed, depth);
        }
        if !entry.tail.is_empty() {
            self.text.push(' ');
            self.line(&entry.tail, depth, end.len());
        }
        self.text.push_str(end);
        self.text.push('\n');
    }

    /// Prints the line of an entry behind its condition, or below it if both together do not fit.
    fn conditional(&mut self, entry: &Entry, depth: usize, end_width: usize) {
        if !entry.condition.is_empty() {
            self.line(&entry.condition, depth, 0);
            let (end, line_start) = (self.text.len(), self.line_start);
            self.text.push(' ');
            self.line(&entry.line, depth, end_width);
            if self.width() + end_width <= WIDTH && self.line_start == line_start {
                return;
            }
            self.text.truncate(end);
            self.text.push('\n');
            self.indent(depth);
        }
        self.line(&entry.line, depth, end_width);
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
    fn arguments(&mut self, arguments: &[Entry], after: &Line, depth: usize, end_width: usize) {
        self.text.push('(');
        let (start, line_start) = (self.text.len(), self.line_start);
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.text.push_str(", ");
            }
            self.line(&argument.line, depth, 0);
        }
        self.text.push(')');
        let end = self.text.len();
        let is_inside = self.width() <= WIDTH && !self.text[start..].contains('\n');
        self.text.push(' ');
        self.line(after, depth, end_width);
        let is_documented = arguments.iter().any(|argument| !argument.docs.is_empty());
        let is_too_long = self.width() + end_width > WIDTH || self.text[start..].contains('\n');
        if !(is_documented || is_too_long) {
            return;
        }
        if is_inside && !is_documented {
            self.text.truncate(end);
            self.text.push('\n');
            self.indent(depth + 1);
            self.line(after, depth + 1, end_width);
            if arguments.is_empty() || self.width() + end_width <= WIDTH {
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
        self.line(after, depth, end_width);
    }

    fn width(&self) -> usize {
        self.text[self.line_start..].chars().count()
    }

    fn indent(&mut self, depth: usize) {
        self.line_start = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
    }

    /// Prints the pieces; those between two spaces stay together if a line can hold them. So many columns are kept for what
    /// follows the line.
    fn line(&mut self, line: &Line, depth: usize, end_width: usize) {
        let mut chunks = line.pieces.split(|piece| matches!(piece, Piece::Space)).peekable();
        let mut is_first = true;
        while let Some(chunk) = chunks.next() {
            // One column is kept for a comma.
            let end_width = if chunks.peek().is_some() { 1 } else { end_width.max(1) };
            self.chunk(chunk, depth, end_width, is_first);
            is_first = false;
        }
    }

    /// Prints pieces that stay together: on the current line, else on the next one, else on both or on more.
    fn chunk(&mut self, chunk: &[Piece], depth: usize, end_width: usize, is_first: bool) {
        let start = self.text.len();
        if !is_first {
            self.text.push(' ');
        }
        let from = self.text.len();
        for piece in chunk {
            self.piece(piece, depth);
        }
        if self.width() + end_width <= WIDTH || self.line_start > start {
            return;
        }
        let joints = joints_of(chunk);
        let mut printed = self.text.split_off(from);
        let next_line = WIDTH.saturating_sub((depth + 1) * INDENT + end_width);
        if let Some(joint) = self.single_break(&printed, &joints, next_line) {
            let rest = printed.split_off(joint);
            self.text.push_str(&printed);
            self.text.push('\n');
            self.indent(depth + 1);
            self.text.push_str(&rest);
            return;
        }
        let width = printed.chars().count();
        if !is_first {
            self.text.truncate(start);
            self.text.push('\n');
            self.indent(depth + 1);
        }
        let deeper = depth + 1 + usize::from(!is_first);
        let mut done = 0;
        if width > next_line {
            for joint in self.joints(&printed, &joints, deeper, end_width) {
                self.text.push_str(&printed[done..joint]);
                self.text.push('\n');
                self.indent(deeper);
                done = joint;
            }
        }
        self.text.push_str(&printed[done..]);
    }

    /// Where to break text that is too long for a line of its own, so that one line is enough for the rest: after the first
    /// bracket or the last `::` for which that is so.
    fn single_break(&self, text: &str, joints: &[usize], next_line: usize) -> Option<usize> {
        if text.chars().count() <= next_line {
            return None;
        }
        let here = WIDTH.saturating_sub(self.width());
        let is_possible = |joint: &&usize| {
            let (before, after) = text.split_at(**joint);
            before.chars().count() <= here && after.chars().count() <= next_line
        };
        let mut possible = joints.iter().filter(is_possible);
        let bracket = possible
            .clone()
            .find(|joint| text[..**joint].ends_with(['<', '(', '{']));
        bracket.or_else(|| possible.next_back()).copied()
    }

    /// Where to break text that needs more than two lines: each line is as long as possible.
    fn joints(&self, text: &str, joints: &[usize], depth: usize, end_width: usize) -> Vec<usize> {
        let mut chosen = Vec::new();
        let (mut from, mut room) = (0, WIDTH.saturating_sub(self.width()));
        while text[from..].chars().count() + end_width > room {
            let later = joints.iter().filter(|joint| **joint > from);
            let fitting = later
                .clone()
                .take_while(|joint| text[from..**joint].chars().count() <= room);
            let Some(joint) = fitting.last().or_else(|| later.clone().next()) else {
                break;
            };
            chosen.push(*joint);
            (from, room) = (*joint, WIDTH.saturating_sub(depth * INDENT));
        }
        chosen
    }

    fn piece(&mut self, piece: &Piece, depth: usize) {
        match piece {
            Piece::Space => self.text.push(' '),
            Piece::Break => {
                self.text.push('\n');
                self.indent(depth);
            }
            piece => self.text.push_str(&written(piece)),
        }
    }
}

/// A piece as text.
fn written(piece: &Piece) -> Cow<'_, str> {
    match piece {
        Piece::Space | Piece::Break => Cow::Borrowed(" "),
        Piece::Code(code) => Cow::Borrowed(code),
        Piece::Written(code) => Cow::Borrowed(code),
        Piece::Text(text) => Cow::Owned(Literal::string(text).to_string()),
        Piece::Raw(text) => Cow::Owned(Piece::raw_literal(text)),
    }
}

/// Where pieces can be broken: after an opening bracket, and after `::` within a path. Strings are never broken.
fn joints_of(chunk: &[Piece]) -> Vec<usize> {
    let mut text = String::new();
    let mut joints = Vec::new();
    for piece in chunk {
        let from = text.len();
        text.push_str(&written(piece));
        if matches!(piece, Piece::Code(_) | Piece::Written(_)) {
            joints.extend((from + 1..=text.len()).filter(|end| is_joint(&text.as_bytes()[..*end])));
        }
    }
    joints
}

fn is_joint(before: &[u8]) -> bool {
    match before {
        [.., b'<' | b'(' | b'{'] => true,
        [.., last, b':', b':'] => last.is_ascii_alphanumeric() || *last == b'_',
        _ => false,
    }
}
