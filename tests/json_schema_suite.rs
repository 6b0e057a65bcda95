//! The types that are generated for JSON Schema's own test suite take what its tests call valid, write it as it came, and
//! refuse what they call invalid, or it was said that they do not look.
//!
//! The suite is not part of this repository: `CORPUS_DIR` names the folder that holds it
//! (`json-schema-test-suite/*.json`); without it only our own groups are asked. `EXPECTED.tsv` lists what is otherwise, and
//! why; an entry that is not needed any more fails as well as one that is missing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the figures are part of what this is for")]

#[path = "round_trip/compare.rs"]
mod compare;
#[path = "round_trip/driver.rs"]
mod driver;
#[path = "json_schema_suite/expected.rs"]
mod expected;
#[path = "json_schema_suite/group.rs"]
mod group;
#[path = "json_schema_suite/judge.rs"]
mod judge;
#[path = "round_trip/mutate.rs"]
#[allow(dead_code, reason = "shared with the round trips")]
mod mutate;
#[path = "round_trip/subject.rs"]
#[allow(dead_code, reason = "shared with the round trips")]
mod subject;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use expected::{Expected, Found};
use group::{Group, Made};
use judge::Verdict;
use libtest_mimic::{Arguments, Trial};
use subject::Subject;
use tests::crates;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = match std::env::var_os("CORPUS_DIR") {
        _ if arguments.list => Vec::new(),
        Some(folder) => trials(group::read(&PathBuf::from(folder).join("json-schema-test-suite"))),
        None => {
            let ignored = Trial::test("JSON Schema's suite: CORPUS_DIR is not set", || Ok(())).with_ignored_flag(true);
            let mut trials = trials(Vec::new());
            trials.push(ignored);
            trials
        }
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test for each group of the suite and for each of our own, and two for all of them.
fn trials(mut groups: Vec<Group>) -> Vec<Trial> {
    let has_suite = !groups.is_empty();
    groups.extend(group::own());
    let mut found: BTreeMap<&str, Found> = BTreeMap::new();
    let mut made = Vec::new();
    for group in &groups {
        match group.generate() {
            Ok(generated) => made.push((group, generated)),
            Err(codes) => {
                let refused = Found::from([(("no types", codes), String::new())]);
                found.insert(&group.name, refused);
            }
        }
    }
    let clean = clean(&made);
    let (answered, told) = answered(&made);
    found.extend(answered);
    let expected = Expected::read().unwrap_or_else(|said| panic!("{said}"));
    print_figures(&groups, &made, &found, told);
    for (reason, count) in expected.counts() {
        println!("{count:5} {reason}");
    }
    let mut trials: Vec<Trial> = groups
        .iter()
        .map(|group| {
            let verdict = expected.compare(&group.name, found.get(group.name.as_str()));
            Trial::test(group.name.clone(), move || verdict.map_err(Into::into))
        })
        .collect();
    let is_of = if has_suite { expected.is_of(&groups) } else { Ok(()) };
    trials.push(Trial::test("the table has nothing else", move || {
        is_of.map_err(Into::into)
    }));
    trials.push(Trial::test("the types compile without a warning", move || {
        clean.map_err(Into::into)
    }));
    trials
}

fn print_figures(groups: &[Group], made: &[(&Group, Made)], found: &BTreeMap<&str, Found>, told: usize) {
    let tests: usize = groups.iter().map(|group| group.tests.len()).sum();
    let asked: usize = made.iter().map(|(group, _)| group.tests.len()).sum();
    let otherwise = made.iter().filter_map(|(group, _)| found.get(group.name.as_str()));
    let otherwise: usize = otherwise.map(BTreeMap::len).sum();
    let weakened = made.iter().filter(|(_, made)| made.is_weakened).count();
    println!(
        "{} of {} groups have types, {weakened} of them with a warning that something is not checked\n\
         of {tests} tests {asked} are asked: {} are answered as the suite says, {told} invalid values are taken after a \
         warning,\nand {otherwise} are exceptions",
        made.len(),
        groups.len(),
        asked - otherwise - told
    );
}

fn clean(made: &[(&Group, Made)]) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json-schema-suite-crate");
    let modules = made.iter().map(|(_, made)| {
        let subject = &made.subject;
        (subject.module.clone(), subject.generated.files.clone())
    });
    let documentation = "The schemas of a test suite.";
    crates::write(&folder, "json-schema-suite-crate", documentation, modules).map_err(|error| error.to_string())?;
    let arguments = ["clippy", "--quiet", "--offline", "--", "--deny", "warnings"];
    crates::cargo(&folder, &arguments).map(|_| ())
}

/// What the types answer, as far as it is not what the suite says, and how many invalid values they take after a warning.
fn answered<'g>(made: &[(&'g Group, Made)]) -> (BTreeMap<&'g str, Found>, usize) {
    let subjects: Vec<&Subject> = made.iter().map(|(_, made)| &made.subject).collect();
    let program = driver::build("json-schema-suite", &subjects).unwrap_or_else(|said| panic!("{said}"));
    let asked: Vec<String> = made
        .iter()
        .flat_map(|(group, made)| {
            let tests = group.tests.iter();
            tests.map(|test| driver::line(&made.subject, group::HOLDER, &test.held()))
        })
        .collect();
    let answers = driver::ask(&program, &asked);
    assert_eq!(answers.len(), asked.len(), "the program ended early");
    let mut answers = answers.into_iter();
    let mut found = BTreeMap::new();
    let mut told = 0;
    for (group, made) in made {
        let mut otherwise = Found::new();
        for (number, test) in group.tests.iter().enumerate() {
            let answer = answers.next().unwrap();
            match judge::judge(group, made, test, &answer) {
                Verdict::Right => {}
                Verdict::Told => told += 1,
                Verdict::Otherwise(what, said) => {
                    otherwise.insert((what, number.to_string()), format!("{}: {said}", test.text()));
                }
            }
        }
        found.insert(group.name.as_str(), otherwise);
    }
    (found, told)
}
