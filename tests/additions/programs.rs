//! A program that uses everything of a client is compiled against the client of the same document with an addition. Either it
//! does not compile, because a name that it uses is gone, or it sends the same bytes.

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use codegen::{Config, Input, instance::Random};
use serde_json::Value;
use tests::{names::meanings, workspace};

use crate::random_additions;

const DOCUMENT: &str = include_str!("tanks.yaml");
const PROGRAM: &str = include_str!("program.rs");

/// A document with an addition.
struct Addition {
    name: String,
    document: Value,
    /// What was added.
    what: String,
    /// Whether a name of the old client is gone.
    loses: bool,
}

/// R09: `ADDITIONS=20 RANDOM_SEED=7` makes twenty rounds with other additions, each with one of every kind.
#[test]
fn a_program_sends_the_same_or_does_not_compile() {
    let number = |name: &str, usual: u64| env::var(name).map_or(usual, |text| text.parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("addition-programs");
    let document: Value = serde_yaml::from_str(DOCUMENT).unwrap();
    let mut random = Random::new(number("RANDOM_SEED", 1));
    let additions = additions(&document, number("ADDITIONS", 1), &mut random);
    write_workspace(&folder, &document, &additions);
    build(&folder);
    let wanted = output(&folder, "base").expect("the program does not compile with the client that it was written for");
    assert!(wanted.lines().count() > 10, "{wanted}");
    let mut compiled = 0;
    for addition in &additions {
        let (name, what) = (&addition.name, &addition.what);
        match output(&folder, name) {
            Some(sent) => {
                compiled += 1;
                assert_eq!(sent, wanted, "{name}: {what}");
            }
            None => assert!(
                addition.loses,
                "{name}: with {what}, no name is lost and the program does not compile"
            ),
        }
    }
    // An addition mostly takes no name.
    assert!(compiled * 3 > additions.len(), "{compiled} of {}", additions.len());
}

/// Documents with an addition of each kind, for each round.
fn additions(document: &Value, rounds: u64, random: &mut Random) -> Vec<Addition> {
    let before = meanings(&document.to_string(), &Config::default()).unwrap();
    let mut additions = Vec::new();
    for round in 0..rounds {
        for (kind, add) in random_additions::KINDS {
            // Some additions are there already, and some contradict what there is.
            let found = (0..50).find_map(|_| {
                let mut document = document.clone();
                let what = add(&mut document, random)?;
                let after = meanings(&document.to_string(), &Config::default()).ok()?;
                let loses = before.keys().any(|path| !after.contains_key(path));
                Some((document, what, loses))
            });
            let Some((document, what, loses)) = found else {
                panic!("round {round}: no {kind} can be added");
            };
            let name = format!("round{round}-{kind}");
            additions.push(Addition {
                name,
                document,
                what,
                loses,
            });
        }
    }
    additions
}

fn write_workspace(folder: &Path, document: &Value, additions: &[Addition]) {
    let _ = fs::remove_dir_all(folder.join("crates"));
    write_crate(folder, "base", document);
    for addition in additions {
        write_crate(folder, &addition.name, &addition.document);
    }
    write(
        &folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    );
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn write_crate(folder: &Path, name: &str, document: &Value) {
    let text = document.to_string();
    let input = Input {
        name: "tanks.json",
        bytes: text.as_bytes(),
    };
    let config = Config {
        group_features: false,
        ..Config::default()
    };
    let generated = codegen::generate(input, &config).generated.unwrap();
    let folder = folder.join("crates").join(name);
    for (path, text) in generated.files.iter() {
        write(&folder.join("src/generated").join(path), text);
    }
    write(
        &folder.join("src/main.rs"),
        &format!("#![allow(warnings)]\n\nmod generated;\n\n{PROGRAM}"),
    );
    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\ndefault = [\"client\"]\nclient = []\n\n[dependencies]\n\
         specwright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"blocking\", \"test-util\"] }}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
}

/// Builds the programs that compile. Those of an earlier run are gone.
fn build(folder: &Path) {
    let programs: BTreeSet<PathBuf> = fs::read_dir(folder.join("crates"))
        .unwrap()
        .map(|entry| program(folder, &entry.unwrap().file_name().to_string_lossy()))
        .collect();
    for program in programs {
        let _ = fs::remove_file(program);
    }
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--keep-going", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    fs::write(folder.join("build.log"), output.stderr).unwrap();
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder
        .join("target/debug")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// What a program prints; `None` if it does not compile.
fn output(folder: &Path, name: &str) -> Option<String> {
    let program = program(folder, name);
    if !program.exists() {
        return None;
    }
    let output = Command::new(program).output().unwrap();
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
