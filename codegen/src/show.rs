//! What the stages make of a document, as text for people: the same for the same document, a fact a line.
//!
//! Each stage gives entries, and each entry begins with its JSON pointer, by which it can be asked for alone.

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
    /// The wire names and the identifiers made of them.
    Names,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Self; 5] = [Self::Source, Self::Canonical, Self::Meaning, Self::Ir, Self::Names];

    /// The name of the stage.
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

    /// The stage of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// What the stage has made, as text; `None` where another stage has made it.
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

/// What a stage made of a document.
#[derive(Debug)]
pub struct Shown {
    /// The text, or the reason why nothing is at the pointer; `None` where the document is refused.
    pub text: Option<Result<String, UnknownPointer>>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics' places point into.
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
