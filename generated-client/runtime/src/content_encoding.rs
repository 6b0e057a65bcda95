//! Compressed bodies that the transport cannot decompress.

use http::{HeaderMap, header};

use crate::encoding::one_line;

/// Bytes of a header that a message shows.
const SHOWN: usize = 60;

/// Why a body cannot be read: it has an encoding that nothing took away. A transport that decodes a body removes the header.
pub(crate) fn undecoded(headers: &HeaderMap) -> Option<String> {
    let encoding = headers.get(header::CONTENT_ENCODING)?;
    let encoding = String::from_utf8_lossy(encoding.as_bytes());
    let encoding = encoding.trim();
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return None;
    }
    let help = match encoding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => ": enable the feature `gzip`",
        "br" => ": enable the feature `brotli`",
        "zstd" => ": enable the feature `zstd`",
        _ => "",
    };
    let shown = one_line(encoding, SHOWN);
    Some(format!(
        "the response has `Content-Encoding: {shown}`, which the client does not decode{help}"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn message(encoding: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, encoding.parse().unwrap());
        undecoded(&headers)
    }

    #[test]
    fn encodings_are_named_with_their_features() {
        for (encoding, feature) in [
            ("gzip", "`gzip`"),
            ("X-GZIP", "`gzip`"),
            ("br", "`brotli`"),
            ("zstd", "`zstd`"),
        ] {
            let message = message(encoding).unwrap();
            assert!(message.contains(encoding) && message.contains(feature), "{message}");
        }
        let message_of_two = message("gzip, deflate").unwrap();
        assert!(
            message_of_two.contains("gzip, deflate") && !message_of_two.contains("feature"),
            "{message_of_two}"
        );
        assert_eq!(
            [message(""), message("identity"), message(" Identity ")],
            [None, None, None]
        );
        assert_eq!(undecoded(&HeaderMap::new()), None);
    }
}
