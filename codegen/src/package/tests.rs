//! Tests of manifests and roots.
#![allow(clippy::unwrap_used, reason = "tests")]
use super::{Metadata, Package, PackageName, Runtime, VersionRequirement, files, manifest, root_of, toml_string};
use crate::{Files, invisible::acts_on_display};

fn written(title: &str) -> String {
    let name = PackageName::parse("petstore").unwrap();
    let runtime = Runtime::Version(VersionRequirement::parse("0.1").unwrap());
    let package = Package {
        name: &name,
        title,
        source: "a.yaml",
        features: &[],
        runtime: &runtime,
        metadata: &Metadata::default(),
        front: None,
    };
    manifest(package, None).unwrap().text
}

/// R05: the only line that a title changes is the description, and it stays one string.
#[test]
fn a_hostile_title_stays_one_string() {
    let plain = written("x");
    for title in [
        "x\"\n[dependencies]\nevil = \"1\"",
        "x\\",
        "x\\\"",
        "\"\"\"\n[package]\nbuild = \"evil.rs\"\n\"\"\"",
        "x\r\nbuild = \"evil.rs\"",
        "x\u{0}\u{7f}\u{85}\u{2028}build = 1",
        "x\u{202e}\u{2066}\u{feff}",
        "'''",
    ] {
        let text = written(title);
        assert_eq!(text.lines().count(), plain.lines().count(), "{text}");
        for (line, expected) in text.lines().zip(plain.lines()) {
            if line == expected {
                continue;
            }
            let inside = line
                .strip_prefix("description = \"")
                .and_then(|rest| rest.strip_suffix('"'))
                .unwrap();
            let without_escapes = inside.replace("\\\\", "").replace("\\\"", "");
            assert!(!without_escapes.contains(['"', '\\']), "{line}");
            assert!(!line.chars().any(acts_on_display), "{line:?}");
        }
    }
}

/// R05
#[test]
fn a_hostile_file_name_stays_in_the_first_line() {
    let text = root_of("a\nmod evil;\n.yaml", None);
    assert!(
        text.lines()
            .next()
            .unwrap()
            .contains(" from a mod evil; .yaml. Do not edit: "),
        "{text}"
    );
    assert_eq!(text.lines().count(), root_of("a.yaml", None).lines().count());
}

#[test]
fn a_long_title_is_cut() {
    let text = written(&"x".repeat(10_000));
    let short = written("x");
    assert!(text.len() < short.len() + 200, "{} and {}", text.len(), short.len());
    assert!(text.contains("xxx...."));
}

#[test]
fn strings_are_escaped() {
    assert_eq!(toml_string("a\"b\\c\u{1}"), "\"a\\\"b\\\\c\\U00000001\"");
}

#[test]
fn a_crate_has_manifest_root_and_modules() {
    let name = PackageName::parse("petstore").unwrap();
    let runtime = Runtime::Path("../runtime".to_owned());
    let generated = Files::from_iter([("mod.rs".to_owned(), "// @generated\n".to_owned())]);
    let all = files(
        Package {
            name: &name,
            title: "",
            source: "a.yaml",
            features: &[],
            runtime: &runtime,
            metadata: &Metadata::default(),
            front: None,
        },
        &generated,
    );
    let paths: Vec<&str> = all.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["Cargo.toml", "README.md", "src/generated/mod.rs", "src/lib.rs"]);
    for (path, text) in all.iter().filter(|(path, _)| path.starts_with("src/")) {
        assert!(text.lines().next().unwrap().contains(super::MARK), "{path}");
    }
    let manifest = all.get("Cargo.toml").unwrap();
    assert!(
        manifest.contains("specwright-runtime = { path = \"../runtime\", default-features = false }"),
        "{manifest}"
    );
    assert!(manifest.contains("publish = false"), "{manifest}");
    assert!(manifest.contains("default = [\"client\", \"rustls\"]"), "{manifest}");
}
