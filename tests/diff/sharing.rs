//! What a verdict says of inline schemas that are one type while they are equal.

use codegen::{
    Config, InlineTypes, Input,
    diff::{Format, Rust, Verdict},
};

const BARN: &str = "openapi: 3.0.3
info: {title: Barn, version: '1'}
paths: {}
components:
  schemas:
    Animal: {type: object, properties: {size: {type: string, enum: [small, big]}}}
    Barn: {type: object, properties: {size: {type: string, enum: [small, big]}, door: {type: string, enum: [low]}}}
    Coop: {type: object, properties: {size: {type: string, enum: [small, big]}}}
";

fn verdict(new: &str) -> Verdict {
    between(BARN, new)
}

fn between(old: &str, new: &str) -> Verdict {
    let config = Config {
        inline_types: InlineTypes::Shared,
        ..Config::default()
    };
    let input = |name, text: &'_ str| Input {
        name,
        bytes: text.to_owned().leak().as_bytes(),
    };
    let old = super::diff_side(input("old.yaml", old), &config);
    let new = super::diff_side(input("new.yaml", new), &config);
    codegen::diff::diff(old, new).verdict.unwrap()
}

/// The verdict on an edit, and its sentences.
fn sentences(edit: impl Fn(&str) -> String) -> (Rust, Vec<String>) {
    sentences_between(BARN, &edit(BARN))
}

fn sentences_between(old: &str, new: &str) -> (Rust, Vec<String>) {
    let verdict = between(old, new);
    let shown = verdict.render(Format::Human, None);
    let sentences = shown.lines().filter_map(|line| line.split_once(" / compatible: "));
    (
        verdict.rust,
        sentences.map(|(_, sentence)| sentence.to_owned()).collect(),
    )
}

const SMALL: &str = "enum: [small, big]";
const HUGE: &str = "enum: [small, big, huge]";

#[test]
fn a_schema_that_changes_alone_is_a_type_of_its_own() {
    let of_coop = |text: &str| {
        let (before, coop) = text.split_once("    Coop").unwrap();
        format!("{before}    Coop{}", coop.replace(SMALL, HUGE))
    };
    assert_eq!(
        sentences(of_coop),
        (
            Rust::Major,
            vec![
                "`models::coop::Size` is a type of its own; it was another name of `models::animal::Size`.".to_owned(),
                "`Size::Huge` is a new value.".to_owned(),
            ]
        )
    );
}

/// The one whose name was first changes: the others are still one type.
#[test]
fn the_first_schema_that_changes_alone_leaves_the_type_to_the_next() {
    let of_animal = |text: &str| text.replacen(SMALL, HUGE, 1);
    assert_eq!(
        sentences(of_animal),
        (
            Rust::Major,
            vec![
                "`models::barn::Size` is a type of its own; it was another name of `models::animal::Size`.".to_owned(),
                "`models::coop::Size` is another name of `models::barn::Size`; it was one of `models::animal::Size`."
                    .to_owned(),
                "`Size::Huge` is a new value.".to_owned(),
            ]
        )
    );
}

/// The schema whose name was first does not exist any more.
#[test]
fn the_first_schema_that_is_removed_leaves_the_type_to_the_next() {
    let (rust, sentences) = sentences(|text| {
        let size = "{type: object, properties: {size: {type: string, enum: [small, big]}}}";
        text.replacen(size, "{type: object, properties: {}}", 1)
    });
    assert_eq!(rust, Rust::Major);
    for expected in [
        "`models::barn::Size` is a type of its own; it was another name of `models::animal::Size`.",
        "`models::coop::Size` is another name of `models::barn::Size`; it was one of `models::animal::Size`.",
    ] {
        assert!(sentences.iter().any(|sentence| sentence == expected), "{sentences:#?}");
    }
}

#[test]
fn a_schema_that_becomes_equal_is_another_name() {
    let of_door = |text: &str| text.replace("enum: [low]", SMALL);
    let (rust, sentences) = sentences(of_door);
    assert_eq!(rust, Rust::Major);
    let joined = "`models::barn::Door` is another name of `models::animal::Size`, because their schemas are equal.";
    assert!(sentences.iter().any(|sentence| sentence == joined), "{sentences:#?}");
}

/// What changes in all of them is one change, and they stay one type.
#[test]
fn schemas_that_change_together_change_once() {
    let sentence = "`Size::Huge` is a new value. 2 more schemas that share the type change in the same way.";
    let (rust, found) = sentences(|text| text.replace(SMALL, HUGE));
    assert_eq!((rust, found), (Rust::Minor, vec![sentence.to_owned()]));
    let verdict = verdict(&BARN.replace(SMALL, HUGE));
    let items: Vec<&str> = verdict.changes[0].items.iter().map(|(_, item)| item.as_str()).collect();
    let expected = ["animal", "barn", "coop"].map(|module| format!("models::{module}::Size::Huge"));
    assert_eq!(items, expected);
}

/// Names of one type can differ.
#[test]
fn names_of_a_type_that_changes_change_once() {
    let old = BARN.replace("[low]", "[small, big]");
    let sentences = sentences_between(&old, &old.replace(SMALL, HUGE));
    let sentence = "`Size::Huge` is a new value. 3 more schemas that share the type change in the same way.";
    assert_eq!(sentences.1, [sentence]);
}
