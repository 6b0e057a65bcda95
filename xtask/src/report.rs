//! `cargo xtask report`.

use std::path::PathBuf;

use codegen::{Input, Reported};
use lexopt::{Arg, Parser};

use crate::{
    arguments::{Command, path, shown, unknown, usage, value},
    client,
    failure::Failure,
    files::Folders,
    help::Topic,
    output::{MessageFormat, count, print},
    target,
    workspace::root,
};

/// Which document, and how its report is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) document: PathBuf,
    pub(crate) config: Option<PathBuf>,
    pub(crate) allow_folders: Vec<PathBuf>,
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
                let options = ["--config", "--allow-folder", "--format", "--help"];
                return Err(unknown("option", &shown(&other), &options));
            }
        }
    }
    request.document = document.ok_or_else(|| usage("report needs a document"))?;
    Ok(Command::Report(request))
}

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let config = request
        .config
        .as_deref()
        .map(target::read_config)
        .transpose()?
        .unwrap_or_default();
    let folders = Folders::of(&request.document, &request.allow_folders)?;
    let name = target::source(&request.document, &root());
    let bytes = client::read(&request.document, &config.limits)?;
    let input = Input {
        name: &name,
        bytes: &bytes,
    };
    let Reported {
        report,
        diagnostics,
        sources,
    } = client::with_stack(|| codegen::report(input, &folders, &config))?;
    let Some(report) = report else {
        MessageFormat::Human.diagnostics(&diagnostics, &sources);
        let errors = count(diagnostics.len(), "error");
        return Err(Failure::Run(format!("{errors}: the document cannot be read")));
    };
    print(&if request.is_json {
        report.to_json(&sources)
    } else {
        report.to_text(&sources)
    });
    Ok(())
}
