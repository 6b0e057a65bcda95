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
        (Some(0), "No change: the client stays the same.\n"),
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
    assert_eq!(
        code(&["diff", old, new, "--changelog", "nowhere/CHANGELOG.md"]),
        Some(2)
    );
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

/// A crate of the document, and beside it the document: what an older generator wrote is an edit of the crate.
fn generated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("api")).unwrap();
    fs::write(folder.path().join("api/zoo.yaml"), OLD).unwrap();
    fs::write(folder.path().join("api/parts.yaml"), PARTS).unwrap();
    let arguments = [
        "generate",
        "api/zoo.yaml",
        "--out",
        "old",
        "--name",
        "zoo",
        "--runtime",
        "0.1",
    ];
    let (code, _, said) = run(folder.path(), &arguments);
    assert_eq!(code, Some(0), "{said}");
    folder
}

/// Replaces a string that is in a generated file once.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("old/src/generated").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}: {text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn an_upgrade_of_the_generator_is_compared() {
    let folder = generated();
    let arguments = ["diff", "--generator", "old", "api/zoo.yaml"];
    let (code, text, said) = run(folder.path(), &arguments);
    assert_eq!(
        (code, text.as_str(), said.as_str()),
        (Some(0), "No change: the client stays the same.\n", "")
    );
    // The folder of the modules is as good as that of their crate.
    let of_modules = ["diff", "--generator", "old/src/generated", "api/zoo.yaml"];
    assert_eq!(run(folder.path(), &of_modules).1, text);
    edit(
        folder.path(),
        "models/tiger.rs",
        "name: Option<String>",
        "name: Option<i64>",
    );
    for arguments in [&arguments, &of_modules] {
        let (code, text, said) = run(folder.path(), arguments);
        assert_eq!(code, Some(0), "{said}");
        assert!(
            text.starts_with("Rust: major. HTTP: compatible. 1 change.\n\nmajor / compatible: "),
            "{text}"
        );
        assert!(text.contains("    ~ models::Tiger.name\n"), "{text}");
        assert!(
            text.contains("    callers: Adapt uses of `models::Tiger.name` to the new type.\n"),
            "{text}"
        );
        assert!(
            text.contains("    old: models/tiger.rs:") && text.contains("    new: models/tiger.rs:"),
            "{text}"
        );
    }
}

#[test]
fn a_verdict_on_generators_has_all_forms_and_exit_codes() {
    let folder = generated();
    edit(folder.path(), "apis/tigers.rs", "fn list_tigers(", "fn tigers_list(");
    let arguments = ["diff", "--generator", "old", "api/zoo.yaml"];
    let with = |more: &[&str]| run(folder.path(), &[&arguments, more].concat());
    assert_eq!(with(&["--fail-on", "breaking"]).0, Some(0));
    let (code, text, said) = with(&["--fail-on", "major", "--next-version", "1.2.0"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(text.contains("Next version: 2.0.0.\n"), "{text}");
    for (form, part) in [
        ("markdown", "is removed."),
        ("json", "\"rust\":\"major\""),
        ("sarif", "\"version\":\"2.1.0\""),
    ] {
        let (code, text, said) = with(&["--format", form]);
        assert_eq!(code, Some(0), "{said}");
        assert!(text.contains(part), "{form}: {text}");
    }
}

#[test]
fn generators_without_a_verdict_say_why() {
    let folder = generated();
    fs::write(folder.path().join("wrong.yaml"), OLD.replace("paths:", "paths: []\nx:")).unwrap();
    for (arguments, reason) in [
        (
            ["old", "wrong.yaml"].as_slice(),
            "error: no verdict: the document has errors\n",
        ),
        (&["old", "missing.yaml"], "error: cannot read missing.yaml: "),
        (&["missing", "api/zoo.yaml"], "error: cannot read missing: "),
        (
            &["api", "api/zoo.yaml"],
            "error: api has no generated files: give the folder of a generated crate, or of generated modules\n",
        ),
        (
            &["old", "api/zoo.yaml", "api/zoo.yaml"],
            "error: diff --generator needs one document\n",
        ),
        (&["old"], "error: "),
    ] {
        let (code, text, said) = run(folder.path(), &[&["diff", "--generator"], arguments].concat());
        assert_eq!((code, text.as_str()), (Some(2), ""), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
    // Files that are not Rust any more have no verdict either.
    edit(folder.path(), "models/tiger.rs", "model! {", "model! {{");
    let (code, text, said) = run(folder.path(), &["diff", "--generator", "old", "api/zoo.yaml"]);
    assert_eq!((code, text.as_str()), (Some(2), ""));
    assert!(
        said.starts_with("error: no verdict: models/tiger.rs is not a Rust file: "),
        "{said}"
    );
}
