//! Levels, which turn warnings and notes into errors or hide them.

use std::collections::BTreeMap;

use super::{Code, Diagnostics, Severity};

/// The level of a warning or a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// The diagnostic is not shown.
    Allow,
    /// The diagnostic keeps its severity.
    #[default]
    Warn,
    /// The diagnostic becomes an error.
    Deny,
}

/// The levels of warnings and notes. Errors are not changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The level of warnings, unless `codes` contains their code.
    pub warnings: Level,
    /// The levels of warnings and notes by code.
    pub codes: BTreeMap<Code, Level>,
}

impl Levels {
    fn of(&self, code: Code, severity: Severity) -> Level {
        let other = match severity {
            Severity::Warning => self.warnings,
            Severity::Error | Severity::Note => Level::Warn,
        };
        self.codes.get(&code).copied().unwrap_or(other)
    }

    /// Applies the levels to diagnostics.
    #[must_use]
    pub fn apply(&self, diagnostics: Diagnostics) -> Diagnostics {
        let leveled = diagnostics.into_iter().filter_map(|mut diagnostic| {
            if diagnostic.severity != Severity::Error {
                match self.of(diagnostic.code, diagnostic.severity) {
                    Level::Allow => return None,
                    Level::Warn => {}
                    Level::Deny => diagnostic.severity = Severity::Error,
                }
            }
            Some(diagnostic)
        });
        leveled.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Code, Diagnostic, Diagnostics, Severity},
        Level, Levels,
    };

    #[test]
    fn a_code_goes_before_all() {
        let levels = Levels {
            warnings: Level::Deny,
            codes: [
                (Code::UnknownKey, Level::Allow),
                (Code::UnknownFormat, Level::Warn),
                (Code::WrongKind, Level::Allow),
                (Code::ForeignKeyword, Level::Allow),
                (Code::MergeKey, Level::Deny),
            ]
            .into(),
        };
        let diagnostics: Diagnostics = [
            Diagnostic::warning(Code::UnknownKey, None, "", ""),
            Diagnostic::warning(Code::UnknownFormat, None, "", ""),
            Diagnostic::warning(Code::Weakened, None, "", ""),
            Diagnostic::error(Code::WrongKind, None, "", ""),
            Diagnostic::warning(Code::ForeignKeyword, None, "", ""),
            Diagnostic::warning(Code::MergeKey, None, "", ""),
            Diagnostic::warning(Code::UnusedMediaType, None, "", ""),
        ]
        .into_iter()
        .collect();
        let leveled = levels.apply(diagnostics);
        let shown: Vec<(Code, Severity)> = leveled.iter().map(|one| (one.code, one.severity)).collect();
        assert_eq!(
            shown,
            [
                (Code::UnknownFormat, Severity::Warning),
                (Code::Weakened, Severity::Error),
                (Code::WrongKind, Severity::Error),
                (Code::MergeKey, Severity::Error),
                (Code::UnusedMediaType, Severity::Note),
            ]
        );
    }
}
