//! PEM (RFC 7468): sections of base64 between two lines.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One section: its label, such as `CERTIFICATE`, and its bytes.
pub(super) struct Section {
    pub(super) label: String,
    pub(super) der: Vec<u8>,
}

/// The sections of a file, in order. Reasons never show its contents.
pub(super) fn sections(pem: &[u8]) -> Result<Vec<Section>, &'static str> {
    let text = std::str::from_utf8(pem).map_err(|_| "is not PEM: it is not UTF-8")?;
    let mut sections = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines().map(str::trim) {
        match (label(line, "-----BEGIN "), label(line, "-----END "), open.take()) {
            (Some(label), _, None) => open = Some((label, String::new())),
            (None, Some(end), Some((label, base64))) if end == label => {
                let der = BASE64
                    .decode(base64)
                    .map_err(|_| "is not PEM: a section is not base64")?;
                sections.push(Section {
                    label: label.to_owned(),
                    der,
                });
            }
            (None, None, Some((label, mut base64))) => {
                base64.push_str(line);
                open = Some((label, base64));
            }
            // What is before, between and after sections is comment.
            (None, None, None) => {}
            _ => return Err("is not PEM: its BEGIN and END lines do not match"),
        }
    }
    match open {
        None => Ok(sections),
        Some(_) => Err("is not PEM: a section has no END line"),
    }
}

fn label<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.strip_suffix("-----")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::sections;

    #[test]
    fn sections_have_labels_and_bytes() {
        let pem =
            "comment\n-----BEGIN A-----\r\nAAEC\r\n-----END A-----\n\n-----BEGIN B C-----\nAw==\n-----END B C-----\n";
        let read = sections(pem.as_bytes()).unwrap();
        let read: Vec<(&str, &[u8])> = read.iter().map(|one| (one.label.as_str(), &*one.der)).collect();
        assert_eq!(read, [("A", &[0, 1, 2][..]), ("B C", &[3][..])]);
        assert!(sections(b"no section").unwrap().is_empty());
    }

    #[test]
    fn damaged_files_are_refused_unseen() {
        for pem in [
            "-----BEGIN A-----\nAAEC",
            "-----BEGIN A-----\nhush!\n-----END A-----",
            "-----BEGIN A-----\nAAEC\n-----END B-----",
            "-----END A-----",
            "-----BEGIN A-----\n-----BEGIN A-----\n-----END A-----",
        ] {
            let reason = sections(pem.as_bytes()).err().unwrap();
            assert!(reason.starts_with("is not PEM") && !reason.contains("hush"), "{pem}");
        }
        assert!(sections(b"\xff").is_err());
    }
}
