//! What is added to a document never gives an old name to something else (R09), and the configuration keeps names.
//!
//! What is added is compiled too (`additions/programs.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "additions/programs.rs"]
mod programs;
#[allow(dead_code, reason = "shared with the test of random documents")]
#[path = "random_documents/additions.rs"]
mod random_additions;

use codegen::{Config, Input, diagnostic::Code};
use tests::names::{meanings, moved};

const BASE: &str = "\
openapi: 3.0.3
info: {title: Tanks, version: '1'}
servers:
  - {url: 'https://api.example.com/v1', description: Production}
paths:
  /tanks/{tankId}:
    parameters:
      - {name: tankId, in: path, required: true, schema: {type: string}}
      - {name: shade, in: query, schema: {type: string, enum: [dark, light]}}
    get:
      operationId: getTank
      tags: [fish tanks]
      parameters:
        - {name: page-size, in: query, schema: {type: integer}}
        - {$ref: '#/components/parameters/season'}
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/fish-tank'}}}}
        '409': {$ref: '#/components/responses/conflict'}
components:
  parameters:
    season: {name: season, in: query, schema: {type: string, enum: [wet, dry]}}
  responses:
    conflict:
      description: It changed.
      content: {application/json: {schema: {type: object, properties: {reason: {type: string}}}}}
  schemas:
    fish-tank:
      type: object
      properties:
        water-kind: {type: string, enum: [salt-water, fresh]}
        home: {type: object, properties: {street: {type: string}}}
        guest: {oneOf: [{type: object, title: Fish, required: [fins], properties: {fins: {type: integer}}}, {type: string}]}
  securitySchemes:
    api-key: {type: apiKey, in: header, name: X-Key}
";

/// An edit: the line that it is put before, the lines that are put there, and a name that no longer exists afterwards.
type Addition = (&'static str, &'static str, &'static str, &'static str);

const ADDITIONS: &[Addition] = &[
    (
        "operation",
        "  /tanks/{tankId}:\n",
        "  /old:\n    get: {operationId: GetTank, tags: [fish tanks], responses: {'204': {description: Done.}}}\n",
        "apis::mod fish_tanks::fn get_tank",
    ),
    (
        "group",
        "  /tanks/{tankId}:\n",
        "  /old:\n    get: {operationId: list, tags: [Fish-Tanks], responses: {'204': {description: Done.}}}\n",
        "client::mod fish_tanks",
    ),
    (
        "schema",
        "    fish-tank:\n",
        "    FishTank: {type: object, properties: {other: {type: string}}}\n",
        "::models::FishTank",
    ),
    (
        "schema with the name of an inline one",
        "    fish-tank:\n",
        "    fish-tank.home: {type: object, properties: {other: {type: string}}}\n",
        "::models::fish_tank::Home",
    ),
    (
        "property",
        "        water-kind:",
        "        water_kind: {type: boolean}\n",
        "::models::FishTank::water_kind",
    ),
    (
        "parameter",
        "        - {name: page-size,",
        "        - {name: page_size, in: query, schema: {type: integer}}\n",
        "apis::mod fish_tanks::struct GetTank::page_size",
    ),
    (
        "parameter of another location",
        "        - {name: page-size,",
        "        - {name: page-size, in: header, schema: {type: integer}}\n",
        "apis::mod fish_tanks::struct GetTank::page_size",
    ),
    (
        "server",
        "  - {url: 'https://api.example.com/v1'",
        "  - {url: 'https://api.example.com/v2'}\n",
        "servers::fn api_example_com",
    ),
    (
        "security scheme",
        "    api-key:",
        "    api_key: {type: apiKey, in: query, name: key}\n",
        "security::fn api_key",
    ),
];

fn with(edits: &[(&str, &str)]) -> String {
    let mut text = BASE.to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "the document has no {old:?}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn names(document: &str) -> std::collections::BTreeMap<String, String> {
    meanings(document, &Config::default()).unwrap()
}

/// R09
#[test]
fn what_takes_a_name_takes_it_from_both() {
    let before = names(BASE);
    for (kind, place, lines, lost) in ADDITIONS {
        assert!(before.contains_key(*lost), "{kind}: {lost} is not among {before:#?}");
        let after = names(&with(&[(place, &format!("{lines}{place}"))]));
        assert!(!after.contains_key(*lost), "{kind}: {lost} is {}", after[*lost]);
        assert_eq!(moved(&before, &after), [""; 0], "{kind}");
    }
}

/// R09
#[test]
fn a_value_or_a_variant_that_takes_a_name_takes_it_from_both() {
    let before = names(BASE);
    for (kind, old, new, lost) in [
        (
            "value",
            "[salt-water, fresh]",
            "[salt-water, salt_water, fresh]",
            "::models::fish_tank::WaterKind::SaltWater",
        ),
        (
            "variant",
            "guest: {oneOf: [",
            "guest: {oneOf: [{type: object, required: [legs], properties: {legs: {type: integer}}}, ",
            "::models::fish_tank::Guest::Object",
        ),
    ] {
        assert!(before.contains_key(lost), "{kind}: {lost} is not among {before:#?}");
        let after = names(&with(&[(old, new)]));
        assert!(!after.contains_key(lost), "{kind}: {lost} is {}", after[lost]);
        assert_eq!(moved(&before, &after), [""; 0], "{kind}");
    }
}

