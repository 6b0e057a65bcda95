//! Instances of schemas go through the models that were generated for them, and come out as they went in.
//!
//! An instance is made of its schema without the generator, and an independent validator says whether it is valid. A
//! program is generated with the models, which reads and writes them; values are compared as JSON. Mutated instances,
//! which the validator refuses, are counted by what was done to them and whether the model refuses them too.
//!
//! `cargo test` does this for the golden cases. For other documents:
//!
//! ```sh
//! ROUND_TRIP=FOLDER-OR-FILE:... ROUND_TRIP_SAMPLE=30 ROUND_TRIP_SEED=1 \
//!     cargo test -p tests --test round_trip -- --ignored --nocapture
//! ```
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![allow(clippy::print_stdout, reason = "the figures are what the second test is for")]

#[path = "round_trip/compare.rs"]
mod compare;
#[path = "round_trip/driver.rs"]
mod driver;
#[path = "round_trip/mutate.rs"]
mod mutate;
#[path = "round_trip/subject.rs"]
mod subject;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use codegen::instance::Random;
use driver::Answer;
use subject::{Question, Subject, Wanted};
use tests::{Case, documents_in};

/// What came of some questions.
#[derive(Default)]
struct Figures {
    valid: usize,
    same: usize,
    /// Refused and all, by what was done to the instance.
    mutants: BTreeMap<&'static str, (usize, usize)>,
    /// The same for values beyond the limits, by the keyword that the validator refuses them for.
    limits: BTreeMap<String, (usize, usize)>,
    exceptions: Vec<String>,
    /// Values that break a keyword which clients check, and were taken.
    taken: Vec<String>,
}

/// The keywords that clients check.
const LIMITS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

impl Figures {
    fn add(&mut self, subject: &Subject, question: &Question, answer: &Answer) {
        match question.wanted {
            Wanted::Same => {
                self.valid += 1;
                let why = match answer {
                    Ok(written) if compare::same(&question.value, written) => {
                        self.same += 1;
                        return;
                    }
                    Ok(written) => compare::difference(&question.value, written),
                    Err(error) => format!("refused: {error}: {}", question.value),
                };
                self.exceptions
                    .push(format!("{} {}: {why}", subject.name, question.schema));
            }
            Wanted::Refused { mutation, ref keyword } => {
                let is_refused = answer.is_err();
                let count = |(refused, all): &mut (usize, usize)| {
                    *refused += usize::from(is_refused);
                    *all += 1;
                };
                count(self.mutants.entry(mutation).or_default());
                if mutation == "beyond the limits" {
                    count(self.limits.entry(keyword.clone()).or_default());
                    // Another name for a type has no rules of its own: they are with whoever holds a value of it.
                    let is_alone = subject.is_alias(&question.schema);
                    if !is_refused && !is_alone && LIMITS.contains(&keyword.as_str()) {
                        self.taken.push(format!(
                            "{} {}: {keyword}: {}",
                            subject.name, question.schema, question.value
                        ));
                    }
                }
            }
        }
    }

    fn shown(&self) -> String {
        let mutants: Vec<String> = self
            .mutants
            .iter()
            .map(|(mutation, (refused, all))| format!("{mutation} {refused} of {all} refused"))
            .collect();
        let limits: Vec<String> = self
            .limits
            .iter()
            .map(|(keyword, (refused, all))| format!("{keyword} {refused} of {all}"))
            .collect();
        format!(
            "{} of {} the same; {} ({})",
            self.same,
            self.valid,
            mutants.join(", "),
            limits.join(", ")
        )
    }
}

fn run(crate_name: &str, subjects: &[Subject]) -> Result<Figures, String> {
    let program = driver::build(crate_name, &subjects.iter().collect::<Vec<_>>())?;
    let mut figures = Figures::default();
    let questions: Vec<(&Subject, &Question)> = subjects
        .iter()
        .flat_map(|subject| subject.questions.iter().map(move |question| (subject, question)))
        .collect();
    let lines: Vec<String> = questions
        .iter()
        .map(|(subject, question)| driver::line(subject, &question.schema, &question.value.to_string()))
        .collect();
    let answers = driver::ask(&program, &lines);
    assert_eq!(answers.len(), questions.len(), "the program ended early");
    for ((subject, question), answer) in questions.into_iter().zip(&answers) {
        figures.add(subject, question, answer);
    }
    Ok(figures)
}

