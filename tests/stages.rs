//! What the stages make of the golden cases, as `cargo specwright show` prints it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use codegen::{
    Input,
    stages::{self, Stage},
};
use tests::{Case, documents_in};

fn text(case: &Case, stage: Stage, at: &str) -> String {
    let (name, bytes) = (&case.name, &case.bytes);
    let shown = stages::show(Input { name, bytes }.into(), &case.config, stage, at);
    match shown.text {
        Some(Ok(text)) => text,
        Some(Err(unknown)) => panic!("{name}, {}: {unknown}", stage.as_str()),
        None => panic!("{}", shown.diagnostics.render(&shown.sources)),
    }
}

/// The pointers at the start of lines that a stage takes apart by spaces in no other way.
fn pointers(text: &str) -> BTreeSet<&str> {
    let lines = text
        .lines()
        .filter(|line| line.starts_with('/') && !line.contains("\\u{"));
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(pointer, _)| pointer)
        .collect()
}

#[test]
fn every_pointer_that_a_stage_shows_gives_a_part_of_its_text() {
    for name in documents_in("golden").unwrap() {
        let case = Case::read(&format!("golden/{name}")).unwrap();
        for stage in [Stage::Meaning, Stage::Ir, Stage::Names] {
            let whole = text(&case, stage, "");
            for pointer in pointers(&whole) {
                let part = text(&case, stage, pointer);
                assert!(part.starts_with(&format!("{pointer}: ")), "{name}, {pointer}: {part}");
                assert!(
                    whole.contains(part.lines().next().unwrap()),
                    "{name}, {pointer}: {part}"
                );
            }
        }
    }
}

#[test]
fn every_line_of_a_stage_is_a_line_of_its_own_and_ends() {
    for name in documents_in("golden").unwrap() {
        let case = Case::read(&format!("golden/{name}")).unwrap();
        for stage in Stage::ALL {
            let whole = text(&case, stage, "");
            assert!(whole.is_empty() || whole.ends_with('\n'), "{name}, {}", stage.as_str());
            let acts = |c: char| c != '\n' && c.is_control();
            assert!(
                stage == Stage::Canonical || !whole.contains(acts),
                "{name}, {}",
                stage.as_str()
            );
        }
    }
}
