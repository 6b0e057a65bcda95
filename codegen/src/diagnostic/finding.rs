//! One thing to report about a document, and a list of them.

use std::fmt;

use super::{code::Code, files::FileId};

/// The location in a file at which a value starts.
///
/// Places order by file, then line, then column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as an index into [`Files`](super::Files).
    pub file: FileId,
    /// The line, counted from 1. Lines end with LF, CR or CR LF.
    pub line: u32,
    /// The column, counted from 1 in Unicode scalar values. A byte order mark is not counted.
    pub column: u32,
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Something of the document is lost or guessed.
    Warning,
    /// Nothing is lost, and there is nothing to do.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// One thing to say about a document.
///
/// Texts may quote the document as it is: control characters and marks that reorder text are escaped by
/// [`Diagnostic::render`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// Its location, if it has one.
    pub place: Option<Place>,
    /// The JSON pointer (RFC 6901) of the value concerned, or of the nearest one around it; empty for the root.
    pub pointer: String,
    /// The problem, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other locations that matter, each with a label.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// An error: nothing is generated.
    #[must_use]
    pub fn error(code: Code, place: Option<Place>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, pointer.into(), message.into())
    }

    /// A warning, or a note where the code is that of a note ([`Code::is_note`]): the code decides, so that a level of one
    /// code never hides both.
    #[must_use]
    pub fn warning(code: Code, place: Option<Place>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        let severity = if code.is_note() {
            Severity::Note
        } else {
            Severity::Warning
        };
        Self::new(severity, code, place, pointer.into(), message.into())
    }

    fn new(severity: Severity, code: Code, place: Option<Place>, pointer: String, message: String) -> Self {
        Self {
            severity,
            code,
            place,
            pointer,
            message,
            help: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another location that matters, with a label.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push((place, message.into()));
        self
    }
}

/// What the stages have said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub(super) Vec<Diagnostic>);

impl Diagnostics {
    /// Nothing said yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes those from a number on.
    #[must_use]
    pub fn split_off(&mut self, number: usize) -> Self {
        Self(self.0.split_off(number.min(self.0.len())))
    }

    /// One after the other, in the order of their coming or, after [`Diagnostics::sort`], of their places.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Orders them by file, line and column, and drops repetitions. Those without a place come last, and those of
    /// one place keep their order.
    pub fn sort(&mut self) {
        self.0
            .sort_by_key(|diagnostic| (diagnostic.place.is_none(), diagnostic.place));
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.0.len());
        for diagnostic in self.0.drain(..) {
            let same_place = kept
                .iter()
                .rev()
                .take_while(|earlier| earlier.place == diagnostic.place);
            if !same_place.into_iter().any(|earlier| *earlier == diagnostic) {
                kept.push(diagnostic);
            }
        }
        self.0 = kept;
    }

    /// Those that are not notes.
    #[must_use]
    pub fn without_notes(&self) -> Self {
        let others = self.0.iter().filter(|one| one.severity != Severity::Note);
        Self(others.cloned().collect())
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.0.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(diagnostics: T) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Diagnostic, Diagnostics, FileId, Place};

    fn at(line: u32, column: u32) -> Place {
        Place {
            file: FileId::FIRST,
            line,
            column,
        }
    }

    #[test]
    fn sorting_goes_by_place_and_drops_repetitions() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, None, "", "nowhere"));
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, Some(at(2, 1)), "", "third"));
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, Some(at(1, 9)), "", "second"));
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, Some(at(1, 3)), "", "first"));
        diagnostics.push(Diagnostic::warning(
            Code::MergeKey,
            Some(at(1, 9)),
            "",
            "of the same place",
        ));
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, Some(at(1, 9)), "", "second"));
        diagnostics.sort();
        let messages: Vec<&str> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(messages, ["first", "second", "of the same place", "third", "nowhere"]);
    }

    #[test]
    fn warnings_are_no_errors() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::warning(Code::Weakened, None, "", ""));
        diagnostics.push(Diagnostic::warning(Code::MergeKey, None, "", ""));
        assert!(!diagnostics.has_errors());
        diagnostics.push(Diagnostic::error(Code::JsonSyntax, None, "", ""));
        assert!(diagnostics.has_errors());
    }

    #[test]
    fn a_place_is_small() {
        assert!(size_of::<Place>() <= 12);
    }
}
