//! Where a message says that something stands, it stands: whatever the text is written with.
//!
//! Every text here holds one broken reference, and its line and column are found by a search for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use codegen::{
    Config, Input, Inputs,
    loader::{LoadError, Loader},
};
use serde_json::Value;

/// What is broken, with the sign that its value starts with.
const BROKEN: &str = "#/components/schemas/Nowhere";

/// One other file, if any.
#[derive(Debug)]
struct File(Option<String>);

impl Loader for File {
    fn load(&self, path: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        assert_eq!(path, "part.yaml");
        let missing = || LoadError::Unreadable("there is none".to_owned());
        self.0
            .as_ref()
            .map(|text| text.clone().into_bytes())
            .ok_or_else(missing)
    }
}

const YAML: &str = "\
openapi: 3.0.3
info: {title: Places, version: '1'}
paths: {}
components:
  schemas:
    A:
      type: object
      properties:
        a: {$ref: '#/components/schemas/Nowhere'}
";

/// The line and the column of what is broken, its sign included, as an editor counts them.
fn expected(text: &str) -> (u64, u64) {
    let text = text.trim_start_matches('\u{feff}');
    let before = text.split(BROKEN).next().unwrap();
    assert_ne!(before, text, "nothing is broken in {text}");
    let before = before.replace("\r\n", "\n").replace('\r', "\n");
    let line = before.matches('\n').count() + 1;
    // The sign before the text is where the value starts.
    let column = before.rsplit('\n').next().unwrap().chars().count();
    (u64::try_from(line).unwrap(), u64::try_from(column).unwrap())
}

/// What the broken reference stands in.
#[derive(Clone, Copy)]
enum Holder<'t> {
    Document,
    /// Another file of the document, of this text.
    File(&'t str),
    /// An overlay of this name and text.
    Overlay(&'t str, &'t str),
}

fn input<'t>(name: &'t str, text: &'t str) -> Input<'t> {
    Input {
        name,
        bytes: text.as_bytes(),
    }
}

/// Checks what is said of a document: what programs read of it, and what people see.
fn check_in(name: &str, text: &str, holder: Holder<'_>, pointer: &str) {
    let (file, overlays) = match holder {
        Holder::Document => (None, Vec::new()),
        Holder::File(text) => (Some(text), Vec::new()),
        Holder::Overlay(name, text) => (None, vec![input(name, text)]),
    };
    let loader = File(file.map(str::to_owned));
    let inputs = Inputs {
        loader: &loader,
        overlays: &overlays,
        ..input(name, text).into()
    };
    let outcome = codegen::generate_with(inputs, &Config::default());
    let lines = outcome.diagnostics.to_json_lines(&outcome.sources);
    let errors: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!errors.is_empty(), "nothing is said of {text:?}");
    assert!(file.is_none() || errors.len() == 1, "{errors:?}");
    let (named, broken) = match holder {
        Holder::Document => (name, text),
        Holder::File(file) => ("part.yaml", file),
        Holder::Overlay(name, overlay) => (name, overlay),
    };
    let (line, column) = expected(broken);
    let end = column + u64::try_from(BROKEN.len()).unwrap() + 2;
    for error in errors {
        assert_eq!(error["file"], named, "{text:?}");
        let place = [&error["line"], &error["column"], &error["end_column"]].map(Value::as_u64);
        assert_eq!(place, [Some(line), Some(column), Some(end)], "{broken:?}");
        assert_eq!(error["pointer"], pointer, "{text:?}");
    }
    let shown = outcome.diagnostics.render(&outcome.sources);
    assert!(shown.contains(&format!("--> {named}:{line}:{column} ")), "{shown}");
    let (excerpt, marks) = shown
        .lines()
        .zip(shown.lines().skip(1))
        .find(|(_, marks)| marks.contains('^'))
        .unwrap();
    assert_eq!(marks.matches('^').count(), BROKEN.len() + 2, "{shown}");
    assert!(excerpt.contains(BROKEN), "{shown}");
}

const POINTER: &str = "/components/schemas/A/properties/a/$ref";

fn check(text: &str) {
    check_in("a.yaml", text, Holder::Document, POINTER);
}

fn check_json(text: &str) {
    check_in("a.json", text, Holder::Document, POINTER);
}

