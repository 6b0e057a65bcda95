//! Golden cases: a minimal document each, and the files that are made of it.
//!
//! A case is a file, `golden/AREA/NAME.yaml`, and a trial of its own, `AREA/NAME`: `cargo test -p tests --test golden
//! unions` runs those of an area. What becomes of it is beside it in `NAME.snap`, and what a stage before the last makes
//! of it in `NAME.STAGE.snap` where such a file exists (an empty one is enough to begin with). After an intended change,
//! `INSTA_UPDATE=always cargo test -p tests --test golden` writes the snapshots again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "golden/order.rs"]
mod order;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::LazyLock,
};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_yaml::Value;
use tests::{Case, bodies, documents_in};

/// Turns a case into the text of a snapshot.
type Stage = fn(&Case) -> String;

/// What `NAME.STAGE.snap` shows, by the name of the stage. A stage is added by one line here.
const STAGES: &[(&str, Stage)] = &[("meaning", meaning), ("ir", ir)];

/// A case shows one feature: a reader skips a long one.
const MAX_LINES: usize = 40;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for name in CASES.iter() {
        trials.push(Trial::test(name, || compare(name, "", files_shown)));
        for (stage, shown) in STAGES {
            if folder().join(format!("{name}.{stage}.snap")).exists() {
                trials.push(Trial::test(format!("{name}.{stage}"), || compare(name, stage, *shown)));
            }
        }
    }
    trials.extend([
        check_trial("every file is a case or the snapshot of one", unknown_files),
        check_trial("a file that is neither a case nor a snapshot of one is found", || {
            all_are_unknown(&[
                "unions/gone.snap",
                "unions/in_all_of.gone.snap",
                "unions/in_all_of.json",
            ])
        }),
        check_trial("cases are short", || failing(|golden| is_short(&golden.case))),
        check_trial("R19: the same document gives the same files", || {
            failing(|golden| golden.same_files(&golden.case))
        }),
        check_trial("R19: JSON gives what YAML gives", || {
            failing(|golden| golden.same_files(&golden.as_json()))
        }),
        check_trial("R19: the order of entries changes nothing", order::changes_nothing),
        check_trial("the table of features names cases that exist", support_names_cases),
    ]);
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A check of all cases: the error lists what is wrong.
fn check_trial(name: &str, faults: impl FnOnce() -> Vec<String> + Send + 'static) -> Trial {
    Trial::test(name, move || {
        let faults = faults();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("\n").into())
        }
    })
}

/// The names of all cases, such as `unions/in_all_of`.
static CASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let documents = documents_in("golden").unwrap();
    let names = documents.iter().filter_map(|path| path.strip_suffix(".yaml"));
    names.map(str::to_owned).collect()
});

/// All cases with their files, which the checks share.
static ALL: LazyLock<Vec<Golden>> = LazyLock::new(|| CASES.iter().map(|name| Golden::read(name)).collect());

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn read(name: &str) -> Case {
    Case::read(&format!("golden/{name}.yaml")).unwrap()
}

fn files_shown(case: &Case) -> String {
    case.shown(&case.generate())
}

fn meaning(case: &Case) -> String {
    case.stage(codegen::stages::Stage::Meaning)
}

fn ir(case: &Case) -> String {
    case.stage(codegen::stages::Stage::Ir)
}

