//! The code of all golden cases is Rust without a warning: not of rustc, not of clippy, not of rustdoc.
//!
//! One crate of all cases is written below the target folder, and checked with this workspace's lints and lock file.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use codegen::{
    Files,
    package::{self, Package, PackageName, Runtime},
};
use tests::{Case, documents_in, workspace};

#[test]
fn all_cases_compile_without_a_warning() {
    let folder = write_crate();
    // Without a feature there are the models alone.
    cargo(&folder, &["clippy", "--quiet", "--offline", "--", "--deny", "warnings"]);
    cargo(
        &folder,
        &[
            "clippy",
            "--quiet",
            "--offline",
            "--features",
            "client",
            "--",
            "--deny",
            "warnings",
        ],
    );
    cargo(
        &folder,
        &["doc", "--quiet", "--offline", "--no-deps", "--features", "client"],
    );
}

/// Writes what differs only, so that a second run has nothing to check.
fn write_crate() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-crate");
    let source = folder.join("src");
    let mut written = BTreeSet::new();
    let attributes = attributes();
    let mut root = "//! All golden cases.\n".to_owned();
    let cases = documents_in("golden").unwrap();
    for path in &cases {
        let case = Case::read(&format!("golden/{path}")).unwrap();
        let module = path.trim_end_matches(".yaml").replace('/', "_");
        root.extend([
            format!("\n/// `{path}`.\npub mod {module} {{\n"),
            format!("{attributes}\npub mod generated;\n}}\n"),
        ]);
        for (file, text) in case.generate().generated.unwrap().files.iter() {
            let file = source.join(&module).join("generated").join(file);
            write(&file, text);
            written.insert(file);
        }
    }
    let root_file = source.join("lib.rs");
    write(&root_file, &root);
    written.insert(root_file);
    remove_others(&source, &written);
    write(&folder.join("Cargo.toml"), &manifest());
    let lock = fs::read_to_string(workspace().join("Cargo.lock")).unwrap();
    if !folder.join("Cargo.lock").exists()
        || fs::read_to_string(folder.join("lock-of-workspace")).ok() != Some(lock.clone())
    {
        write(&folder.join("Cargo.lock"), &lock);
        write(&folder.join("lock-of-workspace"), &lock);
    }
    folder
}

/// What stands in front of `mod generated` in every generated crate: the lints that a document's words may trip over.
fn attributes() -> String {
    let package = Package {
        name: &PackageName::parse("golden-crate").unwrap(),
        title: "",
        source: "",
        runtime: &Runtime::Path(String::new()),
    };
    let files = package::files(package, &Files::default());
    let root = files.get("src/lib.rs").unwrap();
    let (start, end) = root.find("#[").zip(root.find("mod generated;")).unwrap();
    root[start..end].trim_end().to_owned()
}

fn manifest() -> String {
    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    let workspace_manifest = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    let lints: Vec<&str> = workspace_manifest
        .split_inclusive("\n\n")
        .filter(|section| section.starts_with("[workspace.lints."))
        .collect();
    assert_eq!(lints.len(), 3, "the lints of the workspace have moved");
    format!(
        "[package]\nname = \"golden-crate\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[features]\nclient = [\"client-runtime/client\"]\n\n[dependencies]\n\
         client-runtime = {{ path = {runtime:?}, default-features = false }}\n\n{}",
        lints.concat().replace("[workspace.lints.", "[lints.")
    )
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Modules of cases that are no more.
fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, written);
        } else if !written.contains(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}

fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .env("RUSTDOCFLAGS", "--deny warnings")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(150).collect();
    let command = arguments.join(" ");
    assert!(output.status.success(), "cargo {command}:\n{}", start.join("\n"));
}
