//! The value tree: what JSON can say, with the place of every value.

use std::sync::Arc;

use super::{number::Number, object::Object};
use crate::diagnostic::Place;

/// A string of the document. Equal strings, such as keys, share their memory.
pub type Text = Arc<str>;

/// A value and where it starts.
///
/// The place of an alias is that of the anchored value. An anchor or a tag belongs to the value after it. A block scalar starts
/// with its first line of content, and an array without indentation with its first item.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value starts.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What JSON can say.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(Number),
    /// A string.
    String(Text),
    /// A list of values.
    Array(Vec<Node>),
    /// Named values in the order of the document.
    Object(Object),
}

impl Node {
    /// A value at a place.
    #[must_use]
    pub fn new(place: Place, value: Value) -> Self {
        Self { place, value }
    }

    /// Where the value starts.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value that a JSON pointer (RFC 6901) leads to, `""` being this one.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        raw_segments(pointer)?.try_fold(self, |node, segment| match &node.value {
            Value::Object(object) => object.get(&unescape(segment)),
            Value::Array(elements) => elements.get(array_index(segment)?),
            _ => None,
        })
    }

    /// The value that a JSON pointer leads to, to be changed.
    #[must_use]
    pub fn at_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        raw_segments(pointer)?.try_fold(self, |node, segment| match &mut node.value {
            Value::Object(object) => object.get_mut(&unescape(segment)),
            Value::Array(elements) => elements.get_mut(array_index(segment)?),
            _ => None,
        })
    }

    /// The member of this name, if this is an object that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements, if it is an array, to be changed.
    #[must_use]
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object, if it is one, to be changed.
    #[must_use]
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// How many values this is, itself counted.
    #[must_use]
    pub fn size(&self) -> usize {
        let inner: usize = match &self.value {
            Value::Array(elements) => elements.iter().map(Self::size).sum(),
            Value::Object(object) => object.iter().map(|member| member.value.size()).sum(),
            _ => 0,
        };
        inner.saturating_add(1)
    }

    /// What kind of value it is, with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(Text::from(text))
    }
}

/// Appends a segment to a JSON pointer.
pub(crate) fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

fn raw_segments(pointer: &str) -> Option<impl Iterator<Item = &str>> {
    let rest = if pointer.is_empty() {
        None
    } else {
        Some(pointer.strip_prefix('/')?)
    };
    Some(rest.into_iter().flat_map(|rest| rest.split('/')))
}

/// The keys and positions that a JSON pointer consists of.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(unescape)
}

/// A segment of a JSON pointer as the key that it stands for.
pub(crate) fn unescape(segment: &str) -> String {
    // In this order, for `~01` is `~1`.
    segment.replace("~1", "/").replace("~0", "~")
}

fn array_index(segment: &str) -> Option<usize> {
    let is_canonical = segment == "0" || !segment.starts_with(['0', '+']);
    is_canonical.then(|| segment.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{Node, Value};
    use crate::read::{Limits, read};

    fn tree(text: &str) -> Node {
        read("t.yaml", text.as_bytes(), &Limits::default()).unwrap().root
    }

    #[test]
    fn pointers_lead_to_values() {
        let root = tree(r#"{"a/b": [1, {"~1": "deep"}], "": {"": 2}}"#);
        assert_eq!(root.at("/a~1b/1/~01").unwrap().as_str(), Some("deep"));
        assert_eq!(root.at("//").unwrap().as_number().unwrap().as_u64(), Some(2));
        assert!(root.at("").unwrap().as_object().is_some());
        for nowhere in [
            "a",
            "/a~1b/01",
            "/a~1b/+1",
            "/a~1b/2",
            "/a~1b/-",
            "/a~1b/1/x",
            "/a~1b/0/x",
            "/missing",
        ] {
            assert!(root.at(nowhere).is_none(), "{nowhere}");
        }
    }

    #[test]
    fn values_can_be_changed_by_pointer() {
        let mut root = tree("a: {b: [1, 2]}");
        root.at_mut("/a/b/1").unwrap().value = Value::from("new");
        assert_eq!(root.at("/a/b/1").unwrap().as_str(), Some("new"));
    }

    #[test]
    fn the_tree_is_small_and_goes_between_threads() {
        fn sendable<T: Send + Sync>() {}
        sendable::<Node>();
        assert!(size_of::<Node>() <= 48);
    }
}
