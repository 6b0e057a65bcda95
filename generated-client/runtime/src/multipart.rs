//! Bodies of several parts (RFC 7578, RFC 2046).

use std::{
    fmt::Write as _,
    hash::{BuildHasher, RandomState},
};

use http::{HeaderName, HeaderValue};

use crate::{Upload, payload::Payload};

/// The parts of a body while it is put together.
#[derive(Clone)]
pub(crate) struct Multipart {
    media: &'static str,
    /// Whether a part is known by its position, and has no name.
    pub(crate) is_positional: bool,
    parts: Vec<(String, Upload)>,
}

impl Multipart {
    /// The content type where the document names no other.
    pub(crate) const FORM_DATA: &'static str = "multipart/form-data";

    pub(crate) fn new(media: &'static str) -> Self {
        Self {
            media,
            is_positional: false,
            parts: Vec::new(),
        }
    }

    pub(crate) fn positional(media: &'static str) -> Self {
        Self {
            is_positional: true,
            ..Self::new(media)
        }
    }

    pub(crate) fn push(&mut self, name: &str, upload: Upload) {
        self.parts.push((name.to_owned(), upload));
    }

    /// The content type, the caller's where one is given, and the body.
    pub(crate) fn finish(self, given: Option<&HeaderValue>) -> Result<(HeaderValue, Payload), String> {
        let given = given.and_then(|given| given.to_str().ok());
        let declared = given.and_then(declared_boundary).map(str::to_owned);
        let media = given.unwrap_or(self.media);
        let boundary = declared.clone().unwrap_or_else(boundary);
        let mut pieces = Vec::with_capacity(self.parts.len() * 2 + 1);
        let mut between = String::new();
        for (name, part) in self.parts {
            let disposition = match &part.file_name {
                None if self.is_positional => String::new(),
                Some(file_name) if self.is_positional => disposition("attachment", &[("filename", file_name)]),
                Some(file_name) => disposition("form-data", &[("name", &name), ("filename", file_name)]),
                None => disposition("form-data", &[("name", &name)]),
            };
            let head = head(disposition, &part).map_err(|reason| format!("part `{name}`: {reason}"))?;
            let _ = write!(between, "--{boundary}\r\n{head}\r\n");
            pieces.push(Payload::Bytes(std::mem::take(&mut between).into()));
            pieces.push(part.payload);
            between.push_str("\r\n");
        }
        let _ = write!(between, "--{boundary}--\r\n");
        pieces.push(Payload::Bytes(between.into()));
        let separator = if media.contains(';') { "; " } else { ";" };
        let content_type = match declared {
            Some(_) => media.to_owned(),
            None => format!("{media}{separator}boundary={boundary}"),
        };
        let content_type = HeaderValue::from_str(&content_type).map_err(|error| error.to_string())?;
        Ok((content_type, Payload::joined(&pieces)))
    }
}

/// The boundary in a content type of the caller's, which is then also that between the parts.
pub(crate) fn declared_boundary(media: &str) -> Option<&str> {
    // A semicolon between quotes is a part of a value.
    let mut is_quoted = false;
    let parameters = media.split(|character| {
        is_quoted ^= character == '"';
        character == ';' && !is_quoted
    });
    let mut parameters = parameters.skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, boundary) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim().trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}

/// What no part holds by chance: 128 random bits.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

fn disposition(kind: &str, parameters: &[(&str, &str)]) -> String {
    let mut line = format!("Content-Disposition: {kind}");
    for (name, value) in parameters {
        let _ = write!(line, "; {name}=\"{}\"", quoted(value));
    }
    line.push_str("\r\n");
    line
}

/// The headers of a part, after its disposition.
fn head(disposition: String, part: &Upload) -> Result<String, String> {
    let mut head = disposition;
    let content_type = part.content_type.iter().map(|value| ("Content-Type", value.as_str()));
    let others = part.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in content_type.chain(others) {
        let is_valid = HeaderName::from_bytes(name.as_bytes()).is_ok() && HeaderValue::from_str(value).is_ok();
        if !is_valid {
            return Err("one of its headers contains characters that are not allowed in a header".to_owned());
        }
        let _ = write!(head, "{name}: {value}\r\n");
    }
    Ok(head)
}

/// A name between quotes, as browsers write it: what would end the quotes or the line is percent-encoded.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '"' => quoted.push_str("%22"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            other => quoted.push(other),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn written(parts: Vec<(&str, Upload)>) -> Result<String, String> {
        let mut multipart = Multipart::new(Multipart::FORM_DATA);
        for (name, part) in parts {
            multipart.push(name, part);
        }
        let (content_type, payload) = multipart.finish(None)?;
        let boundary = content_type
            .to_str()
            .unwrap()
            .split_once("boundary=")
            .unwrap()
            .1
            .to_owned();
        let body = String::from_utf8(payload.bytes().to_vec()).unwrap();
        Ok(body.replace(&boundary, "B"))
    }

    #[test]
    fn parts_stand_between_boundaries() {
        let file = Upload::from(vec![b'x'])
            .file_name("a.txt")
            .content_type("text/plain")
            .header("X-One", "1");
        assert_eq!(
            written(vec![("name", Upload::from("Rex")), ("file", file)]).unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
             Content-Type: text/plain\r\nX-One: 1\r\n\r\nx\r\n--B--\r\n"
        );
        assert_eq!(written(Vec::new()).unwrap(), "--B--\r\n");
    }

    #[test]
    fn no_name_leaves_its_line() {
        let file = Upload::from("x").file_name("a\"\r\nX-Evil: 1\r\n\r\n");
        let body = written(vec![("n\"\r\nX: 1", file)]).unwrap();
        assert!(
            body.contains("name=\"n%22%0D%0AX: 1\"; filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A\"\r\n\r\nx"),
            "{body}"
        );
        for part in [
            Upload::from("x").content_type("text/plain\r\nX: 1"),
            Upload::from("x").header("a b", "c"),
            Upload::from("x").header("a", "c\n"),
        ] {
            assert!(written(vec![("p", part)]).unwrap_err().contains("part `p`"));
        }
    }

    #[test]
    fn positional_parts_have_no_names() {
        let mut multipart = Multipart::positional("multipart/related");
        multipart.push("part1", Upload::from("{}").content_type("application/json"));
        multipart.push("part2", Upload::from("x").file_name("a\"b"));
        multipart.push("part3", Upload::from(""));
        let given = HeaderValue::from_static("multipart/related; type=\"a;boundary=x\"; boundary=\"B\"");
        let (_, payload) = multipart.finish(Some(&given)).unwrap();
        assert_eq!(
            String::from_utf8(payload.bytes().to_vec()).unwrap(),
            "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n\
             --B\r\nContent-Disposition: attachment; filename=\"a%22b\"\r\n\r\nx\r\n--B\r\n\r\n\r\n--B--\r\n"
        );
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
    }
}
