//! Pairs of documents with one change each, and the verdict on it: what it means in Rust, for HTTP, and whether it is silent.
//!
//! `diff/verdicts.tsv` has the expected verdicts. After a change of the generator that makes a verdict smaller, the line changes
//! with the reason in its note.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{fmt::Write as _, fs, path::Path};

use codegen::{
    Config, Input,
    diff::{Side, Verdict, diff},
};

/// A line of the table.
struct Expected<'t> {
    case: &'t str,
    rust: &'t str,
    http: &'t str,
    silent: &'t str,
}

fn verdict(case: &str) -> Verdict {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diff").join(case);
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let (old, new) = (read("base.yaml"), read("revision.yaml"));
    let config = Config::default();
    let side = |name, bytes| Side {
        inputs: Input { name, bytes }.into(),
        config: &config,
    };
    let compared = diff(side("base.yaml", &old), side("revision.yaml", &new));
    let said = compared.old.diagnostics.render(&compared.old.sources);
    assert!(compared.verdict.is_some(), "{case}: {said}");
    compared.verdict.unwrap()
}

#[test]
fn every_change_has_its_verdict() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("diff/verdicts.tsv")).unwrap();
    let lines: Vec<Expected<'_>> = table
        .lines()
        .skip(1)
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap();
            Expected {
                case: next(),
                rust: next(),
                http: next(),
                silent: next(),
            }
        })
        .collect();
    let wanted = std::env::var("CASE").ok();
    let (mut right, mut wrong) = ([0; 3], String::new());
    for expected in &lines {
        if wanted.as_deref().is_some_and(|wanted| !expected.case.contains(wanted)) {
            continue;
        }
        let verdict = verdict(expected.case);
        if wanted.is_some() {
            println!("== {}\n{}", expected.case, verdict.render(codegen::diff::Format::Human, None));
        }
        let found = [
            verdict.rust.as_str(),
            verdict.http.as_str(),
            if verdict.silent { "yes" } else { "no" },
        ];
        for (index, (name, wanted)) in [("rust", expected.rust), ("http", expected.http), ("silent", expected.silent)]
            .into_iter()
            .enumerate()
        {
            if found[index] == wanted {
                right[index] += 1;
            } else {
                let _ = writeln!(wrong, "{}: {name} is {}, expected {wanted}", expected.case, found[index]);
            }
        }
    }
    let all = lines.len();
    println!("of {all}: rust {}, http {}, silent {}", right[0], right[1], right[2]);
    if wanted.is_none() {
        assert_eq!(wrong, "");
    }
}
