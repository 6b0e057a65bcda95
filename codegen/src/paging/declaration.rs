//! A declaration while it is made: what `x-client-paging` holds.

use super::rule::Rule;
use crate::{
    diagnostic::Place,
    member_path,
    read::{Node, Number, Object, Value},
};

/// A declaration. Paths are as they are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Declaration {
    pub(super) items: Option<String>,
    pub(super) next: (&'static str, String),
    pub(super) value: Option<&'static str>,
    pub(super) into: Option<Field>,
    pub(super) first: Option<i64>,
    pub(super) size: Option<Field>,
    pub(super) more: Option<(String, bool)>,
    pub(super) pages: Option<Amount>,
    pub(super) total: Option<Amount>,
    pub(super) end: Vec<&'static str>,
    pub(super) alone: bool,
    pub(super) method: Option<String>,
}

/// A field of the request.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub(super) location: &'static str,
    /// The name, or the JSON pointer in a body.
    pub(super) name: String,
    pub(super) minimum: Option<i64>,
    pub(super) maximum: Option<i64>,
}

/// A number of the response.
#[derive(Clone, Debug)]
pub(super) enum Amount {
    Body(String),
    Header(String),
}

/// The path of members as it is written.
pub(super) fn path(members: &[impl AsRef<str>]) -> String {
    member_path::written(members)
}

impl Declaration {
    /// The value of `x-client-paging`.
    pub(super) fn node(&self, place: Place, rule: Option<Rule>) -> Node {
        let mut object = Object::new();
        let text = |text: &str| Node::new(place, Value::String(text.into()));
        let mut set = |key: &str, value: Node| object.insert(key, place, value);
        if let Some(items) = &self.items {
            set("items", text(items));
        }
        set("next", Self::single(place, self.next.0, text(&self.next.1)));
        if let Some(value) = self.value {
            set("as", text(value));
        }
        if let Some(into) = &self.into {
            set("into", into.node(place));
        }
        if let Some(first) = self.first {
            set("first", integer(place, first));
        }
        if let Some(size) = &self.size {
            set("size", size.node(place));
        }
        if let Some((more, is_inverted)) = &self.more {
            let more = text(more);
            set(
                "more",
                if *is_inverted {
                    Self::single(place, "not", more)
                } else {
                    more
                },
            );
        }
        for (key, amount) in [("pages", &self.pages), ("total", &self.total)] {
            match amount {
                Some(Amount::Body(path)) => _ = set(key, text(path)),
                Some(Amount::Header(name)) => _ = set(key, Self::single(place, "header", text(name))),
                None => {}
            }
        }
        if !self.end.is_empty() {
            let words = self.end.iter().map(|word| text(word)).collect();
            set("end", Node::new(place, Value::Array(words)));
        }
        if self.alone {
            set("alone", Node::new(place, Value::Bool(true)));
        }
        if let Some(method) = &self.method {
            set("method", text(method));
        }
        if let Some(rule) = rule {
            set("recognized", text(rule.as_str()));
        }
        Node::new(place, Value::Object(object))
    }

    fn single(place: Place, key: &str, value: Node) -> Node {
        let mut object = Object::new();
        object.insert(key, place, value);
        Node::new(place, Value::Object(object))
    }

    /// The declaration on one line of YAML.
    pub(super) fn text(&self, place: Place) -> String {
        let mut text = String::new();
        flow(&self.node(place, None), &mut text);
        text
    }
}

impl Field {
    fn node(&self, place: Place) -> Node {
        let mut object = Object::new();
        let text = |text: &str| Node::new(place, Value::String(text.into()));
        object.insert("in", place, text(self.location));
        let key = if self.location == "body" { "pointer" } else { "name" };
        object.insert(key, place, text(&self.name));
        for (key, limit) in [("minimum", self.minimum), ("maximum", self.maximum)] {
            if let Some(limit) = limit {
                object.insert(key, place, integer(place, limit));
            }
        }
        Node::new(place, Value::Object(object))
    }
}

fn integer(place: Place, value: i64) -> Node {
    let number = Number::parse(&value.to_string());
    Node::new(place, number.map_or(Value::Null, Value::Number))
}

/// Writes a value in YAML's flow form, with quotes where a string needs them.
fn flow(node: &Node, out: &mut String) {
    match &node.value {
        Value::Object(object) => {
            out.push('{');
            for (index, member) in object.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(&member.name);
                out.push_str(": ");
                flow(&member.value, out);
            }
            out.push('}');
        }
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                flow(element, out);
            }
            out.push(']');
        }
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number.text()),
        Value::String(text) => {
            let is_plain = text.chars().all(|c| c.is_alphanumeric() || "$._-/".contains(c)) && !text.is_empty();
            let is_word = is_plain && !text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            if is_word {
                out.push_str(text);
            } else {
                out.push_str(&serde_json::Value::from(&**text).to_string());
            }
        }
    }
}
