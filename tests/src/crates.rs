//! Crates of many generated modules, to be checked in one go.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use codegen::{
    Files,
    package::{self, Metadata, Package, PackageName, Runtime},
};

use crate::workspace;

/// Writes a crate that holds the generated code of several documents, a module each, with this workspace's lints and
/// lock file. What is as it should be is not touched, so that a second run has nothing to check.
pub fn write(
    folder: &Path,
    name: &str,
    documentation: &str,
    modules: impl IntoIterator<Item = (String, Files)>,
) -> io::Result<()> {
    let source = folder.join("src");
    let mut written = BTreeSet::new();
    let attributes = attributes(name)?;
    let mut root = format!("//! {documentation}\n");
    for (module, files) in modules {
        root.extend([
            format!("\n/// `{module}`.\npub mod {module} {{\n"),
            format!("{attributes}\npub mod generated;\n}}\n"),
        ]);
        for (file, text) in files.iter() {
            let file = source.join(&module).join("generated").join(file);
            write_changed(&file, text)?;
            written.insert(file);
        }
    }
    let root_file = source.join("lib.rs");
    write_changed(&root_file, &root)?;
    written.insert(root_file);
    remove_others(&source, &written)?;
    write_changed(&folder.join("Cargo.toml"), &manifest(name)?)?;
    let lock = fs::read_to_string(workspace().join("Cargo.lock"))?;
    let of_workspace = folder.join("lock-of-workspace");
    if !folder.join("Cargo.lock").exists() || fs::read_to_string(&of_workspace).ok() != Some(lock.clone()) {
        write_changed(&folder.join("Cargo.lock"), &lock)?;
        write_changed(&of_workspace, &lock)?;
    }
    Ok(())
}

/// Runs cargo in such a crate, and gives what it printed; the error is what it said.
pub fn cargo(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .env("RUSTDOCFLAGS", "--deny warnings")
        .env_remove("RUSTFLAGS")
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(150).collect();
    Err(format!("cargo {}:\n{}", arguments.join(" "), start.join("\n")))
}

/// What stands in front of `mod generated` in every generated crate: the lints that a document's words may trip over.
fn attributes(name: &str) -> io::Result<String> {
    let package = Package {
        name: &PackageName::parse(name).map_err(|error| io::Error::other(error.to_string()))?,
        title: "",
        source: "",
        features: &[],
        runtime: &Runtime::Path(String::new()),
        metadata: &Metadata::default(),
        front: None,
    };
    let files = package::files(package, &Files::default());
    let root = files.get("src/lib.rs").unwrap_or_default();
    let attributes = root.find("#[").zip(root.find("mod generated;"));
    let attributes = attributes.and_then(|(start, end)| root.get(start..end));
    attributes
        .map(|text| text.trim_end().to_owned())
        .ok_or_else(|| io::Error::other("the root of generated crates has changed"))
}

fn manifest(name: &str) -> io::Result<String> {
    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    let workspace_manifest = fs::read_to_string(workspace().join("Cargo.toml"))?;
    let lints: Vec<&str> = workspace_manifest
        .split_inclusive("\n\n")
        .filter(|section| section.starts_with("[workspace.lints."))
        .collect();
    if lints.len() != 3 {
        return Err(io::Error::other("the lints of the workspace have moved"));
    }
    Ok(format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[features]\nclient = [\"specwright-runtime/client\"]\ntest-util = [\"client\", \"specwright-runtime/test-util\"]\n\n[dependencies]\n\
         specwright-runtime = {{ path = {runtime:?}, default-features = false }}\n\n{}",
        lints.concat().replace("[workspace.lints.", "[lints.")
    ))
}

fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Modules of documents that are no more.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, written)?;
        } else if !written.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
