//! Valid documents, one tricky feature each, with payloads that their models must take as they are or refuse.
//!
//! The documents are not part of this repository. `CORPUS_DIR` names the folder that holds them (`valid-tricky/*.yaml`, each
//! with a JSON file of payloads beside it); without it the tests show as ignored.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "round_trip/compare.rs"]
#[allow(dead_code, reason = "shared with the round trips")]
mod compare;
#[path = "round_trip/driver.rs"]
mod driver;
#[path = "round_trip/mutate.rs"]
#[allow(dead_code, reason = "shared with the round trips")]
mod mutate;
#[path = "round_trip/subject.rs"]
#[allow(dead_code, reason = "shared with the round trips")]
mod subject;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use codegen::{Config, Generated, Input};
use driver::Answer;
use libtest_mimic::{Arguments, Trial};
use serde_json::Value;
use subject::{Question, Subject, Wanted};

/// Payloads that are taken though the table would have them refused, and why.
const TAKEN: &[(&str, &str)] = &[
    (r#"07-base-plus-oneof.yaml E: {"err":"x","id":"1","ok":true}"#, ARMS),
    (r#"28-map-keys.yaml L: {"a":"","b":"","c":""}"#, ALIAS),
    (r#"19-defaults.yaml T: {"l":null}"#, NULL),
    (r#"24-arrays-nested.yaml A: {"m":null}"#, NULL),
    (r#"25-pattern-properties-31.yaml H: {"x-a":1}"#, PATTERNS),
    (r#"25-pattern-properties-31.yaml H: {"y":1}"#, PATTERNS),
];
const ARMS: &str = "nobody counts how many arms fit: a value that several know is kept as it came";
const ALIAS: &str = "another name for a map has no rules of its own";
const NULL: &str = "null reads as absent where a member may be absent";
const PATTERNS: &str = "members of different types by pattern are any JSON, as a warning says";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = match std::env::var_os("CORPUS_DIR") {
        Some(_) if arguments.list => Vec::new(),
        Some(folder) => trials(&PathBuf::from(folder).join("valid-tricky")),
        None => vec![Trial::test("valid documents: CORPUS_DIR is not set", || Ok(())).with_ignored_flag(true)],
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials(folder: &Path) -> Vec<Trial> {
    let mut tables: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    tables.sort();
    assert!(tables.len() > 15, "the payloads are not those that are meant");
    let mut trials = Vec::new();
    let mut subjects = Vec::new();
    for table in tables {
        let table: Value = serde_json::from_slice(&fs::read(table).unwrap()).unwrap();
        let name = table["document"].as_str().unwrap().to_owned();
        match generate(&folder.join(&name), &name) {
            Ok(generated) => {
                let module = format!("d{}", name.replace(['-', '.'], "_"));
                let models = generated.models.iter();
                subjects.push(Subject {
                    paths: models.map(|model| (model.schema.clone(), model.path.clone())).collect(),
                    questions: questions(&table),
                    module,
                    name,
                    generated,
                    schemas: 0,
                    without: 0,
                });
            }
            Err(said) => trials.push(Trial::test(name, move || Err(said.into()))),
        }
    }
    trials.extend(answered(&subjects));
    trials
}

fn generate(path: &Path, name: &str) -> Result<Generated, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    // The crate of all documents has no features of groups.
    let config = Config {
        group_features: false,
        ..Config::default()
    };
    let outcome = codegen::generate(Input { name, bytes: &bytes }, &config);
    let said = outcome.diagnostics.render(&outcome.sources);
    outcome.generated.ok_or(said)
}

/// What is asked of the models of a document: null stands in an option where a model is used, and is not asked alone.
fn questions(table: &Value) -> Vec<Question> {
    let mut questions = Vec::new();
    for (schema, payloads) in table["schemas"].as_object().into_iter().flatten() {
        let list = |key: &str| payloads[key].as_array().cloned().unwrap_or_default();
        let accepted = list("accept").into_iter().map(|value| (value, Wanted::Same));
        // Where the table leaves it to us, both are right.
        let refused = list("reject").into_iter().filter(|row| row["at"] != "policy");
        let refused = refused.map(|row| {
            let wanted = Wanted::Refused {
                mutation: "a payload that is not valid",
                keyword: String::new(),
            };
            (row["payload"].clone(), wanted)
        });
        questions.extend(
            accepted
                .chain(refused)
                .filter(|(value, _)| !value.is_null())
                .map(|(value, wanted)| Question {
                    schema: schema.clone(),
                    value,
                    wanted,
                }),
        );
    }
    questions
}

/// A test for each payload.
fn answered(subjects: &[Subject]) -> Vec<Trial> {
    let program = driver::build("valid-tricky", &subjects.iter().collect::<Vec<_>>()).unwrap();
    let asked: Vec<(&Subject, &Question)> = subjects
        .iter()
        .flat_map(|subject| subject.questions.iter().map(move |question| (subject, question)))
        .collect();
    let lines: Vec<String> = asked
        .iter()
        .map(|(subject, question)| driver::line(subject, &question.schema, &question.value.to_string()))
        .collect();
    let answers = driver::ask(&program, &lines);
    assert_eq!(answers.len(), asked.len(), "the program ended early");
    asked
        .into_iter()
        .zip(answers)
        .map(|((subject, question), answer)| {
            let name = format!("{} {}: {}", subject.name, question.schema, question.value);
            let taken = TAKEN.iter().find(|(taken, _)| name == *taken);
            let verdict = judge(question, &answer);
            let verdict = match taken {
                Some(_) if verdict.is_ok() => Err("it is refused now: strike it from the list".to_owned()),
                Some(_) => Ok(()),
                None => verdict,
            };
            Trial::test(name, move || verdict.map_err(Into::into))
        })
        .collect()
}

fn judge(question: &Question, answer: &Answer) -> Result<(), String> {
    match (&question.wanted, answer) {
        (Wanted::Same, Ok(written)) if compare::same(&question.value, written) => Ok(()),
        (Wanted::Same, Ok(written)) => Err(compare::difference(&question.value, written)),
        (Wanted::Same, Err(error)) => Err(format!("refused: {error}")),
        (Wanted::Refused { .. }, Err(_)) => Ok(()),
        (Wanted::Refused { .. }, Ok(_)) => Err("it is taken, and is not valid".to_owned()),
    }
}
