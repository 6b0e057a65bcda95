//! One slip gives one error: what a later stage reports because an earlier one could not read a part is left out.
//!
//! The reading of the typed document marks the broken values by its findings; nothing else has to be passed on.

mod sections;

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use crate::{
    config::Policies,
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    document::Document,
    ir::Api,
    lower,
    normalize::Version,
    read::{Node, Source},
};

/// The stages that give the document its meaning: typed, which `look` sees, and lowered. What the second finds only because
/// of what the first has found is left out.
pub(crate) fn lowered(
    (source, version): (Source, Version),
    policies: Policies<'_>,
    diagnostics: &mut Diagnostics,
    look: &mut dyn FnMut(&Document) -> ControlFlow<()>,
) -> Option<(Api, Document)> {
    let (mut of_document, mut of_lower) = (Diagnostics::new(), Diagnostics::new());
    let document = Document::build(source, version, &mut of_document);
    let wanted = document.as_ref().filter(|document| look(document).is_continue());
    let api = wanted.and_then(|document| lower::lower(document, policies, &mut of_lower));
    let root = document.as_ref().map(|document| &document.source.root);
    diagnostics.extend(left_out(of_document, of_lower, root));
    api.zip(document)
}

/// The findings of both stages without those that follow from others. `root` is the canonical tree.
fn left_out(of_document: Diagnostics, of_lower: Diagnostics, root: Option<&Node>) -> Diagnostics {
    let found = without_repetitions(of_document);
    let (mut found, of_lower) = sections::misspelt(found, of_lower, root);
    let broken = Broken::of(&found, &of_lower);
    found.extend(of_lower.into_iter().filter(|one| !broken.explains(one)));
    found
}

/// A value of a wrong kind has one error: keys that it lacks are not reported besides.
fn without_repetitions(diagnostics: Diagnostics) -> Diagnostics {
    let mut wrong: HashSet<String> = HashSet::new();
    let mut kept = Diagnostics::new();
    for diagnostic in diagnostics {
        if diagnostic.severity == Severity::Error {
            if wrong.contains(&diagnostic.pointer) {
                continue;
            }
            if diagnostic.code == Code::WrongKind {
                wrong.insert(diagnostic.pointer.clone());
            }
        }
        kept.push(diagnostic);
    }
    kept
}

/// What is known to be broken.
struct Broken {
    /// Values that cannot be what they are, and whether that is an error: what is in them has no meaning.
    values: HashMap<String, Severity>,
    /// Path items and operations whose parameters are not those of the path, or cannot be read.
    parameters: HashSet<String>,
    /// Schemas one of whose keywords is an error.
    schemas: HashSet<String>,
}

impl Broken {
    fn of(of_document: &Diagnostics, of_lower: &Diagnostics) -> Self {
        let mut broken = Self {
            values: HashMap::new(),
            parameters: HashSet::new(),
            schemas: HashSet::new(),
        };
        for diagnostic in of_document {
            broken.add(diagnostic);
        }
        let references = of_lower.iter().filter(|one| one.code == Code::UnresolvedReference);
        for diagnostic in of_document.iter().chain(references) {
            let is_error = diagnostic.severity == Severity::Error;
            if is_error && let Some((holder, _)) = diagnostic.pointer.rsplit_once("/parameters/") {
                broken.parameters.insert(holder.to_owned());
            }
        }
        broken
    }

    fn add(&mut self, diagnostic: &Diagnostic) {
        match diagnostic.code {
            Code::WrongKind | Code::InvalidValue => {
                self.values.insert(diagnostic.pointer.clone(), diagnostic.severity);
                if diagnostic.severity == Severity::Error
                    && let Some((schema, _)) = diagnostic.pointer.rsplit_once('/')
                {
                    self.schemas.insert(schema.to_owned());
                }
            }
            Code::InvalidPath => {
                self.parameters.insert(diagnostic.pointer.clone());
            }
            _ => {}
        }
    }

    /// Whether a finding of a later stage follows from what is broken.
    fn explains(&self, diagnostic: &Diagnostic) -> bool {
        let is_error = diagnostic.severity == Severity::Error;
        let mut around = pointers_around(&diagnostic.pointer);
        let in_broken_value = around
            .any(|pointer| matches!(self.values.get(pointer), Some(found) if !is_error || *found == Severity::Error));
        let of_parameters = || {
            diagnostic.code == Code::InvalidPath
                && pointers_around(&diagnostic.pointer).any(|pointer| self.parameters.contains(pointer))
        };
        in_broken_value || of_parameters() || (!is_error && self.schemas.contains(&diagnostic.pointer))
    }
}

/// A pointer and those of the values around it, without the root.
fn pointers_around(pointer: &str) -> impl Iterator<Item = &str> {
    let longest = Some(pointer).filter(|pointer| !pointer.is_empty());
    std::iter::successors(longest, |pointer| {
        let end = pointer.rfind('/').filter(|end| *end > 0)?;
        pointer.get(..end)
    })
}

#[cfg(test)]
mod tests {
    use super::left_out;
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};

    fn error(code: Code, pointer: &str) -> Diagnostic {
        Diagnostic::error(code, None, pointer, "m")
    }

    fn kept(of_document: &[Diagnostic], of_lower: &[Diagnostic]) -> Vec<String> {
        let all = |diagnostics: &[Diagnostic]| -> Diagnostics { diagnostics.iter().cloned().collect() };
        let left = left_out(all(of_document), all(of_lower), None);
        left.iter().map(|one| one.pointer.clone()).collect()
    }

    #[test]
    fn what_lies_in_a_broken_value_follows_from_it() {
        let document = [
            error(Code::WrongKind, "/a/enum"),
            error(Code::InvalidValue, "/a/enum"),
            error(Code::InvalidValue, "/b/type"),
        ];
        let lower = [
            error(Code::Contradiction, "/a/enum/0"),
            Diagnostic::warning(Code::Weakened, None, "/b", "m"),
            error(Code::Contradiction, "/b"),
            error(Code::Contradiction, "/a/enumeration"),
        ];
        assert_eq!(kept(&document, &lower), ["/a/enum", "/b/type", "/b", "/a/enumeration"]);
    }

    #[test]
    fn a_path_without_a_parameter_that_cannot_be_read_is_no_news() {
        let document = [error(Code::InvalidValue, "/paths/~1a/get/parameters/0/in")];
        let lower = [
            error(Code::InvalidPath, "/paths/~1a/get"),
            error(Code::InvalidPath, "/paths/~1a/put"),
            error(Code::UnresolvedReference, "/paths/~1a/put/parameters/0/$ref"),
            error(Code::InvalidPath, "/paths/~1b/get"),
            error(Code::DuplicateOperation, "/paths/~1a/get"),
        ];
        assert_eq!(
            kept(&document, &lower)[1..],
            ["/paths/~1a/put/parameters/0/$ref", "/paths/~1b/get", "/paths/~1a/get"]
        );
    }

    /// A warning about a value explains warnings in it, and never an error.
    #[test]
    fn warnings_hide_no_errors() {
        let document = [Diagnostic::warning(Code::InvalidValue, None, "/a", "m")];
        let lower = [
            Diagnostic::warning(Code::Weakened, None, "/a/b", "m"),
            error(Code::Contradiction, "/a/b"),
        ];
        assert_eq!(kept(&document, &lower), ["/a", "/a/b"]);
    }
}
