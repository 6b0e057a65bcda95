//! Pairs of documents with one change each, and the verdict on it: what it means in Rust, for HTTP, and whether it is silent.
//!
//! `diff/verdicts.tsv` has the expected verdicts. After a change of the generator that makes a verdict smaller, the line changes
//! with the reason in its note.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "random_documents/document.rs"]
mod document;
#[path = "diff/edits.rs"]
mod edits;
#[path = "random_documents/rewrite.rs"]
mod rewrite;
#[path = "diff/sharing.rs"]
mod sharing;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use codegen::instance::Random;
use codegen::{
    Config, Input, Inputs,
    diff::{Checked, FailOn, Format, SCHEMA, Side, Verdict, diff, with_changes},
};
use tests::{documents_in, files::Folder};

/// A folder of this package.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn diff_side<'a>(input: Input<'a>, config: &'a Config) -> Side<'a> {
    Side {
        inputs: input.into(),
        config,
    }
}

/// A line of the table.
struct Expected<'t> {
    case: &'t str,
    rust: &'t str,
    http: &'t str,
    silent: &'t str,
}

fn verdict(case: &str) -> Verdict {
    let folder = folder("diff").join(case);
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    let (old, new) = (read("base.yaml"), read("revision.yaml"));
    let config = Config::default();
    let input = |name, bytes| Input { name, bytes };
    let old = diff_side(input("base.yaml", &old), &config);
    let compared = diff(old, diff_side(input("revision.yaml", &new), &config));
    let said = compared.old.diagnostics.render(&compared.old.sources);
    assert!(compared.verdict.is_some(), "{case}: {said}");
    compared.verdict.unwrap()
}

#[test]
fn every_change_has_its_verdict() {
    let table = fs::read_to_string(folder("diff/verdicts.tsv")).unwrap();
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
            println!("== {}\n{}", expected.case, verdict.render(Format::Human, None));
        }
        for change in &verdict.changes {
            let sentence = &change.sentence;
            assert!(!sentence.contains("``"), "{}: {sentence}", expected.case);
        }
        let found = [
            verdict.rust.as_str(),
            verdict.http.as_str(),
            if verdict.silent { "yes" } else { "no" },
        ];
        for (index, (name, wanted)) in [
            ("rust", expected.rust),
            ("http", expected.http),
            ("silent", expected.silent),
        ]
        .into_iter()
        .enumerate()
        {
            if found[index] == wanted {
                right[index] += 1;
            } else {
                let _ = writeln!(
                    wrong,
                    "{}: {name} is {}, expected {wanted}",
                    expected.case, found[index]
                );
            }
        }
    }
    let all = lines.len();
    println!("of {all}: rust {}, http {}, silent {}", right[0], right[1], right[2]);
    if wanted.is_none() {
        assert_eq!(wrong, "");
    }
}

