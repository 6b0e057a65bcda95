//! `specwright graph`, as it is called: what it draws, and what it says of a name that does not exist.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::{fs, path::Path, process::Command};

/// Two tags; models that one of them uses, that both use, and that nothing uses.
const ZOO: &str = "openapi: 3.0.3
info: {title: 'Zoo & <Park>', version: '1'}
paths:
  /tigers:
    get:
      operationId: listTigers
      tags: [big cats]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Tiger'}}}}
  /keepers:
    get:
      operationId: listKeepers
      tags: [staff]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Keeper'}}}}
components:
  schemas:
    Keeper: {type: object, properties: {name: {$ref: '#/components/schemas/FullName'}}}
    Tiger: {type: object, properties: {keeper: {$ref: '#/components/schemas/Keeper'}, cage: {$ref: '#/components/schemas/Cage'}}}
    Cage: {type: object, properties: {bars: {type: integer}}}
    FullName: {type: object, properties: {first: {type: string}, last: {type: string}}}
    Unused: {type: object, properties: {x: {type: string}}}
";

/// The exit code, standard output and standard error.
struct Said {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn graph(options: &[&str]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zoo.yaml"), ZOO).unwrap();
    run(folder.path(), &[&["graph", "zoo.yaml"], options].concat())
}

/// The names in the boxes, sorted.
fn names(svg: &str) -> Vec<&str> {
    let texts = svg.split("<text class=\"n\"").skip(1);
    let mut names: Vec<&str> = texts
        .map(|text| text.split(['>', '<']).nth(1).unwrap_or_default())
        .collect();
    names.sort_unstable();
    names
}

/// What is wrong with XML: each tag is closed by its own end, attributes are quoted, and every `&` begins an entity.
fn flaw(xml: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((text, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>')?;
        rest = after;
        let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        let is_entity = |part: &str| entities.iter().any(|entity| part.starts_with(entity));
        if !text.split('&').skip(1).chain(tag.split('&').skip(1)).all(is_entity) {
            return Some(format!("a bare & in {text:?} or {tag:?}"));
        }
        if tag.matches('"').count() % 2 != 0 || tag.contains('<') {
            return Some(format!("<{tag}> has a quote that is not closed"));
        }
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Some(format!("</{name}> closes {last:?}"));
            }
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    (!open.is_empty() || !rest.trim().is_empty()).then(|| format!("{open:?} is open, and {rest:?} follows"))
}

#[test]
fn the_whole_client_is_drawn() {
    let said = graph(&[]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(flaw(&said.out), None, "{}", said.out);
    assert!(
        said.out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("<title>Zoo &amp; &lt;Park&gt;</title>"),
        "{}",
        said.out
    );
    let drawn = ["Cage", "FullName", "Keeper", "Tiger", "list_keepers", "list_tigers"];
    assert_eq!(names(&said.out), drawn);
    // A box leads to the line that declares it.
    assert!(said.out.contains("<a href=\"zoo.yaml#L18\">"), "{}", said.out);
}

#[test]
fn a_part_is_drawn_with_what_it_uses() {
    let of_keepers = ["FullName", "Keeper", "list_keepers"];
    let of_tigers = ["Cage", "FullName", "Keeper", "Tiger", "list_tigers"];
    let of_cage = ["Cage", "Tiger"];
    for (options, expected) in [
        (["--tag", "staff"], of_keepers.as_slice()),
        (["--tag", "big cats"], &of_tigers),
        (["--operation", "listKeepers"], &of_keepers),
        (["--operation", "list_tigers"], &of_tigers),
        (["--operation", "apis::staff::Staff::list_keepers"], &of_keepers),
        // A model is drawn with what uses it, too.
        (["--type", "Cage"], &of_cage),
        (["--type", "models::Cage"], &of_cage),
        (["--type", "Unused"], &["Unused"]),
    ] {
        let said = graph(&options);
        assert_eq!(said.code, 0, "{options:?}: {}", said.err);
        assert_eq!(flaw(&said.out), None, "{options:?}: {}", said.out);
        assert_eq!(names(&said.out), expected, "{options:?}");
    }
}

#[test]
fn a_picture_is_always_the_same() {
    let pictures: Vec<String> = (0..3).map(|_| graph(&[]).out).collect();
    assert!(pictures.iter().all(|picture| *picture == pictures[0]));
}

#[test]
fn a_name_that_does_not_exist_is_an_error_with_a_proposal() {
    for (options, expected) in [
        (
            ["--tag", "staf"],
            "error: no tag is called \"staf\"; did you mean `staff`?\n",
        ),
        (
            ["--operation", "listTiger"],
            "error: no operation is called \"listTiger\"; did you mean `listTigers`?\n",
        ),
        (
            ["--operation", "list_keeper"],
            "error: no operation is called \"list_keeper\"; did you mean `list_keepers`?\n",
        ),
        (
            ["--type", "fullname"],
            "error: no type is called \"fullname\"; did you mean `FullName`?\n",
        ),
        (["--type", "Giraffe"], "error: no type is called \"Giraffe\"\n"),
        // A model is not an operation.
        (["--operation", "Cage"], "error: no operation is called \"Cage\"\n"),
    ] {
        let said = graph(&options);
        assert_eq!((said.code, said.err.as_str()), (1, expected), "{options:?}");
        assert_eq!(said.out, "", "{options:?}");
    }
}

#[test]
fn one_part_is_chosen_at_a_time() {
    let said = graph(&["--tag", "staff", "--type", "Cage"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("cannot be used with"), "{}", said.err);
}

#[test]
fn a_file_is_written_and_its_links_lead_to_the_document() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zoo.yaml"), ZOO).unwrap();
    fs::create_dir(folder.path().join("images")).unwrap();
    let said = run(folder.path(), &["graph", "zoo.yaml", "--out", "images/zoo.svg"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    let svg = fs::read_to_string(folder.path().join("images/zoo.svg")).unwrap();
    assert_eq!(flaw(&svg), None, "{svg}");
    assert!(svg.contains("<a href=\"../zoo.yaml#L18\">"), "{svg}");
    let said = run(folder.path(), &["graph", "zoo.yaml", "--out", "nowhere/zoo.svg"]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.starts_with("error: cannot write nowhere/zoo.svg: "),
        "{}",
        said.err
    );
}

#[test]
fn a_document_with_errors_has_no_picture() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("zoo.yaml"),
        ZOO.replace("schemas/Cage'", "schemas/Cages'"),
    )
    .unwrap();
    let said = run(folder.path(), &["graph", "zoo.yaml"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("error[unresolved-reference]"), "{}", said.err);
    assert!(said.err.ends_with("error: the document has errors\n"), "{}", said.err);
}
