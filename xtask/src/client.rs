//! The files of a target, in memory.

use std::{fs::File, io::Read as _, path::Path};

use codegen::{
    Input, Outcome,
    diagnostic::{Code, Severity},
    package,
    read::Limits,
};

use crate::{
    failure::Failure,
    files::Folders,
    install::Wanted,
    output::{count, progress},
    target::Target,
    workspace::shown,
};

/// The client of a target.
pub(crate) struct Client {
    pub(crate) files: Wanted,
    /// Says that parts of the document are not in it.
    pub(crate) incomplete: Option<Failure>,
}

/// Generates. What there is to say about the document is printed; `verb` says what does not happen after an error.
pub(crate) fn files(target: &Target, verb: &str) -> Result<Client, Failure> {
    let bytes = read(&target.document, &target.config.limits)?;
    progress(&format!("generating from {}", target.source));
    let input = Input {
        name: &target.source,
        bytes: &bytes,
    };
    let Outcome {
        generated,
        diagnostics,
        sources,
        ..
    } = generate(input, &target.folders, &target.config)?;
    target.format.diagnostics(&diagnostics, &sources);
    let number = |severity| {
        let diagnostics = diagnostics.iter();
        diagnostics.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let errors = count(number(Severity::Error), "error");
    let warnings = count(number(Severity::Warning), "warning");
    let Some(generated) = generated else {
        return Err(Failure::Run(format!("{errors}, {warnings}: nothing was {verb}")));
    };
    let left_out = diagnostics.iter().filter(|one| one.code == Code::LeftOut).count();
    let parts = count(left_out, "part");
    let incomplete = diagnostics.has_errors().then(|| {
        Failure::Run(format!(
            "{errors}, {warnings}: all was {verb} but {parts} of the document"
        ))
    });
    let files = match &target.package {
        Some(of) => {
            let package = package::Package {
                name: &of.name,
                title: &generated.title,
                source: &target.source,
                features: &generated.features,
                runtime: &of.runtime,
            };
            package::files(package, &generated.files)
        }
        None => {
            let modules = generated.files.iter();
            modules
                .map(|(path, text)| (format!("{}/{path}", package::GENERATED_FOLDER), text.to_owned()))
                .collect()
        }
    };
    let files = Wanted::new(files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())))?;
    Ok(Client { files, incomplete })
}

/// Enough for a document nested as deep as the limits let it, in an unoptimized build; a main thread has less on some
/// platforms.
const STACK: usize = 64 << 20;

pub(crate) fn generate(input: Input<'_>, folders: &Folders, config: &codegen::Config) -> Result<Outcome, Failure> {
    with_stack(|| codegen::generate_with(input, folders, config))
}

/// Runs the generator where it has the stack that it needs.
pub(crate) fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, run);
        let thread = thread.map_err(|error| Failure::Run(format!("cannot start a thread: {error}")))?;
        thread.join().map_err(|_| {
            Failure::Run(
                "the generator stopped, which is a defect of it: please report it with the document".to_owned(),
            )
        })
    })
}

/// One byte more than the limit is enough for the reader to refuse it.
pub(crate) fn read(document: &Path, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(limits.max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(document)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(document))))?;
    Ok(bytes)
}
