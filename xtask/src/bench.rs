//! `cargo xtask bench`: how long generation takes, beside other generators, and how it grows; reading and writing of models; a
//! whole call. Nothing is asserted: the figures depend on the machine.

mod growth;
mod measure;
mod plot;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use lexopt::{Arg, Parser};
use specwright::{
    Failure,
    output::{print, report},
    paths::shown,
};

use self::measure::{Figures, Program};
use crate::{
    arguments::{self, usage},
    help::Topic,
    workspace::root,
};

/// What is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// Documents to generate from; the workspace's own document if the list is empty.
    documents: Vec<PathBuf>,
    /// A folder of the binaries of other generators.
    peers: Option<PathBuf>,
    /// The file of the plot.
    plot: Option<PathBuf>,
}

/// Reads the options.
pub(crate) fn arguments(parser: &mut Parser) -> Result<arguments::Command, Failure> {
    let mut request = Request::default();
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(arguments::Command::Help(Topic::Bench)),
            Arg::Long("peers") => arguments::path(parser, "--peers", &mut request.peers)?,
            Arg::Long("plot") => arguments::path(parser, "--plot", &mut request.plot)?,
            Arg::Value(document) => request.documents.push(document.into()),
            other => {
                let known = ["--peers", "--plot", "--help"];
                return Err(arguments::unknown("option", &arguments::shown(&other), &known));
            }
        }
    }
    Ok(arguments::Command::Bench(request))
}

/// A bar of the plot.
struct Bar {
    document: String,
    program: &'static str,
    figures: Figures,
}

/// Measures everything, prints tables and writes the plot.
pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder).map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(&folder))))?;
    cargo(&["build", "--release", "--quiet", "--package", "specwright"])?;
    let ours = root().join("target/release/specwright");
    let programs = Program::all(ours, request.peers.as_deref());

    let own = [root().join("spec/conductorone.yaml")];
    let documents = if request.documents.is_empty() {
        &own
    } else {
        request.documents.as_slice()
    };
    print("| document | program | wall, s | CPU, s | memory, MB |\n| --- | --- | --- | --- | --- |\n");
    let mut bars = Vec::new();
    for document in documents {
        bars.extend(generation(&programs, document, &folder)?);
    }
    if let Some(ours) = programs.first() {
        growth::run(ours, &folder)?;
    }
    let plot = request.plot.clone().unwrap_or_else(|| folder.join("generation.svg"));
    fs::write(&plot, plot::svg(&bars))
        .map_err(|error| Failure::Run(format!("cannot write {}: {error}", shown(&plot))))?;
    print(&format!(
        "\nThe plot is {}.\n\nReading and writing a model:\n\n",
        shown(&plot)
    ));
    let runtime = ["bench", "--quiet", "--package", "specwright-runtime"];
    cargo(&[&runtime[..], &["--no-default-features", "--bench", "decode"]].concat())?;
    print("\nA whole call over loopback:\n\n");
    cargo(&[&runtime[..], &["--bench", "call"]].concat())
}

/// Lets each program generate from a document, in turn, and prints a row for each.
fn generation(programs: &[Program], document: &Path, folder: &Path) -> Result<Vec<Bar>, Failure> {
    let name = document.file_name().unwrap_or(document.as_os_str()).to_string_lossy();
    let figures = measure::rounds(programs, document, folder)?;
    let mut bars = Vec::new();
    for (program, figures) in programs.iter().zip(figures) {
        let Some(figures) = figures else {
            print(&format!("| {name} | {} | fails | | |\n", program.name));
            continue;
        };
        print(&format!("| {name} | {} | {figures} |\n", program.name));
        bars.push(Bar {
            document: name.clone().into_owned(),
            program: program.name,
            figures,
        });
    }
    Ok(bars)
}

fn cargo(arguments: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    report(&format!("bench: {command:?}\n"));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::Run(format!("{command:?}: {status}"))),
        Err(error) => Err(Failure::Run(format!("{command:?}: {error}"))),
    }
}
