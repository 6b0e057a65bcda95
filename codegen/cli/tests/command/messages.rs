//! What the command prints about a document: notes are counted, and the last line counts everything.

use std::{fs, process::Command};

use libtest_mimic::Trial;

use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial(
            "notes are counted and shown where they are asked for",
            notes_are_counted_and_shown_where_they_are_asked_for,
        ),
        trial("programs get one object a place", programs_get_one_object_a_place),
        trial(
            "a level of one code does not hide another",
            a_level_of_one_code_does_not_hide_another,
        ),
    ]
}

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1', sumary: Pets}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: ok, content: {application/json: {schema: {}}, application/yaml: {schema: {}}}}
  /dogs:
    get:
      operationId: listDogs
      responses:
        '200': {description: ok, content: {application/json: {schema: {}}, application/xml: {schema: {}}}}
";

struct Printed {
    code: Option<i32>,
    output: String,
    messages: String,
}

fn run(text: &str, options: &[&str]) -> Printed {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("pets.yaml");
    fs::write(&document, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    command.arg("generate").arg(&document);
    command.arg("--out").arg(folder.path().join("client"));
    let output = command.args(["--runtime", "0.1"]).args(options).output().unwrap();
    Printed {
        code: output.status.code(),
        output: String::from_utf8(output.stdout).unwrap(),
        messages: String::from_utf8(output.stderr).unwrap(),
    }
}

fn notes_are_counted_and_shown_where_they_are_asked_for() {
    let printed = run(DOCUMENT, &[]);
    assert_eq!(printed.code, Some(0));
    assert!(!printed.messages.contains("note["), "{}", printed.messages);
    assert_eq!(
        printed.messages.lines().last(),
        Some("0 errors, 1 warning (unknown-key), 2 notes (unused-media-type); `--notes` shows the notes")
    );
    let printed = run(DOCUMENT, &["--notes"]);
    assert_eq!(printed.messages.matches("note[unused-media-type]").count(), 1);
    assert!(
        printed.messages.contains("the same in 1 more place:"),
        "{}",
        printed.messages
    );
    assert_eq!(
        printed.messages.lines().last(),
        Some("0 errors, 1 warning (unknown-key), 2 notes (unused-media-type)")
    );
}

fn programs_get_one_object_a_place() {
    let printed = run(DOCUMENT, &["--message-format", "json"]);
    assert_eq!(printed.output.lines().count(), 3, "{}", printed.output);
    assert_eq!(printed.output.matches("\"severity\":\"note\"").count(), 2);
    assert!(
        printed
            .messages
            .ends_with("0 errors, 1 warning (unknown-key), 2 notes (unused-media-type)\n")
    );
}

fn a_level_of_one_code_does_not_hide_another() {
    let printed = run(DOCUMENT, &["--allow", "unused-media-type"]);
    assert!(
        printed
            .messages
            .ends_with("0 errors, 1 warning (unknown-key), 0 notes\n"),
        "{}",
        printed.messages
    );
    let printed = run(DOCUMENT, &["--deny-warnings", "--allow", "unknown-key"]);
    assert_eq!(printed.code, Some(0), "a note is not a warning: {}", printed.messages);
    let printed = run(DOCUMENT, &["--deny", "unused-media-type"]);
    assert_eq!(printed.code, Some(1));
    assert_eq!(
        printed.messages.lines().last(),
        Some("error: 2 errors (unused-media-type), 1 warning (unknown-key), 0 notes: nothing was written")
    );
}
