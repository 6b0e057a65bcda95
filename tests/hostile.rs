//! Documents that attack: malformed and malicious ones, with what each must get.
//!
//! The documents are not part of this repository. `CORPUS_DIR` names the folder that holds them (`hostile/EXPECT.tsv`
//! and the documents beside it); without it the tests show as ignored.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "hostile/canary.rs"]
mod canary;

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use codegen::{Config, Files, Input, Outcome};
use libtest_mimic::{Arguments, Failed, Trial};
use tests::crates;

/// The stack that the command gives the generator.
const STACK: usize = 64 << 20;

/// Rows that do not hold yet, and what they wait for; their tests show as ignored.
const NOT_YET: &[(&str, &str)] = &[];

/// Rows that are judged otherwise than the table says, and why. A row that the table's verdict fits must not be here.
const OTHERWISE: &[(&str, Verdict, &str)] = &[(
    "comp-allof-conflict.yaml",
    Verdict::Generate,
    "a property that contradicts itself is any JSON, with a warning: the rest of the document keeps its meaning",
)];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Reject,
    Generate,
    Either,
}

/// A line of the table.
#[derive(Clone, Debug)]
struct Row {
    file: String,
    class: String,
    verdict: Verdict,
    must: String,
}

/// What was generated, to be compiled together.
static ACCEPTED: Mutex<Vec<(String, Files)>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // The last test compiles what the others have left.
    arguments.test_threads = Some(1);
    let trials = match std::env::var_os("CORPUS_DIR") {
        Some(folder) => trials(&PathBuf::from(folder).join("hostile")),
        None => vec![Trial::test("hostile documents: CORPUS_DIR is not set", || Ok(())).with_ignored_flag(true)],
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials(folder: &Path) -> Vec<Trial> {
    let table = fs::read_to_string(folder.join("EXPECT.tsv")).unwrap();
    let rows: Vec<Row> = table.lines().skip(1).map(row).collect();
    let files: HashSet<String> = rows.iter().map(|row| row.file.clone()).collect();
    let mut trials: Vec<Trial> = rows
        .into_iter()
        .map(|row| {
            let folder = folder.to_owned();
            let waits = NOT_YET.iter().find(|(file, _)| *file == row.file);
            let meant = format!("{} ({}, {:?})", row.file, row.class, row.verdict);
            if let Some((_, verdict, why)) = OTHERWISE.iter().find(|(file, ..)| *file == row.file) {
                let name = format!("{meant}: {verdict:?}, because {why}");
                return Trial::test(name, move || judge_otherwise(&row, *verdict, &folder));
            }
            let name = waits.map_or(meant.clone(), |(_, why)| format!("{meant}: waits for {why}"));
            Trial::test(name, move || judge(&row, &folder)).with_ignored_flag(waits.is_some())
        })
        .collect();
    assert!(
        trials.len() > 100,
        "the table of hostile documents is not the one that is meant"
    );
    trials.insert(
        0,
        Trial::test("the rule finds what breaks it", || Ok(canary::self_test()?)),
    );
    trials.push(Trial::test(
        "the rows that are judged otherwise are rows of the table",
        move || {
            let unknown = OTHERWISE.iter().find(|(file, ..)| !files.contains(*file));
            unknown.map_or(Ok(()), |(file, ..)| {
                Err(format!("{file} is not a row of the table").into())
            })
        },
    ));
    trials.push(Trial::test("what was accepted compiles", compile));
    trials
}

fn row(line: &str) -> Row {
    let columns: Vec<&str> = line.split('\t').collect();
    let [file, class, verdict, _parses, _pointer, must] = columns[..] else {
        panic!("six columns are meant: {line}");
    };
    let verdict = match verdict {
        "REJECT" => Verdict::Reject,
        "GENERATE" => Verdict::Generate,
        "EITHER" => Verdict::Either,
        other => panic!("no verdict is called {other}"),
    };
    Row {
        file: file.to_owned(),
        class: class.to_owned(),
        verdict,
        must: must.to_owned(),
    }
}

/// Judges a row by another verdict, which must be needed: the table's own does not fit.
fn judge_otherwise(row: &Row, verdict: Verdict, folder: &Path) -> Result<(), Failed> {
    if judge(row, folder).is_ok() {
        return Err("the verdict of the table fits: take the row out of the list".into());
    }
    let row = Row { verdict, ..row.clone() };
    judge(&row, folder)
}

fn judge(row: &Row, folder: &Path) -> Result<(), Failed> {
    let bytes = fs::read(folder.join(&row.file)).map_err(|error| error.to_string())?;
    let outcome = generate(&row.file, &bytes)?;
    let said = outcome.diagnostics.render(&outcome.sources);
    tests::check_growth(&bytes, &outcome)?;
    if let Some(character) = said.chars().find(|c| *c != '\n' && codegen::acts_on_display(*c)) {
        return Err(format!("{character:?} is printed").into());
    }
    match (outcome.generated, row.verdict) {
        (Some(_), Verdict::Reject) => Err(format!("it is generated, and must be refused: {}", row.must).into()),
        (None, Verdict::Generate) => Err(format!("it must be generated: {}\n{said}", row.must).into()),
        (None, _) => {
            let has_place = |diagnostic: &codegen::diagnostic::Diagnostic| diagnostic.place.is_some();
            if outcome.diagnostics.has_errors() && outcome.diagnostics.iter().any(has_place) {
                Ok(())
            } else {
                Err(format!("refused without a place:\n{said}").into())
            }
        }
        (Some(generated), _) => {
            for (path, text) in generated.files.iter() {
                canary::check(path, text)?;
            }
            let module = row.file.replace(['-', '.'], "_").to_lowercase();
            ACCEPTED
                .lock()
                .map_err(|_| "a test has panicked")?
                .push((module, generated.files));
            Ok(())
        }
    }
}

fn generate(name: &str, bytes: &[u8]) -> Result<Outcome, String> {
    let config = Config::default();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || codegen::generate(Input { name, bytes }, &config));
        let thread = thread.map_err(|error| error.to_string())?;
        thread.join().map_err(|_| "it panics".to_owned())
    })
}

/// All that was accepted is Rust.
fn compile() -> Result<(), Failed> {
    let accepted = std::mem::take(&mut *ACCEPTED.lock().map_err(|_| "a test has panicked")?);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-crate");
    crates::write(&folder, "hostile-crate", "What hostile documents became.", accepted)
        .map_err(|error| error.to_string())?;
    let arguments = ["check", "--quiet", "--offline", "--features", "client"];
    Ok(crates::cargo(&folder, &arguments).map(drop)?)
}
