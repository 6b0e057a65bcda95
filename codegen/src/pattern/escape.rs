//! What follows a backslash.

use std::{iter::Peekable, str::Chars};

/// White space and line ends, as ECMA-262 has them.
const SPACE: &str = r"\t\n\x0B\x0C\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
const WORD: &str = "0-9A-Za-z_";
const DIGIT: &str = "0-9";

/// What an escape stands for.
pub(super) enum Escape {
    Char(char),
    /// The inside of a class.
    Set {
        inside: &'static str,
        negated: bool,
    },
    /// A class by a property of Unicode's, which is written alike.
    Property(String),
    /// A place between a word and something else.
    Boundary,
}

pub(super) fn escape(rest: &mut Peekable<Chars<'_>>) -> Result<Escape, String> {
    let set = |inside, negated| Ok(Escape::Set { inside, negated });
    let char = |c| Ok(Escape::Char(c));
    let c = rest.next().ok_or("it ends with a backslash")?;
    match c {
        'd' | 'D' => set(DIGIT, c == 'D'),
        'w' | 'W' => set(WORD, c == 'W'),
        's' | 'S' => set(SPACE, c == 'S'),
        'b' => Ok(Escape::Boundary),
        'p' | 'P' if rest.peek() == Some(&'{') => property(c, rest),
        '1'..='9' | 'k' => Err("it contains a backreference".to_owned()),
        '0' => char('\0'),
        't' => char('\t'),
        'n' => char('\n'),
        'v' => char('\u{b}'),
        'f' => char('\u{c}'),
        'r' => char('\r'),
        'c' => control(rest),
        'x' => hexadecimal(rest, 2).and_then(code_point).map(Escape::Char),
        'u' => unicode(rest).map(Escape::Char),
        _ if c.is_ascii_alphanumeric() => Err(format!("ECMA-262 does not have `\\{c}`")),
        literal => char(literal),
    }
}

fn property(letter: char, rest: &mut Peekable<Chars<'_>>) -> Result<Escape, String> {
    let name: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '=');
    if name.is_empty() || !name.chars().all(is_name) {
        return Err("it is not a valid ECMA-262 pattern".to_owned());
    }
    Ok(Escape::Property(format!("\\{letter}{{{name}}}")))
}

fn control(rest: &mut Peekable<Chars<'_>>) -> Result<Escape, String> {
    let letter = rest.next().filter(char::is_ascii_alphabetic);
    let letter = letter.ok_or("it is not a valid ECMA-262 pattern")?;
    code_point(u32::from(letter) % 32).map(Escape::Char)
}

fn unicode(rest: &mut Peekable<Chars<'_>>) -> Result<char, String> {
    if rest.next_if_eq(&'{').is_some() {
        let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
        let value = u32::from_str_radix(&digits, 16).map_err(|_| "it is not a valid ECMA-262 pattern")?;
        return code_point(value);
    }
    let first = hexadecimal(rest, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return code_point(first);
    }
    let mut ahead = rest.clone();
    if ahead.next() == Some('\\')
        && ahead.next() == Some('u')
        && let Ok(second @ 0xdc00..0xe000) = hexadecimal(&mut ahead, 4)
    {
        *rest = ahead;
        return code_point(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
    }
    code_point(first)
}

fn hexadecimal(rest: &mut Peekable<Chars<'_>>, digits: usize) -> Result<u32, String> {
    let mut value = 0;
    for _ in 0..digits {
        let digit = rest.next().and_then(|c| c.to_digit(16));
        value = value * 16 + digit.ok_or("it is not a valid ECMA-262 pattern")?;
    }
    Ok(value)
}

fn code_point(value: u32) -> Result<char, String> {
    char::from_u32(value).ok_or_else(|| "it contains one half of a surrogate pair".to_owned())
}

/// A character that stands for itself, in a class or outside of one.
pub(super) fn push_literal(out: &mut String, c: char) {
    match c {
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '-' | '~' => {
            out.extend(['\\', c]);
        }
        c if c.is_control() || c.is_whitespace() && c != ' ' || u32::from(c) > 0x7e && !c.is_alphanumeric() => {
            let escaped = format!("\\u{{{:X}}}", u32::from(c));
            out.push_str(&escaped);
        }
        c => out.push(c),
    }
}
