//! Percent-encoding, and escaping of strings for messages of one line.

use std::fmt::Write;

use crate::invisible::acts_on_display;

/// Which characters stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Unreserved characters alone (RFC 3986, 2.3): right for every value in a path or query.
    Unreserved,
    /// For `allowReserved`: also the reserved characters that mean nothing in a query, and `%XX` triples.
    ///
    /// `#[]&=+` would change the query's structure. `'` is encoded because URL parsers encode it there.
    Reserved,
    /// The same in an argument of the path: `/?#[]` would change its segments or end it.
    ReservedInPath,
    /// The same in a cookie, whose value ends at a semicolon and holds no comma.
    ReservedInCookie,
    /// Characters that are allowed in a path, including slashes and `%XX` triples, for templates.
    Path,
    /// Everything: for header values, which are checked when the header is made.
    Everything,
}

impl Keep {
    fn keeps(self, byte: u8) -> bool {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        match self {
            Self::Unreserved => unreserved,
            Self::Reserved => unreserved || b":/?@!$()*,;".contains(&byte),
            Self::ReservedInPath => unreserved || b":@!$&'()*+,;=".contains(&byte),
            Self::ReservedInCookie => unreserved || b":/?#[]@!$&'()*+=".contains(&byte),
            Self::Path => unreserved || b"/:@!$&'()*+,;=".contains(&byte),
            Self::Everything => true,
        }
    }

    fn keeps_triples(self) -> bool {
        matches!(
            self,
            Self::Reserved | Self::ReservedInPath | Self::ReservedInCookie | Self::Path
        )
    }
}

/// Appends a string, and percent-encodes the UTF-8 bytes that are not allowed.
pub(crate) fn push_encoded(out: &mut String, text: &str, keep: Keep) {
    if keep == Keep::Everything {
        out.push_str(text);
        return;
    }
    let bytes = text.as_bytes();
    for (index, &byte) in bytes.iter().enumerate() {
        let is_triple =
            || matches!(bytes.get(index + 1..index + 3), Some(hex) if hex.iter().all(u8::is_ascii_hexdigit));
        if keep.keeps(byte) || (byte == b'%' && keep.keeps_triples() && is_triple()) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 15));
        }
    }
}

/// Returns the string that is percent-encoded, or `None` if it is not UTF-8 or a triple is incomplete.
pub(crate) fn percent_decoded(value: &str) -> Option<String> {
    let mut parts = value.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, text) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(text.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}

/// Returns at most `limit` bytes of a string as one line. Characters that affect the display are escaped.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for character in text.chars() {
        if line.len() >= limit {
            line.push('…');
            break;
        }
        match character {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            // Writing to a String cannot fail.
            _ if acts_on_display(character) => _ = write!(line, "\\u{{{:x}}}", u32::from(character)),
            _ => line.push(character),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, keep: Keep) -> String {
        let mut out = String::new();
        push_encoded(&mut out, text, keep);
        out
    }

    #[test]
    fn only_unreserved_characters_stay() {
        for byte in 0..=127_u8 {
            let text = char::from(byte).to_string();
            let stays = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
            let expected = if stays { text.clone() } else { format!("%{byte:02X}") };
            assert_eq!(encoded(&text, Keep::Unreserved), expected);
        }
        assert_eq!(encoded("é€𝄞", Keep::Unreserved), "%C3%A9%E2%82%AC%F0%9D%84%9E");
        assert_eq!(encoded("%2F", Keep::Unreserved), "%252F");
    }

    #[test]
    fn reserved_expansion_keeps_triples_and_the_structure_of_the_query() {
        assert_eq!(encoded("a/b?c:@!$()*,;", Keep::Reserved), "a/b?c:@!$()*,;");
        assert_eq!(encoded("#[]&=+'", Keep::Reserved), "%23%5B%5D%26%3D%2B%27");
        assert_eq!(encoded("%2f%zz%", Keep::Reserved), "%2f%25zz%25");
    }

    #[test]
    fn reserved_characters_that_mean_something_in_their_place_are_encoded() {
        let reserved = ":/?#[]@!$&'()*+,;=%2F";
        assert_eq!(
            encoded(reserved, Keep::ReservedInPath),
            ":%2F%3F%23%5B%5D@!$&'()*+,;=%2F"
        );
        assert_eq!(encoded(reserved, Keep::ReservedInCookie), ":/?#[]@!$&'()*+%2C%3B=%2F");
        assert_eq!(encoded("\"\\ \r\n", Keep::ReservedInCookie), "%22%5C%20%0D%0A");
    }

    #[test]
    fn a_template_keeps_what_a_path_may_hold() {
        assert_eq!(encoded("/a/b:c%20d\\ e?#\"", Keep::Path), "/a/b:c%20d%5C%20e%3F%23%22");
    }

    #[test]
    fn messages_stay_on_one_line() {
        assert_eq!(
            one_line("a\nb\r\tc\u{1b}[31m\u{202e}", 100),
            "a\\nb\\r\\tc\\u{1b}[31m\\u{202e}"
        );
        assert_eq!(one_line("ééé", 3), "éé…");
    }
}
