//! What can be generated of a document with errors: it is lowered again without the parts that are broken.
//!
//! What stands behind a broken part is found by another turn: an operation that refers to a response that is left out is
//! left out in the next one. So the stages need not know of it, and what comes out is the client of a document without
//! errors: the same one without these parts.

use std::collections::HashSet;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    ir::Api,
    lower::NullPolicy,
    lowered,
    normalize::Version,
    read::{Node, Object, Source, Value, unescape},
};

/// A document in which every turn breaks another part is given up.
const MAX_TURNS: usize = 100;
/// What operations are called in a path item.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Something that a document can do without.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// The pointer of a schema, which becomes any JSON.
    Schema(String),
    /// The pointer of anything else that has a name, which is left out.
    Member(String),
}

/// Lowers what is whole of a canonical source. What is reported includes all errors of the document, and a warning for each part
/// that is left out; `None` where an error is in no part that could be.
pub(crate) fn lower(
    mut source: Source,
    version: Version,
    null: NullPolicy,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let mut tried = HashSet::new();
    let mut found = diagnostics.clone();
    for turn in 0..MAX_TURNS {
        let earlier = found.len();
        let api = lowered(source.clone(), version, null, &mut found);
        if turn == 0 {
            diagnostics.extend(found.iter().skip(earlier).cloned());
        }
        let errors = || found.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        if errors().next().is_none() {
            return api;
        }
        let mut now = HashSet::new();
        for error in errors() {
            // A misspelt section means nothing by itself: without it, what refers into it is left out in the next turn.
            let parts = match error.code {
                Code::UnknownKey => vec![Part::Member(error.pointer.clone())],
                _ => parts(&error.pointer),
            };
            // One part may have several errors.
            if parts.iter().any(|part| now.contains(part)) {
                continue;
            }
            let part = parts
                .into_iter()
                .find(|part| tried.insert(part.clone()) && source.root.at(part.pointer()).is_some())?;
            diagnostics.extend(leave_out(&mut source.root, &part, error));
            now.insert(part);
        }
        found = Diagnostics::new();
    }
    None
}

/// The parts around a value, the smallest one first.
fn parts(pointer: &str) -> Vec<Part> {
    let segments: Vec<&str> = pointer.split('/').skip(1).collect();
    let up_to = |length: usize| {
        segments
            .iter()
            .take(length)
            .fold(String::new(), |path, segment| path + "/" + segment)
    };
    match segments[..] {
        ["components", "schemas", _, ref inside @ ..] => {
            let property = inside.iter().rposition(|segment| *segment == "properties");
            let property = property.filter(|at| at.saturating_add(1) < inside.len());
            let mut parts: Vec<Part> = property
                .map(|at| Part::Schema(up_to(at.saturating_add(5))))
                .into_iter()
                .collect();
            parts.extend([Part::Schema(up_to(3)), Part::Member(up_to(3))]);
            parts
        }
        ["components", _, _, ..] => vec![Part::Member(up_to(3))],
        ["paths", _, method, ..] if METHODS.contains(&method) => vec![Part::Member(up_to(3)), Part::Member(up_to(2))],
        ["paths", _, "additionalOperations", _, ..] => vec![Part::Member(up_to(4)), Part::Member(up_to(2))],
        ["paths", _, ..] => vec![Part::Member(up_to(2))],
        _ => Vec::new(),
    }
}

/// Takes a part out of the tree, and says what is missing now, and why.
fn leave_out(root: &mut Node, part: &Part, error: &Diagnostic) -> Option<Diagnostic> {
    let (place, what) = match part {
        Part::Schema(pointer) => {
            let schema = root.at_mut(pointer)?;
            schema.value = Value::Object(Object::new());
            (schema.place, "the schema is any JSON")
        }
        Part::Member(pointer) => {
            let (parent, name) = pointer.rsplit_once('/')?;
            let parent = root.at_mut(parent)?.as_object_mut()?;
            (parent.remove(&unescape(name))?.name_place, "this is left out")
        }
    };
    let message = format!("{what}: {}", error.message);
    let warning = Diagnostic::warning(Code::LeftOut, Some(place), part.pointer(), message);
    Some(warning.help("fix the document; without `--keep-going` nothing is generated of it"))
}

impl Part {
    fn pointer(&self) -> &str {
        let (Self::Schema(pointer) | Self::Member(pointer)) = self;
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn parts_go_from_the_inside_to_the_outside() {
        let shown = |pointer: &str| -> Vec<String> {
            let parts = parts(pointer);
            let kind = |part: &Part| if matches!(part, Part::Schema(_)) { "any" } else { "out" };
            parts
                .iter()
                .map(|part| format!("{} {}", kind(part), part.pointer()))
                .collect()
        };
        assert_eq!(
            shown("/components/schemas/A/properties/b/items/properties/c/$ref"),
            [
                "any /components/schemas/A/properties/b/items/properties/c",
                "any /components/schemas/A",
                "out /components/schemas/A",
            ]
        );
        assert_eq!(
            shown("/components/schemas/A/properties"),
            ["any /components/schemas/A", "out /components/schemas/A"]
        );
        assert_eq!(
            shown("/paths/~1a/get/responses/200"),
            ["out /paths/~1a/get", "out /paths/~1a"]
        );
        assert_eq!(
            shown("/paths/~1a/additionalOperations/COPY/responses"),
            ["out /paths/~1a/additionalOperations/COPY", "out /paths/~1a"]
        );
        assert_eq!(shown("/paths/~1a/parameters/0"), ["out /paths/~1a"]);
        assert_eq!(
            shown("/components/responses/R/content"),
            ["out /components/responses/R"]
        );
        for whole in ["", "/paths", "/info/title", "/servers/0/url", "/security/0"] {
            assert_eq!(shown(whole), [""; 0], "{whole}");
        }
    }
}
