//! Gives the command its version, with the git revision that it is built from.
//!
//! A packaged crate has no repository but the revision that cargo noted in it; without either, only the version is shown.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// What cargo puts into a package that comes from a repository.
const OF_PACKAGE: &str = ".cargo_vcs_info.json";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let revision = of_package(&folder).or_else(|| of_repository(&folder));
    let revision = revision.filter(|revision| revision.len() >= 9 && revision.chars().all(|c| c.is_ascii_hexdigit()));
    let version = match revision.as_deref().and_then(|revision| revision.get(..9)) {
        Some(short) => format!("{version} ({short})"),
        None => version,
    };
    println!("cargo::rustc-env=SPECWRIGHT_VERSION={version}");
}

fn of_package(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(OF_PACKAGE)).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// The revision of the repository of this workspace, which is two folders above. Each file that it is read from is
/// watched; none of them changes by a build.
fn of_repository(folder: &Path) -> Option<String> {
    let git = folder.ancestors().nth(2)?.join(".git");
    if !git.is_dir() {
        return None;
    }
    let head = watched(&git.join("HEAD"))?;
    match head.trim().strip_prefix("ref: ") {
        None => Some(head.trim().to_owned()),
        Some(reference) => match watched(&git.join(reference)) {
            Some(revision) => Some(revision.trim().to_owned()),
            None => packed(&watched(&git.join("packed-refs"))?, reference),
        },
    }
}

/// A file's text; a change of it runs this script again. A file that is absent is not watched, because it would count as
/// changed every time.
fn watched(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text)
}

fn packed(references: &str, reference: &str) -> Option<String> {
    let mut lines = references.lines();
    let line = lines.find(|line| line.ends_with(reference) && !line.starts_with('#'))?;
    line.split(' ').next().map(str::to_owned)
}
