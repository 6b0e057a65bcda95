//! Random valid documents: all of them generate, and what comes out depends on nothing but what they say.
//!
//! `cargo test` takes a few; `RANDOM_DOCUMENTS=5000 RANDOM_SEED=7` takes more and others. A failure names its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "random_documents/additions.rs"]
mod additions;
#[path = "random_documents/document.rs"]
mod document;
#[path = "random_documents/rewrite.rs"]
mod rewrite;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    process::Command,
};

use codegen::{Config, Generated, InlineTypes, Input, instance::Random};
use serde_json::Value;
use tests::{
    bodies,
    names::{meanings, moved},
    workspace,
};

/// How many documents there are, and where their seeds start.
fn seeds(usual: u64) -> impl Iterator<Item = u64> {
    let number = |name: &str, usual: u64| env::var(name).map_or(usual, |text| text.parse().unwrap());
    let start = number("RANDOM_SEED", 1) << 32;
    start..start + number("RANDOM_DOCUMENTS", usual)
}

/// In the client of every second document, equal inline schemas are one type.
fn inline_types(seed: u64) -> InlineTypes {
    if seed.is_multiple_of(2) {
        InlineTypes::Distinct
    } else {
        InlineTypes::Shared
    }
}

fn generated(seed: u64, text: &str) -> Generated {
    let input = Input {
        name: "random.yaml",
        bytes: text.as_bytes(),
    };
    // Several documents are compiled in one crate, which has no features of theirs.
    let config = Config {
        group_features: false,
        inline_types: inline_types(seed),
        ..Config::default()
    };
    let outcome = codegen::generate(input, &config);
    match outcome.generated {
        Some(generated) => generated,
        None => panic!("seed {seed}: {}\n{text}", outcome.diagnostics.render(&outcome.sources)),
    }
}

fn files(seed: u64, text: &str) -> BTreeMap<String, String> {
    bodies(&generated(seed, text))
        .map(|(path, body)| (path.to_owned(), body.to_owned()))
        .collect()
}

fn assert_same(seed: u64, files: &BTreeMap<String, String>, other: &BTreeMap<String, String>, what: &str) {
    for (path, body) in files {
        assert_eq!(Some(body), other.get(path), "seed {seed}, {what}: {path}");
    }
    assert_eq!(files.len(), other.len(), "seed {seed}, {what}");
}

/// R09
#[test]
fn names_are_unique() {
    for seed in seeds(60) {
        let generated = generated(seed, &document::document(seed).to_string());
        let mut paths = BTreeSet::new();
        for model in &generated.models {
            assert!(paths.insert(&model.path), "seed {seed}: {} stands twice", model.path);
        }
    }
}

/// R09: whatever is added, an old name is gone or means what it meant.
#[test]
fn an_addition_moves_no_name() {
    let (mut documents, mut lost, mut refused) = (0, 0, 0);
    for seed in seeds(60) {
        let config = Config {
            inline_types: inline_types(seed),
            ..Config::default()
        };
        let document = document::document(seed);
        let Ok(before) = meanings(&document.to_string(), &config) else {
            panic!("seed {seed}")
        };
        let (extended, additions) = additions::extended(&document, &mut Random::new(seed));
        // What is added may contradict what there is, for instance by two paths that are one.
        documents += 1;
        let Ok(after) = meanings(&extended.to_string(), &config) else {
            refused += 1;
            continue;
        };
        lost += usize::from(before.keys().any(|path| !after.contains_key(path)));
        assert_eq!(moved(&before, &after), [""; 0], "seed {seed}: {additions:?}");
    }
    // Most documents are accepted, and in some of them names clash.
    assert!(
        refused * 4 < documents && lost * 20 > documents,
        "{documents}, {refused}, {lost}"
    );
}

/// R19
#[test]
fn only_what_is_said_matters() {
    for seed in seeds(25) {
        let document = document::document(seed);
        let plain = document.to_string();
        let wanted = files(seed, &plain);
        assert_same(seed, &wanted, &files(seed, &plain), "a second time");
        let shuffled = rewrite::shuffled(&document, &mut Random::new(seed));
        assert_same(seed, &wanted, &files(seed, &shuffled), "in another order");
        let yaml = serde_yaml::to_string(&document).unwrap();
        assert_same(seed, &wanted, &files(seed, &yaml), "in YAML");
        let pretty = serde_json::to_string_pretty(&document).unwrap();
        assert_same(seed, &wanted, &files(seed, &pretty.replace('\n', "\r\n")), "with CR LF");
        assert_same(
            seed,
            &wanted,
            &files(seed, &format!("\u{feff}{pretty}")),
            "with a byte order mark",
        );
        let extended = rewrite::extended(&document).to_string();
        assert_same(seed, &wanted, &files(seed, &extended), "with extensions");
    }
}

/// What a document says in the words of another version gives the same files.
#[test]
fn versions_are_spellings() {
    for seed in seeds(25) {
        let document = document::document(seed);
        let wanted = files(seed, &document.to_string());
        let in_3_1 = rewrite::in_3_1(&document);
        assert_ne!(in_3_1, document);
        assert_same(seed, &wanted, &files(seed, &in_3_1.to_string()), "in OpenAPI 3.1");
        let in_2_0 = rewrite::in_2_0(&document);
        assert_same(seed, &wanted, &files(seed, &in_2_0.to_string()), "in Swagger 2.0");
    }
}

/// R09, R10
#[test]
fn a_sample_compiles() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-crate");
    let _ = fs::remove_dir_all(folder.join("src"));
    let mut root = "//! Random documents.\n#![deny(warnings)]\n#![allow(deprecated)]\n".to_owned();
    for (index, seed) in seeds(8).enumerate() {
        let document: Value = document::document(seed);
        let generated = generated(seed, &document.to_string());
        root.extend([format!("/// Seed {seed}.\npub mod d{index} {{ pub mod generated; }}\n")]);
        for (path, text) in generated.files.iter() {
            write(&folder.join(format!("src/d{index}/generated/{path}")), text);
        }
    }
    write(&folder.join("src/lib.rs"), &root);
    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    let manifest = format!(
        "[package]\nname = \"random-crate\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [features]\nclient = [\"specwright-runtime/client\"]\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--features", "client"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(100).collect();
    assert!(output.status.success(), "{}", start.join("\n"));
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
