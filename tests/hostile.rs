//! Documents that attack: malformed and malicious ones, with what each must get.
//!
//! The documents are not part of this repository. `CORPUS_DIR` names the folder that holds them (`hostile/EXPECT.tsv`
//! and the documents beside it); without it the tests show as ignored.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "hostile/canary.rs"]
mod canary;

use std::{
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
    let rows = table.lines().skip(1).map(row);
    let mut trials: Vec<Trial> = rows
        .map(|row| {
            let folder = folder.to_owned();
            let waits = NOT_YET.iter().find(|(file, _)| *file == row.file);
            let meant = format!("{} ({}, {:?})", row.file, row.class, row.verdict);
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
