//! What the README of the client says that its users need is shown by tests that are there.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use tests::workspace;

/// Every `file: test` of the table's last column.
fn shown(readme: &str) -> Vec<(&str, &str)> {
    let (_, table) = readme.split_once("| need | here | shown by |").unwrap();
    let words = table.split('`').skip(1).step_by(2);
    words.filter_map(|word| word.split_once(".rs: ")).collect()
}

#[test]
fn every_need_is_shown_by_tests_that_are_there() {
    let readme = fs::read_to_string(workspace().join("generated-client/README.md")).unwrap();
    let shown = shown(&readme);
    for need in 1..=10 {
        assert!(
            readme.contains(&format!("\n| {need}. ")),
            "need {need} is not in the table"
        );
    }
    assert!(shown.len() >= 20, "{shown:?}");
    for (file, test) in shown {
        let source = fs::read_to_string(workspace().join(format!("{file}.rs")));
        let source = source.unwrap_or_else(|error| format!("{error}"));
        let is_there = source.contains(&format!("fn {test}("));
        assert!(is_there, "there is no test `{test}` in {file}.rs");
    }
}
