//! Everything that a stage has to say about a document: what is wrong, where it stands, and what to do about it.

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
    /// How many there are of each severity and code.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self)
    }

    /// All of them as text, with a blank line between two. Equal ones are shown once, with their count and their first
    /// places.
    #[must_use]
    pub fn render(&self, files: &Files) -> String {
        self.render_as(Style::Plain, files)
    }

    /// The same in a style.
    #[must_use]
    pub fn render_as(&self, style: Style, files: &Files) -> String {
        let folded = fold::fold(&self.0);
        let texts: Vec<String> = folded.iter().map(|folded| folded.render_as(style, files)).collect();
        texts.join("\n")
    }
}
