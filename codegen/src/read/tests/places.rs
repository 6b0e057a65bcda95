//! Lines and columns, with everything that could shift them.

use super::{json, place, yaml};

#[test]
fn places_are_those_of_the_first_character() {
    let source = yaml("a: 1\nb:\n  c: 'x'\n  d:\n  - e\n  - f: [g, {h: i}]\nj: |\n  block\nk:\n");
    let places = [
        ("", (1, 1)),
        ("/a", (1, 4)),
        ("/b", (3, 3)),
        ("/b/c", (3, 6)),
        ("/b/d", (5, 5)),
        ("/b/d/0", (5, 5)),
        ("/b/d/1", (6, 5)),
        ("/b/d/1/f", (6, 8)),
        ("/b/d/1/f/0", (6, 9)),
        ("/b/d/1/f/1", (6, 12)),
        ("/b/d/1/f/1/h", (6, 16)),
        ("/j", (8, 3)),
    ];
    for (pointer, expected) in places {
        assert_eq!(place(&source, pointer), expected, "{pointer}");
    }
    let key = source
        .root
        .at("/b")
        .unwrap()
        .as_object()
        .unwrap()
        .member("d")
        .unwrap()
        .name_place;
    assert_eq!((key.line, key.column), (4, 3));
}

#[test]
fn places_in_json_are_those_of_the_first_character() {
    let source = json("{\"a\": 1,\n  \"b\" : [ {\"c\":null},\n\"x\" ] }\n");
    for (pointer, expected) in [
        ("", (1, 1)),
        ("/a", (1, 7)),
        ("/b", (2, 9)),
        ("/b/0", (2, 11)),
        ("/b/0/c", (2, 16)),
        ("/b/1", (3, 1)),
    ] {
        assert_eq!(place(&source, pointer), expected, "{pointer}");
    }
    let key = source.root.as_object().unwrap().member("b").unwrap().name_place;
    assert_eq!((key.line, key.column), (2, 3));
}

fn z_is_at(text: &str, expected: (u32, u32)) {
    assert_eq!(place(&yaml(text), "/z"), expected, "{text:?}");
}

#[test]
fn lines_end_with_lf_cr_or_both() {
    for end in ["\n", "\r", "\r\n"] {
        z_is_at(&format!("a: 1{end}b: 2{end}z: 3{end}"), (3, 4));
        assert_eq!(
            place(&json(&format!("{{\"a\":1,{end}{end}\"z\": 3}}")), "/z"),
            (3, 6),
            "{end:?}"
        );
    }
    z_is_at("a: 1\r\n\n\rz: 3\n", (4, 4));
    assert_eq!(place(&json("[\r\n\n\r1]"), "/0"), (4, 1));
}

#[test]
fn columns_count_characters() {
    z_is_at("{é𝄞: 1, z: 2}", (1, 12));
    assert_eq!(place(&json("{\"é𝄞\": 1, \"z\": 2}"), "/z"), (1, 16));
    z_is_at("# é𝄞\n'é': [𝄞] # é\nz: 2", (3, 4));
    // A tab is one character; so is a combining mark.
    z_is_at("a: 1\nz: \t2", (2, 5));
    assert_eq!(place(&json("{\t\"z\":\t2}"), "/z"), (1, 8));
    assert_eq!(place(&json("[\"e\u{301}\", 2]"), "/1"), (1, 8));
}

#[test]
fn unicode_line_separators_end_no_line() {
    z_is_at("{a: x\u{2028}y\u{2029}\u{85}, z: 2}", (1, 15));
    assert_eq!(place(&json("[\"\u{2028}\u{2029}\u{85}\", 2]"), "/1"), (1, 9));
}

#[test]
fn a_byte_order_mark_is_no_column() {
    z_is_at("\u{feff}z: 3", (1, 4));
    assert_eq!(place(&json("\u{feff}{\"z\": 3}"), "/z"), (1, 7));
}

#[test]
fn texts_of_several_lines_count_them() {
    z_is_at(
        "a: \"x\n  y\n\n  z\"\nb: plain\n  goes on\nc: >-\n  folded\n\n  é𝄞\n\n# comment\n\nz: 3",
        (14, 4),
    );
}

#[test]
fn empty_values_have_places_within_the_text() {
    let source = yaml("a:\nb:\n  - \n  -\nc:");
    for (pointer, lines) in [("/a", 1..=2), ("/b/0", 3..=4), ("/b/1", 4..=5), ("/c", 5..=5)] {
        let (line, column) = place(&source, pointer);
        assert!(lines.contains(&line) && column >= 1, "{pointer}: {line}:{column}");
    }
}
