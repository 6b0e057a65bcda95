#![doc = include_str!("../README.md")]

mod error;
mod out;
mod watch;

use std::{
    env,
    path::{Path, PathBuf},
};

use codegen::{
    Outcome, Selection,
    config::FILE_NAME,
    diagnostic::{Level, Severity},
    package,
};
use specwright::{Failure, Request, inputs::Inputs};

pub use self::error::Error;
use self::{out::Module, watch::Watched};

/// Generates the client of a document into `OUT_DIR`.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    request: Request,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// Generates from a document. Its path is relative to the folder of the package.
    ///
    /// If `specwright.yaml` in this folder, or in the nearest folder above it, has the same document, its keys apply.
    #[must_use]
    pub fn new(document: impl Into<PathBuf>) -> Self {
        let mut builder = Self::default();
        builder.request.document = Some(document.into());
        builder
    }

    /// Generates what a configuration file says.
    #[must_use]
    pub fn from_config(path: impl Into<PathBuf>) -> Self {
        Self::default().config(path)
    }

    /// Uses a configuration file.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.config = Some(path.into());
        self
    }

    /// Chooses a client of a configuration that has several.
    #[must_use]
    pub fn client(mut self, name: impl Into<String>) -> Self {
        self.request.client = Some(name.into());
        self
    }

    /// Applies an overlay, after those of the configuration and earlier ones.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.overlays.push(path.into());
        self
    }

    /// Generates only the operations that a selection matches.
    #[must_use]
    pub fn include(mut self, selection: Selection) -> Self {
        self.request.include = selection;
        self
    }

    /// Leaves out the operations that a selection matches.
    #[must_use]
    pub fn exclude(mut self, selection: Selection) -> Self {
        self.request.exclude = selection;
        self
    }

    /// Allows the document to refer to files in another folder than its own.
    #[must_use]
    pub fn allow_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.request.allow_folders.push(folder.into());
        self
    }

    /// Treats warnings about the document as errors.
    #[must_use]
    pub fn deny_warnings(mut self) -> Self {
        self.request.levels.warnings = Level::Deny;
        self
    }

    /// Names the module, and the file to include: `OUT_DIR/NAME.rs`.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Writes to another folder than `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates the module.
    ///
    /// Prints what cargo needs to know: the files to watch, and the warnings about the document.
    pub fn generate(self) -> Result<(), Error> {
        let Self {
            mut request,
            module,
            out_dir,
        } = self;
        let out_dir = out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let Some(out_dir) = out_dir else {
            return Err(Error::new("OUT_DIR is not set: call this function in a build script"));
        };
        // An output that is a module has no features, because the crate around it does not declare them.
        request.module = Some(out_dir.clone());
        let config = request.config.clone().or_else(configuration);
        watch::print(config.as_deref());
        let inputs = Inputs::of(&request)?;
        for path in inputs.paths() {
            watch::print(Some(path));
        }
        let document = inputs
            .paths()
            .first()
            .map(|path| path.to_path_buf())
            .unwrap_or_default();
        let module = Module::new(module.as_deref(), &document)?;
        let outcome = generated(&inputs, &document)?;
        warnings(&outcome);
        let Some(generated) = outcome.generated.filter(|_| !outcome.diagnostics.has_errors()) else {
            let errors = outcome.diagnostics.without_notes().render(&outcome.sources);
            return Err(Error::new(format!("{errors}\n{}", outcome.diagnostics.tally())));
        };
        module.write(&out_dir, package::module_files(module.name(), &generated.files))
    }
}

/// Generates, and watches the files that the document refers to.
fn generated(inputs: &Inputs, document: &Path) -> Result<Outcome, Failure> {
    let folder = document.parent().unwrap_or(Path::new(""));
    inputs.give(|given, config| {
        let watched = Watched {
            loader: given.loader,
            folder,
        };
        let given = codegen::Inputs {
            loader: &watched,
            ..given
        };
        codegen::generate_with(given, config)
    })
}

/// Prints each warning about the document in one line, as a warning of cargo.
fn warnings(outcome: &Outcome) {
    let is_warning = |severity| severity == Severity::Warning;
    for diagnostic in outcome.diagnostics.iter().filter(|one| is_warning(one.severity)) {
        let place = diagnostic.place.and_then(|place| {
            let file = outcome.sources.get(place.file)?;
            Some(format!("{}:{}:{}: ", file.name(), place.line, place.column))
        });
        let line = format!(
            "{}{} [{}]",
            place.unwrap_or_default(),
            diagnostic.message,
            diagnostic.code.as_str()
        );
        println!("cargo::warning={}", specwright::output::printable(&line));
    }
}

/// The configuration in the folder of the package, or in the nearest folder above it.
fn configuration() -> Option<PathBuf> {
    let current = env::current_dir().ok()?;
    let mut candidates = current.ancestors().map(|folder| folder.join(FILE_NAME));
    candidates.find(|path| path.is_file())
}
