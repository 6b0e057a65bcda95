//! The JSON of an object with a few properties changed and all others unchanged.

use std::borrow::Cow;

use super::{Reader, Writer};

/// The properties of an object, with decoded names and with values as they are written.
#[derive(Debug)]
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Members<'a> {
    /// The members of an object; `None` for any other text.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut members = Vec::new();
        let mut reader = Reader::new(text);
        let read = reader.members(&mut |name, json| {
            let start = json.at;
            json.skip()?;
            members.push((name, Cow::Borrowed(json.slice(start, json.at))));
            Ok(true)
        });
        read.and_then(|()| reader.finish()).ok()?;
        Some(Self(members))
    }

    /// The value of a member, as JSON text.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(member, _)| member == name);
        found.next_back().map(|(_, value)| &**value)
    }

    /// Gives a member another value, in the form of JSON text, or adds it at the end.
    pub(crate) fn set(&mut self, name: &'a str, value: String) {
        self.0.retain(|(member, _)| member != name);
        self.0.push((Cow::Borrowed(name), Cow::Owned(value)));
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = String::from("{");
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&quoted(name));
            text.push(':');
            text.push_str(value);
        }
        text.push('}');
        text
    }
}

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut writer = Writer::complete();
    writer.string(text);
    writer.into_text()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn what_is_not_changed_stays_as_it_stands() {
        let text = r#" { "n" : 1.10 , "a\"b":{"x":[1, 2]},"t":"old", "u":18446744073709551615 } "#;
        let mut members = Members::read(text).unwrap();
        assert_eq!((members.get("n"), members.get("none")), (Some("1.10"), None));
        members.set("t", quoted("a\"\n"));
        members.set("new", "7".to_owned());
        assert_eq!(
            members.to_text(),
            r#"{"n":1.10,"a\"b":{"x":[1, 2]},"u":18446744073709551615,"t":"a\"\n","new":7}"#
        );
    }

    #[test]
    fn a_member_that_stands_twice_is_replaced_as_one() {
        let mut members = Members::read(r#"{"t":1,"t":2}"#).unwrap();
        assert_eq!(members.get("t"), Some("2"));
        members.set("t", "3".to_owned());
        assert_eq!(members.to_text(), r#"{"t":3}"#);
    }

    #[test]
    fn other_texts_have_no_members() {
        for text in ["", "[]", "null", "{\"a\":}", "{} {}", "{\"a\":1"] {
            assert!(Members::read(text).is_none(), "{text}");
        }
        assert_eq!(Members::read("{}").unwrap().to_text(), "{}");
    }
}
