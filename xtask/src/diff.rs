//! `cargo xtask diff`: what a change of a document means.

mod side;

use std::{fs, path::PathBuf};

use codegen::diff::{Checked, Compared, FailOn, Format, Verdict, diff, next_version, with_changes};
use lexopt::{Arg, Parser, ValueExt as _};

use self::side::Side;
use crate::{
    arguments::{Command, path, shown, text, unknown, usage, value},
    failure::Failure,
    help::Topic,
    inputs::on_a_large_stack,
    output::{Messages, print, report},
    workspace::{self, root},
};

/// Which documents, and how the verdict is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) documents: Vec<String>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) format: Format,
    pub(crate) fail_on: Vec<FailOn>,
    pub(crate) version: Option<String>,
    pub(crate) changelog: Option<PathBuf>,
    /// Whether Git calls the command: the verdict is printed, and the exit code is 0.
    pub(crate) is_git_driver: bool,
}

/// The arguments of a driver of Git: path, old file, its hash and mode, new file, its hash and mode.
const GIT_DRIVER_ARGUMENTS: usize = 7;

const OPTIONS: [&str; 8] = [
    "--config",
    "--format",
    "--fail-on",
    "--next-version",
    "--changelog",
    "--git-driver",
    "--schema",
    "--help",
];

pub(crate) fn arguments(parser: &mut Parser) -> Result<Command, Failure> {
    let mut request = Request::default();
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Diff)),
            Arg::Long("config") => path(parser, "--config", &mut request.config)?,
            Arg::Long("next-version") => text(parser, "--next-version", &mut request.version)?,
            Arg::Long("changelog") => path(parser, "--changelog", &mut request.changelog)?,
            Arg::Long("format") => {
                let name = value(parser, "--format", false)?;
                let name = name.to_string_lossy();
                request.format = Format::parse(&name).ok_or_else(|| unknown("format", &name, &Format::NAMES))?;
            }
            Arg::Long("fail-on") => {
                let name = value(parser, "--fail-on", false)?;
                let name = name.to_string_lossy();
                let refused = FailOn::parse(&name).ok_or_else(|| unknown("verdict", &name, &FailOn::NAMES))?;
                request.fail_on.push(refused);
            }
            Arg::Long("git-driver") => request.is_git_driver = true,
            Arg::Long("schema") => return Ok(Command::DiffSchema),
            Arg::Value(document)
                if request.documents.len() < if request.is_git_driver { GIT_DRIVER_ARGUMENTS } else { 2 } =>
            {
                let document = document.string().map_err(|error| usage(&error.to_string()))?;
                request.documents.push(document);
            }
            other => return Err(unknown("option", &shown(&other), &OPTIONS)),
        }
    }
    if request.is_git_driver {
        let [_, old, _, _, new, _, _] = request.documents.as_slice() else {
            return Err(usage("--git-driver needs the seven arguments that Git gives a driver"));
        };
        request.documents = vec![old.clone(), new.clone()];
    }
    if request.documents.len() == 1 {
        return Err(usage(
            "diff needs two documents, or none: the last committed one against the present one",
        ));
    }
    if let Some(version) = &request.version
        && next_version(version, codegen::diff::Rust::Patch).is_none()
    {
        return Err(usage(&format!(
            "{version:?} is not a version of three numbers, such as 0.4.1"
        )));
    }
    Ok(Command::Diff(request))
}

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let (old, new) = sides(request)?;
    let (old_inputs, new_inputs) = (old.read()?, new.read()?);
    let compared = on_a_large_stack(|| old_inputs.give(|old| new_inputs.give(|new| diff(old, new))))?;
    let verdict = match verdict(compared) {
        // Git stops at a driver that fails.
        Err(failure) if request.is_git_driver => {
            report(&format!("{failure}\n"));
            return Ok(());
        }
        other => other?,
    };
    print(&verdict.render(request.format, request.version.as_deref()));
    if let Some(file) = &request.changelog {
        write_changelog(file, &verdict)?;
    }
    if verdict.fails(&request.fail_on) {
        let level = verdict.rust.as_str();
        let http = verdict.http.as_str();
        let silent = if verdict.silent { ", silent" } else { "" };
        return Err(Failure::Run(format!(
            "the change is {level} in Rust, {http} for HTTP{silent}: `--fail-on` refuses that"
        )));
    }
    Ok(())
}

/// Two documents of the command line, or the project's own one as it was committed and as it is.
fn sides(request: &Request) -> Result<(Side, Side), Failure> {
    let config = request.config.as_deref();
    if let [old, new] = request.documents.as_slice() {
        return Ok((Side::of(old, config)?, Side::of(new, config)?));
    }
    let root = root();
    let document = root.join("spec/conductorone.yaml");
    let own = root.join("spec/codegen.yaml");
    let config = config.unwrap_or(&own);
    let old = Side::of(&format!("git:HEAD:{}", workspace::shown(&document)), Some(config))?;
    Ok((old, Side::of(&document.to_string_lossy(), Some(config))?))
}

/// The verdict; where a side has errors, these.
fn verdict(compared: Compared) -> Result<Verdict, Failure> {
    let Compared { verdict, old, new } = compared;
    verdict.ok_or_else(|| {
        for Checked { diagnostics, sources } in [&old, &new] {
            if diagnostics.has_errors() {
                Messages::default().diagnostics_beside_output(diagnostics, sources);
            }
        }
        Failure::NoVerdict("no verdict: a document has errors".to_owned())
    })
}

fn write_changelog(file: &std::path::Path, verdict: &Verdict) -> Result<(), Failure> {
    let failed =
        |what: &str, error: &std::io::Error| Failure::Run(format!("cannot {what} {}: {error}", workspace::shown(file)));
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed("read", &error)),
    };
    let changed = with_changes(&text, verdict);
    if changed != text {
        fs::write(file, changed).map_err(|error| failed("write", &error))?;
        report(&format!("{} has the changes\n", workspace::shown(file)));
    }
    Ok(())
}