/// Ends of lines and a byte order mark, of which editors show nothing.
fn everywhere(text: &str) -> impl Iterator<Item = String> {
    let ends = ["\n", "\r\n", "\r"].map(|end| text.replace('\n', end));
    ends.into_iter().flat_map(|text| [format!("\u{feff}{text}"), text])
}

#[test]
fn line_ends_and_byte_order_marks_shift_nothing() {
    for text in everywhere(YAML) {
        check(&text);
    }
    let json = serde_json::to_string_pretty(&serde_yaml::from_str::<Value>(YAML).unwrap()).unwrap();
    for text in everywhere(&json) {
        check_json(&text);
    }
}

#[test]
fn tabs_are_one_character() {
    check(&YAML.replace("a: {$ref: ", "a:\t{\t$ref:\t"));
    let json = serde_json::to_string_pretty(&serde_yaml::from_str::<Value>(YAML).unwrap()).unwrap();
    check_json(&json.replace("  ", "\t"));
    check_json(&json.replace("\"$ref\": ", "\t\"$ref\"\t:\t\t"));
}

#[test]
fn characters_of_several_bytes_are_one_character() {
    for word in ["é", "日本語", "🦀", "e\u{301}", "𝄞 x"] {
        check(&YAML.replace("{$ref: ", &format!("{{'x-{word}': 1, $ref: ")));
        check(&YAML.replace("paths: {}", &format!("# {word}\npaths: {{}} # {word}")));
        check(&YAML.replace("Places", &format!("'{word}\n\n    {word}'")));
        let json = YAML.replace("Places", word);
        check_json(&serde_json::to_string(&serde_yaml::from_str::<Value>(&json).unwrap()).unwrap());
    }
}

#[test]
fn texts_over_several_lines_count_them() {
    for description in [
        "|\n    a\n\n    b\n",
        ">-\n    a\n    b\n",
        "\"a\n    b \\\n    c\"\n",
        "a\n    b\n",
    ] {
        check(&YAML.replace(
            "info: {title: Places, version: '1'}\n",
            &format!("info:\n  title: Places\n  version: '1'\n  description: {description}"),
        ));
    }
}

/// What an alias stands for is where its anchor is; the pointer says which of them is meant.
#[test]
fn aliases_stand_where_their_anchor_is() {
    let text = YAML.replace("        a: {", "        a: &broken {");
    check(&text);
    let (before, anchor) = (
        "x-parts: {broken: &broken {$ref: '#/components/schemas/Nowhere'}}\n",
        "a: *broken",
    );
    let text = before.to_owned() + &YAML.replace("a: {$ref: '#/components/schemas/Nowhere'}", anchor);
    check(&text);
}

#[test]
fn other_files_have_places_of_their_own() {
    let document = YAML.replace(BROKEN, "part.yaml#/parts/a");
    let part = "# é\nparts:\n  a:\n    type: object\n    properties:\n      '𝄞': {x-é: 1, $ref: '#/components/schemas/Nowhere'}\n";
    for part in everywhere(part) {
        for document in everywhere(&document) {
            check_in("a.yaml", &document, Holder::File(&part), "/parts/a/properties/𝄞/$ref");
        }
    }
}

/// What an overlay writes has its place there, with the pointer that it has in the document.
#[test]
fn overlays_have_places_of_their_own() {
    let overlay = "\
# é
overlay: 1.0.0
info: {title: '日本語', version: '1'}
actions:
  - target: $.components.schemas.A
    update: {properties: {'𝄞': {x-é: 1, $ref: '#/components/schemas/Nowhere'}}}
";
    let document = YAML.replace("Nowhere", "A");
    let pointer = "/components/schemas/A/properties/𝄞/$ref";
    for overlay in everywhere(overlay) {
        for document in everywhere(&document) {
            check_in("a.yaml", &document, Holder::Overlay("o.yaml", &overlay), pointer);
        }
    }
    let json = serde_json::to_string_pretty(&serde_yaml::from_str::<Value>(overlay).unwrap()).unwrap();
    for overlay in everywhere(&json) {
        check_in("a.yaml", &document, Holder::Overlay("o.json", &overlay), pointer);
    }
    let flat = serde_json::to_string(&serde_yaml::from_str::<Value>(overlay).unwrap()).unwrap();
    check_in("a.yaml", &document, Holder::Overlay("o.json", &flat), pointer);
}
