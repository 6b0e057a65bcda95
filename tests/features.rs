//! A crate with features by group: every feature compiles alone, and so do none and all of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use codegen::package::{self, Metadata, Package, PackageName, Runtime};
use tests::{Case, crates, workspace};

#[test]
fn every_feature_compiles_alone() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("group-features");
    let generated = Case::read("golden/operations/group_features.yaml")
        .unwrap()
        .generate()
        .generated
        .unwrap();
    // A group may be called like a feature that every client has: it gets a name of its own.
    let groups = &generated.features;
    assert!(groups.len() == 2 && groups.contains(&"pets".to_owned()), "{groups:?}");
    assert!(!groups.contains(&"client".to_owned()), "{groups:?}");

    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    let files = package::files(
        Package {
            name: &PackageName::parse("group-features").unwrap(),
            title: &generated.title,
            source: "group_features.yaml",
            features: groups,
            runtime: &Runtime::Path(runtime),
            metadata: &Metadata::default(),
            front: generated.front.as_ref(),
        },
        &generated.files,
    );
    for (path, text) in files.iter() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let manifest = files.get("Cargo.toml").unwrap();
    fs::write(folder.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let alone = ["client", "models", "all"]
        .into_iter()
        .chain(groups.iter().map(String::as_str));
    for features in alone.chain([""]) {
        let arguments = [
            "clippy",
            "--quiet",
            "--offline",
            "--no-default-features",
            "--features",
            features,
        ];
        let arguments: Vec<&str> = arguments.into_iter().chain(["--", "--deny", "warnings"]).collect();
        if let Err(said) = crates::cargo(&folder, &arguments) {
            panic!("feature `{features}`: {said}");
        }
    }
}
