//! Import circles: which files of the generator name each other.
//!
//! An edge is "file A names an item that is defined in file B". Declaring a module is not an edge, nor is importing one; a
//! re-exported item is where it is defined. What is compiled for tests only is left out.
//!
//! Seen are `use` declarations, paths wherever they occur, arguments of macros that are expressions, and inherent methods
//! in a file other than that of their type, called as `Type::method` or on a receiver with a type that is written down
//! somewhere: `self`, arguments, fields, results, variables that are made of these. Not seen are methods of traits (their
//! traits are imported), what stands in `quote!` and in the rules of a macro, items behind a macro of ours, and methods on
//! values that come out of a generic type or of an iterator that changes them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "structure/edges.rs"]
mod edges;
#[path = "structure/tree.rs"]
mod tree;
#[path = "structure/types.rs"]
mod types;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use edges::Edges;
use tree::Tree;

/// Files that name each other, directly or through others of them.
type Circles = BTreeSet<BTreeSet<String>>;

fn circles_of(edges: &Edges) -> Circles {
    let reachable: BTreeMap<&str, BTreeSet<&str>> =
        edges.keys().map(|file| (file.as_str(), reached(edges, file))).collect();
    let reaches = |from: &str, to: &str| reachable.get(from).is_some_and(|files| files.contains(to));
    let circles = edges.keys().filter(|file| reaches(file, file)).map(|file| {
        let members = edges
            .keys()
            .filter(|other| reaches(file, other) && reaches(other, file));
        members.cloned().collect()
    });
    circles.collect()
}

/// The files that a file names, and those that they name, and so on.
fn reached<'e>(edges: &'e Edges, file: &str) -> BTreeSet<&'e str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        for next in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The circles that are known, from the snapshot.
fn known() -> Circles {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("structure/circles.snap"));
    let text = text.unwrap_or_default();
    let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
    let blocks = body.split("\n\n").filter(|block| !block.trim().is_empty());
    blocks.map(|block| block.lines().map(str::to_owned).collect()).collect()
}

/// What has become of the known circles, a sentence each.
fn changes(known: &Circles, found: &Circles, edges: &Edges) -> Vec<String> {
    let files = |circle: &BTreeSet<String>| circle.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = found.difference(known).map(|circle| {
        let is_part = |old: &BTreeSet<String>| circle.is_subset(old);
        let has_part = |old: &BTreeSet<String>| circle.is_superset(old);
        let (what, inside) = match (known.iter().any(is_part), known.iter().any(has_part)) {
            (true, _) => ("A circle has fewer files, and the list must come down", String::new()),
            (false, true) => ("An import circle has more files", inside(circle, edges)),
            (false, false) => ("There is an import circle more", inside(circle, edges)),
        };
        format!("{what}: {}\n{inside}", files(circle))
    });
    let is_gone = |old: &&BTreeSet<String>| found.iter().all(|circle| circle.is_disjoint(old));
    let gone = known.iter().filter(is_gone);
    let fewer = gone.map(|old| format!("There is a circle fewer, and the list must come down: {}\n", files(old)));
    more.chain(fewer).collect()
}

/// What the files of a circle name in each other.
fn inside(circle: &BTreeSet<String>, edges: &Edges) -> String {
    let mut text = String::new();
    for (from, targets) in edges.iter().filter(|(from, _)| circle.contains(*from)) {
        for (to, names) in targets.iter().filter(|(to, _)| circle.contains(*to)) {
            let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            text.extend(["    ", from, " names in ", to, ": ", &names, "\n"]);
        }
    }
    text
}

/// After circles were removed, `INSTA_UPDATE=always cargo test -p tests --test structure` writes the list again.
#[test]
fn import_circles_become_fewer() {
    let edges = edges::edges(&mut Tree::read(&tests::workspace().join("codegen/src")));
    let found = circles_of(&edges);
    println!("{}", changes(&known(), &found, &edges).join("\n"));
    let blocks = found
        .iter()
        .map(|circle| circle.iter().map(String::as_str).collect::<Vec<_>>().join("\n"));
    insta::with_settings!({
        snapshot_path => "structure",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("circles", blocks.collect::<Vec<_>>().join("\n\n"));
    });
}

