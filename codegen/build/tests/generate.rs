//! What a build script writes, and what it returns for an invalid document.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{fs, path::Path};

use specwright_build::Builder;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {$ref: 'parts/pet.yaml'}
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("parts")).unwrap();
    fs::write(folder.path().join("my-pets.v1.yaml"), PETS).unwrap();
    let pet = "type: object\nproperties: {name: {type: string}}\n";
    fs::write(folder.path().join("parts/pet.yaml"), pet).unwrap();
    folder
}

fn builder(folder: &Path) -> Builder {
    Builder::new(folder.join("my-pets.v1.yaml")).out_dir(folder.join("out"))
}

#[test]
fn a_module_is_named_after_the_document() {
    let folder = folder();
    builder(folder.path()).generate().unwrap();
    let out = folder.path().join("out");
    let stub = fs::read_to_string(out.join("my_pets_v1.rs")).unwrap();
    let root = out.join("my_pets_v1/mod.rs");
    assert_eq!(
        stub,
        format!("#[path = {:?}]\npub mod my_pets_v1;\n", root.to_str().unwrap())
    );
    assert!(fs::read_to_string(&root).unwrap().contains("#![allow("));
    assert!(out.join("my_pets_v1/models/pet.rs").is_file());
}

#[test]
fn files_of_an_earlier_document_are_removed() {
    let folder = folder();
    builder(folder.path()).module("api").generate().unwrap();
    let models = folder.path().join("out/api/models");
    assert!(models.join("pet.rs").is_file());
    let root = fs::metadata(folder.path().join("out/api/mod.rs")).unwrap();
    fs::write(folder.path().join("my-pets.v1.yaml"), PETS.replace("Pet:", "Dog:")).unwrap();
    builder(folder.path()).module("api").generate().unwrap();
    assert!(models.join("dog.rs").is_file() && !models.join("pet.rs").exists());
    // An equal file is not written again, so that nothing that depends on it is built again.
    let unchanged = fs::metadata(folder.path().join("out/api/mod.rs")).unwrap();
    assert_eq!(root.modified().unwrap(), unchanged.modified().unwrap());
}

#[test]
fn an_invalid_document_is_an_error_with_a_place() {
    let folder = folder();
    let broken = PETS.replace("parts/pet.yaml", "#/components/schemas/Pett");
    fs::write(folder.path().join("my-pets.v1.yaml"), broken).unwrap();
    let error = builder(folder.path()).generate().unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("error[unresolved-reference]: schema `Pett` does not exist"),
        "{text}"
    );
    assert!(text.contains("my-pets.v1.yaml:6:17"), "{text}");
    // A build script prints the error with `Debug`.
    assert_eq!(format!("{error:?}"), text);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_module_needs_a_name_that_is_an_identifier() {
    let folder = folder();
    for name in ["self", "1", "a-b", "", "a::b"] {
        let error = builder(folder.path()).module(name).generate().unwrap_err();
        assert!(
            error.to_string().contains("is not a name for a module"),
            "{name}: {error}"
        );
    }
}
