//! Text that attacks, in every place of a document where there is text: it ends in an error or as text.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![allow(clippy::print_stdout, reason = "how much was done")]

#[path = "hostile/canary.rs"]
mod canary;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use codegen::{Config, Input, Outcome, acts_on_display, diagnostic::Code};
use serde_json::{Value, json};
use syn::visit::{self, Visit};
use tests::{crates, workspace};

/// What would be code, end a comment, be run by rustdoc, move a cursor or fill in a template.
const PAYLOADS: [&str; 6] = [
    "x\"; fn C1PWNED() {} /* */ //",
    "a\nC1PWNED!();\r#![C1PWNED]\r\n*/ C1PWNED /*",
    "```\nC1PWNED\n```\n\n    C1PWNED()\n~~~rust\nC1PWNED",
    "\u{202e}\u{0}C1PWNED\u{2028}\u{2066}\u{feff}\u{7f}\u{ad}\u{e0041}",
    "{C1PWNED} ${C1PWNED} {{0}} %s \u{1b}[31m",
    "C1PWNED",
];

/// A document with text, numbers and names in as many places as there are.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Text", "version": "1", "description": "d", "termsOfService": "https://a.example",
            "contact": {"name": "n", "url": "https://a.example", "email": "a@a.example"},
            "license": {"name": "MIT", "url": "https://a.example"},
        },
        "servers": [{"url": "https://{host}.example/v1", "description": "d", "variables": {"host": {"default": "a", "enum": ["a"], "description": "d"}}}],
        "tags": [{"name": "things", "description": "d", "externalDocs": {"url": "https://a.example", "description": "d"}}],
        "security": [{"key": []}],
        "paths": {
            "/things/{id}/of": {
                "summary": "s",
                "get": {
                    "operationId": "getThing", "tags": ["things"], "summary": "s", "description": "d",
                    "x-client-idempotent": true, "x-other": "o",
                    "parameters": [
                        {"name": "id", "in": "path", "required": true, "description": "d", "schema": {"type": "string", "pattern": "a+"}},
                        {"name": "size", "in": "query", "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9, "default": 5}},
                        {"name": "X-Trace", "in": "header", "deprecated": true, "schema": {"type": "string", "enum": ["a", "b"]}},
                    ],
                    "responses": {
                        "200": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                        "default": {"description": "d"},
                    },
                },
                "post": {
                    "operationId": "setThing",
                    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
                    "requestBody": {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/a.b.Kind"}}}},
                    "responses": {"204": {"description": "d"}},
                },
            },
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "d"}},
            "schemas": {
                "Thing": {
                    "type": "object", "title": "t", "description": "d", "required": ["name"], "x-other": "o",
                    "x-client-oneof": {"choice": ["one", "two"]},
                    "externalDocs": {"url": "https://a.example"},
                    "properties": {
                        "name": {"type": "string", "description": "d", "minLength": 1, "maxLength": 9, "pattern": "^a$", "default": "a", "example": "a"},
                        "price": {"type": "number", "format": "double", "minimum": 0.5, "multipleOf": 0.5, "default": 1.5},
                        "count": {"type": "integer", "format": "int64", "exclusiveMinimum": true, "minimum": 1},
                        "list": {"type": "array", "items": {"type": "string", "format": "uuid"}, "minItems": 1, "maxItems": 3, "uniqueItems": true},
                        "map": {"type": "object", "additionalProperties": {"type": "boolean"}, "maxProperties": 3},
                        "one": {"type": "string"},
                        "two": {"$ref": "#/components/schemas/a.b.Kind"},
                    },
                },
                "a.b.Kind": {"type": "string", "enum": ["KIND_A", "KIND_B"], "x-client-enum-prefix": "KIND_"},
            },
        },
    })
}

/// Where something may be put: at a value, or in place of a name.
#[derive(Clone, Debug)]
struct Spot {
    pointer: String,
    is_name: bool,
}