/// A crate of these files, in a folder that is named after the test.
fn edges_of(test: &str, files: &[(&str, &str)]) -> Edges {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("structure").join(test);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    edges::edges(&mut Tree::read(&folder))
}

fn shown(edges: &Edges) -> Vec<String> {
    let targets = edges
        .iter()
        .flat_map(|(from, targets)| targets.iter().map(move |target| (from, target)));
    let lines = targets.map(|(from, (to, names))| {
        let names = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        format!("{from} -> {to}: {names}")
    });
    lines.collect()
}

#[test]
fn paths_lead_to_the_file_that_defines_an_item() {
    let root = "mod a; mod b; pub use self::b::B; use self::a as renamed; fn f() { renamed::f(); }";
    let a =
        "mod inner; use crate::B; use std::fmt; pub fn f() -> super::b::C { format!(\"{}\", super::b::CONST); g(B) }";
    let inner =
        "use super::*; #[cfg(test)] mod tests { use crate::b::D; } fn g() { use crate::b as c; c::made!(); f() }";
    let b = "pub struct B; pub struct C; pub struct D; pub const CONST: u8 = 1; macro_rules! made { () => {} }";
    let edges = edges_of(
        "paths",
        &[("lib.rs", root), ("a.rs", a), ("a/inner.rs", inner), ("b.rs", b)],
    );
    let expected = [
        "a.rs -> b.rs: B, C, CONST",
        "a/inner.rs -> a.rs: f",
        "a/inner.rs -> b.rs: made",
        "lib.rs -> a.rs: f",
        "lib.rs -> b.rs: B",
    ];
    assert_eq!(shown(&edges), expected);
    assert_eq!(circles_of(&edges), Circles::new());
}

#[test]
fn inherent_methods_are_in_the_files_of_their_blocks() {
    let root = "mod a; mod b; pub struct S { inner: Vec<T> } pub struct T; impl S { fn new() -> Self { S } \
                fn run(&self) -> Option<&T> { self.far(); for t in &self.inner { t.other(); } None } }";
    let a = "use crate::S; impl S { pub fn far(&self) {} }";
    let b = "impl crate::T { pub fn other(&self) {} } fn f(s: crate::S) { s.far(); let s = crate::S::new(); s.far(); s.unknown(); }";
    let edges = edges_of("methods", &[("lib.rs", root), ("a.rs", a), ("b.rs", b)]);
    let expected = [
        "a.rs -> lib.rs: S",
        "b.rs -> a.rs: S::far",
        "b.rs -> lib.rs: S, S::new, T",
        "lib.rs -> a.rs: S::far",
        "lib.rs -> b.rs: T::other",
    ];
    assert_eq!(shown(&edges), expected);
    let circle = ["a.rs", "b.rs", "lib.rs"].map(str::to_owned);
    assert_eq!(circles_of(&edges), Circles::from([BTreeSet::from(circle)]));
}

#[test]
fn each_change_of_the_circles_has_a_sentence() {
    let circles = |circles: &[&[&str]]| -> Circles {
        let circles = circles.iter();
        circles
            .map(|files| files.iter().map(|file| (*file).to_owned()).collect())
            .collect()
    };
    let known = circles(&[&["a", "b", "c"], &["d", "e"]]);
    let sentences = |found: &[&[&str]]| changes(&known, &circles(found), &Edges::new());
    assert_eq!(sentences(&[&["a", "b", "c"], &["d", "e"]]), [""; 0]);
    for (found, expected) in [
        (
            &[&["a", "b", "c"] as &[&str]] as &[&[&str]],
            "There is a circle fewer, and the list must come down: d, e\n",
        ),
        (
            &[&["a", "b"], &["d", "e"]],
            "A circle has fewer files, and the list must come down: a, b\n",
        ),
        (
            &[&["a", "b", "c", "f"], &["d", "e"]],
            "An import circle has more files: a, b, c, f\n",
        ),
        (
            &[&["a", "b", "c"], &["d", "e"], &["f", "g"]],
            "There is an import circle more: f, g\n",
        ),
    ] {
        assert_eq!(sentences(found), [expected]);
    }
}
