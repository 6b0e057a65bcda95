//! Reads the text of a form, token by token, and compares each with what is expected.
//!
//! Forms use a small part of Rust: identifiers, lifetimes, numbers, signs, groups, plain string literals, and documentation
//! comments. Everything else is refused: other comments, raw and prefixed literals, characters, suffixes, identifiers that are not
//! ASCII. So the text is read here as the compiler reads it, and no token has to be allocated.

/// A text, and how far it is read.
pub(super) struct Reader<'a> {
    rest: &'a str,
    /// How the groups around end, the innermost at the end.
    closes: Vec<u8>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            closes: Vec::new(),
        }
    }

    /// Reads the tokens of a piece of code, whatever spaces are between them.
    pub(super) fn expect_code(&mut self, code: &str) -> Result<(), String> {
        let mut planned = skip_spaces(code);
        while !planned.is_empty() {
            let (wanted, after) = token(planned)?;
            self.rest = skip_spaces(self.rest);
            let (found, rest) = token(self.rest)?;
            if found != wanted {
                return Err(differs(planned, self.rest));
            }
            self.nest(found)?;
            self.rest = rest;
            planned = skip_spaces(after);
        }
        Ok(())
    }

    /// Reads text of the configuration, which is printed as it is.
    pub(super) fn expect_verbatim(&mut self, text: &str) -> Result<(), String> {
        self.rest = skip_spaces(self.rest);
        self.rest = self.rest.strip_prefix(text).ok_or_else(|| differs(text, self.rest))?;
        Ok(())
    }

    /// Reads a line of documentation, which is the rest of the line in the text.
    pub(super) fn expect_documentation(&mut self, sign: &str, line: &str) -> Result<(), String> {
        self.rest = skip_spaces(self.rest);
        let (found, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        let is_same = match found.strip_prefix(sign) {
            Some("") => line.is_empty(),
            Some(text) => !line.is_empty() && text.strip_prefix(' ') == Some(line),
            None => false,
        };
        // A carriage return within documentation is an error of the compiler.
        if !is_same || line.contains('\r') {
            return Err(differs(line, self.rest));
        }
        self.rest = rest;
        Ok(())
    }

    /// Reads a raw string literal with this value.
    pub(super) fn expect_raw_string(&mut self, value: &str) -> Result<(), String> {
        self.rest = skip_spaces(self.rest);
        let found = self.rest.strip_prefix('r').unwrap_or_default();
        let hashes = found.len() - found.trim_start_matches('#').len();
        let (hashes, inside) = found.split_at(hashes);
        let end = format!("\"{hashes}");
        let inside = inside.strip_prefix('"').filter(|_| !value.contains(&end));
        let rest = inside.and_then(|inside| inside.strip_prefix(value)?.strip_prefix(end.as_str()));
        self.rest = rest.ok_or_else(|| differs(value, self.rest))?;
        Ok(())
    }

    /// Reads a string literal and compares its value.
    pub(super) fn expect_string(&mut self, value: &str) -> Result<(), String> {
        self.rest = skip_spaces(self.rest);
        let Some(inside) = self.rest.strip_prefix('"') else {
            return Err(differs(value, self.rest));
        };
        let mut planned = value.chars();
        let mut rest = inside;
        while !rest.starts_with('"') {
            let (found, after) = character(rest)?;
            if planned.next() != Some(found) {
                return Err(differs(value, self.rest));
            }
            rest = after;
        }
        let after = &rest[1..];
        if planned.next().is_some() || after.starts_with(is_in_word) {
            return Err(differs(value, self.rest));
        }
        self.rest = after;
        Ok(())
    }

    /// Whether the next token is a sign.
    pub(super) fn is_next(&self, sign: char) -> bool {
        skip_spaces(self.rest).starts_with(sign)
    }

    /// Nothing is left, and every group has ended.
    pub(super) fn end(&self) -> Result<(), String> {
        match skip_spaces(self.rest) {
            "" if self.closes.is_empty() => Ok(()),
            rest => Err(format!("`{}` comes after the form", short(rest))),
        }
    }

    fn nest(&mut self, token: &str) -> Result<(), String> {
        let expected = match token.as_bytes() {
            b"(" => b')',
            b"[" => b']',
            b"{" => b'}',
            [close @ (b')' | b']' | b'}')] if self.closes.pop() == Some(*close) => return Ok(()),
            [b')' | b']' | b'}'] => return Err(format!("`{token}` ends another group")),
            _ => return Ok(()),
        };
        self.closes.push(expected);
        Ok(())
    }
}

fn skip_spaces(text: &str) -> &str {
    text.trim_start_matches([' ', '\n'])
}

fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

