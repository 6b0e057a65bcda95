//! The report of a document: every keyword in it, and what has become of each.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test report` writes the snapshot again.
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::fs;

use codegen::{
    Config, Input, Reported,
    report::{Effect, Keyword, LONG_FILE, Report},
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

/// The section of paging: recognized by several rules, of a rule that the configuration only suggests, and similar to paging.
#[test]
fn paging_is_a_section() {
    let bytes = fs::read(workspace().join("tests/report/paging.yaml")).unwrap();
    let input = Input {
        name: "paging.yaml",
        bytes: &bytes,
    };
    let config = Config::parse("paging: {recognize: [token, page]}").unwrap();
    let reported = codegen::report(input.into(), &config);
    let text = reported.report.unwrap().to_text(&reported.sources);
    let section = text.split("\n\n").filter(|section| section.starts_with("paging: "));
    insta::with_settings!({
        snapshot_path => "report",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("paging", section.collect::<String>());
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

/// Nothing that was reported is missing, every keyword is counted once, and a stage reads each or a diagnostic is about it.
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
            let unread: Vec<_> = report.keywords.values().flat_map(|used| &used.unread).collect();
            assert!(unread.is_empty(), "{path}: {unread:?}");
            if let Ok(document) = serde_yaml::from_slice::<Value>(&case.bytes) {
                let number: usize = Effect::ALL.into_iter().map(|effect| report.count(effect)).sum();
                assert!(number <= members(&document), "{path}: {:#?}", report.keywords.keys());
                let names = document.as_object().unwrap().keys();
                for name in names {
                    let is_named = |keyword: &Keyword| keyword.part == "document" && keyword.name == *name;
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
    let count = |part: &'static str, name: &str, effect| count(&report, part, name, effect);
    assert_eq!(count("operation", "operationId", Effect::Rejected), 1);
    assert_eq!(count("link", "description", Effect::Ignored), 1);
    assert_eq!(count("example", "value", Effect::Ignored), 1);
    assert_eq!(count("contact", "name", Effect::Ignored), 1);
    assert_eq!(count("schema", "colour", Effect::NotSupported), 1);
    // The property of this name, the defaults and the examples are none.
    let types: usize = Effect::ALL
        .into_iter()
        .map(|effect| count("schema", "type", effect))
        .sum();
    assert_eq!(types, 6);
}

/// Encodings of positions count as understood where the client has them, as weakened where it does not, and as left out
/// where they have no effect. An element of
/// `prefixEncoding` that has keywords is counted by these.
#[test]
fn encodings_of_positions_are_counted() {
    let rows = [
        ("bodies/sequences_of_parts", "itemEncoding", [3, 0, 0]),
        ("bodies/parts_by_position", "prefixEncoding", [2, 0, 0]),
        ("bodies/encodings_of_positions_with_losses", "itemEncoding", [2, 3, 1]),
        ("bodies/encodings_of_positions_with_losses", "prefixEncoding", [1, 2, 1]),
        ("responses/streams_of_parts", "itemEncoding", [1, 1, 0]),
    ];
    for (name, keyword, expected) in rows {
        let case = Case::read(&format!("golden/{name}.yaml")).unwrap();
        let report = reported(&case.name, &case.bytes).report.unwrap();
        let keyword = codegen::report::Keyword {
            part: "media type",
            name: keyword.to_owned(),
        };
        let used = &report.keywords[&keyword];
        let counts = [Effect::Supported, Effect::Partial, Effect::Ignored].map(|effect| used.count(effect));
        assert_eq!(counts, expected, "{name}: {}", keyword.name);
    }
}

fn count(report: &Report, part: &'static str, name: &str, effect: Effect) -> usize {
    let name = name.to_owned();
    let used = report.keywords.get(&Keyword { part, name });
    used.map_or(0, |used| used.count(effect))
}

/// No row of these is understood: each is a keyword that no stage reads where it is, or that an operation loses. D7 and D9
/// were silent once: the paging that cannot be written as code, and extensions on schemas of another kind.
#[test]
fn what_no_stage_claims_is_not_supported() {
    use Effect::{Ignored, NotSupported, Partial, Supported};
    let cases: &[(&str, &'static str, &str, Effect)] = &[
        // D7
        ("openapi_3", "operation", "x-client-paging", Partial),
        // D9
        ("openapi_3", "schema", "x-client-oneof", NotSupported),
        ("openapi_3", "schema", "x-client-update-mask", NotSupported),
        ("openapi_3", "media type", "x-client-item-schema", NotSupported),
        ("openapi_3", "path item", "x-client-group", NotSupported),
        ("openapi_3", "media type", "example", NotSupported),
        ("openapi_3", "media type", "itemEncoding", Supported),
        ("openapi_3", "schema", "unknown", NotSupported),
        ("openapi_3", "path item", "summary", Ignored),
        ("openapi_3", "parameter", "allowEmptyValue", Ignored),
        ("openapi_3", "security scheme", "bearerFormat", Ignored),
        // Read, and of use only in some places: the other ones are understood.
        ("openapi_3", "parameter", "style", Ignored),
        // Titles are names only where the configuration says so.
        ("openapi_3", "schema", "title", Ignored),
        ("openapi_3", "schema", "title", Ignored),
        ("openapi_3", "schema", "discriminator", Ignored),
        ("openapi_3", "schema", "discriminator", Supported),
        ("openapi_3", "discriminator", "propertyName", Ignored),
        ("openapi_3", "schema", "contentEncoding", Ignored),
        ("openapi_3", "schema", "contentEncoding", Supported),
        ("openapi_3", "schema", "format", Ignored),
        ("swagger_2", "parameter", "allowEmptyValue", NotSupported),
        ("swagger_2", "parameter", "name", Ignored),
        ("swagger_2", "response", "examples", Ignored),
        ("swagger_2", "schema", "collectionFormat", NotSupported),
    ];
    for case in cases {
        let (document, part, name, effect) = case;
        let expected = cases.iter().filter(|other| *other == case).count();
        let bytes = fs::read(workspace().join(format!("tests/report/{document}.yaml"))).unwrap();
        let report = reported(document, &bytes).report.unwrap();
        assert_eq!(
            count(&report, part, name, *effect),
            expected,
            "{document}: {part}: {name}"
        );
    }
}

/// What a stage writes in other words is claimed: nothing of Swagger 2.0 that is carried over counts as unread.
#[test]
fn what_is_carried_over_is_claimed() {
    for (document, number) in [("openapi_3", 6), ("swagger_2", 2)] {
        let bytes = fs::read(workspace().join(format!("tests/report/{document}.yaml"))).unwrap();
        let report = reported(document, &bytes).report.unwrap();
        let rows = report.keywords.iter();
        let unread: Vec<_> = rows.filter(|(_, used)| used.count(Effect::NotSupported) > 0).collect();
        assert_eq!(report.count(Effect::NotSupported), number, "{document}: {unread:#?}");
    }
}

/// A document whose configuration selects some operations lists the others as left out.
#[test]
fn what_is_not_selected_is_left_out() {
    let bytes = fs::read(workspace().join("tests/report/everything.yaml")).unwrap();
    let config = Config {
        exclude: codegen::Selection {
            operations: vec!["listThings".to_owned()],
            ..codegen::Selection::default()
        },
        ..Config::default()
    };
    let input = Input {
        name: "everything.yaml",
        bytes: &bytes,
    };
    let report = codegen::report(input.into(), &config).report.unwrap();
    assert_eq!(count(&report, "path item", "get", Effect::Ignored), 1);
    assert_eq!(count(&report, "parameter", "name", Effect::Ignored), 1);
    assert_eq!(report.count(Effect::NotSupported), 0);
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

#[test]
fn long_files_are_listed_with_their_lines() {
    let property = |number: usize| format!("        p{number}: {{type: string, description: One.}}\n");
    let properties: String = (0..900).map(property).collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Long, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Long:\n      type: object\n      \
         properties:\n{properties}"
    );
    let reported = reported("long.yaml", document.as_bytes());
    let report = reported.report.unwrap();
    let [(path, lines)] = report.long_files.as_slice() else {
        panic!("{:?}", report.long_files);
    };
    assert_eq!(path, "models/long.rs");
    assert!(*lines > LONG_FILE);
    assert!(
        report
            .to_text(&reported.sources)
            .contains(&format!("models/long.rs has {lines} lines"))
    );
    let json: Value = serde_json::from_str(&report.to_json(&reported.sources)).unwrap();
    assert_eq!(json["long_files"][0]["lines"], *lines);
}

/// A type with a pinned name is not shared, so the configuration cannot do more.
#[test]
fn repeated_types_are_counted_unless_they_are_shared() {
    let schema = "{type: string, enum: [small, big]}";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Barn, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Barn:\n      type: object\n      \
         properties: {{size: {schema}, door: {schema}, roof: {schema}}}\n"
    );
    let pin = "names: {/components/schemas/Barn/properties/size/enum/0: Tiny}";
    for (inline_types, repeated) in [("distinct", 2), ("shared", 0)] {
        let config = Config::parse(&format!("inline_types: {inline_types}\n{pin}\n")).unwrap();
        let input = Input {
            name: "barn.yaml",
            bytes: document.as_bytes(),
        };
        let reported = codegen::report(input.into(), &config);
        let report = reported.report.unwrap();
        let text = report.to_text(&reported.sources);
        assert_eq!(
            text.contains("inline types repeat another type"),
            repeated > 0,
            "{text}"
        );
        let json: Value = serde_json::from_str(&report.to_json(&reported.sources)).unwrap();
        assert_eq!(
            (&json["inline_types"], &json["repeated_types"]),
            (&3.into(), &repeated.into())
        );
    }
}
