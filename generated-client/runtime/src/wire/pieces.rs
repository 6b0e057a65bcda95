//! The outermost level of JSON, which is then written in another form.

use std::borrow::Cow;

use super::Reader;

/// JSON that is split at its outermost level. What is inside is still JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pieces<'a> {
    Null,
    /// The characters of a string, a number as it is written, `true` or `false`.
    Text(Cow<'a, str>),
    Array(Vec<&'a str>),
    Object(Vec<(Cow<'a, str>, &'a str)>),
}

impl<'a> Pieces<'a> {
    /// Splits JSON that the runtime has written; `None` if it is not JSON.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let pieces = match reader.peek() {
            Some(b'{') => {
                let mut members = Vec::new();
                let read = reader.members(&mut |name, json| {
                    members.push((name, rest(json)?));
                    Ok(true)
                });
                read.ok().map(|()| Self::Object(members))
            }
            Some(b'[') => {
                let mut elements = Vec::new();
                let read = reader.elements(&mut |json| {
                    elements.push(rest(json)?);
                    Ok(())
                });
                read.ok().map(|()| Self::Array(elements))
            }
            Some(b'"') => reader.string().ok().map(Self::Text),
            Some(b'n') => reader.null().ok().map(|_| Self::Null),
            _ => rest(&mut reader).ok().map(|text| Self::Text(text.into())),
        }?;
        reader.finish().ok().map(|()| pieces)
    }
}

/// Returns the next value of the reader, as it is written.
fn rest<'a>(json: &mut Reader<'a>) -> super::Result<&'a str> {
    let start = json.at;
    json.skip()?;
    Ok(json.slice(start, json.at))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_outermost_level() {
        let rows = [
            ("null", Pieces::Null),
            ("-1.50e3", Pieces::Text("-1.50e3".into())),
            ("true", Pieces::Text("true".into())),
            (r#""a\"\u00e9""#, Pieces::Text("a\"é".into())),
            (r#"[1,"b",[2],null]"#, Pieces::Array(vec!["1", r#""b""#, "[2]", "null"])),
            (
                r#"{"a\n":{"b":[1]},"c":"d"}"#,
                Pieces::Object(vec![("a\n".into(), r#"{"b":[1]}"#), ("c".into(), r#""d""#)]),
            ),
        ];
        for (text, expected) in rows {
            assert_eq!(Pieces::read(text).unwrap(), expected);
        }
        for text in ["", "[1", "{} {}", "nul", "\"a"] {
            assert_eq!(Pieces::read(text), None, "{text}");
        }
    }
}
