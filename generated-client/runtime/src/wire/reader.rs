//! A pull reader of JSON text (RFC 8259).

use std::borrow::Cow;

use super::error::DecodeError;
use super::string::BadEscape;
use super::trial::Trials;
use super::{MAX_DEPTH, Result, string};

/// A position in JSON, from which values are read one after the other.
///
/// Code that reads a value starts at the first byte of the value and leaves the reader after its last byte.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// The oneof arms read so far in the objects around the place, the innermost object's from `arms_from` on.
    pub(super) arms: Vec<ArmSpan>,
    pub(super) arms_from: usize,
    /// What is known of the unions around the place whose arms are tried.
    pub(super) trials: Trials,
}

/// The span of the value of a oneof arm.
#[derive(Debug)]
pub(super) struct ArmSpan {
    pub(super) name: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Self {
            text,
            at: 0,
            depth: 0,
            arms: Vec::new(),
            arms_from: 0,
            trials: Trials::default(),
        };
        reader.whitespace();
        reader
    }

    /// Checks that nothing but white space follows.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.whitespace();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(self.fail("the end"))
        }
    }

    /// Returns the error that something else than `expected` was found here.
    #[cold]
    pub(super) fn fail(&self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        self.fail_from(self.at, expected)
    }

    /// Returns the error that something else than `expected` was found at an earlier position.
    #[cold]
    pub(super) fn fail_from(&self, start: usize, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        // The error of an arm that does not fit is never shown: to look for its path would cost more than the attempt.
        let (text, start) = if self.is_trying() { ("", 0) } else { (self.text, start) };
        DecodeError::new(text, start, expected)
    }

    /// Returns the same error, with a better name for what was found than that of its kind.
    #[cold]
    pub(super) fn fail_with(
        &self,
        start: usize,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
    ) -> DecodeError {
        let (text, start) = if self.is_trying() { ("", 0) } else { (self.text, start) };
        DecodeError::with_found(text, start, expected, found)
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn whitespace(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Reads an object: `member` is called with the name of each member, at its value; `false` from it skips the value.
    pub(super) fn members(&mut self, member: &mut dyn FnMut(Cow<'a, str>, &mut Self) -> Result<bool>) -> Result<()> {
        self.open(b'{', "an object")?;
        let outer = std::mem::replace(&mut self.arms_from, self.arms.len());
        if self.peek() != Some(b'}') {
            loop {
                let start = self.at;
                let name = self.name()?;
                if !member(name, self)? {
                    self.skip()?;
                    self.note_lost(start);
                }
                if !self.comma(b'}', "`,` or `}`")? {
                    break;
                }
            }
        }
        self.arms.truncate(self.arms_from);
        self.arms_from = outer;
        self.close();
        Ok(())
    }

    /// Reads an array: `element` is called at each element and must read it.
    pub(super) fn elements(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.open(b'[', "an array")?;
        if self.peek() != Some(b']') {
            loop {
                element(self)?;
                if !self.comma(b']', "`,` or `]`")? {
                    break;
                }
            }
        }
        self.close();
        Ok(())
    }

    pub(super) fn open(&mut self, bracket: u8, expected: &'static str) -> Result<()> {
        if self.peek() != Some(bracket) {
            return Err(self.fail(expected));
        }
        if self.depth == MAX_DEPTH {
            let limit = format!("at most {MAX_DEPTH} arrays and objects in each other");
            return Err(self.fail_with(self.at, limit, "one more"));
        }
        self.depth += 1;
        self.at += 1;
        self.whitespace();
        Ok(())
    }

    /// Steps over the bracket, which was seen.
    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    /// After a value: `true` at the next one, `false` at the closing bracket.
    pub(super) fn comma(&mut self, bracket: u8, expected: &'static str) -> Result<bool> {
        self.whitespace();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.whitespace();
                Ok(true)
            }
            Some(byte) if byte == bracket => Ok(false),
            _ => Err(self.fail(expected)),
        }
    }

    /// Reads a member's name and its colon.
    pub(super) fn name(&mut self) -> Result<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            return Err(self.fail("a member name"));
        }
        let name = self.string()?;
        self.colon()?;
        Ok(name)
    }

    fn colon(&mut self) -> Result<()> {
        self.whitespace();
        if self.peek() != Some(b':') {
            return Err(self.fail("`:`"));
        }
        self.at += 1;
        self.whitespace();
        Ok(())
    }

    /// Reads a string, borrowed from the JSON if it has no escapes.
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            return Err(self.fail("a string"));
        }
        let start = self.at + 1;
        self.at = start;
        self.plain();
        if self.peek() == Some(b'"') {
            let content = self.slice(start, self.at);
            self.at += 1;
            return Ok(Cow::Borrowed(content));
        }
        self.escaped_string(start).map(Cow::Owned)
    }

    /// Steps over what stands for itself in a string.
    fn plain(&mut self) {
        self.at += string::plain_prefix(self.rest());
    }

    /// Reads on in a string that starts at `start` and is plain up to here.
    fn escaped_string(&mut self, start: usize) -> Result<String> {
        let mut content = self.slice(start, self.at).to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(content);
                }
                Some(b'\\') => {
                    let (char, length) = string::escape(self.rest()).map_err(|bad| self.fail_at_escape(bad))?;
                    content.push(char);
                    self.at += length;
                }
                Some(_) => return Err(self.fail("an escape, for a control character")),
                None => return Err(self.fail("`\"`")),
            }
            let plain = self.at;
            self.plain();
            content.push_str(self.slice(plain, self.at));
        }
    }

    #[cold]
    fn fail_at_escape(&self, bad: BadEscape) -> DecodeError {
        let (expected, found) = match bad {
            BadEscape::Unknown => ("an escape of JSON's", "another one"),
            BadEscape::LoneSurrogate => ("a pair of surrogates", "half of one"),
        };
        self.fail_with(self.at, expected, found)
    }

    /// Reads a number, as it is written.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<&'a str> {
        let start = self.at;
        if !matches!(self.peek(), Some(b'-' | b'0'..=b'9')) {
            return Err(self.fail(expected));
        }
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.slice(start, self.at))
    }

    fn digits(&mut self) -> Result<()> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(self.fail("a digit")) } else { Ok(()) }
    }

    /// Reads a number as it is written or a string; any other value is passed over.
    #[cfg(feature = "client")]
    pub(crate) fn number_or_string(&mut self) -> Result<Option<Cow<'a, str>>> {
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            Some(b'-' | b'0'..=b'9') => Ok(Some(Cow::Borrowed(self.number("a number")?))),
            _ => self.skip().map(|()| None),
        }
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str, expected: &'static str) -> Result<()> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.fail(expected));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a `null`, if it is the next value.
    pub(super) fn null(&mut self) -> Result<bool> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.word("null", "null").map(|()| true)
    }

    /// Steps over any value, checking its syntax. A loop: its depth costs no stack.
    pub(super) fn skip(&mut self) -> Result<()> {
        let floor = self.depth;
        // One bit a level, the innermost lowest: is it an object?
        let mut objects: u128 = 0;
        loop {
            let opened = match self.peek() {
                Some(b'{') => Some(1),
                Some(b'[') => Some(0),
                _ => None,
            };
            let Some(object) = opened else {
                self.skip_scalar()?;
                if !self.next_or_up(floor, &mut objects)? {
                    return Ok(());
                }
                continue;
            };
            self.open(if object == 1 { b'{' } else { b'[' }, "a value")?;
            objects = objects << 1 | object;
            let empty = matches!((self.peek(), object), (Some(b'}'), 1) | (Some(b']'), 0));
            if !empty {
                if object == 1 {
                    self.skip_name()?;
                }
            } else if !self.next_or_up(floor, &mut objects)? {
                return Ok(());
            }
        }
    }

    /// After a value: out of every array and object that ends here, then at the next value, or `false` at the `floor`.
    fn next_or_up(&mut self, floor: usize, objects: &mut u128) -> Result<bool> {
        while self.depth > floor {
            let object = *objects & 1 == 1;
            let (bracket, expected) = if object {
                (b'}', "`,` or `}`")
            } else {
                (b']', "`,` or `]`")
            };
            if self.comma(bracket, expected)? {
                if object {
                    self.skip_name()?;
                }
                return Ok(true);
            }
            self.close();
            *objects >>= 1;
        }
        Ok(false)
    }

    fn skip_name(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return Err(self.fail("a member name"));
        }
        self.skip_string()?;
        self.colon()
    }

    fn skip_scalar(&mut self) -> Result<()> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b't') => self.word("true", "a value"),
            Some(b'f') => self.word("false", "a value"),
            Some(b'n') => self.word("null", "a value"),
            _ => self.number("a value").map(|_| ()),
        }
    }

    fn skip_string(&mut self) -> Result<()> {
        // A half of a surrogate pair is valid syntax; only reading it as a string fails.
        self.at += 1;
        loop {
            self.plain();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => match string::escape(self.rest()) {
                    Ok((_, length)) => self.at += length,
                    Err(BadEscape::LoneSurrogate) => self.at += 6,
                    Err(bad) => return Err(self.fail_at_escape(bad)),
                },
                Some(_) => return Err(self.fail("an escape, for a control character")),
                None => return Err(self.fail("`\"`")),
            }
        }
    }
}
