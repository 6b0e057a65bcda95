//! Random pairs of documents, one change apart: the verdict agrees with what is generated, and with the compiler.
//!
//! A program that uses every public item of the old client is compiled against the new one (`tests::judge`). `cargo test` takes
//! 20 pairs; `RANDOM_PAIRS=1000 RANDOM_SEED=7` takes more and others. A failure names its seed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
// The documents of another test are made here too, and not all that is in their file is used.
#![allow(dead_code, reason = "shared with the test of random documents")]

#[path = "random_documents/document.rs"]
mod document;
#[path = "diff_pairs/mutation.rs"]
mod mutation;

use std::{collections::BTreeMap, env, path::Path};

use codegen::{
    Config, Files, Generated, InlineTypes, Input,
    diff::{Format, Rust, Side, Verdict, diff},
    instance::Random,
};
use tests::{bodies, judge::Bench};

fn input(text: &str) -> Input<'_> {
    Input {
        name: "random.json",
        bytes: text.as_bytes(),
    }
}

/// Groups have no features here, because many clients are in one crate. In every second pair, equal inline schemas are one type.
fn config(seed: u64) -> Config {
    let inline_types = if seed % 2 == 1 {
        InlineTypes::Shared
    } else {
        InlineTypes::Distinct
    };
    Config {
        group_features: false,
        inline_types,
        ..Config::default()
    }
}

/// The generated code without documentation, line by line, each with how often it occurs.
fn code(generated: &Generated) -> Parts {
    let mut lines = BTreeMap::new();
    for (path, body) in bodies(generated) {
        for line in lines_of_code(body) {
            *lines.entry((path.to_owned(), line.to_owned())).or_insert(0) += 1;
        }
    }
    lines
}

fn lines_of_code(body: &str) -> impl Iterator<Item = &str> {
    let lines = body.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//"))
}

/// What is between commas and brackets: documentation of an argument puts it on a line of its own.
fn pieces(generated: &Generated) -> Parts {
    let mut pieces = BTreeMap::new();
    for (path, body) in bodies(generated) {
        let code = lines_of_code(body).collect::<Vec<_>>().join(" ");
        for piece in code.split([',', '(', ')', '{', '}']).map(str::trim) {
            if !piece.is_empty() {
                *pieces.entry((path.to_owned(), piece.to_owned())).or_insert(0) += 1;
            }
        }
    }
    pieces
}

fn verdict(config: &Config, old: &str, new: &str) -> Option<Verdict> {
    let side = |text| Side {
        inputs: input(text).into(),
        config,
    };
    diff(side(old), side(new)).verdict
}

/// Parts of files, each with how often it occurs.
type Parts = BTreeMap<(String, String), usize>;

/// The kinds of changes that leave the code as it is.
const WITHOUT_CODE: [&str; 2] = ["documentation", "document"];

/// A pair with its verdict.
struct Pair {
    seed: u64,
    what: String,
    verdict: Verdict,
    old: Generated,
    new: Generated,
}

impl Pair {
    /// The pair of a seed; `None` where it has no change, or a document with errors.
    fn of(seed: u64) -> Option<Self> {
        let config = config(seed);
        let mut random = Random::new(seed);
        let mut document = document::document(seed);
        if config.inline_types == InlineTypes::Shared {
            mutation::repeat(&mut document, &mut random);
        }
        let (changed, what) = mutation::mutated(&document, &mut random)?;
        let (old_text, new_text) = (document.to_string(), changed.to_string());
        let generated = |text: &str| codegen::generate(input(text), &config).generated;
        let (old, new) = (generated(&old_text)?, generated(&new_text)?);
        let verdict =
            verdict(&config, &old_text, &new_text).unwrap_or_else(|| panic!("seed {seed}: {what}: no verdict"));
        Some(Self {
            seed,
            what,
            verdict,
            old,
            new,
        })
    }

    fn shown(&self) -> String {
        let verdict = self.verdict.render(Format::Human, None);
        format!("seed {}: {}\n{verdict}", self.seed, self.what)
    }

    /// Code changes if and only if the verdict says so, and what is gone makes it major.
    fn check_lines(&self) {
        let (before, after) = (code(&self.old), code(&self.new));
        let all = || self.verdict.changes.iter();
        let says_that_code_changes =
            all().any(|change| change.rules.first().is_some_and(|rule| !WITHOUT_CODE.contains(rule)));
        // Who sends a property is in the code or in its documentation.
        let is_about_access = all().any(|change| change.rules.contains(&"access-changed"));
        if !is_about_access {
            let is_other = pieces(&self.old) != pieces(&self.new);
            assert_eq!(is_other, says_that_code_changes, "{}", self.shown());
        }
        // What is not there any more is never less than major, unless it is there in another form.
        let lost = |from: &Parts, to: &Parts| {
            let items = from.keys().filter(|line| !line.1.starts_with("#["));
            items.filter(|line| !to.contains_key(*line)).count()
        };
        let (gone, new_lines) = (lost(&before, &after), lost(&after, &before));
        if gone > new_lines {
            assert_eq!(
                self.verdict.rust,
                Rust::Major,
                "{gone} lines are gone: {}",
                self.shown()
            );
        }
    }

    fn files(&self) -> (String, Files, Files) {
        (self.module(), self.old.files.clone(), self.new.files.clone())
    }

    fn module(&self) -> String {
        format!("seed_{}", self.seed)
    }
}

/// The random pairs that the environment asks for.
fn pairs() -> impl Iterator<Item = Pair> {
    let number = |name: &str, usual: u64| env::var(name).map_or(usual, |text| text.parse().unwrap());
    let start = number("RANDOM_SEED", 1) << 32;
    let wanted = usize::try_from(number("RANDOM_PAIRS", 20)).unwrap();
    (start + 1..).filter_map(Pair::of).take(wanted)
}

#[test]
fn a_verdict_agrees_with_the_generated_code() {
    for pair in pairs() {
        pair.check_lines();
    }
}

/// Pairs that had a wrong verdict once. In order: a list of numbers in strings became one of numbers, which is the same text in
/// a header.
const EARLIER_FAULTS: [u64; 1] = [4_294_968_160];

#[test]
fn earlier_faults_do_not_come_back() {
    for seed in EARLIER_FAULTS {
        Pair::of(seed).unwrap().check_lines();
    }
}

/// How many pairs are compiled at once.
const AT_ONCE: usize = 100;

#[test]
fn a_verdict_agrees_with_the_compiler() {
    let all: Vec<Pair> = pairs().collect();
    let (mut uses, mut broken, mut less) = (0, 0, Vec::new());
    for pairs in all.chunks(AT_ONCE) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-pairs");
        let bench = Bench::write(&folder, pairs.iter().map(Pair::files).collect()).unwrap();
        let Some(compiled) = bench.compile().unwrap_or_else(|said| panic!("{said}")) else {
            println!("rustdoc writes a new format of JSON: nothing is compared");
            return;
        };
        uses += compiled.uses;
        broken += compiled.broken.len();
        for pair in pairs {
            let error = compiled.broken.get(&pair.module());
            let is_loud = pair.verdict.rust == Rust::Major && !pair.verdict.silent;
            if let Some(error) = error.filter(|_| pair.verdict.rust < Rust::Major) {
                less.push(format!("{}\n{error}", pair.shown()));
            } else if error.is_none() && is_loud {
                println!("compiles, and the verdict is {}", pair.shown());
            }
        }
    }
    println!("{} pairs, {uses} uses, {broken} pairs do not compile", all.len());
    assert!(less.is_empty(), "{}", less.join("\n"));
}
