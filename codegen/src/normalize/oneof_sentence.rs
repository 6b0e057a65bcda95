//! The sentence by which descriptions made from protobuf tell of a oneof, as the extension that says the same.

use super::rewrite::Rewrite;
use crate::{
    at::At,
    diagnostic::Place,
    read::{Node, Object, Value},
};

const EXTENSION: &str = "x-client-oneof";
const BEFORE_NAME: &str = "This message contains a oneof named ";
const AFTER_NAME: &str = "Only a single field of the following list may be set at a time:";

/// A oneof as a description tells of it.
#[derive(Debug, PartialEq, Eq)]
struct Oneof<'t> {
    name: &'t str,
    arms: Vec<&'t str>,
}

/// Gives a schema the extension that its description stands for, and takes the sentence out of the words.
pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, schema: &mut Object, at: &At<'_>) {
    let Some(description) = schema.get("description") else {
        return;
    };
    let place = description.place;
    let Some(text) = description.as_str().filter(|text| text.contains(BEFORE_NAME)) else {
        return;
    };
    let (rest, oneofs) = parse(text);
    if oneofs.is_empty() || schema.contains(EXTENSION) {
        return;
    }
    let mut groups = Object::new();
    let mut taken: Vec<String> = Vec::new();
    for oneof in &oneofs {
        let arms = arms(rewrite, schema, oneof, &mut taken, (place, at));
        let nodes = arms.iter().map(|arm| Node::new(place, Value::from(arm.as_str())));
        let nodes = Value::Array(nodes.collect());
        if !arms.is_empty() {
            groups.insert(oneof.name, place, Node::new(place, nodes));
        }
    }
    if groups.is_empty() {
        return;
    }
    schema.insert(EXTENSION, place, Node::new(place, Value::Object(groups)));
    if rest.is_empty() {
        schema.remove("description");
    } else {
        schema.insert("description", place, Node::new(place, Value::from(rest.as_str())));
    }
    rewrite.changed(place, "description", "`x-client-oneof`");
}

/// Returns the properties that a oneof names. A name that is not a property is left out with a warning.
fn arms(
    rewrite: &mut Rewrite<'_>,
    schema: &Object,
    oneof: &Oneof<'_>,
    taken: &mut Vec<String>,
    (place, at): (Place, &At<'_>),
) -> Vec<String> {
    let properties = schema.get("properties").and_then(Node::as_object);
    let mut arms = Vec::with_capacity(oneof.arms.len());
    for arm in &oneof.arms {
        let is_property = properties.is_some_and(|properties| properties.contains(arm));
        if is_property && !taken.iter().any(|other| other == arm) {
            taken.push((*arm).to_owned());
            arms.push((*arm).to_owned());
            continue;
        }
        let message = format!(
            "oneof `{}` lists `{arm}`, which is not a property of this schema or is already in another oneof",
            oneof.name
        );
        let help = "correct the list in the description, or write `x-client-oneof`";
        rewrite.weakened(place, &at.key("description"), message, help);
    }
    arms
}

/// The oneofs that a description tells of, and the words around them.
fn parse(text: &str) -> (String, Vec<Oneof<'_>>) {
    let mut oneofs = Vec::new();
    let mut rest = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(name) = name(line) else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut arms = Vec::new();
        while let Some(arm) = lines.peek().and_then(|line| line.trim().strip_prefix("- ")) {
            arms.push(arm.trim());
            lines.next();
        }
        oneofs.push(Oneof { name, arms });
    }
    (rest.trim_end().to_owned(), oneofs)
}

/// The name in the sentence.
fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.trim().strip_prefix(BEFORE_NAME)?.split_once(". ")?;
    (rest.trim() == AFTER_NAME && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Oneof, parse};

    #[test]
    fn finds_every_list() {
        let text = "A pet.\n\nThis message contains a oneof named kind. Only a single field of the following list may be \
                    set at a time:\n  - cat\n  - dog\n\n\nThis message contains a oneof named home. Only a single field \
                    of the following list may be set at a time:\n  - house\n\nMore.\n";
        let (rest, oneofs) = parse(text);
        assert_eq!(rest, "A pet.\n\n\n\n\nMore.");
        let oneof = |name, arms: &[&'static str]| Oneof {
            name,
            arms: arms.to_vec(),
        };
        assert_eq!(oneofs, [oneof("kind", &["cat", "dog"]), oneof("home", &["house"])]);
        let other = "This message contains a oneof named kind.";
        assert_eq!(parse(other), (other.to_owned(), Vec::new()));
    }
}
