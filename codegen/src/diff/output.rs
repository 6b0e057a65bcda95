//! A verdict for people and for programs.

mod human;
mod json;
mod markdown;
mod sarif;

use super::{
    verdict::{Http, Rust, Verdict},
    version::next_version,
};
use crate::acts_on_display;

/// The forms of a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Human,
    /// For a comment on a pull request.
    Markdown,
    /// For programs: [`SCHEMA`] describes it.
    Json,
    /// For code hosts, which show it beside the lines concerned.
    Sarif,
}

impl Format {
    /// The names of the forms.
    pub const NAMES: [&'static str; 4] = ["human", "markdown", "json", "sarif"];

    /// The form of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "human" => Self::Human,
            "markdown" => Self::Markdown,
            "json" => Self::Json,
            "sarif" => Self::Sarif,
            _ => return None,
        })
    }
}

/// The JSON Schema of a verdict as JSON.
pub const SCHEMA: &str = include_str!("output/verdict.schema.json");

/// What a pipeline does not accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// A change that may break programs.
    Major,
    /// A change that is more than a patch.
    Minor,
    /// A change that breaks clients of the API.
    Breaking,
    /// A change after which old programs compile and mean something else.
    Silent,
}

impl FailOn {
    /// The names of what can be refused.
    pub const NAMES: [&'static str; 4] = ["major", "minor", "breaking", "silent"];

    /// What a name means.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "major" => Self::Major,
            "minor" => Self::Minor,
            "breaking" => Self::Breaking,
            "silent" => Self::Silent,
            _ => return None,
        })
    }
}

impl Verdict {
    /// The verdict in a form; `current` is the present version of the crate, which the next one follows.
    #[must_use]
    pub fn render(&self, format: Format, current: Option<&str>) -> String {
        let next = current.and_then(|current| next_version(current, self.rust));
        let text = match format {
            Format::Human => human::text(self, next.as_deref()),
            Format::Markdown => markdown::text(self, next.as_deref()),
            Format::Json => return json::text(self, next.as_deref()),
            Format::Sarif => return sarif::text(self),
        };
        visible(&text)
    }

    /// Whether the verdict is one that is not accepted.
    #[must_use]
    pub fn fails(&self, refused: &[FailOn]) -> bool {
        refused.iter().any(|refused| match refused {
            FailOn::Major => self.rust == Rust::Major,
            FailOn::Minor => self.rust >= Rust::Minor,
            FailOn::Breaking => self.http == Http::Breaking,
            FailOn::Silent => self.silent,
        })
    }
}

/// The text with control characters and marks that reorder text escaped.
pub(super) fn visible(text: &str) -> String {
    if !text.contains(|character: char| character != '\n' && acts_on_display(character)) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && acts_on_display(character) {
            result.extend(character.escape_unicode());
        } else {
            result.push(character);
        }
    }
    result
}