/// Compares two texts; the diagnostics where a side has errors.
fn compared(old: &str, new: &str) -> Result<Verdict, String> {
    let config = Config::default();
    let input = |name, text: &str| -> (&'static str, Vec<u8>) { (name, text.as_bytes().to_vec()) };
    let (old, new) = (input("old.yaml", old), input("new.yaml", new));
    let (old, new) = (
        Input {
            name: old.0,
            bytes: &old.1,
        },
        Input {
            name: new.0,
            bytes: &new.1,
        },
    );
    let compared = diff(diff_side(old, &config), diff_side(new, &config));
    let said = |checked: &Checked| checked.diagnostics.render(&checked.sources);
    compared
        .verdict
        .ok_or_else(|| said(&compared.old) + &said(&compared.new))
}

fn assert_same(name: &str, old: &str, new: &str) {
    let verdict = compared(old, new).unwrap_or_else(|said| panic!("{name}: {said}"));
    assert!(
        verdict.changes.is_empty(),
        "{name}: {}",
        verdict.render(Format::Human, None)
    );
}

#[test]
fn a_document_has_not_changed_from_itself() {
    for path in documents_in("golden").unwrap() {
        let text = fs::read_to_string(folder("golden").join(&path)).unwrap();
        // Cases of errors have no verdict.
        if let Ok(verdict) = compared(&text, &text) {
            assert!(
                verdict.changes.is_empty(),
                "{path}: {}",
                verdict.render(Format::Human, None)
            );
        }
    }
}

#[test]
fn other_words_for_the_same_are_no_change() {
    for seed in 1_u64 << 32..(1 << 32) + 12 {
        let document = document::document(seed);
        let plain = document.to_string();
        let name = format!("seed {seed}");
        assert_same(&name, &plain, &rewrite::shuffled(&document, &mut Random::new(seed)));
        assert_same(&name, &plain, &serde_yaml::to_string(&document).unwrap());
        assert_same(&name, &plain, &rewrite::extended(&document).to_string());
        assert_same(&name, &plain, &rewrite::in_3_1(&document).to_string());
        assert_same(&name, &plain, &rewrite::in_2_0(&document).to_string());
    }
}

#[test]
fn a_document_in_several_files_is_the_one_in_one_file() {
    let loader = Folder::of("files", "split_document");
    let read = |name: &str| fs::read(loader.0.join(name)).unwrap();
    let (split, single) = (read("openapi.yaml"), read("single.yaml"));
    let config = Config::default();
    let side = |name, bytes| Side {
        inputs: Inputs {
            loader: &loader,
            ..Input { name, bytes }.into()
        },
        config: &config,
    };
    let verdict = diff(side("openapi.yaml", &split), side("single.yaml", &single))
        .verdict
        .unwrap();
    assert!(verdict.changes.is_empty(), "{}", verdict.render(Format::Human, None));
}

#[test]
fn a_side_with_errors_has_no_verdict() {
    let right = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let wrong = right.replace("paths: {}", "paths: []");
    assert!(compared(right, right).is_ok());
    for (old, new) in [(right, wrong.as_str()), (wrong.as_str(), right), ("", right)] {
        let said = compared(old, new).unwrap_err();
        assert!(said.contains("error["), "{said}");
    }
}

#[test]
fn json_is_what_its_schema_says() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for case in [
        "018-operation-added-whose-id-takes-the-name",
        "067-body-property-renamed",
        "016-paths-and-tags-reordered",
    ] {
        for version in [None, Some("1.2.3")] {
            let text = verdict(case).render(Format::Json, version);
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{text}");
        }
    }
}

/// A pull request's comment, a log for a code host, and the entries of a changelog.
#[test]
fn a_verdict_has_several_forms() {
    let verdict = verdict("232-multi-required-moves-to-another-property");
    let changelog = with_changes("# Changelog\n\n## [0.4.1] - 2026-01-01\n\n- The first one.\n", &verdict);
    assert_eq!(with_changes(&changelog, &verdict), changelog, "entries are added once");
    let sarif: serde_json::Value = serde_json::from_str(&verdict.render(Format::Sarif, None)).unwrap();
    let text = format!(
        "{}\n---\n{}\n---\n{changelog}\n---\n{:#}\n",
        verdict.render(Format::Human, Some("0.4.1")),
        verdict.render(Format::Markdown, Some("0.4.1")),
        sarif["runs"][0]["results"][0]
    );
    insta::with_settings!({
        snapshot_path => "diff",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("forms", text);
    });
}

#[test]
fn what_a_pipeline_refuses() {
    let silent = verdict("157-union-discriminator-added");
    let patch = verdict("124-response-status-200-to-203");
    for (refused, of_silent, of_patch) in [
        (FailOn::Major, true, false),
        (FailOn::Minor, true, false),
        (FailOn::Breaking, false, true),
        (FailOn::Silent, true, false),
    ] {
        assert_eq!(
            (silent.fails(&[refused]), patch.fails(&[refused])),
            (of_silent, of_patch),
            "{refused:?}"
        );
    }
    assert!(!silent.fails(&[]));
}

/// Text of a document is neither markup nor a command of a terminal.
#[test]
fn text_of_a_document_is_harmless_in_every_form() {
    let document = |name: &str| {
        let name = serde_json::Value::from(name);
        format!(
            "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \
             \"components\": {{\"schemas\": {{\"A\": {{\"type\": \"object\", \"properties\": {{{name}: {{\"type\": \
             \"string\"}}}}}}}}}}}}"
        )
    };
    let hostile = "a`<img src=x>|@team \u{1b}[31m\u{202e}\nb";
    let verdict = compared(&document("a"), &document(hostile)).unwrap();
    let markdown = verdict.render(Format::Markdown, None);
    for text in [
        verdict.render(Format::Human, None),
        markdown.clone(),
        verdict.render(Format::Json, None),
    ] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    let outside_code: String = markdown.split('`').step_by(2).collect();
    assert!(
        !outside_code.contains("<img") && !outside_code.contains("@team"),
        "{markdown}"
    );
}
