//! `show`: prints what a stage of the generator made of a document.

use codegen::{
    diagnostic::Severity,
    stages::{self, Shown, Stage},
};

use crate::{
    Failure, Request,
    failure::unknown,
    inputs::Inputs,
    output::{count, print},
};

/// The stage of a name.
pub fn stage(name: &str) -> Result<Stage, Failure> {
    Stage::by_name(name).ok_or_else(|| unknown("stage", name, &Stage::ALL.map(Stage::as_str)))
}

/// Prints what a stage made of the part of a document at a JSON pointer; an empty pointer is everything.
pub fn run(request: &Request, stage: Stage, at: &str) -> Result<(), Failure> {
    let inputs = Inputs::of(request)?;
    let Shown {
        text,
        diagnostics,
        sources,
    } = inputs.give(|inputs, config| stages::show(inputs, config, stage, at))?;
    request.messages.diagnostics_beside_output(&diagnostics, &sources);
    match text {
        Some(Ok(text)) => {
            print(&text);
            Ok(())
        }
        Some(Err(unknown)) => Err(Failure::Usage(format!("--at: {unknown}"))),
        None => {
            let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
            Err(Failure::Run(format!("{}: nothing is shown", count(errors, "error"))))
        }
    }
}
