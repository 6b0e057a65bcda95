//! The results of stages as text for people, with one fact on each line. The text depends only on the document.
//!
//! A result consists of entries. Each entry starts with its JSON pointer, which selects the entry.

mod api;
mod entry;
mod names;
mod operations;
mod rules;
mod schemas;
mod tree;
mod types;
mod unknown;
mod words;

use self::entry::selected;
pub use self::unknown::UnknownPointer;
use crate::{
    diagnostic::{Diagnostics, Files},
    effective,
    found::Made,
    read::Node,
};

/// A stage whose result can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Every value as it was read, with its file, line and column.
    Source,
    /// The canonical document, in YAML.
    Canonical,
    /// What each schema means.
    Meaning,
    /// The intermediate representation.
    Ir,
    /// The wire names and their identifiers.
    Names,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Self; 5] = [Self::Source, Self::Canonical, Self::Meaning, Self::Ir, Self::Names];

    /// Returns the name of the stage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Canonical => "canonical",
            Self::Meaning => "meaning",
            Self::Ir => "ir",
            Self::Names => "names",
        }
    }

    /// Returns the stage with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// Returns the result of the stage as text, or `None` if `made` is the result of another stage.
    pub(crate) fn text(self, made: Made<'_>, at: &str) -> Option<Result<String, UnknownPointer>> {
        let entries = match (self, made) {
            (Self::Source, Made::Read(source)) => tree::entries(source),
            (Self::Canonical, Made::Canonical(made)) => return Some(canonical(&made.source.root, at)),
            (Self::Meaning, Made::Document(document)) => schemas::entries(document),
            (Self::Ir, Made::Api(api)) => api::entries(api),
            (Self::Names, Made::Names(names)) => names::entries(names),
            _ => return None,
        };
        Some(selected(&entries, at))
    }
}

/// The result of [`show`](crate::stages::show).
#[derive(Debug)]
pub struct Shown {
    /// The text, or an error if the pointer does not exist. `None` if the document is rejected.
    pub text: Option<Result<String, UnknownPointer>>,
    /// The errors, warnings and notes, sorted by location.
    pub diagnostics: Diagnostics,
    /// The contents of the files that the diagnostics refer to.
    pub sources: Files,
}

fn canonical(root: &Node, at: &str) -> Result<String, UnknownPointer> {
    match root.at(at) {
        Some(node) => Ok(effective::written(node)),
        None => {
            let pointers = tree::pointers(root);
            Err(UnknownPointer::new(at, pointers.iter().map(String::as_str)))
        }
    }
}