#[test]
fn golden_cases_write_what_they_read() {
    let cases = documents_in("golden").unwrap();
    let cases = cases
        .iter()
        .map(|path| (path, Case::read(&format!("golden/{path}")).unwrap()));
    // Where null means absence it is not written again.
    let cases = cases.filter(|(_, case)| case.config.null == codegen::NullPolicy::Distinct);
    let subjects: Vec<Subject> = cases
        .filter_map(|(path, case)| {
            let module = path.trim_end_matches(".yaml").replace('/', "_");
            Subject::new(&module, &case.name, &case.bytes, 12, 1)
        })
        .collect();
    let figures = run("round-trip-golden", &subjects).unwrap_or_else(|said| panic!("{said}"));
    println!("{}", figures.shown());
    assert!(figures.valid > 500, "{}", figures.shown());
    assert!(figures.taken.is_empty(), "{:#?}", figures.taken);
    let unexplained: Vec<&String> = figures
        .exceptions
        .iter()
        .filter(|exception| !EXPLAINED.iter().any(|(case, _)| exception.starts_with(case)))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    for (case, reason) in EXPLAINED {
        let is_seen = figures.exceptions.iter().any(|exception| exception.starts_with(case));
        assert!(is_seen, "{case} is the same now: it is no longer so that {reason}");
    }
}

/// What is not the same, and why that is meant.
const EXPLAINED: &[(&str, &str)] = &[
    (
        "all_of_property_refined.yaml ListPage",
        "of two schemas of one property the last one counts, as a warning says",
    ),
    (
        "oneof_arms_of_every_kind.yaml Choice",
        "an arm that is null is absent, as protobuf's JSON form has it",
    ),
    (
        "oneof_sentence.yaml Home",
        "an arm that is null is absent, as protobuf's JSON form has it",
    ),
    (
        "nullable_union.yaml Pet",
        "an arm that says no more than `nullable: true` means null, as documents use it",
    ),
    (
        "requirements_of_the_object_around.yaml Queued",
        "`conclusion` is a property of the object around its use as a variant, and alone it is an unknown property",
    ),
    (
        "requirements_of_the_object_around.yaml Run",
        "`reason` is not a property, as a warning says",
    ),
    (
        "any_message.yaml google.protobuf.Any",
        "an empty `@type` says as much as none",
    ),
];

#[test]
#[ignore = "takes documents and minutes: set ROUND_TRIP to folders or files, separated by `:`"]
fn documents_write_what_they_read() {
    let number = |name: &str, default: u64| env::var(name).map_or(default, |text| text.parse().unwrap());
    let seed = number("ROUND_TRIP_SEED", 1);
    let sample = usize::try_from(number("ROUND_TRIP_SAMPLE", 30)).unwrap();
    let instances = usize::try_from(number("ROUND_TRIP_INSTANCES", 20)).unwrap();
    let mut all = Figures::default();
    let mut taken = 0;
    let mut broken = 0;
    for path in shuffled(&env::var("ROUND_TRIP").expect_documents(), seed) {
        if taken == sample {
            break;
        }
        let (Ok(bytes), Some(name)) = (fs::read(&path), path.file_name()) else {
            continue;
        };
        let Some(subject) = Subject::new("document", &name.to_string_lossy(), &bytes, instances, seed) else {
            continue;
        };
        taken += 1;
        let figures = match run("round-trip-document", std::slice::from_ref(&subject)) {
            Ok(figures) => figures,
            Err(said) => {
                println!("{} does not compile: {said}", path.display());
                broken += 1;
                continue;
            }
        };
        println!(
            "{}: {} schemas ({} without an instance): {}",
            path.display(),
            subject.schemas,
            subject.without,
            figures.shown()
        );
        for exception in figures.exceptions.iter().take(20) {
            println!("    {}", exception.chars().take(600).collect::<String>());
        }
        all.valid += figures.valid;
        all.same += figures.same;
        for taken in figures.taken.iter().take(20) {
            println!("    taken: {}", taken.chars().take(600).collect::<String>());
        }
        for (mutation, (refused, number)) in figures.mutants {
            let sum = all.mutants.entry(mutation).or_default();
            *sum = (sum.0 + refused, sum.1 + number);
        }
        for (keyword, (refused, number)) in figures.limits {
            let sum = all.limits.entry(keyword).or_default();
            *sum = (sum.0 + refused, sum.1 + number);
        }
    }
    println!("{taken} documents: {}", all.shown());
    assert_eq!(broken, 0, "models of so many documents do not compile");
}

trait ExpectDocuments {
    fn expect_documents(self) -> Vec<PathBuf>;
}

impl ExpectDocuments for Result<String, env::VarError> {
    fn expect_documents(self) -> Vec<PathBuf> {
        let Ok(list) = self else {
            panic!("ROUND_TRIP names the documents")
        };
        let mut open: Vec<PathBuf> = list.split(':').map(PathBuf::from).collect();
        let mut documents = Vec::new();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if is_document(&path) {
                documents.push(path);
            }
        }
        documents.sort();
        documents
    }
}

fn is_document(path: &Path) -> bool {
    path.extension()
        .is_some_and(|kind| kind == "json" || kind == "yaml" || kind == "yml")
}

fn shuffled(documents: &[PathBuf], seed: u64) -> Vec<PathBuf> {
    let mut random = Random::new(seed);
    let mut documents: Vec<(u64, &PathBuf)> = documents.iter().map(|path| (random.number(), path)).collect();
    documents.sort();
    documents.into_iter().map(|(_, path)| path.clone()).collect()
}
