//! The crate around generated modules: its manifest and its root, for documents that have no hand-written crate.
//!
//! Two strings of the document reach them: the package's name, which must be one that cargo and rustc take as it is, and
//! the document's title, which is an escaped string of TOML.

mod manifest;
mod metadata;
mod name;
mod readme;
mod runtime;

use std::fmt::Write as _;

pub use self::{
    manifest::{Manifest, ManifestError},
    metadata::{Metadata, Publish},
    name::{NameError, PackageName},
    runtime::{GitReference, Runtime, RuntimeError, VersionRequirement},
};
pub use crate::emit::Front;
use crate::{Files, invisible::acts_on_display, render};

/// Where the generated modules lie in a crate.
pub const GENERATED_FOLDER: &str = "src/generated";

/// The front page of a crate.
pub const README: &str = "README.md";

/// The first line of every file that belongs to the generator alone holds this word. It replaces and removes no other file,
/// and of `Cargo.toml` and `README.md` it owns the lines between marks.
pub const MARK: &str = "@generated";

/// More characters of a title are of no use to a reader of a list of packages.
const LONGEST_TITLE: usize = 120;

/// What makes a crate of a client.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its name.
    pub name: &'a PackageName,
    /// The document's title, as it is there.
    pub title: &'a str,
    /// What generated files call the document.
    pub source: &'a str,
    /// The features of its groups of operations.
    pub features: &'a [String],
    /// Where the runtime comes from.
    pub runtime: &'a Runtime,
    /// What its manifest holds at first.
    pub metadata: &'a Metadata,
    /// Its front page, if it has clients.
    pub front: Option<&'a Front>,
}

/// All files of a new crate, relative to its folder: the manifest, the README, the root and the generated modules.
#[must_use]
pub fn files(package: Package<'_>, generated: &Files) -> Files {
    let manifest = ("Cargo.toml".to_owned(), manifest::fresh(package).text);
    let readme = (README.to_owned(), readme::written(package));
    own_files(package, generated).chain([manifest, readme]).collect()
}

/// The files of a crate that belong to the generator alone: all except the manifest and the README.
pub fn own_files(package: Package<'_>, generated: &Files) -> impl Iterator<Item = (String, String)> {
    let root = ("src/lib.rs".to_owned(), root(package));
    modules(GENERATED_FOLDER, generated).chain([root])
}

fn modules(folder: &str, generated: &Files) -> impl Iterator<Item = (String, String)> {
    generated
        .iter()
        .map(move |(path, text)| (format!("{folder}/{path}"), text.to_owned()))
}

/// The generated modules in a folder of an existing crate. The first of them allows the lints that a document's words may
/// violate, because the crate around it does not know them.
pub fn module_files(folder: &str, generated: &Files) -> impl Iterator<Item = (String, String)> {
    modules(folder, generated).map(|(path, text)| {
        let is_root = path.rsplit_once('/').is_some_and(|(_, name)| name == "mod.rs")
            && path.matches('/').count() == folder.matches('/').count() + 1;
        let (header, rest) = text.split_once("\n\n").unwrap_or(("", &text));
        let text = if is_root {
            format!("{header}\n\n#![{ALLOWED}]\n\n{}", rest.trim_start())
        } else {
            text
        };
        (path, text)
    })
}

/// The manifest of a crate. Of a manifest that is there, only the marked blocks change; an edit in a block is an error.
pub fn manifest(package: Package<'_>, present: Option<&str>) -> Result<Manifest, ManifestError> {
    match present {
        Some(present) => manifest::merged(present, package),
        None => Ok(manifest::fresh(package)),
    }
}

/// The README of a crate. Only the marked block changes; an edit in it is an error.
pub fn readme(package: Package<'_>, present: Option<&str>) -> Result<String, ManifestError> {
    match present {
        Some(present) => readme::merged(present, package),
        None => Ok(readme::written(package)),
    }
}

/// The value of the dependency on the runtime in the manifest of a crate that has a generated module.
#[must_use]
pub fn requirement(runtime: &Runtime, features: &[&str]) -> String {
    manifest::requirement(runtime, features)
}

/// The documentation of a crate without a front page. Nothing of the document is here.
const ROOT: &str = "\
//! A typed client, generated from an OpenAPI document.
//!
//! Operations are in `apis`, by group, and models in `models`. The features of the manifest enable groups of operations; without
//! the feature `client` there are only models.
";

const MODULES: &str = "\
#[rustfmt::skip]
mod generated;

pub use specwright_runtime;
pub use generated::*;
";

/// The lints that the words and sizes of a document may violate.
const ALLOWED: &str = r#"allow(
    deprecated,
    clippy::disallowed_names,
    clippy::doc_markdown,
    clippy::doc_lazy_continuation,
    clippy::fn_params_excessive_bools,
    clippy::iter_not_returning_iterator,
    clippy::many_single_char_names,
    clippy::module_inception,
    clippy::semicolon_if_nothing_returned,
    clippy::should_implement_trait,
    clippy::similar_names,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    clippy::too_many_lines,
    clippy::wildcard_imports,
    clippy::zero_sized_map_values,
    reason = "names, sizes and descriptions are the document's own, and what is deprecated is still read and written"
)"#;

fn root(package: Package<'_>) -> String {
    let feature = if package.features.is_empty() { "client" } else { "all" };
    root_of(package.source, package.front.map(|_| feature))
}

/// The root, with the feature that the links of the front page need.
fn root_of(source: &str, feature: Option<&str>) -> String {
    let header = render::header(&one_line(source));
    let docs = match feature {
        Some(feature) => format!(
            "#![cfg_attr(feature = {feature:?}, doc = include_str!(\"../README.md\"))]\n\
             #![cfg_attr(not(feature = {feature:?}), doc = \"A typed client, generated from an OpenAPI document.\")]\n"
        ),
        None => ROOT.to_owned(),
    };
    format!("{header}{docs}\n#[{ALLOWED}]\n{MODULES}")
}

/// A text as one line without anything that does not show or reorders what does.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if acts_on_display(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().nth(LONGEST_TITLE).is_none() {
        return line;
    }
    let kept: String = line.chars().take(LONGEST_TITLE).collect();
    format!("{}...", kept.trim_end())
}

/// A basic string of TOML, quotes included.
fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if acts_on_display(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
