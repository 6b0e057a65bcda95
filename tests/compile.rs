//! The code of all golden cases is Rust without a warning: not of rustc, not of clippy, not of rustdoc.
//!
//! One crate of all cases is written below the target folder, and checked with this workspace's lints and lock file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::Path};

use tests::{Case, crates, documents_in};

/// R03, R04, R10
#[test]
fn all_cases_compile_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-crate");
    let cases = documents_in("golden").unwrap();
    let modules = cases.iter().map(|path| {
        let mut case = Case::read(&format!("golden/{path}")).unwrap();
        case.config.group_features = false;
        let module = path.trim_end_matches(".yaml").replace('/', "_");
        (module, case.generate().generated.unwrap().files)
    });
    crates::write(&folder, "golden-crate", "All golden cases.", modules).unwrap();
    for arguments in [
        // Without a feature there are the models alone.
        "clippy --quiet --offline -- --deny warnings",
        "clippy --quiet --offline --features client -- --deny warnings",
        "clippy --quiet --offline --features client,test-util -- --deny warnings",
        "doc --quiet --offline --no-deps --features client",
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        if let Err(said) = crates::cargo(&folder, &arguments) {
            panic!("{said}");
        }
    }
    check_page(&folder);
}

/// The page of an operation shows what the form says of it: a call, the errors, and that no script came through.
fn check_page(folder: &Path) {
    let page = folder.join("target/doc/golden_crate/descriptions_html/generated/apis/pet_store/struct.ListPets.html");
    let page = fs::read_to_string(page).unwrap();
    let text = shown(&page);
    for expected in [
        "let response = client.pet_store().list_pets().await?;",
        "Errors that the document describes: ListPetsError, which failure reads.",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    assert!(!page.contains("<script>alert"), "{page}");
}

/// The text of a page without its tags.
fn shown(page: &str) -> String {
    let pieces = page
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<String>().replace("&amp;", "&").replace("&lt;", "<")
}