/// Holds a case against its snapshot of a stage; the files have no name of a stage.
fn compare(name: &str, stage: &str, shown: Stage) -> Result<(), Failed> {
    let (area, name_in_area) = name.split_once('/').ok_or("a case belongs to an area")?;
    let snapshot = if stage.is_empty() {
        name_in_area.to_owned()
    } else {
        format!("{name_in_area}.{stage}")
    };
    let shown = shown(&read(name));
    insta::with_settings!({
        snapshot_path => format!("golden/{area}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(snapshot, shown);
    });
    Ok(())
}

/// A case with its files.
struct Golden {
    name: String,
    case: Case,
    files: BTreeMap<String, String>,
}

impl Golden {
    fn read(name: &str) -> Self {
        let case = read(name);
        let files = files_of(&case);
        let name = name.to_owned();
        Self { name, case, files }
    }

    fn document(&self) -> Value {
        serde_yaml::from_slice(&self.case.bytes).unwrap()
    }

    fn as_json(&self) -> Case {
        let text = serde_json::to_string_pretty(&self.document()).unwrap();
        self.case.with_text("case.json", text)
    }

    /// Compares the files of another form of the case with its own.
    fn same_files(&self, other: &Case) -> Result<(), String> {
        let others = files_of(other);
        let paths: BTreeSet<&String> = self.files.keys().chain(others.keys()).collect();
        let mut differing = paths
            .into_iter()
            .filter(|path| self.files.get(*path) != others.get(*path));
        differing.next().map_or(Ok(()), |path| Err(format!("`{path}` differs")))
    }
}

/// The files that a case gives, without the lines that name their source.
fn files_of(case: &Case) -> BTreeMap<String, String> {
    let outcome = case.generate();
    let Some(generated) = &outcome.generated else {
        panic!("{}", case.shown(&outcome));
    };
    let files = bodies(generated);
    files.map(|(path, body)| (path.to_owned(), body.to_owned())).collect()
}

/// The cases for which a check fails, each with the reason.
fn failing(check: impl Fn(&Golden) -> Result<(), String>) -> Vec<String> {
    let reasons = ALL.iter().filter_map(|golden| {
        let reason = check(golden).err()?;
        Some(format!("{}: {reason}", golden.name))
    });
    reasons.collect()
}

fn is_short(case: &Case) -> Result<(), String> {
    let lines = case.bytes.split_inclusive(|byte| *byte == b'\n').count();
    if lines > MAX_LINES {
        return Err(format!("it has {lines} lines, more than {MAX_LINES}"));
    }
    Ok(())
}

/// Files in the areas that no trial reads: a snapshot of a case that was removed, a stage that does not exist.
fn unknown_files() -> Vec<String> {
    let mut unknown = Vec::new();
    for area in fs::read_dir(folder()).unwrap() {
        let area = area.unwrap();
        if !area.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(area.path()).unwrap() {
            let names = [area.file_name(), file.unwrap().file_name()];
            let names = names.map(|name| name.to_string_lossy().into_owned());
            unknown.extend(unknown_file(&names.join("/")));
        }
    }
    unknown.sort();
    unknown
}

fn unknown_file(path: &str) -> Option<String> {
    let is_case = |name: &str| CASES.iter().any(|case| case == name);
    let is_snapshot = |name: &str| {
        let of_stage = || {
            name.rsplit_once('.')
                .is_some_and(|(case, stage)| is_case(case) && is_stage(stage))
        };
        is_case(name) || of_stage()
    };
    // What `cargo insta review` has not yet settled is named `NAME.snap.new`.
    let known = match path.strip_suffix(".new").unwrap_or(path).rsplit_once('.') {
        Some((name, "yaml")) => is_case(name),
        Some((name, "snap")) => is_snapshot(name),
        _ => false,
    };
    (!known).then(|| format!("`tests/golden/{path}` is neither a case nor the snapshot of one: remove it"))
}

fn is_stage(name: &str) -> bool {
    STAGES.iter().any(|(stage, _)| *stage == name)
}

fn all_are_unknown(paths: &[&str]) -> Vec<String> {
    let known = paths.iter().filter(|path| unknown_file(path).is_none());
    known.map(|path| format!("`{path}` is taken as known")).collect()
}

/// The names of cases in the table of features that do not exist.
fn support_names_cases() -> Vec<String> {
    let page = fs::read_to_string(tests::workspace().join("codegen/guide/support.md")).unwrap();
    let table = page.split("## What it understands").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let lines = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let mut faults = Vec::new();
    for line in lines.skip(1) {
        let named: Vec<&str> = line.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("no case is named: {line}"));
        }
        let missing = named.iter().filter(|name| !CASES.iter().any(|case| case == *name));
        faults.extend(missing.map(|name| format!("there is no case `{name}`")));
    }
    faults
}
