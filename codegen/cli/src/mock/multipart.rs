//! Splits a `multipart/form-data` body into its parts (RFC 7578).

use super::media::is_json;

/// A part of a form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    content_type: String,
    /// The content. Bytes that are not UTF-8 are replaced.
    pub(super) text: String,
}

impl Part {
    pub(super) fn plain(name: String, text: String) -> Self {
        Self {
            name,
            content_type: String::new(),
            text,
        }
    }

    pub(super) fn is_json(&self) -> bool {
        is_json(&self.content_type)
    }
}

/// Returns the parts of a body, or why it cannot be read.
pub(super) fn read(media_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = parameter(media_type, "boundary").ok_or("the content type has no `boundary`")?;
    let delimiter = format!("--{boundary}");
    let mut sections = split(body, delimiter.as_bytes());
    // What precedes the first delimiter has no meaning.
    sections.next();
    let mut parts = Vec::new();
    for section in sections {
        if section.starts_with(b"--") {
            return Ok(parts);
        }
        // Some clients write a form without parts as an empty one.
        if matches!(section, b"\r\n" | b"\n") {
            continue;
        }
        let section = section
            .strip_prefix(b"\r\n")
            .or(section.strip_prefix(b"\n"))
            .unwrap_or(section);
        let section = section
            .strip_suffix(b"\r\n")
            .or(section.strip_suffix(b"\n"))
            .unwrap_or(section);
        parts.push(part(section)?);
    }
    Err("the body does not end with its boundary".to_owned())
}

fn part(section: &[u8]) -> Result<Part, String> {
    let (head, content) = match section.strip_prefix(b"\r\n") {
        Some(content) => (&b""[..], content),
        None => {
            let end = position(section, b"\r\n\r\n").ok_or("a part has no end of its header")?;
            let (head, content) = section.split_at(end);
            (head, content.get(4..).unwrap_or_default())
        }
    };
    let head = String::from_utf8_lossy(head);
    let field = |name: &str| {
        let mut fields = head.lines().filter_map(|line| line.split_once(':'));
        let found = fields.find(|(other, _)| other.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_owned())
    };
    let disposition = field("content-disposition").ok_or("a part has no `Content-Disposition`")?;
    Ok(Part {
        name: parameter(&disposition, "name").ok_or("a part has no name")?,
        content_type: field("content-type").unwrap_or_default(),
        text: String::from_utf8_lossy(content).into_owned(),
    })
}

/// Returns a parameter of a header field.
fn parameter(field: &str, name: &str) -> Option<String> {
    let mut parameters = field
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='));
    let found = parameters.find(|(other, _)| other.trim().eq_ignore_ascii_case(name));
    let value = found.map(|(_, value)| value.trim().trim_matches('"').to_owned());
    value.filter(|value| !value.is_empty())
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Splits a body at a delimiter.
fn split<'b>(body: &'b [u8], delimiter: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let current = rest?;
        match position(current, delimiter) {
            Some(at) => {
                rest = current.get(at + delimiter.len()..);
                current.get(..at)
            }
            None => rest.take(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn parts_are_read() {
        let body =
            b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; \
            name=\"b\"; filename=\"f\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--x--\r\n";
        let parts = read("multipart/form-data; boundary=x", body).unwrap_or_default();
        let shown: Vec<(&str, &str, bool)> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.text.as_str(), part.is_json()))
            .collect();
        assert_eq!(shown, [("a", "1", false), ("b", "{}", true)]);
    }

    #[test]
    fn bodies_that_are_cut_are_rejected() {
        for (media_type, body) in [
            ("multipart/form-data", "--x--"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
            ),
            ("multipart/form-data; boundary=x", "--x\r\nA: b\r\n\r\n1\r\n--x--"),
            ("multipart/form-data; boundary=x", ""),
        ] {
            assert!(read(media_type, body.as_bytes()).is_err(), "{media_type} {body}");
        }
    }
}
