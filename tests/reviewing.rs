//! What reviewers use beside the verdict on a document: the verdict on an upgrade of the generator, and pictures of a client.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::{fs, path::Path};

use codegen::{
    Config, Files, Input,
    diff::{Format, Rust, Side, Verdict, diff, generators},
    graph::{Focus, graph},
};
use tests::{Case, documents_in, workspace};

fn generated(text: &str) -> Files {
    let input = Input {
        name: "openapi.yaml",
        bytes: text.as_bytes(),
    };
    codegen::generate(input, &Config::default()).generated.unwrap().files
}

/// The files with another text in them, as another version of the generator may write them.
fn replaced(files: &Files, from: &str, to: &str) -> Files {
    let count = files.iter().filter(|(_, text)| text.contains(from)).count();
    assert_eq!(count, 1, "{from:?} is in one file");
    let files = files
        .iter()
        .map(|(path, text)| (path.to_owned(), text.replace(from, to)));
    files.collect()
}

fn upgraded(old: &Files, new: &Files) -> Verdict {
    generators(old, new).unwrap()
}

const ZOO: &str = "openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /tigers/{id}:
    put:
      operationId: putTiger
      tags: [tigers]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Tiger'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Tiger:
      type: object
      required: [name]
      properties:
        name: {type: string}
        stripes: {type: integer, minimum: 1}
        mood: {type: string, enum: [calm, wild]}
";

#[test]
fn a_generator_that_writes_the_same_changes_nothing() {
    for path in documents_in("golden").unwrap() {
        let case = Case::read(&format!("golden/{path}")).unwrap();
        let files = case.generate().generated.unwrap().files;
        let verdict = upgraded(&files, &files);
        assert!(
            verdict.changes.is_empty(),
            "{path}: {}",
            verdict.render(Format::Human, None)
        );
    }
}

#[test]
fn an_upgrade_of_the_generator_has_a_verdict() {
    let new = generated(ZOO);
    for (now, before, rust, silent) in [
        // Types and presence.
        ("stripes: Option<i64>", "stripes: Option<i32>", Rust::Major, false),
        (
            "name: String = required \"name\"",
            "name: Option<String> = \"name\"",
            Rust::Major,
            false,
        ),
        (
            "pub struct Tiger(TigerRequired)",
            "pub struct Tiger(TigerInputs)",
            Rust::Major,
            false,
        ),
        // Another form.
        (
            "model! {\n    pub struct Tiger",
            "response_model! {\n    pub struct Tiger",
            Rust::Major,
            false,
        ),
        // Names.
        ("fn put_tiger(", "fn tiger_put(", Rust::Major, false),
        ("Wild = \"wild\"", "Savage = \"wild\"", Rust::Major, false),
        // What only JSON or the transport sees.
        ("Wild = \"wild\"", "Wild = \"Wild\"", Rust::Major, true),
        ("/tigers/{id}", "/tiger/{id}", Rust::Minor, false),
        // What programs do not see, or only gain.
        (" where [Minimum(\"1\")]", "", Rust::Minor, false),
        ("        Wild = \"wild\",\n", "", Rust::Minor, false),
        ("Limits: minimum 1.", "At least 1.", Rust::Patch, false),
    ] {
        let verdict = upgraded(&replaced(&new, now, before), &new);
        assert_eq!(
            (verdict.rust, verdict.silent),
            (rust, silent),
            "{before:?} became {now:?}: {}",
            verdict.render(Format::Human, None)
        );
    }
    let verdict = upgraded(&replaced(&new, "require_version!(\"0.", "require_version!(\"9."), &new);
    assert!(
        verdict.changes.is_empty() && verdict.notes.len() == 1,
        "{:?}",
        verdict.notes
    );
    let broken = replaced(
        &new,
        "model! {\n    pub struct Tiger",
        "model! {{\n    pub struct Tiger",
    );
    assert!(
        generators(&broken, &new)
            .unwrap_err()
            .contains("models/tiger.rs is not a Rust file")
    );
}

/// The files alone never show less than the documents do.
#[test]
fn the_verdict_on_files_is_not_below_that_on_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("diff");
    let mut below = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let (old, new) = (read("base.yaml"), read("revision.yaml"));
        let config = Config::default();
        let side = |text: &'static str| Side {
            inputs: Input {
                name: "openapi.yaml",
                bytes: text.as_bytes(),
            }
            .into(),
            config: &config,
        };
        let (old, new): (&'static str, &'static str) = (old.leak(), new.leak());
        let of_documents = diff(side(old), side(new)).verdict.unwrap();
        let of_files = upgraded(&generated(old), &generated(new));
        if of_documents.rust == Rust::Major && of_files.rust < Rust::Major {
            below.push(format!(
                "{}: {}",
                folder.display(),
                of_documents.render(Format::Human, None)
            ));
        }
    }
    below.sort();
    assert!(below.is_empty(), "{}", below.join("\n"));
}

/// The picture of a document, or what is said of the focus.
fn drawn((folder, name): (&str, &str), text: &str, focus: &Focus) -> Result<String, String> {
    let input = Input {
        name,
        bytes: text.as_bytes(),
    };
    graph(input.into(), &Config::default(), focus, folder).svg.unwrap()
}

