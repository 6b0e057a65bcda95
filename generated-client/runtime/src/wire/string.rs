//! JSON strings: where they end, and what their escapes say.

/// How many bytes at the start are neither a quote, a backslash nor a control character.
///
/// Eight at a time: for each byte of a word, the high bit of `hit` says whether it is one of the three; a borrow can
/// set it wrongly only above a true hit, and the lowest one is what counts.
#[inline]
pub(super) fn plain_prefix(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero_byte = |word: u64| word.wrapping_sub(ONES) & !word;
    let (words, tail) = bytes.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quote = zero_byte(word ^ (ONES * u64::from(b'"')));
        let backslash = zero_byte(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let hit = (quote | backslash | control) & HIGH;
        if hit != 0 {
            return at + hit.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + tail
        .iter()
        .take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f))
        .count()
}

/// The place after the string that starts at `start`, if it is closed.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        at += plain_prefix(bytes.get(at..).unwrap_or_default());
        match bytes.get(at) {
            None => return None,
            Some(b'"') => return Some(at + 1),
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// Why an escape is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadEscape {
    /// JSON has no such escape.
    Unknown,
    /// Half of a pair of surrogates: good syntax, but no character.
    LoneSurrogate,
}

/// The character that the escape at the start of `rest` stands for, and the length of the escape in bytes.
pub(super) fn escape(rest: &[u8]) -> Result<(char, usize), BadEscape> {
    let short = match rest.get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(rest),
        _ => return Err(BadEscape::Unknown),
    };
    Ok((short, 2))
}

fn unicode_escape(rest: &[u8]) -> Result<(char, usize), BadEscape> {
    let first = hex(rest).ok_or(BadEscape::Unknown)?;
    if let Some(char) = char::from_u32(first) {
        return Ok((char, 6));
    }
    let second = rest.get(6..).filter(|rest| rest.starts_with(b"\\u")).and_then(hex);
    match (first, second) {
        (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) => {
            let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            char::from_u32(code)
                .map(|char| (char, 12))
                .ok_or(BadEscape::LoneSurrogate)
        }
        _ => Err(BadEscape::LoneSurrogate),
    }
}

/// The four hexadecimal digits after `\u`.
fn hex(escape: &[u8]) -> Option<u32> {
    let digits = escape.get(2..6)?;
    digits
        .iter()
        .try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
}
