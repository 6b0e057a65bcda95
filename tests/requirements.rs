//! Every line of `REQUIREMENTS.md` is named by a test.
//!
//! A test names a requirement in its documentation, in its name (`r12_...`) or, where tests are made while the program
//! runs, in the text that they are called. `--nocapture` prints the list.
#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the list is what one wants to see")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use quote::ToTokens as _;
use syn::{
    Attribute, Expr, ExprCall, ItemFn, Lit, Macro, Token,
    punctuated::Punctuated,
    visit::{self, Visit},
};
use tests::workspace;

#[test]
fn every_requirement_has_a_test_that_names_it() {
    let stated = stated(&fs::read_to_string(workspace().join("tests/REQUIREMENTS.md")).unwrap());
    let expected: Vec<String> = (1..=37).map(|number| format!("R{number:02}")).collect();
    assert_eq!(stated, expected, "the list of requirements");
    let proven = proven();
    for (requirement, tests) in &proven {
        println!("{requirement}");
        for test in tests {
            println!("    {test}");
        }
    }
    let without: Vec<&String> = stated.iter().filter(|id| !proven.contains_key(*id)).collect();
    assert!(without.is_empty(), "no test names {without:?}");
    let unknown: Vec<&String> = proven.keys().filter(|id| !stated.contains(id)).collect();
    assert!(unknown.is_empty(), "no requirement is called {unknown:?}");
}

/// R32: the workspace forbids it and every crate takes the workspace's lints, as does every crate that is generated.
#[test]
fn no_crate_has_unsafe_code() {
    let root = fs::read_to_string(workspace().join("Cargo.toml")).unwrap();
    assert_has_line(&root, "unsafe_code = \"forbid\"");
    for folder in members(&root) {
        let manifest = fs::read_to_string(workspace().join(folder).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("\n[lints]\nworkspace = true\n"), "{folder}");
    }
    let name = codegen::package::PackageName::parse("a").unwrap();
    let package = codegen::package::Package {
        name: &name,
        title: "",
        source: "",
        features: &[],
        runtime: &codegen::package::Runtime::Path("..".to_owned()),
        metadata: &codegen::package::Metadata::default(),
        front: None,
    };
    let files = codegen::package::files(package, &codegen::Files::default());
    assert_has_line(files.get("Cargo.toml").unwrap(), "unsafe_code = \"forbid\"");
    let deny = fs::read_to_string(workspace().join("deny.toml")).unwrap();
    for part in [
        "[licenses]",
        "[bans]",
        "unknown-registry = \"deny\"",
        "unknown-git = \"deny\"",
    ] {
        assert_has_line(&deny, part);
    }
}

/// A line of a manifest that is not a comment.
fn assert_has_line(text: &str, line: &str) {
    assert!(text.lines().any(|found| found == line), "there is no line `{line}`");
}

/// The folders of all crates of the workspace.
fn members(root: &str) -> Vec<&str> {
    let (_, list) = root.split_once("\nmembers = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let members: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(members.contains(&"tests"), "{members:?}");
    members
}

/// The ids of a table's first column, in order.
fn stated(text: &str) -> Vec<String> {
    let cells = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next());
    cells.filter(|cell| !ids(cell).is_empty()).map(str::to_owned).collect()
}

/// The tests that name a requirement, by its id.
fn proven() -> BTreeMap<String, BTreeSet<String>> {
    let mut proven = BTreeMap::<String, BTreeSet<String>>::new();
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let file = syn::parse_file(&text).unwrap();
        let mut tests = Tests {
            of_file: ids(&documentation(&file.attrs)),
            found: Vec::new(),
        };
        tests.visit_file(&file);
        let path = path
            .strip_prefix(workspace())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        for (requirement, test) in tests.found {
            proven.entry(requirement).or_default().insert(format!("{path}: {test}"));
        }
    }
    proven
}

/// Every Rust file of the workspace that somebody wrote.
fn sources() -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![workspace()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_named = |name: &str| path.file_name().is_some_and(|found| found == name);
            if path.is_dir() {
                if !["target", "generated", ".git"].into_iter().any(is_named) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The tests of a file that name a requirement.
struct Tests {
    /// What the documentation of the file names: all of its tests do.
    of_file: BTreeSet<String>,
    found: Vec<(String, String)>,
}

impl Tests {
    fn add(&mut self, ids: BTreeSet<String>, test: &str) {
        self.found.extend(ids.into_iter().map(|id| (id, test.to_owned())));
    }

    fn add_trial(&mut self, call: &ExprCall) {
        let is_trial = call.func.to_token_stream().to_string().ends_with("trial");
        if let Some(name) = call.args.iter().find_map(text).filter(|_| is_trial) {
            self.add(ids(&name), &name);
        }
    }
}

impl<'ast> Visit<'ast> for Tests {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        let name = function.sig.ident.to_string();
        let is_test = |attribute: &Attribute| {
            attribute
                .path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "test")
        };
        if function.attrs.iter().any(is_test) {
            let own = format!("{} {}", documentation(&function.attrs), name.to_uppercase());
            let ids = ids(&own).union(&self.of_file).cloned().collect();
            self.add(ids, &name);
        }
        visit::visit_item_fn(self, function);
    }

    /// `vec![...]` holds calls, which the parser leaves alone.
    fn visit_macro(&mut self, list: &'ast Macro) {
        let items = list.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        for call in items.into_iter().flatten() {
            if let Expr::Call(call) = call {
                self.add_trial(&call);
            }
        }
    }

    /// `trial("R18: ...", test)`.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.add_trial(call);
        visit::visit_expr_call(self, call);
    }
}

fn text(argument: &Expr) -> Option<String> {
    match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn documentation(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => text(&pair.value),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a text that are an `R` and two digits.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_id = |word: &&str| word.len() == 3 && word.starts_with('R') && word[1..].bytes().all(|b| b.is_ascii_digit());
    words.filter(is_id).map(str::to_owned).collect()
}
