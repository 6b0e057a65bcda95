//! `specwright show`: what it prints, and what becomes of a stage, a pointer or a document that is wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{fs, process::Command};

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}, type: {type: integer, format: int32}}}
";

/// The exit code, standard output and standard error.
struct Said {
    code: i32,
    out: String,
    err: String,
}

fn specwright(document: &str, arguments: &[&str]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), document).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    let output = command.args(arguments).current_dir(folder.path()).output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn show(stage: &str, at: &str) -> Said {
    let all = ["show", "--stage", stage, "pets.yaml", "--at", at];
    specwright(PETS, if at.is_empty() { &all[..4] } else { &all })
}

#[test]
fn each_stage_is_printed_and_each_part_of_it() {
    for (stage, at, expected) in [
        (
            "source",
            "/info",
            "/info pets.yaml:2:7 object of 2\n/info/title pets.yaml:2:15 \"Pets\"\n/info/version pets.yaml:2:30 \"1\"\n",
        ),
        ("canonical", "/info", "title: Pets\nversion: '1'\n"),
        ("canonical", "/components/schemas/Pet/required", "- id\n"),
        (
            "meaning",
            "/components/schemas/Pet",
            "/components/schemas/Pet: struct\n  property id, required\n  property type\n\
             /components/schemas/Pet/properties/id: string\n/components/schemas/Pet/properties/type: scalar int32\n",
        ),
        (
            "meaning",
            "/paths",
            "/paths/~1pets/get/responses/200/content/application~1json/schema: reference to Pet\n",
        ),
        (
            "ir",
            "/paths/~1pets",
            "/operations/listPets: GET /pets\n  method listPets of group pets\n  output json Pet\n",
        ),
        (
            "ir",
            "/types/Pet",
            "/types/Pet: struct\n  id: string, required\n  type: int32, optional\n",
        ),
        (
            "ir",
            "#/components/schemas/Pet",
            "/types/Pet: struct\n  id: string, required\n  type: int32, optional\n",
        ),
        (
            "names",
            "/types",
            "/types/Pet: -> models::Pet, defined in models::pet\n  id -> id\n  type -> type\n  (required) -> PetRequired\n",
        ),
    ] {
        let said = show(stage, at);
        assert_eq!(
            (said.code, said.out.as_str()),
            (0, expected),
            "{stage} {at}: {}",
            said.err
        );
        let whole = show(stage, "");
        assert_eq!(whole.code, 0, "{stage}");
        if stage != "canonical" {
            assert!(whole.out.contains(expected), "{stage}: {}", whole.out);
        }
    }
}

#[test]
fn an_unknown_stage_or_pointer_is_an_error_with_what_is_near() {
    for (stage, at, expected) in [
        ("meanin", "", "did you mean `meaning`?"),
        ("zzz", "", "there are source, canonical, meaning, ir, names"),
        ("source", "/inof", "`/inof` does not exist; did you mean `/info`?"),
        (
            "canonical",
            "/info/titel",
            "`/info/titel` does not exist; did you mean `/info/title`?",
        ),
        ("canonical", "info", "`info` does not exist; did you mean `/info`?"),
        (
            "meaning",
            "/components/schemas/Pte/x",
            "`/components/schemas/Pte/x` does not exist; did you mean `/components/schemas/Pet`?",
        ),
        (
            "meaning",
            "/info",
            "`/info` does not exist; the root has components, paths",
        ),
        ("ir", "/types/Q", "`/types/Q` does not exist; /types has Pet"),
        (
            "names",
            "/groups/pet",
            "`/groups/pet` does not exist; did you mean `/groups/pets`?",
        ),
    ] {
        let said = show(stage, at);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{stage} {at}");
        assert!(said.err.contains(expected), "{stage} {at}: {}", said.err);
    }
}

#[test]
fn errors_of_the_document_are_those_of_generate() {
    let broken = PETS.replace("schemas/Pet'", "schemas/Pets'");
    let generated = specwright(&broken, &["generate", "pets.yaml", "--out", "out"]);
    let (diagnostics, _) = generated.err.split_once("\nerror: ").unwrap();
    assert!(diagnostics.contains("Pets"), "{diagnostics}");
    for stage in ["ir", "names"] {
        let said = specwright(&broken, &["show", "--stage", stage, "pets.yaml"]);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{stage}");
        let (shown, end) = said.err.split_once("\nerror: ").unwrap();
        assert_eq!((shown, end), (diagnostics, "1 error: nothing is shown\n"), "{stage}");
    }
    // The stages before the one that refuses the document are whole.
    for stage in ["source", "canonical", "meaning"] {
        let said = specwright(&broken, &["show", "--stage", stage, "pets.yaml"]);
        assert_eq!(said.code, 0, "{stage}: {}", said.err);
    }
    let unread = specwright("a: [", &["show", "--stage", "source", "pets.yaml"]);
    assert_eq!((unread.code, unread.out.as_str()), (1, ""));
}
