//! The tree of values, with the place of each.

use super::{entry::Entry, words};
use crate::{
    at::At,
    read::{Node, Source, Value},
};

pub(super) fn entries(source: &Source) -> Vec<Entry> {
    let mut entries = Vec::new();
    walk(&source.root, &At::ROOT, &mut |node, pointer| {
        let file = source.files.get(node.place.file).map(|file| words::name(file.name()));
        let (line, column) = (node.place.line, node.place.column);
        let (file, value) = (file.unwrap_or_default(), value(node));
        let shown = if pointer.is_empty() { "(root)" } else { &pointer };
        entries.push(Entry {
            text: format!("{} {file}:{line}:{column} {value}\n", words::one_line(shown)),
            pointer,
            origin: None,
        });
    });
    entries
}

/// The pointers of all values.
pub(super) fn pointers(root: &Node) -> Vec<String> {
    let mut pointers = Vec::new();
    walk(root, &At::ROOT, &mut |_, pointer| pointers.push(pointer));
    pointers
}

/// A document is nested no deeper than the limits of reading allow.
fn walk<'d>(node: &'d Node, at: &At<'_>, see: &mut dyn FnMut(&'d Node, String)) {
    see(node, at.pointer());
    match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &at.index(index), see);
            }
        }
        Value::Object(object) => {
            for member in object {
                walk(&member.value, &at.key(&member.name), see);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn value(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.text().to_owned(),
        Value::String(text) => words::quoted(text),
        Value::Array(items) => format!("array of {}", items.len()),
        Value::Object(object) => format!("object of {}", object.len()),
    }
}
