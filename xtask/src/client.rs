//! The files of a target, in memory.

use codegen::{Outcome, diagnostic::Code, package};

use crate::{
    failure::Failure,
    install::Wanted,
    output::{count, progress, report},
    target::Target,
};

/// The client of a target.
pub(crate) struct Client {
    pub(crate) files: Wanted,
    /// Says that parts of the document are not in it.
    pub(crate) incomplete: Option<Failure>,
    /// How many diagnostics there are; `None` where there are none.
    pub(crate) tally: Option<String>,
}

impl Client {
    /// Ends a command that did what it should: the last line counts the diagnostics.
    pub(crate) fn end(self) -> Result<(), Failure> {
        if let Some(failure) = self.incomplete {
            return Err(failure);
        }
        if let Some(tally) = self.tally {
            report(&format!("{tally}\n"));
        }
        Ok(())
    }
}

/// Generates. What there is to say about the document is printed; `verb` says what does not happen after an error.
pub(crate) fn files(target: &Target, verb: &str) -> Result<Client, Failure> {
    progress(&format!("generating from {}", target.inputs.name));
    let Outcome {
        generated,
        diagnostics,
        sources,
        ..
    } = target.inputs.give(codegen::generate_with)?;
    target.messages.diagnostics(&diagnostics, &sources);
    let tally = target.messages.tally(&diagnostics);
    let Some(generated) = generated else {
        return Err(Failure::Run(format!("{tally}: nothing was {verb}")));
    };
    let left_out = diagnostics.iter().filter(|one| one.code == Code::LeftOut).count();
    let parts = count(left_out, "part");
    let incomplete = diagnostics
        .has_errors()
        .then(|| Failure::Run(format!("{tally}: everything was {verb} except {parts} of the document")));
    let files = match &target.package {
        Some(of) => {
            let package = package::Package {
                name: &of.name,
                title: &generated.title,
                source: &target.inputs.name,
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
    Ok(Client {
        files,
        incomplete,
        tally: (!diagnostics.is_empty()).then_some(tally),
    })
}
