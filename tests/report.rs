//! The report of a document: every keyword in it, and what has become of each.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test report` writes the snapshot again.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use codegen::{
    Config, Input, Reported,
    report::{Effect, Report},
};
use serde_json::Value;
use tests::{Case, documents_in, workspace};

fn reported(name: &str, bytes: &[u8]) -> Reported {
    codegen::report(Input { name, bytes }.into(), &Config::default())
}

fn everything() -> (Report, Reported) {
    let bytes = fs::read(workspace().join("tests/report/everything.yaml")).unwrap();
    let reported = reported("everything.yaml", &bytes);
    (reported.report.clone().unwrap(), reported)
}

/// What a user sees of a document in which some of everything stands.
#[test]
fn people_read_tables() {
    let (report, reported) = everything();
    insta::with_settings!({
        snapshot_path => "report",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("everything", report.to_text(&reported.sources));
    });
}

#[test]
fn programs_read_the_same() {
    let (report, reported) = everything();
    let text = report.to_json(&reported.sources);
    assert_eq!(text.lines().count(), 1);
    let json: Value = serde_json::from_str(&text).unwrap();
    let keywords = json["keywords"].as_array().unwrap();
    assert_eq!(keywords.len(), report.keywords.len());
    for (entry, (keyword, used)) in keywords.iter().zip(&report.keywords) {
        assert_eq!(entry["part"], keyword.part);
        assert_eq!(entry["keyword"], keyword.name);
        for effect in Effect::ALL {
            assert_eq!(entry[effect.as_str().replace(' ', "_")], used.count(effect));
        }
        let findings = entry["findings"].as_array().unwrap();
        assert_eq!(findings.len(), used.findings.len());
        assert!(
            findings
                .iter()
                .all(|finding| finding["line"].is_u64() && finding["code"].is_string())
        );
    }
    assert_eq!(text, everything().0.to_json(&reported.sources), "a second time");
}

/// Nothing that was said is missing, and every keyword is counted once.
#[test]
fn nothing_is_hidden() {
    for folder in ["golden", "refusals"] {
        for path in documents_in(folder).unwrap() {
            let case = Case::read(&format!("{folder}/{path}")).unwrap();
            let Reported {
                report, diagnostics, ..
            } = reported(&case.name, &case.bytes);
            let Some(report) = report else {
                assert!(diagnostics.has_errors(), "{path}");
                continue;
            };
            let findings = report.keywords.values().map(|used| used.findings.len());
            let told: usize = findings.sum::<usize>() + report.elsewhere.len();
            assert_eq!(told, diagnostics.len(), "{path}");
            if let Ok(document) = serde_yaml::from_slice::<Value>(&case.bytes) {
                let number: usize = Effect::ALL.into_iter().map(|effect| report.count(effect)).sum();
                assert!(number <= members(&document), "{path}: {:#?}", report.keywords.keys());
                let names = document.as_object().unwrap().keys();
                for name in names {
                    let is_named =
                        |keyword: &codegen::report::Keyword| keyword.part == "document" && keyword.name == *name;
                    assert!(report.keywords.keys().any(is_named), "{path}: {name}");
                }
            }
        }
    }
}

/// What is refused is refused with all that is in it; what is left out is no example for a keyword.
#[test]
fn what_is_inside_shares_the_fate() {
    let (report, _) = everything();
    let count = |part: &'static str, name: &str, effect| {
        let keyword = codegen::report::Keyword {
            part,
            name: name.to_owned(),
        };
        report.keywords.get(&keyword).map_or(0, |used| used.count(effect))
    };
    assert_eq!(count("operation", "operationId", Effect::Refused), 1);
    assert_eq!(count("link", "description", Effect::LeftOut), 1);
    assert_eq!(count("example", "value", Effect::LeftOut), 1);
    assert_eq!(count("contact", "name", Effect::LeftOut), 1);
    assert_eq!(count("schema", "colour", Effect::LeftOut), 1);
    // The property of this name, the defaults and the examples are none.
    let types: usize = Effect::ALL
        .into_iter()
        .map(|effect| count("schema", "type", effect))
        .sum();
    assert_eq!(types, 6);
}

/// Encodings of positions count as understood where the client has them, and as weakened where it does not. An element of
/// `prefixEncoding` that has keywords is counted by these.
#[test]
fn encodings_of_positions_are_counted() {
    let rows = [
        ("bodies/sequences_of_parts", "itemEncoding", [3, 0]),
        ("bodies/parts_by_position", "prefixEncoding", [2, 0]),
        ("bodies/encodings_of_positions_with_losses", "itemEncoding", [2, 4]),
        ("bodies/encodings_of_positions_with_losses", "prefixEncoding", [1, 3]),
        ("responses/streams_of_parts", "itemEncoding", [1, 1]),
    ];
    for (name, keyword, expected) in rows {
        let case = Case::read(&format!("golden/{name}.yaml")).unwrap();
        let report = reported(&case.name, &case.bytes).report.unwrap();
        let keyword = codegen::report::Keyword {
            part: "media type",
            name: keyword.to_owned(),
        };
        let used = &report.keywords[&keyword];
        let counts = [Effect::Understood, Effect::Weakened].map(|effect| used.count(effect));
        assert_eq!(counts, expected, "{name}: {}", keyword.name);
    }
}

#[test]
fn an_unreadable_document_has_none() {
    let reported = reported("a.yaml", b"a: [");
    assert!(reported.report.is_none() && reported.diagnostics.has_errors());
}

fn members(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(members).sum::<usize>(),
        Value::Array(elements) => elements.iter().map(members).sum(),
        _ => 0,
    }
}