/// Every value that holds no others, and every name.
fn spots(value: &Value, pointer: &str, found: &mut Vec<Spot>) {
    let mut spot = |is_name, pointer: String| found.push(Spot { pointer, is_name });
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                found.push(Spot {
                    pointer: pointer.clone(),
                    is_name: true,
                });
                spots(member, &pointer, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                spots(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => spot(false, pointer.to_owned()),
    }
}

/// The document with a payload at one spot: behind the text that is there, or in place of what is no text.
fn attacked(document: &Value, spot: &Spot, payload: &str) -> Value {
    let mut document = document.clone();
    if spot.is_name {
        let (parent, _) = spot.pointer.rsplit_once('/').unwrap();
        let name = spot.pointer[parent.len() + 1..].replace("~1", "/").replace("~0", "~");
        let members = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        let value = members.remove(&name).unwrap();
        members.insert(format!("{name}{payload}"), value);
    } else {
        let value = document.pointer_mut(&spot.pointer).unwrap();
        *value = match value.as_str() {
            Some(text) if payload != "C1PWNED" => format!("{text}{payload}").into(),
            _ => payload.into(),
        };
    }
    document
}

fn generate(document: &Value) -> Outcome {
    let text = document.to_string();
    let input = Input {
        name: "hostile.json",
        bytes: text.as_bytes(),
    };
    // Models are there without any feature, so that what is compiled is all of them.
    let config = Config {
        group_features: false,
        ..Config::default()
    };
    codegen::generate(input, &config)
}

/// What neither a message nor a file may hold.
fn acts_upon_a_reader(c: char) -> bool {
    c != '\n' && acts_on_display(c)
}

/// R01, R03, R04, R05, R06: wherever it stands, text ends in an error with a place or as text.
#[test]
fn text_stays_text() {
    canary::self_test().unwrap();
    let document = document();
    let plain = generate(&document).generated.unwrap().files;
    let mut all = Vec::new();
    spots(&document, "", &mut all);
    let (mut accepted, mut refused) = (0, 0);
    for spot in &all {
        for payload in PAYLOADS {
            let outcome = generate(&attacked(&document, spot, payload));
            let said = outcome.diagnostics.render(&outcome.sources);
            assert!(!said.contains(acts_upon_a_reader), "{spot:?}: {said:?}");
            let Some(generated) = outcome.generated else {
                let places = outcome.diagnostics.iter().filter_map(|diagnostic| diagnostic.place);
                assert!(places.count() > 0, "{spot:?} is refused without a place: {said}");
                refused += 1;
                continue;
            };
            let changed = generated
                .files
                .iter()
                .filter(|(path, text)| plain.get(path) != Some(*text));
            for (path, text) in changed {
                let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_/.".contains(c);
                assert!(path.chars().all(is_plain), "{spot:?}: a file is called {path:?}");
                assert!(!text.contains(acts_upon_a_reader), "{spot:?}, {payload:?}: {path}");
                canary::check(path, text).unwrap_or_else(|found| panic!("{spot:?}, {payload:?}: {found}"));
            }
            accepted += 1;
        }
    }
    println!("{} places: {accepted} documents accepted, {refused} refused", all.len());
    assert!(accepted > 300 && refused > 100, "{accepted} {refused}");
}

/// R06: what has to be a number is one, or the document is refused.
#[test]
fn numbers_are_numbers() {
    let document = document();
    let mut all = Vec::new();
    spots(&document, "", &mut all);
    let numbers = all
        .iter()
        .filter(|spot| !spot.is_name && document.pointer(&spot.pointer).unwrap().is_number());
    let mut names = BTreeSet::new();
    for spot in numbers.filter(|spot| !spot.pointer.ends_with("/default")) {
        for payload in ["1; C1PWNED()", "1e9999999", "NaN"] {
            let outcome = generate(&attacked(&document, spot, payload));
            assert!(outcome.generated.is_none(), "{spot:?}: {payload}");
        }
        names.extend(spot.pointer.rsplit('/').next());
    }
    let expected = [
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "multipleOf",
    ];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), expected);
}

