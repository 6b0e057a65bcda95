//! Random pairs of documents, one change apart: the verdict agrees with what is generated.
//!
//! `cargo test` takes a few; `RANDOM_PAIRS=1000 RANDOM_SEED=7` takes more and others. A failure names its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
// The documents of another test are made here too, and not all that is in their file is used.
#![allow(dead_code, reason = "shared with the test of random documents")]

#[path = "random_documents/document.rs"]
mod document;
#[path = "diff_pairs/mutation.rs"]
mod mutation;

use std::{collections::BTreeMap, env};

use codegen::instance::Random;
use codegen::{
    Config, Input,
    diff::{Format, Rust, Side, Verdict, diff},
};
use tests::bodies;

fn input(text: &str) -> Input<'_> {
    Input {
        name: "random.json",
        bytes: text.as_bytes(),
    }
}

/// The generated code without documentation, line by line, each with how often it occurs.
fn code(text: &str) -> Option<BTreeMap<(String, String), usize>> {
    let generated = codegen::generate(input(text), &Config::default()).generated?;
    let mut lines = BTreeMap::new();
    for (path, body) in bodies(&generated) {
        let code = body
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("//"));
        for line in code {
            *lines.entry((path.to_owned(), line.to_owned())).or_insert(0) += 1;
        }
    }
    Some(lines)
}

fn verdict(old: &str, new: &str) -> Option<Verdict> {
    let config = Config::default();
    let side = |text| Side {
        inputs: input(text).into(),
        config: &config,
    };
    diff(side(old), side(new)).verdict
}

/// The kinds of changes that leave the code as it is.
const WITHOUT_CODE: [&str; 2] = ["documentation", "document"];

#[test]
fn a_verdict_agrees_with_the_generated_code() {
    let number = |name: &str, usual: u64| env::var(name).map_or(usual, |text| text.parse().unwrap());
    let start = number("RANDOM_SEED", 1) << 32;
    let wanted = number("RANDOM_PAIRS", 40);
    let (mut pairs, mut seed) = (0, start);
    while pairs < wanted {
        seed += 1;
        let document = document::document(seed);
        let Some((changed, what)) = mutation::mutated(&document, &mut Random::new(seed)) else {
            continue;
        };
        let (old, new) = (document.to_string(), changed.to_string());
        let (Some(before), Some(after)) = (code(&old), code(&new)) else {
            continue;
        };
        pairs += 1;
        let verdict = verdict(&old, &new).unwrap_or_else(|| panic!("seed {seed}: {what}: no verdict"));
        let shown = || format!("seed {seed}: {what}\n{}", verdict.render(Format::Human, None));
        let all = || verdict.changes.iter();
        let says_that_code_changes =
            all().any(|change| change.rules.first().is_some_and(|rule| !WITHOUT_CODE.contains(rule)));
        // Who sends a property is in the code or in its documentation.
        let is_about_access = all().any(|change| change.rules.contains(&"access-changed"));
        if !is_about_access {
            assert_eq!(before != after, says_that_code_changes, "{}", shown());
        }
        // What is not there any more is never less than major, unless it is there in another form.
        let is_gone = |lines: &BTreeMap<(String, String), usize>, line: &(String, String)| !lines.contains_key(line);
        let is_item = |line: &&(String, String)| !line.1.starts_with("#[");
        let gone = before
            .keys()
            .filter(is_item)
            .filter(|line| is_gone(&after, line))
            .count();
        let new_lines = after
            .keys()
            .filter(is_item)
            .filter(|line| is_gone(&before, line))
            .count();
        if gone > new_lines {
            assert_eq!(verdict.rust, Rust::Major, "{gone} lines are gone: {}", shown());
        }
    }
}
