//! The commands of this workspace: its client is generated and compared, a change is checked, documents are tried. What they
//! do is in the library of the command `specwright`.

mod arguments;
mod bench;
mod ci;
mod corpus;
mod help;
mod package;
mod workspace;

use std::process::ExitCode;

use specwright::{Failure, check, diff, generate, output};

use crate::arguments::Command;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<(), Failure> {
    match arguments::parse(std::env::args_os().skip(1))? {
        Command::Generate => generate::run(&workspace::request()),
        Command::Check => check::run(&workspace::request()),
        Command::Diff => diff::run(&workspace::diff()),
        Command::Ci => ci::run(),
        Command::Bench(request) => bench::run(&request),
        Command::Package(out) => package::run(&out),
        Command::Corpus(request) => corpus::run(&request),
        Command::CorpusDocument(document) => corpus::document::run(&document),
        Command::Help(topic) => {
            output::print(help::text(topic));
            Ok(())
        }
    }
}
