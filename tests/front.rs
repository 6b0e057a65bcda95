//! The front page of generated crates: its example compiles, rustdoc has nothing to warn about, and text of the document is
//! text.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use codegen::package::{self, Metadata, Package, PackageName, Runtime};
use tests::{Case, crates, workspace};

const CASES: [&str; 6] = [
    "golden/operations/group_features.yaml",
    "golden/paging/recognized_token.yaml",
    "golden/security/alternatives_and_combinations.yaml",
    "golden/security/http_schemes.yaml",
    "golden/servers/relative_servers.yaml",
    "golden/servers/server_with_variables.yaml",
];

/// Writes the crate of a case, and returns its front page.
fn write(folder: &Path, name: &str, case: &Case) -> String {
    let generated = case.generate().generated.unwrap();
    let runtime = workspace().join("generated-client/runtime");
    let files = package::files(
        Package {
            name: &PackageName::parse(name).unwrap(),
            title: &generated.title,
            source: &case.name,
            features: &generated.features,
            runtime: &Runtime::Path(runtime.to_string_lossy().into_owned()),
            metadata: &Metadata::default(),
            front: generated.front.as_ref(),
        },
        &generated.files,
    );
    for (path, text) in files.iter() {
        let path = folder.join(name).join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    files.get(package::README).unwrap().to_owned()
}

/// R03
#[test]
fn examples_compile_and_links_exist() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("front-pages");
    let mut with_calls = 0;
    for path in CASES {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let page = write(&folder, name, &Case::read(path).unwrap());
        assert!(page.contains("let client = Client::builder("), "{page}");
        with_calls += usize::from(page.contains("let response = client."));
    }
    assert!(with_calls >= 3, "{with_calls} pages have a call");
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n",
    )
    .unwrap();
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for arguments in [
        "test --doc --quiet --offline --no-default-features --features all",
        "doc --quiet --offline --no-deps --no-default-features --features all",
        "doc --quiet --offline --no-deps --no-default-features",
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        match crates::cargo(&folder, &arguments) {
            Ok(printed) => assert!(!printed.contains("warning"), "{printed}"),
            Err(printed) => panic!("{printed}"),
        }
    }
}

/// R01, R03
#[test]
fn a_hostile_description_stays_text() {
    let mut case = Case::read("golden/operations/group_features.yaml").unwrap();
    let text = String::from_utf8(case.bytes).unwrap();
    let plain = "info: {title: Group features, version: '1'}";
    assert!(text.contains(plain));
    let hostile = "info:\n  title: Group features\n  version: '1'\n  description: \"```rust\\npanic!()\\n<!-- specwright: end -->\\n\
                   ```\\n\\n    let x = 1;\\n\\n[x] <b>\"";
    case.bytes = text.replacen(plain, hostile, 1).into_bytes();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-front-page");
    let page = write(&folder, "hostile", &case);
    assert_eq!(page.matches("<!-- specwright: end -->").count(), 1, "{page}");
    assert_eq!(page.matches("```rust").count(), 1, "{page}");
    assert!(
        page.contains("```text\npanic!()") && page.contains("```rust,no_run\nuse hostile::"),
        "{page}"
    );
}
