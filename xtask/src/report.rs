//! `cargo xtask report`.

use std::path::PathBuf;

use codegen::Reported;
use lexopt::{Arg, Parser};

use crate::{
    arguments::{self, Command, path, shown, unknown, usage, value},
    failure::Failure,
    help::Topic,
    inputs::Inputs,
    output::{Messages, print},
};

/// Which document, and how its report is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) document: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) allow_folders: Vec<PathBuf>,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) is_json: bool,
}

pub(crate) fn arguments(parser: &mut Parser) -> Result<Command, Failure> {
    let (mut request, mut document) = (Request::default(), None);
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Report)),
            Arg::Long("config") => path(parser, "--config", &mut request.config)?,
            Arg::Long("allow-folder") => {
                let folder = value(parser, "--allow-folder", false)?;
                request.allow_folders.push(folder.into());
            }
            Arg::Long("overlay") => {
                let overlay = value(parser, "--overlay", false)?;
                request.overlays.push(overlay.into());
            }
            Arg::Long("format") => {
                let name = value(parser, "--format", false)?;
                request.is_json = match name.to_string_lossy().as_ref() {
                    "human" => false,
                    "json" => true,
                    other => return Err(unknown("format", other, &["human", "json"])),
                };
            }
            Arg::Value(file) if document.is_none() => document = Some(PathBuf::from(file)),
            other => {
                let options = ["--config", "--allow-folder", "--overlay", "--format", "--help"];
                return Err(unknown("option", &shown(&other), &options));
            }
        }
    }
    request.document = document.ok_or_else(|| usage("report needs a document"))?;
    Ok(Command::Report(request))
}

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let inputs = Inputs::of(&arguments::Request {
        document: Some(request.document.clone()),
        config: request.config.clone(),
        allow_folders: request.allow_folders.clone(),
        overlays: request.overlays.clone(),
        ..arguments::Request::default()
    })?;
    let Reported {
        report,
        diagnostics,
        sources,
    } = inputs.give(codegen::report)?;
    let Some(report) = report else {
        let messages = Messages::default();
        messages.diagnostics(&diagnostics, &sources);
        let tally = messages.tally(&diagnostics);
        return Err(Failure::Run(format!("{tally}: the document cannot be read")));
    };
    print(&if request.is_json {
        report.to_json(&sources)
    } else {
        report.to_text(&sources)
    });
    Ok(())
}
