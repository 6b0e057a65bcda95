//! A diagnostic, and a list of diagnostics.

use std::fmt;

use super::{code::Code, files::FileId};

/// The location in a file at which a value starts.
///
/// Places are ordered by file, then line, then column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as an index into [`Files`](super::Files).
    pub file: FileId,
    /// The line, counted from 1. Lines end with LF, CR or CR LF.
    pub line: u32,
    /// The column, counted from 1 in Unicode scalar values. A byte order mark is not counted.
    pub column: u32,
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A client cannot be generated.
    Error,
    /// Information of the document is lost or guessed.
    Warning,
    /// No information is lost, and no action is needed.
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

/// A problem of a document.
///
/// Strings can quote the document unchanged. [`Diagnostic::render`] escapes control characters and characters that reorder
/// text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// The location, if there is one.
    pub place: Option<Place>,
    /// The JSON pointer (RFC 6901) of the value, or of the nearest value around it. Empty for the root.
    pub pointer: String,
    /// The problem, in one sentence.
    pub message: String,
    /// How to fix the problem.
    pub help: Option<String>,
    /// Related locations, each with a label.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// Creates an error.
    #[must_use]
    pub fn error(code: Code, place: Option<Place>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, pointer.into(), message.into())
    }

    /// Creates a warning, or a note if the code is that of a note ([`Code::is_note`]). All diagnostics with one code have the
    /// same severity, unless they are errors.
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

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a related location, with a label.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push((place, message.into()));
        self
    }
}

/// A list of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub(super) Vec<Diagnostic>);

impl Diagnostics {
    /// Returns an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Returns whether the list contains an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns the number of diagnostics.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes and returns the diagnostics from an index on.
    #[must_use]
    pub fn split_off(&mut self, number: usize) -> Self {
        Self(self.0.split_off(number.min(self.0.len())))
    }

    /// Returns the diagnostics in the order in which they were added or, after [`Diagnostics::sort`], of their locations.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Sorts the diagnostics by file, line and column, and removes duplicates. Diagnostics without a location come last.
    /// Diagnostics with the same location keep their order.
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

    /// Returns the errors and warnings.
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
