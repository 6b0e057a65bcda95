//! A strict reader of JSON (RFC 8259) that knows the location of each value.
//!
//! What can be skipped without doubt (a comment, a trailing comma, `NaN`, half of a surrogate pair) is reported and
//! skipped, so that one run finds as much as possible. Nesting costs no stack.

mod string;

use super::{
    builder::{Builder, Container, Step, Stop},
    encoding::clamp,
    number::Number,
    tree::{Node, Value},
};
use crate::diagnostic::{Code, Place};

/// Returns whether the first character shows that the file is intended to be JSON.
pub(super) fn looks_like_json(text: &str) -> bool {
    let start = text.trim_start_matches([' ', '\t', '\n', '\r']);
    start.starts_with(['{', '[']) || start.starts_with("//") || start.starts_with("/*")
}

/// Reads a whole text; what is wrong with it is among the builder's problems.
pub(super) fn document(text: &str, builder: &mut Builder<'_>) -> Option<Node> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        line: 1,
        line_start: 0,
        wide: 0,
        builder,
    };
    reader.document().ok()?;
    builder.take_root()
}

#[derive(Debug)]
struct Reader<'t, 'b, 'l> {
    text: &'t str,
    bytes: &'t [u8],
    /// The offset of the next byte.
    at: usize,
    /// The line of the next byte, counted from 1.
    line: usize,
    /// The offset of that line's first byte.
    line_start: usize,
    /// How many of the line's bytes so far only continue a character: columns count characters.
    wide: usize,
    builder: &'b mut Builder<'l>,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self) -> Step {
        self.space()?;
        self.value()?;
        while let Some((container, children)) = self.builder.innermost() {
            self.child(container, children)?;
        }
        self.space()?;
        if self.at < self.bytes.len() {
            return Err(self.fatal("the file continues after the end of the document", "remove it"));
        }
        Ok(())
    }

    /// The next child of the innermost container, or its end.
    fn child(&mut self, container: Container, children: usize) -> Step {
        let (end, between) = match container {
            Container::Array => (b']', "expected `,` or `]`"),
            Container::Object => (b'}', "expected `,` or `}`"),
        };
        self.space()?;
        if self.peek() == Some(end) {
            self.close();
            return Ok(());
        }
        if children > 0 {
            if self.peek() != Some(b',') {
                return Err(self.unexpected(between));
            }
            let comma = self.place();
            self.step();
            self.space()?;
            if self.peek() == Some(end) {
                self.builder.error(
                    Code::JsonSyntax,
                    comma,
                    "there is a comma after the last element",
                    "remove it",
                );
                self.close();
                return Ok(());
            }
        }
        if container == Container::Object {
            self.key()?;
        }
        self.value()
    }

    fn close(&mut self) {
        self.step();
        if let Some(node) = self.builder.close() {
            self.builder.add(node);
        }
    }

    fn key(&mut self) -> Step {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("expected a key in double quotes"));
        }
        let place = self.place();
        let name = self.string()?;
        let name = self.builder.share(&name);
        self.builder.key(name, place, false);
        self.space()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("expected `:` after the key"));
        }
        self.step();
        self.space()
    }

    /// A value without children, or the start of one with them.
    fn value(&mut self) -> Step {
        let place = self.place();
        match self.peek() {
            Some(b'{') => {
                self.step();
                self.builder.open(Container::Object, place)
            }
            Some(b'[') => {
                self.step();
                self.builder.open(Container::Array, place)
            }
            Some(b'"') => {
                let text = self.string()?;
                let text = self.builder.share(&text);
                self.builder.leaf(place, Value::String(text))
            }
            Some(b'-' | b'0'..=b'9') => self.number(place),
            Some(byte) if byte.is_ascii_alphabetic() => self.word(place, 0),
            _ => Err(self.unexpected("expected a value")),
        }
    }

    /// Reads `true`, `false`, `null`, or one of the words for numbers that JSON does not have.
    fn word(&mut self, place: Place, sign: usize) -> Step {
        let start = self.at.saturating_add(sign);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let value = match (sign, rest.get(..length).unwrap_or_default()) {
            (0, b"null") => Value::Null,
            (0, b"true") => Value::Bool(true),
            (0, b"false") => Value::Bool(false),
            (_, b"Infinity") | (0, b"NaN") => {
                let help = "use a finite number, or a string";
                self.builder
                    .error(Code::NotANumber, place, "infinity and NaN are not JSON numbers", help);
                Value::Null
            }
            _ => return Err(self.unexpected("expected a value")),
        };
        self.at = start.saturating_add(length);
        self.builder.leaf(place, value)
    }

    fn number(&mut self, place: Place) -> Step {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let sign = usize::from(rest.first() == Some(&b'-'));
        if rest.get(sign).is_some_and(u8::is_ascii_alphabetic) {
            return self.word(place, sign);
        }
        let Some(length) = number_length(rest) else {
            return Err(self.unexpected("the number is invalid"));
        };
        let text = self
            .text
            .get(self.at..self.at.saturating_add(length))
            .unwrap_or_default();
        let digits = text.get(sign..).unwrap_or_default().as_bytes();
        if let [b'0', b'0'..=b'9', ..] = digits {
            let help = "remove the zeros, or use a string";
            self.builder
                .error(Code::JsonSyntax, place, "a number starts with a redundant zero", help);
        }
        self.at = self.at.saturating_add(length);
        let number = Number::from_checked(self.builder.share(text));
        self.builder.leaf(place, Value::Number(number))
    }

    /// Skips white space, and comments, which are reported.
    fn space(&mut self) -> Step {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.step(),
                b'\n' | b'\r' => self.line_break(),
                b'/' => self.comment()?,
                _ => break,
            }
        }
        Ok(())
    }

    fn comment(&mut self) -> Step {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = match rest {
            [b'/', b'/', ..] => rest
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\r'))
                .unwrap_or(rest.len()),
            [b'/', b'*', inside @ ..] => match inside.windows(2).position(|pair| pair == b"*/") {
                Some(end) => end.saturating_add(4),
                None => {
                    return Err(self.fatal(
                        "the comment is not closed",
                        "remove the comment, because JSON does not \
                    support comments",
                    ));
                }
            },
            _ => return Err(self.unexpected("this is not valid JSON here")),
        };
        let place = self.place();
        self.builder.error(
            Code::JsonSyntax,
            place,
            "JSON does not support comments",
            "remove the comment, or rename the file to `.yaml`",
        );
        let end = self.at.saturating_add(length);
        while self.at < end {
            match self.peek() {
                Some(b'\n' | b'\r') => self.line_break(),
                Some(byte) => {
                    self.wide = self.wide.saturating_add(usize::from(continues(byte)));
                    self.step();
                }
                None => break,
            }
        }
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn line_break(&mut self) {
        let is_first_of_two = self.peek() == Some(b'\r') && self.bytes.get(self.at.saturating_add(1)) == Some(&b'\n');
        self.step();
        if is_first_of_two {
            self.step();
        }
        self.line = self.line.saturating_add(1);
        self.line_start = self.at;
        self.wide = 0;
    }

    fn place(&self) -> Place {
        self.place_at(self.at)
    }

    /// The place of an offset on this line, not before the next byte.
    fn place_at(&self, offset: usize) -> Place {
        let skipped = self.bytes.get(self.at..offset).unwrap_or_default();
        let wide = self.wide.saturating_add(count_continuing(skipped));
        let column = offset
            .saturating_sub(self.line_start)
            .saturating_sub(wide)
            .saturating_add(1);
        Place {
            file: self.builder.file,
            line: clamp(self.line),
            column: clamp(column),
        }
    }

    /// Returns the error that something else was expected here, or that the file ends.
    fn unexpected(&mut self, message: &str) -> Stop {
        let help = match self.peek() {
            None => {
                let place = self.place();
                let message = format!("the file ends too early: {message}");
                return self.builder.fatal(
                    Code::UnexpectedEnd,
                    place,
                    &message,
                    "check whether the file is complete",
                );
            }
            Some(b'\'') => "use double quotes",
            Some(b'}' | b']') => "add the missing bracket before it, or remove this one",
            Some(byte) if !byte.is_ascii_graphic() => "this character is not valid JSON here",
            Some(_) => "rename the file to `.yaml` if it is YAML",
        };
        self.fatal(message, help)
    }

    fn fatal(&mut self, message: &str, help: &str) -> Stop {
        let place = self.place();
        self.builder.fatal(Code::JsonSyntax, place, message, help)
    }
}

/// Returns the length of the number at the start of a string; leading zeros are allowed.
fn number_length(text: &[u8]) -> Option<usize> {
    let digits_from = |from: usize| {
        let count = text
            .get(from..)?
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        (count > 0).then(|| from.saturating_add(count))
    };
    let mut end = digits_from(usize::from(text.first() == Some(&b'-')))?;
    if text.get(end) == Some(&b'.') {
        end = digits_from(end.saturating_add(1))?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let signed = end.saturating_add(1);
        let sign = usize::from(matches!(text.get(signed), Some(b'+' | b'-')));
        end = digits_from(signed.saturating_add(sign))?;
    }
    Some(end)
}

fn continues(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

fn count_continuing(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        0
    } else {
        bytes.iter().filter(|byte| continues(**byte)).count()
    }
}
