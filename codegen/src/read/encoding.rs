//! From bytes to text: UTF-8, and nothing else.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, FileId, Place};

/// Bytes that are not valid UTF-8.
#[derive(Debug)]
pub(super) struct NotText<'b> {
    /// What can be shown of them around the error.
    pub(super) shown: Cow<'b, str>,
    pub(super) error: Diagnostic,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a file, without its byte order mark.
pub(super) fn decode(bytes: &[u8], file: FileId) -> Result<&str, Box<NotText<'_>>> {
    if let Some(encoding) = other_encoding(bytes) {
        let message = format!("the file is encoded as {encoding}, but must be UTF-8");
        let place = Place {
            file,
            line: 1,
            column: 1,
        };
        let error = Diagnostic::error(Code::InvalidUtf8, Some(place), "", message).help("save the file as UTF-8");
        return Err(Box::new(NotText {
            shown: Cow::Borrowed(""),
            error,
        }));
    }
    let content = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    str::from_utf8(content).map_err(|error| {
        let (valid, rest) = content.split_at_checked(error.valid_up_to()).unwrap_or((content, &[]));
        let offset = bytes.len().saturating_sub(rest.len());
        let bad = rest.first().copied().unwrap_or_default();
        let place = end_of(str::from_utf8(valid).unwrap_or_default(), file);
        let message = format!("the file is not valid UTF-8: byte 0x{bad:02x} at offset {offset} is invalid");
        let error = Diagnostic::error(Code::InvalidUtf8, Some(place), "", message)
            .help("save the file as UTF-8, or check that it is not a binary file");
        Box::new(NotText {
            shown: String::from_utf8_lossy(content),
            error,
        })
    })
}

/// The encodings that a byte order mark tells, or the zero bytes of characters below 256.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    let zeros = bytes.first_chunk::<4>().map(|start| start.map(|byte| byte == 0));
    match (bytes, zeros) {
        ([0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..], _)
        | (_, Some([false, true, true, true] | [true, true, true, false])) => Some("UTF-32"),
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _)
        | (_, Some([false, true, false, true] | [true, false, true, false])) => Some("UTF-16"),
        _ => None,
    }
}

/// Returns the place after a string that starts a file.
pub(super) fn end_of(text: &str, file: FileId) -> Place {
    let (mut lines, mut line_start) = (1_usize, 0);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let after = at.saturating_add(1);
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(after) != Some(&b'\n')) {
            lines = lines.saturating_add(1);
            line_start = after;
        }
    }
    let column = text
        .get(line_start..)
        .unwrap_or_default()
        .chars()
        .count()
        .saturating_add(1);
    Place {
        file,
        line: clamp(lines),
        column: clamp(column),
    }
}

/// Lines and columns beyond 32 bits do not come from files within the limits.
pub(super) fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The control characters that YAML forbids, by their byte offsets. Those above ASCII are left alone: they do no harm
/// here, and old documents have them.
pub(super) fn control_characters(text: &str) -> impl Iterator<Item = (usize, u8)> {
    const AT_ONCE: usize = 4_096;
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without a way out of the loop it is compiled to vector instructions: text without any of them is scanned fast.
    let suspicious = text.as_bytes().chunks(AT_ONCE).enumerate().filter(move |(_, chunk)| {
        let found = chunk
            .iter()
            .fold(0_u8, |found, byte| found | u8::from(is_control(*byte)));
        found > 0
    });
    suspicious.flat_map(move |(number, chunk)| {
        let start = number.saturating_mul(AT_ONCE);
        let bytes = chunk
            .iter()
            .copied()
            .enumerate()
            .filter(move |(_, byte)| is_control(*byte));
        bytes.map(move |(at, byte)| (start.saturating_add(at), byte))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{FileId, control_characters, decode};

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(b"\xef\xbb\xbfa: 1", FileId::FIRST).unwrap(), "a: 1");
        assert_eq!(decode(b"", FileId::FIRST).unwrap(), "");
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let not_text = decode(b"\xef\xbb\xbfa: \xc3\xa9\r\nb: \xc3\xa9\xe9!\n", FileId::FIRST).unwrap_err();
        let place = not_text.error.place.unwrap();
        assert_eq!((place.line, place.column), (2, 5));
        assert!(
            not_text.error.message.contains("0xe9 at offset 15"),
            "{}",
            not_text.error.message
        );
        assert!(not_text.shown.contains("b: é\u{fffd}!"));
    }

    #[test]
    fn control_characters_are_found_wherever_they_are() {
        let mut text = "a\t\r\n é\u{7f}".repeat(2_000);
        assert_eq!(control_characters(&text).count(), 0);
        for (at, control) in [(0, '\0'), (4_096, '\u{1f}'), (9_002, '\u{b}')] {
            text.insert(at, control);
        }
        let found: Vec<(usize, u8)> = control_characters(&text).collect();
        assert_eq!(found, [(0, 0), (4_096, 0x1f), (9_002, 0xb)]);
    }

    #[test]
    fn other_encodings_are_called_by_their_names() {
        let files: [(&[u8], &str); 7] = [
            (b"\xff\xfea\0", "UTF-16"),
            (b"\xfe\xff\0a", "UTF-16"),
            (b"{\0\"\0", "UTF-16"),
            (b"\0{\0\"", "UTF-16"),
            (b"\xff\xfe\0\0a\0\0\0", "UTF-32"),
            (b"\0\0\xfe\xff\0\0\0a", "UTF-32"),
            (b"{\0\0\0", "UTF-32"),
        ];
        for (bytes, encoding) in files {
            assert!(
                decode(bytes, FileId::FIRST)
                    .unwrap_err()
                    .error
                    .message
                    .contains(encoding),
                "{bytes:?}"
            );
        }
    }
}
