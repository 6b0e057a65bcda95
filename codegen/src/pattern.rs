//! Patterns: from ECMA-262's syntax, which JSON Schema uses, to one that is matched in time proportional to the input.
//!
//! Look-around and back-references have no such form and are refused. `\d`, `\w` and `\b` match ASCII, `.` and `\s` have
//! ECMA's line ends and white space, and syntax that only one dialect knows is written out.

mod class;
mod escape;

use std::{iter::Peekable, str::Chars};

use regex::RegexBuilder;

use self::escape::{Escape, push_literal};

/// How large a compiled pattern may be: the runtime has the same limit.
const SIZE_LIMIT: usize = 4 << 20;

/// Everything but the ends of lines.
const DOT: &str = r"[^\n\r\u{2028}\u{2029}]";

/// Returns the same pattern in the syntax of the crate `regex`, or why it cannot be expressed.
pub(crate) fn linear(pattern: &str) -> Result<String, String> {
    let bare = pattern.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if pattern.starts_with("/^") && bare.ends_with('/') || pattern.starts_with('/') && bare.ends_with("$/") {
        return Err("it is enclosed in slashes, which JSON Schema does not allow".to_owned());
    }
    let mut translation = Translation {
        rest: pattern.chars().peekable(),
        out: String::with_capacity(pattern.len()),
        open: 0,
    };
    translation.run()?;
    match RegexBuilder::new(&translation.out).size_limit(SIZE_LIMIT).build() {
        Ok(_) => Ok(translation.out),
        Err(regex::Error::CompiledTooBig(_)) => Err("its repetitions make it too large to compile".to_owned()),
        Err(_) => Err("it is not a valid ECMA-262 pattern".to_owned()),
    }
}

/// Returns one pattern for strings that match one of some patterns or are equal to one of some strings.
pub(crate) fn one_of(patterns: &[String], texts: &[&str]) -> String {
    let patterns = patterns.iter().map(|pattern| format!("(?:{pattern})"));
    let texts = texts.iter().map(|text| format!("^{}$", regex::escape(text)));
    patterns.chain(texts).collect::<Vec<_>>().join("|")
}

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
    open: usize,
}