/// An operation that shares a parameter or a response changes no name, whatever it is called.
#[test]
fn shared_parts_are_named_after_themselves() {
    let before = names(BASE);
    for path in [
        "::models::parameters::Season",
        "::models::responses::Conflict",
        "::models::paths::tanks_tank_id::Shade",
    ] {
        assert!(before.contains_key(path), "{path} is not among {before:#?}");
    }
    let first = "  /a:\n    get:\n      operationId: aaa\n      tags: [fish tanks]\n      parameters: [{$ref: \
                 '#/components/parameters/season'}]\n      responses: {'409': {$ref: \
                 '#/components/responses/conflict'}}\n";
    let put = "    put: {operationId: aa, tags: [fish tanks], responses: {'204': {description: Done.}}}\n";
    let edits = [
        ("  /tanks/{tankId}:\n", &*format!("{first}  /tanks/{{tankId}}:\n")),
        (
            "    get:\n      operationId: getTank",
            &*format!("{put}    get:\n      operationId: getTank"),
        ),
    ];
    let after = names(&with(&edits));
    let changed: Vec<&String> = before
        .iter()
        .filter(|(path, old)| after.get(*path) != Some(old))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
}

/// Texts for people are no names, unless the configuration says so.
#[test]
fn titles_and_descriptions_are_documentation() {
    let edits = [
        ("title: Fish,", "title: Shark,"),
        ("description: Production", "description: Test"),
    ];
    assert_eq!(names(BASE), names(&with(&edits)));
    let titles = Config::parse("naming: {titles: true}").unwrap();
    let named = meanings(BASE, &titles).unwrap();
    for path in ["::models::fish_tank::Guest::Fish", "servers::fn production"] {
        assert!(named.contains_key(path), "{path} is not among {named:#?}");
    }
}

fn codes(document: &str, config: &str) -> (Vec<Code>, String) {
    let input = Input {
        name: "names.yaml",
        bytes: document.as_bytes(),
    };
    let outcome = codegen::generate(input, &Config::parse(config).unwrap());
    let codes = outcome.diagnostics.iter().map(|one| one.code).collect();
    (codes, outcome.diagnostics.render(&outcome.sources))
}

/// Every kind of pointer can be pinned, and the pinned name is used as it is.
#[test]
fn the_configuration_pins_names() {
    let document = with(&[("tags: [fish tanks]", "tags: [fish tanks, more]")]);
    let config = "\
naming: {words: [FishTank]}
names:
  /components/schemas/fish-tank: Aquarium
  /components/schemas/fish-tank/properties/water-kind: water
  /components/schemas/fish-tank/properties/home: HomeAddress
  /components/schemas/fish-tank/properties/water-kind/enum/1: Sweet
  /components/schemas/fish-tank/properties/guest/oneOf/0: Fish
  /paths/~1tanks~1{tankId}/get: fetch
  /paths/~1tanks~1{tankId}/get/parameters/0: page
  /paths/~1tanks~1{tankId}/get/tags/0: tanks
  /components/parameters/season: time_of_year
  /components/securitySchemes/api-key: key
";
    let named = meanings(&document, &Config::parse(config).unwrap()).unwrap();
    for path in [
        "::models::Aquarium",
        "::models::Aquarium::water",
        "::models::aquarium::HomeAddress",
        "::models::aquarium::WaterKind::Sweet",
        "::models::aquarium::Guest::Fish",
        "apis::mod tanks::fn fetch",
        "apis::mod tanks::struct Fetch",
        "apis::mod tanks::struct Fetch::page",
        "apis::mod tanks::struct Fetch::time_of_year",
        "client::feature tanks",
        "security::fn key",
    ] {
        assert!(named.contains_key(path), "{path} is not among {named:#?}");
    }
    assert_eq!(codes(&document, config).0, []);
}

/// What a message proposes keeps the old name for what has it, and nothing else changes.
#[test]
fn the_line_of_a_note_keeps_a_name() {
    let document = with(&[(
        "        water-kind:",
        "        water_kind: {type: boolean}\n        water-kind:",
    )]);
    let (codes, text) = codes(&document, "");
    assert_eq!(codes, [Code::NameClash]);
    let line = "  /components/schemas/fish-tank/properties/water-kind: water_kind";
    assert!(text.contains(line), "{text}");
    let before = names(BASE);
    let after = meanings(&document, &Config::parse(&format!("names:\n{line}\n")).unwrap()).unwrap();
    let lost: Vec<&String> = before
        .iter()
        .filter(|(path, old)| after.get(*path) != Some(old))
        .map(|(path, _)| path)
        .collect();
    assert!(lost.is_empty(), "{lost:?} are lost");
    assert_eq!(self::codes(&document, &format!("names:\n{line}\n")).0, []);
}

#[test]
fn pins_that_cannot_be_followed_are_errors() {
    for (config, expected) in [
        (
            "/components/schemas/fish-tanks: Tank",
            "did you mean `/components/schemas/fish-tank`?",
        ),
        ("/components/schemas/fish-tank: tank", "Begin the names of types"),
        ("/components/schemas/fish-tank: Fish Tank", "is not a Rust identifier"),
        ("/paths/~1tanks~1{tankId}/get/parameters/0: send", "reserved or pinned"),
        ("/components/schemas/fish-tank/properties/home: guest", ""),
        (
            "{/components/schemas/fish-tank/properties/home: a, /components/schemas/fish-tank/properties/guest: a}",
            "reserved or pinned",
        ),
    ] {
        let config = match config.strip_prefix('{') {
            Some(_) => format!("names: {config}"),
            None => format!("names:\n  {config}"),
        };
        let (codes, text) = codes(BASE, &config);
        if expected.is_empty() {
            assert!(!codes.contains(&Code::InvalidPin), "{text}");
            continue;
        }
        assert_eq!(codes, [Code::InvalidPin], "{config}: {text}");
        assert!(text.contains(expected), "{config}: {text}");
    }
}
