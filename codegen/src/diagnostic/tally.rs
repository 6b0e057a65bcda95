//! Counts of diagnostics by severity and code.

use std::{collections::BTreeMap, fmt};

use super::{Code, Diagnostics, Severity};

/// The numbers of diagnostics by severity and code.
///
/// `Display` writes a line such as `1 error (duplicate-key), 3 warnings (weakened 2, unknown-key), 0 notes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(Severity, Code), usize>);

impl Tally {
    pub(super) fn of(diagnostics: &Diagnostics) -> Self {
        let mut counts = BTreeMap::new();
        for diagnostic in diagnostics {
            let count: &mut usize = counts.entry((diagnostic.severity, diagnostic.code)).or_default();
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// Returns the number of diagnostics with a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.codes(severity).iter().map(|(_, count)| count).sum()
    }

    /// Returns the codes of a severity with their numbers, the most frequent code first.
    #[must_use]
    pub fn codes(&self, severity: Severity) -> Vec<(Code, usize)> {
        let of_severity = self.0.iter().filter(|((other, _), _)| *other == severity);
        let mut codes: Vec<(Code, usize)> = of_severity.map(|((_, code), count)| (*code, *count)).collect();
        codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.as_str()));
        codes
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, severity) in [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .enumerate()
        {
            let count = self.count(severity);
            let separator = if number == 0 { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            write!(formatter, "{separator}{count} {severity}{plural}")?;
            let codes = self.codes(severity);
            let single = codes.len() == 1;
            let codes: Vec<String> = codes
                .into_iter()
                .map(|(code, count)| match count {
                    1 => code.to_string(),
                    _ if single => code.to_string(),
                    _ => format!("{code} {count}"),
                })
                .collect();
            if !codes.is_empty() {
                write!(formatter, " ({})", codes.join(", "))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Diagnostics};

    #[test]
    fn severities_and_codes_are_counted() {
        let warning = |code| Diagnostic::warning(code, None, "", "");
        let diagnostics: Diagnostics = [
            Diagnostic::error(Code::DuplicateKey, None, "", ""),
            warning(Code::UnknownKey),
            warning(Code::Weakened),
            warning(Code::Weakened),
            warning(Code::UnusedMediaType),
            warning(Code::UnusedMediaType),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            diagnostics.tally().to_string(),
            "1 error (duplicate-key), 3 warnings (weakened 2, unknown-key), 2 notes (unused-media-type)"
        );
        assert_eq!(Diagnostics::new().tally().to_string(), "0 errors, 0 warnings, 0 notes");
    }
}
