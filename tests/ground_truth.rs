//! The verdicts on the labelled pairs beside what independent judges find: the compiler, with a program that uses every public
//! item of the old client, and `cargo-semver-checks`. A verdict never says less than one of them.
//!
//! `GROUND_TRUTH=1` runs it (30 s of CPU for the compiler). Without it the tests show as ignored, and so does the second one without
//! the tool: `cargo install cargo-semver-checks --locked`, or its path in `CARGO_SEMVER_CHECKS`. The third one compares the pairs of
//! oasdiff in `CORPUS_DIR` with the table in `diff/README.md`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![allow(clippy::print_stdout, reason = "the figures are part of what this is for")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex},
};

use codegen::{
    Config, Files, Input,
    diff::{Format, Rust, Side, Verdict, diff},
};
use libtest_mimic::{Arguments, Failed, Trial};
use tests::judge::{Bench, semver};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let ignored = |name: String| Trial::test(name, || Ok(())).with_ignored_flag(true);
    let compiled = "a program that compiled still does, or the verdict is major";
    let required = "a verdict is never below that of cargo-semver-checks";
    let mut trials: Vec<Trial> = if env::var_os("GROUND_TRUTH").is_none() {
        [compiled, required]
            .map(|name| ignored(format!("{name}: GROUND_TRUTH is not set")))
            .into()
    } else {
        // Both write and compile the same crates.
        let turn = Arc::new(Mutex::new(()));
        let own = Arc::clone(&turn);
        vec![
            Trial::test(compiled, move || {
                let _turn = turn.lock();
                judge_by_compiler()
            }),
            match semver::command() {
                Some(tool) => Trial::test(required, move || {
                    let _turn = own.lock();
                    judge_by_tool(&tool)
                }),
                None => ignored(format!("{required}: cargo-semver-checks is not installed")),
            },
        ]
    };
    let of_others = "oasdiff's pairs have the HTTP verdicts of the table";
    trials.push(match env::var_os("CORPUS_DIR") {
        Some(folder) => Trial::test(of_others, move || {
            judge_others(&PathBuf::from(folder).join("public/oasdiff/data"))
        }),
        None => ignored(format!("{of_others}: CORPUS_DIR is not set")),
    });
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A labelled pair.
struct Pair {
    case: String,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// Groups are no features here, because all pairs are in one crate.
fn config() -> Config {
    Config {
        group_features: false,
        ..Config::default()
    }
}

impl Pair {
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("diff");
        let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
        let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
        folders.sort();
        let pairs = folders.into_iter().map(|folder| Self {
            case: folder.file_name().unwrap().to_string_lossy().into_owned(),
            old: fs::read(folder.join("base.yaml")).unwrap(),
            new: fs::read(folder.join("revision.yaml")).unwrap(),
        });
        pairs.collect()
    }

    fn module(&self) -> String {
        format!("case_{}", self.case.replace('-', "_"))
    }

    fn verdict(&self) -> Verdict {
        compared(&self.old, &self.new).unwrap()
    }
}

/// The verdict on two documents; `None` where one has errors.
fn compared(old: &[u8], new: &[u8]) -> Option<Verdict> {
    let config = config();
    let side = |bytes| Side {
        inputs: Input {
            name: "openapi.yaml",
            bytes,
        }
        .into(),
        config: &config,
    };
    diff(side(old), side(new)).verdict
}

fn files(bytes: &[u8]) -> Files {
    let input = Input {
        name: "openapi.yaml",
        bytes,
    };
    codegen::generate(input, &config()).generated.unwrap().files
}

fn bench(pairs: &[Pair]) -> Bench {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ground-truth");
    let all = pairs
        .iter()
        .map(|pair| (pair.module(), files(&pair.old), files(&pair.new)));
    Bench::write(&folder, all.collect()).unwrap()
}

fn judge_by_compiler() -> Result<(), Failed> {
    let pairs = Pair::all();
    let compiled = bench(&pairs)
        .compile()?
        .ok_or("rustdoc writes a new format of JSON: read it in `judge/docs.rs`")?;
    let broken: BTreeMap<String, (Rust, String)> = compiled
        .broken
        .into_iter()
        .map(|(module, error)| (module, (Rust::Major, error)))
        .collect();
    println!("{} uses of {} clients", compiled.uses, pairs.len());
    compare(&pairs, &broken)
}

fn judge_by_tool(tool: &Path) -> Result<(), Failed> {
    let pairs = Pair::all();
    let required = bench(&pairs).required(tool)?;
    let required: BTreeMap<String, (Rust, String)> = required
        .into_iter()
        .map(|(module, (level, lints))| {
            let level = match level {
                semver::Level::Minor => Rust::Minor,
                semver::Level::Major => Rust::Major,
            };
            (module, (level, lints.join("\n")))
        })
        .collect();
    compare(&pairs, &required)
}

/// Prints how often both say the same. Fails where the verdict is less than what the judge found.
fn compare(pairs: &[Pair], judged: &BTreeMap<String, (Rust, String)>) -> Result<(), Failed> {
    let (mut same, mut more, mut less) = (0, Vec::new(), Vec::new());
    for pair in pairs {
        let verdict = pair.verdict();
        let (found, why) = judged
            .get(&pair.module())
            .map_or((Rust::Patch, ""), |(level, why)| (*level, why.as_str()));
        match verdict.rust.cmp(&found) {
            std::cmp::Ordering::Equal => same += 1,
            std::cmp::Ordering::Greater => {
                let silent = if verdict.silent { ", silent" } else { "" };
                more.push(format!(
                    "{}: {}{silent}, judged {}",
                    pair.case,
                    verdict.rust.as_str(),
                    found.as_str()
                ));
            }
            std::cmp::Ordering::Less => less.push(format!(
                "{}: {}, judged {}\n{why}\n{}",
                pair.case,
                verdict.rust.as_str(),
                found.as_str(),
                verdict.render(Format::Human, None)
            )),
        }
    }
    println!(
        "same {same}, verdict above {}, verdict below {}",
        more.len(),
        less.len()
    );
    println!("{}", more.join("\n"));
    if less.is_empty() {
        Ok(())
    } else {
        Err(less.join("\n\n").into())
    }
}

/// Compares all pairs of files that are named `base` and `revision`; those in the table have its verdicts.
fn judge_others(folder: &Path) -> Result<(), Failed> {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("diff/README.md")).unwrap();
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let (pair, http) = (cells.next()?, cells.next()?);
        pair.contains('*').then(|| (pair.to_owned(), http.to_owned()))
    });
    let mut expected: BTreeMap<String, String> = rows.collect();
    let (mut verdicts, mut refused, mut wrong) = (0, 0, Vec::new());
    for old in documents(folder) {
        let name = old.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        let new = folder.join(name.replacen("base", "revision", 1));
        if !name.contains("base") || !new.is_file() {
            continue;
        }
        let (old, new) = (fs::read(&old).unwrap(), fs::read(&new).unwrap());
        let Some(verdict) = compared(&old, &new) else {
            refused += 1;
            continue;
        };
        verdicts += 1;
        let wanted = expected.remove(&name.replacen("base", "*", 1));
        if wanted.as_deref().is_some_and(|wanted| wanted != verdict.http.as_str()) {
            wrong.push(format!("{name}: {}", verdict.render(Format::Human, None)));
        }
    }
    println!("{verdicts} pairs have a verdict, {refused} have errors");
    wrong.extend(expected.keys().map(|name| format!("{name}: there is no such pair")));
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
