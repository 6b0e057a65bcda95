//! The project's own commands. Here alone the disk is read and written; what is written comes from `codegen`.

mod arguments;
mod check;
mod ci;
mod client;
mod corpus;
mod diff;
mod effective;
mod explain;
mod failure;
mod files;
mod generate;
mod help;
mod inputs;
mod install;
mod locate;
mod output;
mod report;
mod show;
mod target;
mod workspace;

use std::process::ExitCode;

use crate::{arguments::Command, failure::Failure};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::report(&format!("error: {failure}\n"));
            failure.code()
        }
    }
}

fn run() -> Result<(), Failure> {
    match arguments::parse(std::env::args_os().skip(1))? {
        Command::Generate(request) => generate::run(&request),
        Command::Check(request) => check::run(&request),
        Command::Effective(request) => effective::run(&request),
        Command::Ci => ci::run(),
        Command::Corpus(request) => corpus::run(&request),
        Command::CorpusDocument(document) => corpus::document::run(&document),
        Command::Show(request) => show::run(&request),
        Command::Diff(request) => diff::run(&request),
        Command::DiffSchema => {
            output::print(codegen::diff::SCHEMA);
            Ok(())
        }
        Command::Where(request) => locate::run(&request),
        Command::Report(request) => report::run(&request),
        Command::Explain(code) => explain::run(code.as_deref()),
        Command::Help(topic) => {
            output::print(help::text(topic));
            Ok(())
        }
    }
}