/// `cd codegen/guide && specwright graph petstore.yaml --out images/petstore.svg` draws it again.
#[test]
fn the_picture_of_the_guide_is_the_drawn_one() {
    let guide = workspace().join("codegen/guide");
    let text = fs::read_to_string(guide.join("petstore.yaml")).unwrap();
    let picture = fs::read_to_string(guide.join("images/petstore.svg")).unwrap_or_default();
    assert_eq!(picture, drawn(("../", "petstore.yaml"), &text, &Focus::All).unwrap());
}

#[test]
fn a_picture_is_of_what_it_is_asked_for() {
    let all = drawn(("", "zoo.yaml"), ZOO, &Focus::All).unwrap();
    for part in ["PUT /tigers/{id}", ">put_tiger<", ">Tiger<", "zoo.yaml#L13"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    for focus in [
        Focus::Tag("tigers".to_owned()),
        Focus::Operation("putTiger".to_owned()),
        Focus::Operation("put_tiger".to_owned()),
        Focus::Type("Tiger".to_owned()),
    ] {
        let svg = drawn(("", "zoo.yaml"), ZOO, &focus).unwrap();
        assert_eq!(svg.matches("<rect class").count(), 3, "{focus:?}: {svg}");
    }
    let said = drawn(("", "zoo.yaml"), ZOO, &Focus::Type("Lion".to_owned())).unwrap_err();
    assert_eq!(said, "no type is called \"Lion\"");
}

/// Names of a document are neither markup nor links, and large documents give a picture of their nearest parts.
#[test]
fn a_picture_is_well_formed_and_small() {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: \"<b>&\\e[31m\", version: '1'}\npaths: {}\ncomponents:\n  schemas:\n",
    );
    for number in 0..300 {
        let next = (number + 1) % 300;
        let line = format!(
            "    'A\"<{number}>': {{type: object, properties: {{next: {{$ref: '#/components/schemas/A\"%3C{next}%3E'}}}}}}\n"
        );
        text.push_str(&line);
    }
    let svg = drawn(("", "javascript:alert(1)//\"><b>"), &text, &Focus::All).unwrap();
    assert!(
        !svg.contains("<b>") && !svg.contains("\"javascript:") && !svg.contains('\u{1b}'),
        "{svg}"
    );
    assert_eq!(svg.matches("<rect class").count(), 40);
    assert!(svg.contains("260 more items are not shown"));
    assert_eq!(
        svg,
        drawn(("", "javascript:alert(1)//\"><b>"), &text, &Focus::All).unwrap()
    );
}

/// A box that appears or disappears names the member that is the reason.
#[test]
fn a_box_has_a_cause() {
    let document = |leaf: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Branch: {{type: object, \
             properties: {{twig: {{$ref: '#/components/schemas/Twig'}}}}}}\n    Twig: {{type: object, properties: {{leaf: \
             {{$ref: '#/components/schemas/Leaf'}}}}}}\n    Leaf: {{type: object, properties: {{{leaf}}}}}\n"
        )
    };
    let open = document("colour: {type: string}");
    let closed = document("colour: {type: string}, branch: {$ref: '#/components/schemas/Branch'}");
    let config = Config::default();
    let rendered = |old: &str, new: &str| {
        let side = |bytes| Side {
            inputs: Input {
                name: "openapi.yaml",
                bytes,
            }
            .into(),
            config: &config,
        };
        let verdict = diff(side(old.as_bytes()), side(new.as_bytes())).verdict.unwrap();
        verdict.render(Format::Human, None)
    };
    let text = rendered(&open, &closed);
    assert!(text.contains("`models::Leaf.branch` closes a cycle of types"), "{text}");
    let text = rendered(&closed, &open);
    assert!(
        text.contains("`models::Leaf.branch` no longer closes a cycle of types"),
        "{text}"
    );
}

/// Inline variants are the same ones after a component that they refer to has changed.
#[test]
fn a_variant_stays_itself_when_its_component_changes() {
    let document = |property: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /stars:\n    get:\n      operationId: listStars\n      \
             responses:\n        '200':\n          description: Stars.\n          content:\n            application/json:\n              \
             schema:\n                anyOf:\n                  - {{type: array, items: {{$ref: '#/components/schemas/Star'}}}}\n                  \
             - {{type: array, items: {{$ref: '#/components/schemas/Nova'}}}}\ncomponents:\n  schemas:\n    Star: {{type: object, \
             properties: {{name: {{type: string}}{property}}}}}\n    Nova: {{type: object, properties: {{star: \
             {{$ref: '#/components/schemas/Star'}}}}}}\n"
        )
    };
    let (old, new) = (document(""), document(", size: {type: string}"));
    let config = Config::default();
    let side = |text: &'static str| Side {
        inputs: Input {
            name: "openapi.yaml",
            bytes: text.as_bytes(),
        }
        .into(),
        config: &config,
    };
    let verdict = diff(side(old.leak()), side(new.leak())).verdict.unwrap();
    let text = verdict.render(Format::Human, None);
    assert!(text.starts_with("Rust: minor. HTTP: compatible. 1 change."), "{text}");
}
