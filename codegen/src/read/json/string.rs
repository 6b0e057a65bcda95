//! Strings of JSON, with their escapes.

use std::borrow::Cow;

use super::{Reader, count_continuing};
use crate::{
    diagnostic::Code,
    read::builder::{Step, Stop},
};

impl<'t> Reader<'t, '_, '_> {
    /// A string, from its opening quote, which the caller has seen, to behind its closing one.
    pub(super) fn string(&mut self) -> Step<Cow<'t, str>> {
        let (bytes, text) = (self.bytes, self.text);
        let start = self.at.saturating_add(1);
        let end = start.saturating_add(plain_length(bytes.get(start..).unwrap_or_default()));
        let plain = text.get(start..end).unwrap_or_default();
        let content = if bytes.get(end) == Some(&b'"') {
            self.pass(end.saturating_add(1));
            Cow::Borrowed(plain)
        } else {
            Cow::Owned(self.escaped_string(end, plain.to_owned())?)
        };
        Ok(content)
    }

    /// Reads the rest of a string from the first byte that is not content.
    fn escaped_string(&mut self, mut offset: usize, mut content: String) -> Step<String> {
        let (bytes, text) = (self.bytes, self.text);
        loop {
            match bytes.get(offset) {
                Some(b'"') => break,
                Some(b'\\') => offset = self.escape(offset, &mut content)?,
                Some(b'\n' | b'\r') | None => return Err(self.without_end(offset)),
                Some(control) => {
                    let place = self.place_at(offset);
                    let message = format!("the control character 0x{control:02x} is not allowed in a string");
                    let help = format!("write it as `\\u00{control:02x}`, or remove it");
                    self.builder.error(Code::ControlCharacter, place, &message, &help);
                    offset = offset.saturating_add(1);
                }
            }
            let end = offset.saturating_add(plain_length(bytes.get(offset..).unwrap_or_default()));
            content.push_str(text.get(offset..end).unwrap_or_default());
            offset = end;
        }
        self.pass(offset.saturating_add(1));
        Ok(content)
    }

    fn without_end(&mut self, offset: usize) -> Stop {
        let start = self.place();
        if offset >= self.bytes.len() {
            let message = "the file ends too early: a string has no closing quote";
            return self.builder.fatal(
                Code::UnexpectedEnd,
                start,
                message,
                "check whether the file is complete",
            );
        }
        let message = "the string has no closing quote on its line";
        self.builder.fatal(
            Code::JsonSyntax,
            start,
            message,
            "add the closing quote; write a line break as `\\n`",
        )
    }

    /// Appends what an escape stands for; returns the offset behind it.
    fn escape(&mut self, backslash: usize, content: &mut String) -> Step<usize> {
        let letter = backslash.saturating_add(1);
        let character = match self.bytes.get(letter) {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(*plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return Ok(self.unicode_escape(backslash, content)),
            None => return Err(self.without_end(letter)),
            Some(_) => {
                self.bad_escape(backslash);
                // The character itself is read again as content.
                return Ok(letter);
            }
        };
        content.push(character);
        Ok(letter.saturating_add(1))
    }

    fn bad_escape(&mut self, backslash: usize) {
        let place = self.place_at(backslash);
        let help = "use `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal \
            digits";
        self.builder.error(
            Code::JsonSyntax,
            place,
            "the escape sequence is not valid in JSON",
            help,
        );
    }

    /// Appends the character of `\uXXXX`, or of two of them that make one; returns the offset behind.
    fn unicode_escape(&mut self, backslash: usize, content: &mut String) -> usize {
        const LENGTH: usize = 6;
        let Some(unit) = self.code_unit(backslash) else {
            self.bad_escape(backslash);
            return backslash.saturating_add(2);
        };
        let next = backslash.saturating_add(LENGTH);
        if let Some(character) = char::from_u32(unit) {
            content.push(character);
            return next;
        }
        let low = self.code_unit(next).filter(|low| (0xdc00..0xe000).contains(low));
        if let (0xd800..0xdc00, Some(low)) = (unit, low) {
            let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            content.extend(char::from_u32(code));
            return next.saturating_add(LENGTH);
        }
        let place = self.place_at(backslash);
        let message = format!("`\\u{unit:04x}` is a lone surrogate, which is only one half of a character");
        self.builder.error(
            Code::LoneSurrogate,
            place,
            &message,
            "write both surrogates, or the character itself",
        );
        content.push(char::REPLACEMENT_CHARACTER);
        next
    }

    fn code_unit(&self, backslash: usize) -> Option<u32> {
        let escape = self.bytes.get(backslash..)?.first_chunk::<6>()?;
        let [b'\\', b'u', digits @ ..] = escape else {
            return None;
        };
        digits
            .iter()
            .try_fold(0, |code, digit| Some(code << 4 | char::from(*digit).to_digit(16)?))
    }

    /// Goes on to an offset on the same line.
    fn pass(&mut self, offset: usize) {
        let passed = self.bytes.get(self.at..offset).unwrap_or_default();
        self.wide = self.wide.saturating_add(count_continuing(passed));
        self.at = offset;
    }
}

/// How many bytes of content a string goes on with that stand for themselves.
fn plain_length(text: &[u8]) -> usize {
    text.iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
        .unwrap_or(text.len())
}
