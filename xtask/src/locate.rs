//! `cargo xtask where`: from a Rust item to the document and back.

use std::{fmt::Write as _, path::PathBuf};

use codegen::{
    diff::Spot,
    locate::{Located, Map, map},
};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::{
    arguments::{self, Command, path, shown, unknown, usage},
    failure::Failure,
    help::Topic,
    inputs::Inputs,
    output::{Messages, print, printable, report},
    workspace,
};

/// What is looked for, and in which document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) question: Option<String>,
    pub(crate) document: Option<PathBuf>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) map: Option<PathBuf>,
}

pub(crate) fn arguments(parser: &mut Parser) -> Result<Command, Failure> {
    let mut request = Request::default();
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Where)),
            Arg::Long("document") => path(parser, "--document", &mut request.document)?,
            Arg::Long("config") => path(parser, "--config", &mut request.config)?,
            Arg::Long("map") => path(parser, "--map", &mut request.map)?,
            Arg::Value(question) if request.question.is_none() => {
                request.question = Some(question.string().map_err(|error| usage(&error.to_string()))?);
            }
            other => {
                return Err(unknown(
                    "option",
                    &shown(&other),
                    &["--document", "--config", "--map", "--help"],
                ));
            }
        }
    }
    if request.question.is_none() && request.map.is_none() {
        return Err(usage("where needs a Rust item or a JSON pointer, or --map FILE"));
    }
    Ok(Command::Where(request))
}

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let inputs = Inputs::of(&arguments::Request {
        document: request.document.clone(),
        config: request.config.clone(),
        ..arguments::Request::default()
    })?;
    let map = inputs.give(map)?;
    if map.items.is_none() {
        Messages::default().diagnostics_beside_output(&map.diagnostics, &map.sources);
        return Err(Failure::Run("the document has errors".to_owned()));
    }
    if let Some(file) = &request.map {
        std::fs::write(file, map.to_json())
            .map_err(|error| Failure::Run(format!("cannot write {}: {error}", workspace::shown(file))))?;
        report(&format!("{} has the map\n", workspace::shown(file)));
    }
    match &request.question {
        Some(question) => answer(&map, question),
        None => Ok(()),
    }
}

fn answer(map: &Map, question: &str) -> Result<(), Failure> {
    let found = map.find(question);
    if found.is_empty() {
        let help = map
            .nearest(question)
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::Run(format!("no item is called {question:?}{help}")));
    }
    let mut text = String::new();
    for Located { item, spot } in found {
        let Spot {
            file,
            line,
            column,
            pointer,
        } = spot;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}\n    {file}:{line}:{column} {}",
            printable(item),
            printable(pointer)
        );
    }
    print(&text);
    Ok(())
}
