//! The stage as a whole: bytes in, a tree or errors out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod differential;
mod json;
mod limits;
mod places;
mod yaml;

use serde_json::Value as Json;

use super::{Limits, Node, Source, Unreadable, Value, read};
use crate::diagnostic::Code;

fn yaml(text: &str) -> Source {
    read("spec.yaml", text.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn json(text: &str) -> Source {
    read("spec.json", text.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> Unreadable {
    read(name, bytes.as_ref(), &Limits::default())
        .err()
        .unwrap_or_else(|| panic!("this was read"))
}

/// What is wrong, as code, line, column and pointer.
fn problems(name: &str, bytes: impl AsRef<[u8]>) -> Vec<(Code, u32, u32, String)> {
    let unreadable = refused(name, bytes);
    let diagnostics = unreadable.diagnostics.iter();
    diagnostics
        .map(|diagnostic| {
            let place = diagnostic.place.unwrap();
            (diagnostic.code, place.line, place.column, diagnostic.pointer.clone())
        })
        .collect()
}

/// The single thing that is wrong.
fn problem(name: &str, bytes: impl AsRef<[u8]>) -> (Code, u32, u32, String) {
    let mut problems = problems(name, bytes);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

/// Line and column of the value that a pointer leads to.
fn place(source: &Source, pointer: &str) -> (u32, u32) {
    let place = source.root.at(pointer).unwrap().place;
    (place.line, place.column)
}

/// The tree without its places; numbers by their value, as other readers give them.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::from(*flag),
        Value::Number(number) if number.text() == "-0" => Json::from(-0.0),
        Value::Number(number) => {
            let integer = number
                .as_u64()
                .map(Json::from)
                .or_else(|| number.as_i64().map(Json::from));
            integer.or_else(|| number.as_f64().map(Json::from)).unwrap()
        }
        Value::String(text) => Json::from(&**text),
        Value::Array(elements) => elements.iter().map(plain).collect(),
        Value::Object(object) => Json::Object(
            object
                .iter()
                .map(|member| (member.name.to_string(), plain(&member.value)))
                .collect(),
        ),
    }
}

#[test]
fn the_first_character_tells_the_format_and_the_name_only_where_it_fails() {
    let flow_style = "{openapi: 3.0.3, # flow style\n info: {title: a}}";
    assert_eq!(yaml(flow_style).root.at("/info/title").unwrap().as_str(), Some("a"));
    assert_eq!(problem("spec.json", flow_style).0, Code::JsonSyntax);
    assert_eq!(
        yaml(r#"{"a": "\ud83d\ude00"}"#).root.get("a").unwrap().as_str(),
        Some("😀")
    );
    assert_eq!(
        json("openapi: 3.0.3").root.get("openapi").unwrap().as_str(),
        Some("3.0.3")
    );
    // Neither of the two: what YAML says about it counts.
    assert_eq!(problem("spec.YML", "{a: b").0, Code::YamlSyntax);
    assert_eq!(problem("spec.json", "// a comment\n{}").0, Code::JsonSyntax);
}

#[test]
fn r14_an_error_shows_file_line_column_pointer_and_help() {
    let text = refused("spec/x.yaml", "a:\n  b: 1\n  b: 2\n").to_string();
    assert_eq!(
        text,
        "error[duplicate-key]: the key `b` appears twice in this object\n\
         \x20--> spec/x.yaml:3:3 (/a/b)\n\
         \x20 |\n\
         3 |   b: 2\n\
         \x20 |   ^\n\
         \x20::: spec/x.yaml:2:3\n\
         \x20 |\n\
         2 |   b: 1\n\
         \x20 |   - the first one is here\n\
         \x20 |\n\
         \x20 = help: remove one of the two, because parsers disagree about which one they use\n"
    );
}

#[test]
fn r13_what_is_no_utf8_is_refused_with_its_place() {
    assert_eq!(
        problem("x.yaml", b"a: 1\nb: \xe9\n"),
        (Code::InvalidUtf8, 2, 4, String::new())
    );
    assert_eq!(
        problem("x.json", b"\xff\xfe{\0}\0"),
        (Code::InvalidUtf8, 1, 1, String::new())
    );
    assert_eq!(
        problem("x.json", b"\x89PNG\r\n\x1a\n\0\0"),
        (Code::InvalidUtf8, 1, 1, String::new())
    );
}

#[test]
fn r13_a_byte_order_mark_is_skipped() {
    for (name, text) in [("x.yaml", "a: 1"), ("x.json", "{\"a\": 1}")] {
        let marked = format!("\u{feff}{text}");
        let with = read(name, marked.as_bytes(), &Limits::default()).unwrap();
        let without = read(name, text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(plain(&with.root), plain(&without.root));
        assert_eq!(place(&with, "/a"), place(&without, "/a"));
    }
}

#[test]
fn nothing_and_a_single_scalar_are_no_documents() {
    for empty in [
        "",
        " \n\n",
        "# only a comment\n",
        "---\n",
        "---",
        "--- # comment\n...\n",
        "\u{feff}",
    ] {
        assert_eq!(problem("x.yaml", empty).0, Code::EmptyDocument, "{empty:?}");
    }
    for scalar in ["text", "12", "null", "~", "\"quoted\"", "''", "--- |\n  block\n"] {
        assert_eq!(problem("x.yaml", scalar).0, Code::ScalarRoot, "{scalar:?}");
    }
}

/// What is downloaded or committed in place of a document is named for what it is.
#[test]
fn other_formats_are_recognized() {
    for (text, what) in [
        ("<!DOCTYPE html><html><body>404</body></html>", "an HTML page"),
        ("\n<html>\n<a href=\"x\">y: z: 1</a>", "an HTML page"),
        ("<?xml?>\n\t<a>: b", "an XML file"),
        (
            "<?xml version=\"1.0\"?>\n<application xmlns=\"http://wadl.dev.java.net/2009/02\"/>",
            "a WADL document",
        ),
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n",
            "a Git LFS pointer",
        ),
        (
            "FORMAT: 1A\n# Pets\nA text: with colons\n\n+ Response 200\n",
            "an API Blueprint document",
        ),
        ("type Query {\n  pets: [Pet!]!\n}\n", "a GraphQL schema"),
        ("schema {\n  query: Query\n}\n", "a GraphQL schema"),
        ("syntax = \"proto3\";\nmessage Pet {}\n", "a Protocol Buffers file"),
    ] {
        for name in ["x.yaml", "x.json"] {
            let unreadable = refused(name, text);
            let messages: Vec<&str> = unreadable.diagnostics.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(messages.len(), 1, "{messages:?}");
            assert!(messages[0].contains(what), "{messages:?}");
            assert!(
                unreadable.diagnostics.iter().all(|one| one.help.is_some()),
                "{messages:?}"
            );
        }
    }
    for (bytes, what) in [
        (&b"\x1f\x8b\x08\x00rest"[..], "compressed with gzip"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"%PDF-1.4", "a PDF file"),
    ] {
        let unreadable = super::read("x.yaml", bytes, &Limits::default()).unwrap_err();
        let first = unreadable.diagnostics.iter().next().unwrap();
        assert_eq!(first.code, Code::OtherFormat);
        assert!(first.message.contains(what), "{}", first.message);
    }
}

#[test]
fn merge_conflicts_are_named_where_they_start() {
    for text in [
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\nc: 3\n",
        "{\n<<<<<<< HEAD\n\"b\": 1\n=======\n\"b\": 2\n>>>>>>> other\n}\n",
        "# \n<<<<<<< HEAD\n>>>>>>> other\n",
    ] {
        assert_eq!(problem("x.yaml", text).0, Code::MergeConflict, "{text}");
        assert_eq!(
            refused("x.json", text)
                .diagnostics
                .iter()
                .next()
                .unwrap()
                .place
                .unwrap()
                .line,
            2
        );
    }
    let inside = "a: |\n  <<<<<<< HEAD\n  x\n  >>>>>>> other\n";
    assert!(super::read("x.yaml", inside.as_bytes(), &Limits::default()).is_ok());
}

#[test]
fn a_reference_in_a_comment_is_told_from_other_slips() {
    let unreadable = refused("x.yaml", "a: {$ref: #/b}\nb: 1\n");
    let help = unreadable.diagnostics.iter().next().unwrap().help.clone().unwrap();
    assert!(help.contains("quote the reference"), "{help}");
}
