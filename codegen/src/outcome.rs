//! What a run returns.

use crate::{
    Files,
    diagnostic::{self, Diagnostics},
    emit::Context,
    inventory::{self, Model},
    ir::Coverage,
    normalize::Changes,
    report::Report,
    surface::{Surface, text},
};

/// What a run gives: a client or the reasons why there is none, and in any case what was found on the way.
#[derive(Debug)]
pub struct Outcome {
    /// The client; `None` where the diagnostics hold an error, unless what is whole of it is wanted
    /// ([`Config::keep_going`](crate::Config::keep_going)).
    pub generated: Option<Generated>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// What the document says in other words than OpenAPI 3.0 has, and means the same.
    pub changes: Changes,
    /// The texts that the diagnostics' places point into.
    pub sources: diagnostic::Files,
}

/// A generated client.
#[derive(Debug)]
pub struct Generated {
    /// The document's title.
    pub title: String,
    /// The modules, relative to the folder of generated code.
    pub files: Files,
    /// The cargo features of the groups of operations; none where they have none.
    pub features: Vec<String>,
    /// One line an operation and one a type: the page that a reviewer opens first.
    pub inventory: String,
    /// The public surface: one line for each item and each member, with what it means on the wire.
    pub surface: String,
    /// How much there is of it.
    pub size: Size,
    /// Where each schema has become a model, sorted by the schema's name.
    pub models: Vec<Model>,
}

/// How much a client holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Its operations.
    pub operations: usize,
    /// Its named types.
    pub types: usize,
    /// How many of the document's schemas have a type.
    pub coverage: Coverage,
}

impl Generated {
    /// A client that is written.
    pub(crate) fn new(context: Context<'_>, files: Files) -> Self {
        Self {
            title: context.api.title.clone(),
            files,
            features: context.features.names(context.names),
            inventory: inventory::inventory(context),
            surface: text::page(&Surface::of(context)),
            size: Size {
                operations: context.api.operations().count(),
                types: context.api.types.len(),
                coverage: context.api.coverage,
            },
            models: inventory::models(context),
        }
    }
}

/// What a report gives: none where the document cannot be read.
#[derive(Debug)]
pub struct Reported {
    /// What has become of each keyword.
    pub report: Option<Report>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The texts that places point into.
    pub sources: diagnostic::Files,
}

/// What a document amounts to with all that belongs to it.
#[derive(Debug)]
pub struct Effective {
    /// The document in canonical form, in YAML; `None` where the diagnostics hold an error.
    pub text: Option<String>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics' places point into.
    pub sources: diagnostic::Files,
}
