//! `diff`: prints what a change of a document means.

mod generated;
mod side;

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::diff::{Checked, Compared, FailOn, Format, Rust, Verdict, diff, next_version, with_changes};

use self::side::Side;
use crate::{
    Failure,
    inputs::on_a_large_stack,
    output::{Messages, print},
    paths::shown,
};

/// Which documents, and how the verdict is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The old document: a file, or `git:REVISION:PATH`.
    pub old: String,
    /// The new document.
    pub new: String,
    /// A client of the new document that another version of the generator wrote: the generators are compared.
    pub generator: Option<PathBuf>,
    /// The configuration of both sides; each side has that of its own revision.
    pub config: Option<PathBuf>,
    /// Which client of a configuration of several.
    pub client: Option<String>,
    /// The form of the verdict.
    pub format: Format,
    /// The verdicts that end with the exit code 1.
    pub fail_on: Vec<FailOn>,
    /// The present version of the crate.
    pub version: Option<String>,
    /// The changelog to add the changes to.
    pub changelog: Option<PathBuf>,
    /// Whether Git calls the command: the exit code is 0 whatever the verdict.
    pub is_git_driver: bool,
    /// What else is printed, and how.
    pub messages: Messages,
}

/// The start of a name that means a file of a revision.
pub const GIT: &str = "git:";

/// Prints the verdict on the change from one document to another.
pub fn run(request: &Request) -> Result<(), Failure> {
    if let Some(version) = &request.version
        && next_version(version, Rust::Patch).is_none()
    {
        let message = format!("{version:?} is not a version of three numbers, such as 0.4.1");
        return Err(Failure::Usage(message));
    }
    let verdict = match compared(request) {
        // Git stops at a driver that fails.
        Err(failure) if request.is_git_driver => {
            request.messages.note(&failure.to_string());
            return Ok(());
        }
        other => other?,
    };
    print(&verdict.render(request.format, request.version.as_deref()));
    if let Some(file) = &request.changelog {
        write_changelog(file, &verdict, request.messages)?;
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

/// The verdict on two documents, or on two generators.
fn compared(request: &Request) -> Result<Verdict, Failure> {
    let new = Side::of(&request.new, request)?;
    if let Some(folder) = &request.generator {
        return generated::verdict(folder, &new.read()?, request.messages);
    }
    let old = Side::of(&request.old, request)?;
    let (old_inputs, new_inputs) = (old.read()?, new.read()?);
    let compared = on_a_large_stack(|| old_inputs.give(|old| new_inputs.give(|new| diff(old, new))))?;
    verdict(compared, request.messages)
}

/// The verdict; where a side has errors, these.
fn verdict(compared: Compared, messages: Messages) -> Result<Verdict, Failure> {
    let Compared { verdict, old, new } = compared;
    verdict.ok_or_else(|| {
        for Checked { diagnostics, sources } in [&old, &new] {
            if diagnostics.has_errors() {
                messages.diagnostics_beside_output(diagnostics, sources);
            }
        }
        Failure::NoVerdict("no verdict: a document has errors".to_owned())
    })
}

fn write_changelog(file: &Path, verdict: &Verdict, messages: Messages) -> Result<(), Failure> {
    // The exit code 1 is that of `--fail-on` alone.
    let failed =
        |what: &str, error: &std::io::Error| Failure::NoVerdict(format!("cannot {what} {}: {error}", shown(file)));
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed("read", &error)),
    };
    let changed = with_changes(&text, verdict);
    if changed != text {
        fs::write(file, changed).map_err(|error| failed("write", &error))?;
        messages.note(&format!("{} has the changes", shown(file)));
    }
    Ok(())
}
