//! What a command is asked for.

use std::path::PathBuf;

use codegen::{Selection, diagnostic::Levels};

use crate::output::Messages;

/// What the command line says: every value as it was given. Values that are absent come from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The command that generates what the request asks for, if it is not `specwright generate` with these values.
    pub command: Option<&'static str>,
    /// The document.
    pub document: Option<PathBuf>,
    /// The folder of the crate to write.
    pub out: Option<PathBuf>,
    /// The folder of modules to write in an existing crate.
    pub module: Option<PathBuf>,
    /// The crate's name.
    pub name: Option<String>,
    /// The folder of the runtime, its version, or the word `workspace`.
    pub runtime: Option<String>,
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// Which client of a configuration of several.
    pub client: Option<String>,
    /// Folders that the document may refer to files in.
    pub allow_folders: Vec<PathBuf>,
    /// Overlays, applied after those of the configuration.
    pub overlays: Vec<PathBuf>,
    /// The operations to generate.
    pub include: Selection,
    /// The operations to leave out.
    pub exclude: Selection,
    /// What is printed, and how.
    pub messages: Messages,
    /// Whether a document with errors gives a client of the rest.
    pub keep_going: bool,
    /// What becomes of warnings.
    pub levels: Levels,
    /// Whether the files that would change are only listed.
    pub dry_run: bool,
    /// Whether dependencies that a module needs are added to the manifest of its crate.
    pub add_dependencies: bool,
    /// The number of threads; 0 for one for each core.
    pub jobs: usize,
}
