//! The files of a target, in memory.

use std::{io, path::Path};

use codegen::{
    Generated, Outcome,
    diagnostic::Code,
    package::{self, Package, README},
};

use crate::{
    Failure, Request, chosen,
    install::Wanted,
    manifest,
    output::{count, report},
    target::{Output, Target},
};

/// The manifest of a crate.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// The client of a target.
pub(crate) struct Client {
    pub(crate) files: Wanted,
    /// What the user may have to do themselves, a sentence each.
    pub(crate) hints: Vec<String>,
    /// Says that parts of the document are not in it.
    pub(crate) incomplete: Option<Failure>,
    /// How many diagnostics there are; `None` without any.
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
pub(crate) fn files(request: &Request, target: &Target, verb: &str) -> Result<Client, Failure> {
    target
        .messages
        .progress(&format!("generating from {}", target.inputs.name));
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
    let (files, mut hints) = match &target.output {
        Output::Crate { .. } => of_crate(target, &generated)?,
        Output::Module(layout) => {
            let files = package::module_files(layout.modules(), &generated.files);
            let mut files = Wanted::new(layout.clone(), files)?;
            let hints = manifest::of_host(request, target, &generated, &mut files)?;
            (files, hints)
        }
    };
    let manifest = present(&target.base, MANIFEST)?.unwrap_or_default();
    hints.extend(chosen::missing(target.config().formats.values(), &manifest));
    Ok(Client {
        files,
        hints,
        incomplete,
        tally: (!diagnostics.is_empty()).then_some(tally),
    })
}

/// The files of a whole crate. Its manifest is the user's, except for the marked blocks.
fn of_crate(target: &Target, generated: &Generated) -> Result<(Wanted, Vec<String>), Failure> {
    let Output::Crate { name, metadata } = &target.output else {
        return Err(Failure::Run("a module is not a crate".to_owned()));
    };
    let source = target.config().source_name.clone().unwrap_or_default();
    let package = Package {
        name,
        title: &generated.title,
        source: &source,
        features: &generated.features,
        runtime: &target.runtime,
        metadata,
        front: generated.front.as_ref(),
    };
    let mut files = Wanted::new(
        crate::install::Layout::default(),
        package::own_files(package, &generated.files),
    )?;
    let present = present(&target.base, MANIFEST)?;
    let manifest = package::manifest(package, present.as_deref()).map_err(|error| {
        let path = crate::paths::shown(&target.base.join(MANIFEST));
        let is_foreign = present.as_ref().is_some_and(|text| !text.contains("# specwright "));
        let help = if is_foreign {
            "this file belongs to another crate: choose another folder, or generate modules into the crate with \
             `--module src/api`"
        } else {
            error.help.as_str()
        };
        Failure::Run(format!(
            "{path}:{}: {}\nhelp: {help}\nnothing was written",
            error.line, error.message
        ))
    })?;
    manifest::is_valid(&target.base.join(MANIFEST), &manifest.text)?;
    files.share(MANIFEST, present.as_deref().map(str::as_bytes), manifest.text)?;
    of_readme(target, package, &mut files)?;
    Ok((files, manifest.hints))
}

/// The README of a crate, which is the user's except for the marked block.
fn of_readme(target: &Target, package: Package<'_>, files: &mut Wanted) -> Result<(), Failure> {
    let present = present(&target.base, README)?;
    let text = package::readme(package, present.as_deref()).map_err(|error| {
        let path = crate::paths::shown(&target.base.join(README));
        let (line, message, help) = (error.line, error.message, error.help);
        Failure::Run(format!("{path}:{line}: {message}\nhelp: {help}\nnothing was written"))
    })?;
    files.share(README, present.as_deref().map(str::as_bytes), text)?;
    Ok(())
}

/// A file of a crate's folder that belongs to the user. A link is not followed: what puts files in place refuses it later.
pub(crate) fn present(base: &Path, name: &str) -> Result<Option<String>, Failure> {
    let path = base.join(name);
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Ok(None);
    }
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Run(format!(
            "cannot read {}: {error}",
            crate::paths::shown(&path)
        ))),
    }
}