/// Returns the first token of text that is not a string or documentation, and the text after it.
fn token(text: &str) -> Result<(&str, &str), String> {
    let bytes = text.as_bytes();
    let length = match bytes {
        [b'0'..=b'9', ..] => return Ok(text.split_at(number(bytes))),
        [b'r', b'#', b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => 2 + word(&bytes[2..]),
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => word(bytes),
        [b'\'', b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => 1 + word(&bytes[1..]),
        [b'/' | b'"' | b'\'' | b'\\', ..] | [] => 0,
        [sign, ..] if sign.is_ascii_punctuation() => return Ok(text.split_at(1)),
        _ => 0,
    };
    // What follows a word without a space would make it the prefix of a literal, or its letters a character.
    let is_prefix = matches!(bytes.get(length), Some(b'"' | b'\'' | b'#' | 128..));
    if length == 0 || is_prefix {
        return Err(format!("`{}` is not a token of a form", short(text)));
    }
    Ok(text.split_at(length))
}

/// The length of the letters, digits and underscores at the start.
fn word(bytes: &[u8]) -> usize {
    let is_in_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    bytes.iter().take_while(is_in_word).count()
}

/// The length of a number with its fraction, its exponent and its type.
fn number(bytes: &[u8]) -> usize {
    let mut length = word(bytes);
    if let [b'.', b'0'..=b'9', ..] = &bytes[length..] {
        length += 1 + word(&bytes[length + 1..]);
    }
    let has_exponent = matches!(bytes[length - 1], b'e' | b'E') && !bytes.starts_with(b"0x");
    if let [b'+' | b'-', b'0'..=b'9', ..] = &bytes[length..]
        && has_exponent
    {
        length += 1 + word(&bytes[length + 1..]);
    }
    length
}

/// The first character of the inside of a string literal, and the text after it.
fn character(text: &str) -> Result<(char, &str), String> {
    let mut chars = text.chars();
    let wrong = || format!("`{}` is not the inside of a string", short(text));
    let value = match chars.next().ok_or_else(wrong)? {
        '\r' => return Err(wrong()),
        '\\' => match chars.next().ok_or_else(wrong)? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            same @ ('\\' | '\'' | '"') => same,
            'x' => {
                let number = chars.as_str().split_at_checked(2);
                return number.and_then(numbered).ok_or_else(wrong);
            }
            'u' => {
                let digits = chars.as_str().strip_prefix('{').ok_or_else(wrong)?;
                return digits.split_once('}').and_then(numbered).ok_or_else(wrong);
            }
            _ => return Err(wrong()),
        },
        same => same,
    };
    Ok((value, chars.as_str()))
}

/// A character by its number in hexadecimal digits, and the text after it.
fn numbered<'a>((digits, rest): (&str, &'a str)) -> Option<(char, &'a str)> {
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(number)?, rest))
}

fn differs(planned: &str, found: &str) -> String {
    format!("`{}` was planned, and `{}` is printed", short(planned), short(found))
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Reader;

    #[test]
    fn r02_tokens_are_those_of_the_compiler() {
        for (code, text) in [
            ("a::b<c>", "a :: b < c >"),
            ("r#type: Option<&'static str>", "r#type : Option<& 'static str>"),
            ("1.5e-3, 0..5, 0xff", "1.5e-3,0 .. 5,\n0xff"),
            ("-> (a[1]) {}", "->(a[ 1 ]){ }"),
        ] {
            let mut reader = Reader::new(text);
            reader.expect_code(code).unwrap();
            reader.end().unwrap();
        }
    }

    #[test]
    fn r02_other_tokens_are_refused() {
        for (code, text) in [
            ("a", "b"),
            ("a b", "ab"),
            ("ab", "a b"),
            ("a", "a\""),
            ("a", "a#"),
            ("a", "aé"),
            ("a", "//\na"),
            ("a", "/* */ a"),
            ("15", "1.5"),
            ("1", "1u8"),
            ("(a)", "(a]"),
            ("a", "a b"),
            ("a", "\u{b}a"),
        ] {
            let mut reader = Reader::new(text);
            let result = reader.expect_code(code).and_then(|()| reader.end());
            result.unwrap_err();
        }
    }

    #[test]
    fn r02_raw_strings_are_compared_as_they_are() {
        for (value, text) in [
            ("{\"a\"}", r##"r#"{"a"}"#"##),
            ("\"#", r###"r##""#"##"###),
            ("\\", r#"r"\""#),
        ] {
            let mut reader = Reader::new(text);
            reader.expect_raw_string(value).unwrap();
            reader.end().unwrap();
        }
        for (value, text) in [
            ("a", r##"r#"b"#"##),
            ("a", r#""a""#),
            ("\"", r#"r"""#),
            ("a\"#b", r##"r#"a"#b"#"##),
        ] {
            let mut reader = Reader::new(text);
            let result = reader.expect_raw_string(value).and_then(|()| reader.end());
            result.unwrap_err();
        }
    }

    #[test]
    fn r02_strings_are_compared_by_their_values() {
        for (value, text) in [
            ("a\"b", r#""a\"b""#),
            ("a\\", r#""a\\""#),
            ("\n\r\t\0'", r#""\n\r\t\0'""#),
            ("\u{202e}\u{7f}é", r#""\u{202e}\x7fé""#),
        ] {
            let mut reader = Reader::new(text);
            reader.expect_string(value).unwrap();
            reader.end().unwrap();
        }
        for (value, text) in [
            ("a", r#""b""#),
            ("a", r#""ab""#),
            ("ab", r#""a""#),
            ("a", r#""a"b"#),
            ("a", r#"r"a""#),
            ("a", r#""a"#),
            ("a\\", r#""a\""#),
            ("a\r", "\"a\r\""),
            ("q", r#""\q""#),
        ] {
            let mut reader = Reader::new(text);
            let result = reader.expect_string(value).and_then(|()| reader.end());
            result.unwrap_err();
        }
    }

    #[test]
    fn r02_documentation_is_the_rest_of_its_line() {
        for (line, text) in [("", "///\n"), ("a */ \" b", "  /// a */ \" b\n")] {
            let mut reader = Reader::new(text);
            reader.expect_documentation("///", line).unwrap();
            reader.end().unwrap();
        }
        for (line, text) in [
            ("a", "// a\n"),
            ("/a", "////a\n"),
            ("a\nb", "/// a\nb\n"),
            ("a\rb", "/// a\rb\n"),
            ("a", "/// b\n"),
            ("a", "/// a"),
        ] {
            let mut reader = Reader::new(text);
            let result = reader
                .expect_documentation("///", line)
                .and_then(|()| reader.expect_code("b"));
            result.unwrap_err();
        }
    }
}
