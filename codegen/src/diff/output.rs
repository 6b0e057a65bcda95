//! A verdict for people and for programs.

mod human;

use super::Verdict;

/// The forms of a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Human,
}

impl Verdict {
    /// The verdict in a form.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Human => human::text(self),
        }
    }
}