impl Translation<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape()?,
                '[' => class::class(&mut self.rest, &mut self.out)?,
                '(' => self.group()?,
                ')' => {
                    self.open = self
                        .open
                        .checked_sub(1)
                        .ok_or("a closing parenthesis has no opening parenthesis")?;
                    self.out.push(')');
                }
                '.' => self.out.push_str(DOT),
                '{' => self.brace(),
                '^' | '$' | '|' | '*' | '+' | '?' => self.out.push(c),
                literal => push_literal(&mut self.out, literal),
            }
        }
        if self.open > 0 {
            return Err("a parenthesis is not closed".to_owned());
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), String> {
        match escape::escape(&mut self.rest)? {
            Escape::Char(c) => push_literal(&mut self.out, c),
            Escape::Set { inside, negated } => {
                let caret = if negated { "^" } else { "" };
                self.out.extend(["[", caret, inside, "]"]);
            }
            Escape::Property(text) => self.out.push_str(&text),
            Escape::Boundary => self.out.push_str(r"(?-u:\b)"),
        }
        Ok(())
    }

    /// The beginning of a group. None needs to be captured.
    fn group(&mut self) -> Result<(), String> {
        self.open += 1;
        self.out.push_str("(?:");
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        match self.rest.next() {
            Some(':') => Ok(()),
            Some('=' | '!') => Err("it contains a lookahead".to_owned()),
            Some('<') if matches!(self.rest.peek(), Some('=' | '!')) => Err("it contains a lookbehind".to_owned()),
            Some('<') => {
                let closed = self.rest.by_ref().any(|c| c == '>');
                closed
                    .then_some(())
                    .ok_or_else(|| "the name of a group is not closed".to_owned())
            }
            _ => Err("it sets flags inside the pattern".to_owned()),
        }
    }

    /// A brace is a quantifier or stands for itself.
    fn brace(&mut self) {
        let mut ahead = self.rest.clone();
        let quantifier: String = ahead.by_ref().take_while(|c| *c != '}').collect();
        let (least, most) = quantifier.split_once(',').unwrap_or((&quantifier, ""));
        let is_count = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if least.is_empty() || !is_count(least) || !is_count(most) {
            return push_literal(&mut self.out, '{');
        }
        self.out.extend(["{", &quantifier, "}"]);
        self.rest = ahead;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use regex::Regex;

    use super::linear;

    #[test]
    fn patterns_match_what_ecma_says() {
        for (pattern, matching, others) in [
            ("^[a-z]+$", &["abc"][..], &["", "abC", "abc\n"][..]),
            (r"\d{3}", &["a123"], &["12", "١٢٣"]),
            (r"^\w+$", &["a_1"], &["é", "a-b"]),
            (r"^\S+$", &["é"], &["a b", "\u{feff}", "\u{a0}"]),
            ("^.$", &["\u{1F4D6}", "\u{85}"], &["\n", "\r", "\u{2028}"]),
            (r"^[\w-.]+$", &["a-b.c"], &["a/b"]),
            (r"^[\w.-]+@[^@]+$", &["a.b-c@d"], &["@"]),
            ("^[^]$", &["\n"], &[""]),
            ("a[]b", &[], &["ab", "a]b"]),
            ("^[[&&-]+$", &["[&", "-"], &["]", "a"]),
            ("^[a-c--]$", &["b", "-"], &["d"]),
            ("^{a}{2}$", &["{a}}"], &["{a}"]),
            ("^a{2,3}$", &["aa", "aaa"], &["a", "aaaa"]),
            ("^a{,3}$", &["a{,3}"], &["aa"]),
            ("^]}$", &["]}"], &["]"]),
            (r"^\u00e9\x41\u{1F4D6}\ud83d\udcd6$", &["éA\u{1F4D6}\u{1F4D6}"], &["éA"]),
            (r"^[\u0000-\u001F\ud83d\udcd6]$", &["\n", "\u{1F4D6}"], &["a"]),
            (r"^\/\-\<\>\~\#$", &["/-<>~#"], &["/"]),
            (r"^[\p{L}\p{Nd}]+$", &["é١"], &["-"]),
            (r"^(?<year>\d{4})-(?:0[1-9]|1[0-2])$", &["2024-02"], &["2024-13"]),
            (r"\bcat\b", &["a cat", "écat"], &["concat"]),
            (r"^[\s\d\D]$", &["x", "1"], &[""]),
            (r"^[\b\cJ]$", &["\u{8}", "\n"], &["b"]),
            ("^(a|b|)$", &["", "a"], &["c"]),
            ("^# x y$", &["# x y"], &["#xy"]),
        ] {
            let linear = linear(pattern).unwrap_or_else(|reason| format!("{pattern}: {reason}"));
            let regex = Regex::new(&linear).unwrap();
            for text in matching {
                assert!(regex.is_match(text), "{pattern} as {linear} and {text:?}");
            }
            for text in others {
                assert!(!regex.is_match(text), "{pattern} as {linear} and {text:?}");
            }
        }
    }

    #[test]
    fn what_has_no_linear_form_is_refused() {
        for (pattern, reason) in [
            ("^(?!a)b", "it contains a lookahead"),
            ("(?=a)", "it contains a lookahead"),
            ("(?<=a)b", "it contains a lookbehind"),
            (r"(a)\1", "it contains a backreference"),
            (r"(?<n>a)\k<n>", "it contains a backreference"),
            ("(?i)a", "it sets flags inside the pattern"),
            ("/^a$/", "it is enclosed in slashes, which JSON Schema does not allow"),
            ("/^a/gi", "it is enclosed in slashes, which JSON Schema does not allow"),
            (r"\Aa\z", "ECMA-262 does not have `\\A`"),
            ("(a", "a parenthesis is not closed"),
            ("a)", "a closing parenthesis has no opening parenthesis"),
            ("[a", "a character class is not closed"),
            ("[z-a]", "a character range is in reverse order"),
            (r"a\", "it ends with a backslash"),
            (r"[\ud800]", "it contains one half of a surrogate pair"),
            (r"\p{Nonsense}", "it is not a valid ECMA-262 pattern"),
            ("*a", "it is not a valid ECMA-262 pattern"),
            (
                r"^(\p{L}{1,1000}){1,1000}$",
                "its repetitions make it too large to compile",
            ),
        ] {
            assert_eq!(linear(pattern), Err(reason.to_owned()), "{pattern}");
        }
    }
}
