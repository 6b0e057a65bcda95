//! What `cargo-semver-checks` requires of the next version.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use super::compiled::{failed, prepared};

/// The next version that a change requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// New items.
    Minor,
    /// Items that are gone or changed.
    Major,
}

/// The command: that of `CARGO_SEMVER_CHECKS`, or the one in the path.
#[must_use]
pub fn command() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_SEMVER_CHECKS").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut in_path = std::env::split_paths(&path).map(|folder| folder.join("cargo-semver-checks"));
    named
        .filter(|file| file.is_file())
        .or_else(|| in_path.find(|file| file.is_file()))
}

/// What each module at the root of a crate requires, with the lints that say so.
pub fn required(
    tool: &Path,
    (old, new): (&Path, &Path),
    target: &Path,
    modules: &[String],
) -> Result<BTreeMap<String, (Level, Vec<String>)>, String> {
    let mut found: BTreeMap<String, (Level, Vec<String>)> = BTreeMap::new();
    for (release, level) in [("minor", Level::Major), ("patch", Level::Minor)] {
        for (lint, line) in failures(tool, (old, new), target, release)? {
            let Some(module) = modules.iter().find(|module| names(&line, module)) else {
                return Err(format!("no pair is named in: {lint}: {line}"));
            };
            let (_, lints) = found.entry(module.clone()).or_insert_with(|| (level, Vec::new()));
            let said = format!("{lint}: {}", line.trim());
            if !lints.contains(&said) {
                lints.push(said);
            }
        }
    }
    Ok(found)
}

/// Whether a line names a module: as a part of a path, or as a folder.
fn names(line: &str, module: &str) -> bool {
    line.split(|character: char| !character.is_alphanumeric() && character != '_')
        .any(|word| word == module)
}

/// The lints that fail, each with a line for each place.
fn failures(
    tool: &Path,
    (old, new): (&Path, &Path),
    target: &Path,
    release: &str,
) -> Result<Vec<(String, String)>, String> {
    let mut command = Command::new(tool);
    command.args(["semver-checks", "check-release", "--release-type", release]);
    command.args(["--only-explicit-features", "--features", "client", "--color", "never"]);
    command
        .arg("--baseline-root")
        .arg(old)
        .arg("--manifest-path")
        .arg(new.join("Cargo.toml"));
    let output = prepared(&mut command, new, target)
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut failures = Vec::new();
    let (mut lint, mut is_place) = ("", false);
    for line in text.lines() {
        if let Some(rest) = line
            .strip_prefix("--- failure ")
            .or_else(|| line.strip_prefix("--- warning "))
        {
            (lint, is_place) = (rest.split(':').next().unwrap_or(rest), false);
        } else if line.starts_with("Failed in:") {
            is_place = true;
        } else if line.is_empty() {
            is_place = false;
        } else if is_place {
            failures.push((lint.to_owned(), line.to_owned()));
        }
    }
    // It ends with an error where a lint fails.
    if failures.is_empty() && !output.status.success() {
        Err(failed("semver-checks", &output))
    } else {
        Ok(failures)
    }
}
