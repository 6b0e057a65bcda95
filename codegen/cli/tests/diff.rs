//! `specwright diff` and `specwright where`, as they are called.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const OLD: &str = "openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /tigers:
    get:
      operationId: listTigers
      responses:
        '200':
          description: The tigers.
          content: {application/json: {schema: {$ref: 'parts.yaml#/Tiger'}}}
";

const PARTS: &str = "Tiger: {type: object, properties: {name: {type: string}}}\n";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "commit.gpgsign=false",
    ];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A document that is committed, in a folder of its repository.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("api/zoo.yaml"), OLD).unwrap();
    fs::write(folder.path().join("api/parts.yaml"), PARTS).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "first"]);
    folder
}

#[test]
fn a_revision_has_the_files_that_its_document_refers_to() {
    let folder = repository();
    let arguments = ["diff", "git:HEAD:api/zoo.yaml", "api/zoo.yaml"];
    let (code, text, said) = run(folder.path(), &arguments);
    assert_eq!(
        (code, text.as_str()),
        (Some(0), "No change: both documents give the same client.\n"),
        "{said}"
    );
    fs::write(folder.path().join("api/parts.yaml"), PARTS.replace("string", "integer")).unwrap();
    let (code, text, said) = run(folder.path(), &arguments);
    assert_eq!(code, Some(0), "{said}");
    assert!(text.starts_with("Rust: major. HTTP: breaking."), "{text}");
    assert!(
        text.contains("git:HEAD:api/parts.yaml:1:") || text.contains("parts.yaml:1:"),
        "{text}"
    );
    // From a folder below, paths are relative to it.
    let (code, text, said) = run(&folder.path().join("api"), &["diff", "git:HEAD:zoo.yaml", "zoo.yaml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(text.starts_with("Rust: major."), "{text}");
}

#[test]
fn exit_codes_are_those_of_diff() {
    let folder = repository();
    let new = OLD.replace("listTigers", "listCats");
    fs::write(folder.path().join("api/new.yaml"), new).unwrap();
    fs::write(
        folder.path().join("api/wrong.yaml"),
        OLD.replace("paths:", "paths: []\nx:"),
    )
    .unwrap();
    let code = |arguments: &[&str]| run(folder.path(), arguments).0;
    let (old, new) = ("api/zoo.yaml", "api/new.yaml");
    assert_eq!(code(&["diff", old, new]), Some(0));
    assert_eq!(code(&["diff", old, new, "--fail-on", "major"]), Some(1));
    assert_eq!(
        code(&["diff", old, new, "--fail-on", "breaking", "--fail-on", "silent"]),
        Some(0)
    );
    assert_eq!(code(&["diff", old, "api/wrong.yaml"]), Some(2));
    assert_eq!(code(&["diff", old, "api/missing.yaml"]), Some(2));
    assert_eq!(code(&["diff", "git:nowhere:api/zoo.yaml", new]), Some(2));
    assert_eq!(code(&["diff", old]), Some(2));
    assert_eq!(code(&["diff", old, new, "--fail-on", "anything"]), Some(2));
    let driver = [
        "diff",
        "--git-driver",
        "zoo.yaml",
        old,
        "0",
        "100644",
        "api/wrong.yaml",
        "1",
        "100644",
    ];
    assert_eq!(code(&driver), Some(0));
}

#[test]
fn a_changelog_is_made_and_extended() {
    let folder = repository();
    let new = OLD.replace(
        "  /tigers:",
        "  /cats:\n    get: {operationId: listCats, responses: {'204': {description: None.}}}\n  /tigers:",
    );
    fs::write(folder.path().join("api/new.yaml"), new).unwrap();
    let arguments = [
        "diff",
        "api/zoo.yaml",
        "api/new.yaml",
        "--changelog",
        "CHANGELOG.md",
        "--next-version",
        "0.4.1",
    ];
    for _ in 0..2 {
        let (code, text, said) = run(folder.path(), &arguments);
        assert_eq!(code, Some(0), "{said}");
        assert!(text.contains("Next version: 0.4.2."), "{text}");
    }
    let changelog = fs::read_to_string(folder.path().join("CHANGELOG.md")).unwrap();
    assert!(
        changelog.starts_with("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- "),
        "{changelog}"
    );
    assert_eq!(changelog.matches("listCats").count(), 1, "{changelog}");
}

#[test]
fn an_item_is_found_in_the_document_and_back() {
    let folder = repository();
    let place = |question: &str| run(folder.path(), &["where", question, "--document", "api/zoo.yaml"]);
    let (code, text, said) = place("list_tigers");
    assert_eq!(code, Some(0), "{said}");
    assert!(text.contains("zoo.yaml:5:5 /paths/~1tigers/get"), "{text}");
    let (code, text, said) = place("Tiger.name");
    assert_eq!(code, Some(0), "{said}");
    assert!(text.contains("parts.yaml:1:"), "{text}");
    assert!(place("/paths/~1tigers/get").1.contains("list_tigers"));
    let (code, _, said) = place("Tiger.nam");
    assert_eq!(code, Some(1));
    assert!(said.contains("did you mean `models::Tiger.name`?"), "{said}");
}
