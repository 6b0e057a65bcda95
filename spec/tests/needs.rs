//! What the README of the client says that its users need is shown by tests that are there.

use std::{collections::BTreeSet, fs};

use syn::{
    Attribute, ItemFn,
    visit::{self, Visit},
};
use tests::workspace;

/// Every `file: test` of the table's last column.
fn shown(readme: &str) -> Vec<(&str, &str)> {
    let (_, table) = readme.split_once("| need | here | shown by |").unwrap();
    let words = table.split('`').skip(1).step_by(2);
    words.filter_map(|word| word.split_once(".rs: ")).collect()
}

/// The functions of a file that are run as tests, by their attribute `test`.
fn tests_in(file: &str) -> BTreeSet<String> {
    struct Tests(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Tests {
        fn visit_item_fn(&mut self, function: &'ast ItemFn) {
            let is_test = |attribute: &Attribute| {
                attribute
                    .path()
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "test")
            };
            if function.attrs.iter().any(is_test) {
                self.0.insert(function.sig.ident.to_string());
            }
            visit::visit_item_fn(self, function);
        }
    }
    let text = fs::read_to_string(workspace().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut tests = Tests(BTreeSet::new());
    tests.visit_file(&syn::parse_file(&text).unwrap());
    tests.0
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
        assert!(
            tests_in(&format!("{file}.rs")).contains(test),
            "there is no test `{test}` in {file}.rs"
        );
    }
}
