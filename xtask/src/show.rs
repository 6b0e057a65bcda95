//! `cargo xtask show`.

use std::path::PathBuf;

use codegen::{
    diagnostic::Severity,
    stages::{self, Shown, Stage},
};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::{
    arguments::{self, Command, path, shown, unknown, usage, value},
    failure::Failure,
    help::Topic,
    inputs::Inputs,
    output::{Messages, count, print},
};

/// Which stage of which document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) stage: Stage,
    pub(crate) document: PathBuf,
    /// The JSON pointer of the part that is wanted; empty for everything.
    pub(crate) at: String,
    pub(crate) config: Option<PathBuf>,
    pub(crate) allow_folders: Vec<PathBuf>,
    pub(crate) overlays: Vec<PathBuf>,
}

pub(crate) fn arguments(parser: &mut Parser) -> Result<Command, Failure> {
    let (mut stage, mut document, mut at, mut config) = (None, None, None, None);
    let (mut allow_folders, mut overlays) = (Vec::new(), Vec::new());
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Show)),
            Arg::Long("stage") => stage = Some(named_stage(parser, stage.is_some())?),
            Arg::Long("at") => {
                let pointer = value(parser, "--at", at.is_some())?;
                at = Some(pointer.string().map_err(|error| usage(&format!("--at: {error}")))?);
            }
            Arg::Long("config") => path(parser, "--config", &mut config)?,
            Arg::Long("allow-folder") => allow_folders.push(value(parser, "--allow-folder", false)?.into()),
            Arg::Long("overlay") => overlays.push(value(parser, "--overlay", false)?.into()),
            Arg::Value(file) if document.is_none() => document = Some(PathBuf::from(file)),
            other => {
                let options = ["--stage", "--at", "--config", "--allow-folder", "--overlay", "--help"];
                return Err(unknown("option", &shown(&other), &options));
            }
        }
    }
    Ok(Command::Show(Request {
        stage: stage.ok_or_else(|| usage(&format!("show needs --stage: {}", names().join(", "))))?,
        document: document.ok_or_else(|| usage("show needs a document"))?,
        at: at.unwrap_or_default(),
        config,
        allow_folders,
        overlays,
    }))
}

fn names() -> [&'static str; 5] {
    Stage::ALL.map(Stage::as_str)
}

fn named_stage(parser: &mut Parser, is_repeated: bool) -> Result<Stage, Failure> {
    let name = value(parser, "--stage", is_repeated)?;
    let name = name.to_string_lossy();
    Stage::by_name(&name).ok_or_else(|| unknown("stage", &name, &names()))
}

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let inputs = Inputs::of(&arguments::Request {
        document: Some(request.document.clone()),
        config: request.config.clone(),
        allow_folders: request.allow_folders.clone(),
        overlays: request.overlays.clone(),
        ..arguments::Request::default()
    })?;
    let Shown {
        text,
        diagnostics,
        sources,
    } = inputs.give(|inputs, config| stages::show(inputs, config, request.stage, &request.at))?;
    Messages::default().diagnostics_beside_output(&diagnostics, &sources);
    match text {
        Some(Ok(text)) => {
            print(&text);
            Ok(())
        }
        Some(Err(unknown)) => Err(usage(&format!("--at: {unknown}"))),
        None => {
            let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
            Err(Failure::Run(format!("{}: nothing is shown", count(errors, "error"))))
        }
    }
}
