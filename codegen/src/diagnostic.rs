//! Diagnostics: the problems of a document, with their locations and help.

mod code;
mod excerpt;
mod files;
mod finding;
mod fold;
mod json;
mod levels;
mod render;
mod sarif;
mod tally;

pub use self::{
    code::Code,
    files::{FileId, Files, SourceFile},
    finding::{Diagnostic, Diagnostics, Place, Severity},
    levels::{Level, Levels},
    render::Style,
    tally::Tally,
};
pub(crate) use self::{excerpt::printable, json::printable as printable_json, sarif::relative_uri};

impl Diagnostics {
    /// Counts the diagnostics by severity and code.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self)
    }

    /// Returns all diagnostics as text, separated by blank lines. Equal diagnostics are shown once, with their number and first
    /// locations.
    #[must_use]
    pub fn render(&self, files: &Files) -> String {
        self.render_as(Style::Plain, files)
    }

    /// Returns the same as [`Diagnostics::render`], in a style.
    #[must_use]
    pub fn render_as(&self, style: Style, files: &Files) -> String {
        let folded = fold::fold(&self.0);
        let texts: Vec<String> = folded.iter().map(|folded| folded.render_as(style, files)).collect();
        texts.join("\n")
    }
}
