//! Which warnings are errors, and which are not shown.

use std::collections::BTreeMap;

use super::{Code, Diagnostics, Severity};

/// What becomes of a warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// It is not shown.
    Allow,
    /// It is shown.
    #[default]
    Warn,
    /// It is an error.
    Deny,
}

/// What becomes of warnings. Errors stay what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// What becomes of those of no other level.
    pub warnings: Level,
    /// The levels of some codes.
    pub codes: BTreeMap<Code, Level>,
}

impl Levels {
    fn of(&self, code: Code) -> Level {
        self.codes.get(&code).copied().unwrap_or(self.warnings)
    }

    /// The diagnostics after these levels.
    #[must_use]
    pub fn apply(&self, diagnostics: Diagnostics) -> Diagnostics {
        let leveled = diagnostics.into_iter().filter_map(|mut diagnostic| {
            if diagnostic.severity == Severity::Warning {
                match self.of(diagnostic.code) {
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
                (Code::MergeKey, Level::Warn),
                (Code::WrongKind, Level::Allow),
            ]
            .into(),
        };
        let diagnostics: Diagnostics = [
            Diagnostic::warning(Code::UnknownKey, None, "", ""),
            Diagnostic::warning(Code::MergeKey, None, "", ""),
            Diagnostic::warning(Code::Weakened, None, "", ""),
            Diagnostic::error(Code::WrongKind, None, "", ""),
            Diagnostic::note(Code::MoreProblems, None, "", ""),
        ]
        .into_iter()
        .collect();
        let leveled = levels.apply(diagnostics);
        let shown: Vec<(Code, Severity)> = leveled.iter().map(|one| (one.code, one.severity)).collect();
        assert_eq!(
            shown,
            [
                (Code::MergeKey, Severity::Warning),
                (Code::Weakened, Severity::Error),
                (Code::WrongKind, Severity::Error),
                (Code::MoreProblems, Severity::Note),
            ]
        );
    }
}
