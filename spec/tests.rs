//! Checks of the ConductorOne document, of the facts that it is made of, and of the client that it gives.
//!
//! They are a test of the package `tests`, and beside the document, because a change of the API changes them, and nothing
//! else of the tests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "tests/document.rs"]
mod document;
#[path = "tests/drift.rs"]
mod drift;
#[path = "tests/end_to_end/mod.rs"]
mod end_to_end;
#[path = "tests/inventory.rs"]
mod inventory;
#[path = "tests/models/mod.rs"]
mod models;
#[path = "tests/needs.rs"]
mod needs;

use std::collections::BTreeSet;

/// Compares the names of the document's parts with a list of them. Of many names, only those that are in one place are shown,
/// with what to do.
fn assert_same_names<'n>(
    kind: &str,
    declared: impl IntoIterator<Item = &'n str>,
    place: &str,
    listed: impl IntoIterator<Item = &'n str>,
) {
    let (declared, listed): (BTreeSet<&str>, BTreeSet<&str>) =
        (declared.into_iter().collect(), listed.into_iter().collect());
    let mut said = Vec::new();
    let mut tell = |what: String, names: Vec<&&str>| {
        if !names.is_empty() {
            said.push(what);
            said.extend(names.iter().map(|name| format!("    {name}")));
        }
    };
    let missing = format!("The document has {kind} that {place} does not have. Add them there:");
    tell(missing, declared.difference(&listed).collect());
    let gone = format!("{place} has {kind} that the document does not have. Remove them there:");
    tell(gone, listed.difference(&declared).collect());
    assert!(
        said.is_empty(),
        "\n{}\n`spec/README.md`, \"Changing the document\", says what else changes.",
        said.join("\n")
    );
}

/// Runs a function of the generator on the document.
fn of_document<T>(run: impl FnOnce(codegen::Inputs<'_>, &codegen::Config) -> T) -> T {
    let read = |name: &str| std::fs::read_to_string(tests::workspace().join(name)).unwrap();
    let mut config = codegen::Config::parse(&read("spec/specwright.yaml")).unwrap();
    // As the command calls it: from the folder of the configuration.
    config.source_name = Some("conductorone.yaml".to_owned());
    let name = "spec/conductorone.yaml";
    let bytes = read(name).into_bytes();
    run(codegen::Input { name, bytes: &bytes }.into(), &config)
}
