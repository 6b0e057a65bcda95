//! The language of what users read: messages, explain pages, guides and public rustdoc do not contain constructions that a
//! reader has to translate. `language/rules.rs` lists them with what to write instead.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "language/prose.rs"]
mod prose;
#[path = "language/rules.rs"]
mod rules;

use std::{fs, path::Path};

use tests::workspace;

/// The folders and files that users read: the sources of everything that is published, and the pages.
const READ: &[&str] = &[
    "CONTRIBUTING.md",
    "README.md",
    "codegen/ARCHITECTURE.md",
    "codegen/build",
    "codegen/cli",
    "codegen/guide",
    "codegen/src",
    "generated-client/README.md",
    "generated-client/runtime/src",
    "generated-client/src",
    "spec/README.md",
    "xtask/src",
];

/// Parts of these that are not read as prose.
const NOT_PROSE: &[&str] = &["generated-client/src/generated/", "/tests/", "/tests.rs"];

fn files(path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "md") {
        let relative = path.strip_prefix(workspace()).unwrap();
        found.push(relative.to_string_lossy().replace('\\', "/"));
    }
}

/// The places of a file that break a rule, one a line.
fn problems(path: &str, source: &str) -> Vec<String> {
    let passages = match path.rsplit_once('.') {
        Some((_, "md")) => prose::of_markdown(source),
        _ => prose::of_rust(source),
    };
    let mut problems = Vec::new();
    for passage in passages {
        for (line, words, rule) in rules::broken(&passage.text) {
            let line = passage.line + line;
            problems.push(format!("{path}:{line}: \"{words}\": write {}", rule.instead));
        }
    }
    problems
}

#[test]
fn users_read_plain_english() {
    let mut paths = Vec::new();
    for path in READ {
        files(&workspace().join(path), &mut paths);
    }
    paths.sort();
    let is_prose = |path: &&String| !NOT_PROSE.iter().any(|part| path.contains(part));
    let mut found = Vec::new();
    for path in paths.iter().filter(is_prose) {
        found.extend(problems(path, &fs::read_to_string(workspace().join(path)).unwrap()));
    }
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

/// What the rules find, and what they do not.
#[test]
fn rules_find_constructions_and_nothing_else() {
    for (text, is_broken) in [
        ("`x` is no URL", true),
        ("`x` is no longer a URL", false),
        ("there is no schema `x`", false),
        ("the host is none of these", true),
        ("the parameter stands twice", true),
        ("`$ref` stands-in", false),
        ("the value is a text", true),
        ("the value is a text file", false),
        ("the arms of a oneof", true),
        ("a match arm", false),
        ("left out, for it is empty", true),
        ("ready, for example", false),
        ("the code `is no` is quoted", false),
        ("{is no}", false),
    ] {
        assert_eq!(!rules::broken(text).is_empty(), is_broken, "{text}");
    }
}

/// Where prose is found in a source: lines are those of the file.
#[test]
fn prose_is_rustdoc_and_literals() {
    let source = "//! A module.\n\n/// Public.\n#[must_use]\npub fn a<'a>() {\n    let _ = ('\"', \"one \\\n        two\");\n}\n\
                  /// Private.\nfn b() { r#\"raw text\"#; \"word\" }\n// \"a comment\"\n#[cfg(test)]\nmod tests { \"a test\" }\n";
    let found: Vec<(usize, String)> = prose::of_rust(source)
        .into_iter()
        .map(|passage| (passage.line, passage.text.trim().to_owned()))
        .collect();
    let expected = [(1, "A module."), (3, "Public."), (6, "one two")];
    assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    let page = prose::of_markdown("# Title\n```rust\nis no\n```\nText\n");
    assert_eq!(page[0].text, "# Title\n\n\n\nText\n");
}
