//! The results of a run.

use crate::{
    Files,
    diagnostic::{self, Diagnostics},
    emit::{self, Context, Front},
    ir::Coverage,
    model::{self, Model},
    normalize::Changes,
    report::Report,
};

/// The result of [`generate`](crate::generate): a client or the errors that prevent it, and all diagnostics.
#[derive(Debug)]
pub struct Outcome {
    /// The client. `None` if there is an error, unless [`Config::keep_going`](crate::Config::keep_going) is set.
    pub generated: Option<Generated>,
    /// The errors, warnings and notes, sorted by location.
    pub diagnostics: Diagnostics,
    /// The parts of the document that were rewritten in the words of OpenAPI 3.0 without a change of meaning.
    pub changes: Changes,
    /// The contents of the files that the diagnostics refer to.
    pub sources: diagnostic::Files,
}

/// A generated client.
#[derive(Debug)]
pub struct Generated {
    /// The document's title.
    pub title: String,
    /// The parts of the front page of a crate. `None` if generated code does not make clients.
    pub front: Option<Front>,
    /// The modules, relative to the folder of generated code.
    pub files: Files,
    /// The cargo features of the groups of operations. Empty if the groups do not have features.
    pub features: Vec<String>,
    /// The size of the client.
    pub size: Size,
    /// The model of each schema, sorted by the name of the schema.
    pub models: Vec<Model>,
}

/// The size of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// The number of operations.
    pub operations: usize,
    /// The number of named types.
    pub types: usize,
    /// How many schemas of the document have a type.
    pub coverage: Coverage,
}

impl Generated {
    /// A client that is written.
    pub(crate) fn new(context: Context<'_>, files: Files) -> Self {
        Self {
            title: context.api.title.clone(),
            front: emit::front(context),
            files,
            features: context.features.names(context.names),
            size: Size {
                operations: context.api.operations().count(),
                types: context.api.types.len(),
                coverage: context.api.coverage,
            },
            models: model::models(context),
        }
    }
}

/// The result of [`report`](crate::report()).
#[derive(Debug)]
pub struct Reported {
    /// The report. `None` if the document cannot be read.
    pub report: Option<Report>,
    /// The errors, warnings and notes, sorted by location.
    pub diagnostics: Diagnostics,
    /// The contents of the files that the locations refer to.
    pub sources: diagnostic::Files,
}

/// The result of [`effective`](crate::effective()) and [`effective_json`](crate::effective_json()).
#[derive(Debug)]
pub struct Effective {
    /// The document in canonical form. `None` if there is an error.
    pub text: Option<String>,
    /// The errors, warnings and notes, sorted by location.
    pub diagnostics: Diagnostics,
    /// The contents of the files that the diagnostics refer to.
    pub sources: diagnostic::Files,
}
