#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeMap;

use super::*;
use crate::Parameter;

fn empty() -> ParameterValue<'static> {
    ParameterValue::text("")
}

fn string() -> ParameterValue<'static> {
    ParameterValue::text("blue")
}

fn array() -> ParameterValue<'static> {
    ParameterValue::Array(["blue", "black", "brown"].map(ParameterValue::text).to_vec())
}

fn object() -> ParameterValue<'static> {
    let member = |(name, value): (&'static str, &'static str)| (name.into(), ParameterValue::text(value));
    ParameterValue::Object([("R", "100"), ("G", "200"), ("B", "150")].map(member).to_vec())
}

fn query(value: &ParameterValue<'_>, style: Style) -> String {
    let pairs = pairs("color", value, style).unwrap();
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

fn path(value: &ParameterValue<'_>, style: Style) -> String {
    path_text("color", value, style).unwrap()
}

/// The table of style examples in `OpenAPI` 3.0.4.
#[test]
fn path_styles_are_those_of_the_specification() {
    let rows = [
        (
            Style::MATRIX,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::MATRIX.explode(true),
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (Style::LABEL, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (
            Style::LABEL.explode(true),
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (Style::SIMPLE, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (
            Style::SIMPLE.explode(true),
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
    ];
    for (style, expected) in rows {
        let written = [empty(), string(), array(), object()].map(|value| path(&value, style));
        assert_eq!(written, expected, "{style:?}");
    }
}

#[test]
fn query_styles_are_those_of_the_specification() {
    let rows = [
        (
            Style::FORM.explode(false),
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::FORM,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
    ];
    for (style, expected) in rows {
        let written = [empty(), string(), array(), object()].map(|value| query(&value, style));
        assert_eq!(written, expected, "{style:?}");
    }
    assert_eq!(query(&array(), Style::SPACE_DELIMITED), "color=blue%20black%20brown");
    assert_eq!(
        query(&object(), Style::SPACE_DELIMITED),
        "color=R%20100%20G%20200%20B%20150"
    );
    assert_eq!(query(&array(), Style::PIPE_DELIMITED), "color=blue%7Cblack%7Cbrown");
    assert_eq!(
        query(&object(), Style::PIPE_DELIMITED),
        "color=R%7C100%7CG%7C200%7CB%7C150"
    );
    assert_eq!(
        query(&object(), Style::DEEP_OBJECT),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
}

#[test]
fn header_values_are_simple_and_not_percent_encoded() {
    assert_eq!(header_text(&array(), false).unwrap().unwrap(), "blue,black,brown");
    assert_eq!(header_text(&object(), true).unwrap().unwrap(), "R=100,G=200,B=150");
    assert_eq!(
        header_text(&ParameterValue::text("a b/c"), false).unwrap().unwrap(),
        "a b/c"
    );
    assert_eq!(header_text(&ParameterValue::Absent, false).unwrap(), None);
}

#[test]
fn delimiters_inside_values_are_encoded() {
    let value = ["a,b", "c&d=e", "f|g h"].parameter().clone();
    assert_eq!(
        query(&value, Style::FORM.explode(false)),
        "color=a%2Cb,c%26d%3De,f%7Cg%20h"
    );
    assert_eq!(
        query(&value, Style::PIPE_DELIMITED),
        "color=a%2Cb%7Cc%26d%3De%7Cf%7Cg%20h"
    );
    assert_eq!(path(&["a/b", "c;d"].parameter(), Style::MATRIX), ";color=a%2Fb,c%3Bd");
    let reserved = Style::FORM.allow_reserved();
    assert_eq!(
        query(&ParameterValue::text("a/b?c&d%20e"), reserved),
        "color=a/b?c%26d%20e"
    );
}

#[test]
fn what_is_not_given_is_not_written() {
    let nothing: [&[Option<&str>]; 2] = [&[], &[None]];
    for items in nothing {
        assert_eq!(query(&items.parameter(), Style::FORM), "");
        assert_eq!(query(&items.parameter(), Style::FORM.explode(false)), "");
        assert_eq!(path(&items.parameter(), Style::SIMPLE), "");
    }
    assert_eq!(
        query(&[Some(1), None, Some(3)].parameter(), Style::FORM.explode(false)),
        "color=1,3"
    );
    assert_eq!(
        query(&BTreeMap::<String, bool>::new().parameter(), Style::DEEP_OBJECT),
        ""
    );
}

#[test]
fn what_has_no_form_is_refused() {
    let nested = vec![vec![1, 2], vec![3]];
    assert_eq!(pairs("color", &nested.parameter(), Style::FORM), Err(NESTED));
    let deep = BTreeMap::from([("a".to_owned(), vec![1, 2])]);
    assert_eq!(pairs("color", &deep.parameter(), Style::DEEP_OBJECT), Err(NESTED));
    assert!(pairs("color", &string(), Style::DEEP_OBJECT).is_err());
    assert!(pairs("color", &string(), Style::SIMPLE).is_err());
    assert!(path_text("color", &string(), Style::FORM).is_err());
}
