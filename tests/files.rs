//! Documents of several files: a folder each, with the document in `openapi.yaml`.
//!
//! Where a folder has a `single.yaml` too, that is the same document in one file, and both give the same client. After a
//! change that is meant, `INSTA_UPDATE=always cargo test -p tests --test files` writes the snapshots again.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeSet, fs};

use codegen::{Config, Input, Inputs, Outcome, stages};
use tests::{bodies, files::Folder};

/// Runs a function of the generator on a document of a case.
fn of_document<T>(case: &str, file: &str, run: impl FnOnce(Inputs<'_>) -> T) -> T {
    let folder = Folder::of("files", case);
    let bytes = fs::read(folder.0.join(file)).unwrap();
    let name = format!("{case}/{file}");
    let input = Input {
        name: &name,
        bytes: &bytes,
    };
    let inputs = Inputs {
        loader: &folder,
        ..input.into()
    };
    run(inputs)
}

fn generate(case: &str, file: &str, config: &Config) -> Outcome {
    of_document(case, file, |inputs| codegen::generate_with(inputs, config))
}

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            compare(stringify!($name));
        })*

        const CASES: &[&str] = &[$(stringify!($name),)*];
    };
}

cases! {
    errors_in_other_files
    names_that_clash
    split_document
    tags_of_renamed_arms
}

/// What is said, and what is made: files and the surface of the client.
fn compare(case: &str) {
    let outcome = generate(case, "openapi.yaml", &Config::default());
    let said = outcome.diagnostics.render(&outcome.sources);
    let config = Config::default();
    let surface = of_document(case, "openapi.yaml", |inputs| stages::surface(inputs, &config));
    let summary = match (&outcome.generated, surface) {
        (Some(generated), Some(surface)) => tests::summary(generated, &surface),
        (generated, surface) => {
            assert!(generated.is_none() && surface.is_none(), "{case}");
            String::new()
        }
    };
    insta::with_settings!({
        snapshot_path => "files",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(case, format!("{said}{summary}"));
    });
    if Folder::of("files", case).0.join("single.yaml").exists() {
        let single = generate(case, "single.yaml", &Config::default());
        let (split, single) = (outcome.generated.unwrap(), single.generated.unwrap());
        assert!(
            bodies(&split).eq(bodies(&single)),
            "the files give another client than the one"
        );
    }
}

#[test]
fn the_list_is_the_folder() {
    assert!(tests::files::cases("files").unwrap().iter().eq(CASES.iter().copied()));
}

/// R11: the limits hold for all files together.
#[test]
fn files_share_the_limits() {
    let generate = |change: fn(&mut Config)| {
        let mut config = Config::default();
        change(&mut config);
        let outcome = generate("split_document", "openapi.yaml", &config);
        let codes: BTreeSet<&str> = outcome.diagnostics.iter().map(|one| one.code.as_str()).collect();
        codes
    };
    assert!(generate(|config| config.limits.max_bytes = 2_000).is_empty());
    assert!(generate(|config| config.limits.max_bytes = 600).contains("size-limit"));
    assert!(generate(|config| config.limits.max_nodes = 200).is_empty());
    assert!(generate(|config| config.limits.max_nodes = 60).contains("node-limit"));
}
