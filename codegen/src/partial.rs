//! Generates the valid parts of a document with errors: the document is lowered again without the invalid parts.
//!
//! Removing a part can make other parts invalid, for example an operation that refers to a removed response. The next turn
//! removes them. So the stages do not need to support this, and the result is the client of a valid document: the same document
//! without these parts.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    config::Policies,
    consequences::lowered,
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    document::Document,
    ir::Api,
    methods,
    normalize::Version,
    read::{Node, Object, Source, Value, unescape},
};

/// The maximum number of turns, because each turn can make another part invalid.
const MAX_TURNS: usize = 100;

/// A part that is removed from a document so that the rest can be generated.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Removal {
    /// The pointer of a schema, which becomes any JSON.
    Schema(String),
    /// The pointer of another named part, which is removed.
    Member(String),
}

/// Lowers everything of a canonical source that no error affects. The diagnostics include all errors of the document and a
/// warning for each part that is left out. The result is `None` if an error is in none of the parts that can be left out.
pub(crate) fn lower(
    mut source: Source,
    version: Version,
    policies: Policies<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Api, Document)> {
    let mut tried = HashSet::new();
    let mut found = diagnostics.clone();
    for turn in 0..MAX_TURNS {
        let earlier = found.len();
        let api = lowered((source.clone(), version), policies, &mut found, &mut |_| {
            ControlFlow::Continue(())
        });
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
            let removals = match error.code {
                Code::UnknownKey => vec![Removal::Member(error.pointer.clone())],
                _ => removals(&error.pointer),
            };
            // One part may have several errors.
            if removals.iter().any(|removal| now.contains(removal)) {
                continue;
            }
            let removal = removals
                .into_iter()
                .find(|removal| tried.insert(removal.clone()) && source.root.at(removal.pointer()).is_some())?;
            diagnostics.extend(leave_out(&mut source.root, &removal, error));
            now.insert(removal);
        }
        found = Diagnostics::new();
    }
    None
}

/// What can be taken out so that a value goes with it, the smallest part first.
fn removals(pointer: &str) -> Vec<Removal> {
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
            let mut removals: Vec<Removal> = property
                .map(|at| Removal::Schema(up_to(at.saturating_add(5))))
                .into_iter()
                .collect();
            removals.extend([Removal::Schema(up_to(3)), Removal::Member(up_to(3))]);
            removals
        }
        ["components", _, _, ..] => vec![Removal::Member(up_to(3))],
        ["paths", _, key, ..] if methods::by_key(key).is_some() => {
            vec![Removal::Member(up_to(3)), Removal::Member(up_to(2))]
        }
        ["paths", _, methods::ADDITIONAL, _, ..] => vec![Removal::Member(up_to(4)), Removal::Member(up_to(2))],
        ["paths", _, ..] => vec![Removal::Member(up_to(2))],
        _ => Vec::new(),
    }
}

/// Removes a part from the tree, and returns a warning with the reason.
fn leave_out(root: &mut Node, removal: &Removal, error: &Diagnostic) -> Option<Diagnostic> {
    let (place, what) = match removal {
        Removal::Schema(pointer) => {
            let schema = root.at_mut(pointer)?;
            schema.value = Value::Object(Object::new());
            (schema.place, "the type of the schema is any JSON")
        }
        Removal::Member(pointer) => {
            let (parent, name) = pointer.rsplit_once('/')?;
            let parent = root.at_mut(parent)?.as_object_mut()?;
            (parent.remove(&unescape(name))?.name_place, "this part is not generated")
        }
    };
    let message = format!("{what}: {}", error.message);
    let warning = Diagnostic::warning(Code::LeftOut, Some(place), removal.pointer(), message);
    Some(warning.help("fix the error; without `--keep-going`, no code is generated from this document"))
}

impl Removal {
    fn pointer(&self) -> &str {
        let (Self::Schema(pointer) | Self::Member(pointer)) = self;
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::{Removal, removals};

    #[test]
    fn parts_go_from_the_inside_to_the_outside() {
        let shown = |pointer: &str| -> Vec<String> {
            let removals = removals(pointer);
            let kind = |removal: &Removal| {
                if matches!(removal, Removal::Schema(_)) {
                    "any"
                } else {
                    "out"
                }
            };
            removals
                .iter()
                .map(|removal| format!("{} {}", kind(removal), removal.pointer()))
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