/// R07
#[test]
fn extensions_are_known_or_nothing() {
    let with = |pointer: &str, key: &str, value: Value| {
        let mut document = document();
        let object = document.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        object.insert(key.to_owned(), value);
        generate(&document)
    };
    let files = |outcome: &Outcome| outcome.generated.as_ref().map(|generated| generated.files.clone());
    let plain = files(&generate(&document())).unwrap();
    let schema = "/components/schemas/Thing";
    for value in [
        json!("C1PWNED"),
        json!({"$ref": "#/nowhere"}),
        json!([[[1e300]]]),
        Value::Null,
    ] {
        for (pointer, key) in [
            (schema, "x-go-type"),
            (schema, "x-client-"),
            ("/info", "x-logo"),
            ("/paths", "x-a"),
        ] {
            let outcome = with(pointer, key, value.clone());
            assert_eq!(files(&outcome).as_ref(), Some(&plain), "{pointer}, {key}: {value}");
        }
        let outcome = with(schema, "x-client-oneof", value.clone());
        assert!(outcome.generated.is_none(), "{value}");
        assert!(
            outcome
                .diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code == Code::InvalidExtension)
        );
    }
    let codes = |outcome: &Outcome| {
        outcome
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&with(schema, "x-client-onof", json!({}))),
        [Code::UnknownExtension]
    );
}

/// R03, R04: the real rustdoc finds nothing to run and nothing to warn about, and the real compiler nothing to warn about.
#[test]
fn rustdoc_runs_nothing() {
    let (document, mut all) = (document(), Vec::new());
    spots(&document, "", &mut all);
    let texts = all.iter().filter(|spot| {
        let last = spot.pointer.rsplit('/').next().unwrap_or_default();
        !spot.is_name && ["description", "summary", "title", "pattern", "example", "default"].contains(&last)
    });
    let modules = texts.enumerate().flat_map(|(at, spot)| {
        let payloads = PAYLOADS.iter().enumerate();
        payloads.filter_map({
            let document = &document;
            move |(payload, text)| {
                let generated = generate(&attacked(document, spot, text)).generated?;
                Some((format!("spot{at}_{payload}"), generated.files))
            }
        })
    });
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-text-crate");
    crates::write(
        &folder,
        "hostile-text-crate",
        "Text that attacks.",
        modules.collect::<Vec<_>>(),
    )
    .unwrap();
    let said = crates::cargo(&folder, &["test", "--doc", "--offline"]).unwrap();
    assert!(said.contains("running 0 tests"), "{said}");
    crates::cargo(&folder, &["doc", "--quiet", "--offline", "--no-deps"]).unwrap();
}

/// R01: the generator turns no text into tokens but what it has printed itself, to compare it with the plan, and digits.
///
/// `codegen/clippy.toml` forbids the functions that do so. `str::parse` remains, which clippy cannot judge by what it
/// gives: it is listed here where a file names tokens at all.
#[test]
fn tokens_are_made_of_tokens() {
    let root = workspace().join("codegen/src");
    let mut found = BTreeMap::new();
    for path in rust_files(&root) {
        let mut calls = Parses::default();
        calls.visit_file(&syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap());
        if calls.names_tokens && calls.parses > 0 {
            let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(path, calls.parses);
        }
    }
    let allowed = [
        // Attributes of the configuration, which are only checked.
        ("config/reader.rs".to_owned(), 1),
        // Digits and separators, for which there is a fallback.
        ("emit/numbers.rs".to_owned(), 1),
        // In its tests, the plans.
        ("render/comparison.rs".to_owned(), 4),
    ];
    assert_eq!(found, BTreeMap::from(allowed));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// Whether a file names the crates of tokens, and how many methods or functions `parse` it calls. Arguments of macros
/// are not seen.
#[derive(Default)]
struct Parses {
    names_tokens: bool,
    parses: usize,
}

impl<'ast> Visit<'ast> for Parses {
    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        self.names_tokens |= ["proc_macro2", "quote", "syn", "TokenStream"]
            .iter()
            .any(|name| ident == name);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.parses += usize::from(call.method == "parse");
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let segments = &path.path.segments;
        let is_of_a_type = segments.len() > 1 && segments.last().is_some_and(|last| last.ident == "parse");
        self.parses += usize::from(is_of_a_type);
        visit::visit_expr_path(self, path);
    }
}
