//! The committed client is what the generator makes of the committed document.

use std::{collections::BTreeMap, fs, path::Path};

use tests::workspace;

const COMMAND: &str = "cargo xtask generate";
const FOLDER: &str = "generated-client/src/generated";

#[test]
fn the_committed_client_is_what_the_document_gives() {
    let outcome = crate::of_document(codegen::generate_with);
    let Some(generated) = &outcome.generated else {
        panic!("{}", outcome.diagnostics.render(&outcome.sources));
    };
    let wanted = codegen::package::module_files(FOLDER, &generated.files).map(|(path, text)| {
        let name = path.strip_prefix(FOLDER).unwrap().trim_start_matches('/');
        (name.to_owned(), text)
    });
    let present = on_disk(&workspace().join(FOLDER));
    let differences = differences(&wanted.collect(), &present);
    assert!(
        differences.is_empty(),
        "{}\nTo fix it: {COMMAND}",
        differences.join("\n")
    );
}

#[test]
fn every_kind_of_difference_is_named() {
    let files = |entries: &[(&str, &str)]| {
        let entries = entries
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        entries.collect::<BTreeMap<_, _>>()
    };
    let wanted = files(&[("a.rs", "1"), ("b.rs", "2"), ("c.rs", "3")]);
    let present = files(&[("a.rs", "1"), ("b.rs", "x"), ("d/e.txt", "4")]);
    let expected = ["stale: b.rs", "missing: c.rs", "orphaned: d/e.txt"];
    assert_eq!(differences(&wanted, &present), expected);
    assert_eq!(differences(&wanted, &wanted), [""; 0]);
}

fn differences(wanted: &BTreeMap<String, String>, present: &BTreeMap<String, String>) -> Vec<String> {
    let mut differences = Vec::new();
    for (path, text) in wanted {
        match present.get(path) {
            None => differences.push(format!("missing: {path}")),
            Some(found) if found != text => differences.push(format!("stale: {path}")),
            Some(_) => {}
        }
    }
    let orphaned = present.keys().filter(|path| !wanted.contains_key(*path));
    differences.extend(orphaned.map(|path| format!("orphaned: {path}")));
    differences
}

/// Every file of a folder, of whatever kind, by its path in the folder.
fn on_disk(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
        }
    }
    files
}
