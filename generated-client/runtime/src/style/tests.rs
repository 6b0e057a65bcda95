#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeMap;

use super::*;
use crate::{Parameter, parameter::JsonForm};

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
    let header = |value: &ParameterValue<'_>, style| header_text(value, style).unwrap();
    assert_eq!(header(&array(), Style::SIMPLE).unwrap(), "blue,black,brown");
    assert_eq!(header(&object(), Style::SIMPLE).unwrap(), "R,100,G,200,B,150");
    assert_eq!(
        header(&object(), Style::SIMPLE.explode(true)).unwrap(),
        "R=100,G=200,B=150"
    );
    assert_eq!(header(&ParameterValue::text("a b/c"), Style::SIMPLE).unwrap(), "a b/c");
    assert_eq!(header(&ParameterValue::Absent, Style::SIMPLE), None);
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
    assert_eq!(pairs("color", &nested.parameter(), Style::FORM), Err(NESTED.into()));
    assert!(pairs("color", &string(), Style::SIMPLE).is_err());
    assert!(pairs("color", &string(), Style::JSON).is_err());
    assert!(path_text("color", &string(), Style::FORM).is_err());
    let nan = JsonForm(&f64::NAN);
    for style in [Style::FORM, Style::JSON, Style::DEEP_OBJECT] {
        let reason = pairs("color", &nan.parameter(), style).unwrap_err();
        assert!(reason.contains("no NaN"), "{reason}");
    }
}

/// What a value is by its JSON form does not show in any style.
#[test]
fn a_json_form_is_written_as_the_value_itself() {
    let array = ["blue", "black", "brown"].map(str::to_owned).to_vec();
    let object = BTreeMap::from([("R", 100), ("G", 200), ("B", 150)].map(|(name, value)| (name.to_owned(), value)));
    let text = "a b&c/d,\"é".to_owned();
    let number = 42;
    let rows: [(&dyn Parameter, &dyn Parameter); 4] = [
        (&array, &JsonForm(&array)),
        (&object, &JsonForm(&object)),
        (&text, &JsonForm(&text)),
        (&number, &JsonForm(&number)),
    ];
    for (native, json) in rows {
        let (native, json) = (native.parameter(), json.parameter());
        for explode in [false, true] {
            for style in [Style::SIMPLE, Style::LABEL, Style::MATRIX] {
                let style = style.explode(explode);
                assert_eq!(path(&json, style), path(&native, style), "{style:?}");
                assert_eq!(header_text(&json, style), header_text(&native, style), "{style:?}");
            }
            let queries = [
                Style::FORM,
                Style::SPACE_DELIMITED,
                Style::PIPE_DELIMITED,
                Style::DEEP_OBJECT,
            ];
            for style in queries {
                for style in [style.explode(explode), style.explode(explode).allow_reserved()] {
                    assert_eq!(query(&json, style), query(&native, style), "{style:?}");
                }
            }
        }
    }
    assert_eq!(query(&JsonForm(&None::<String>).parameter(), Style::FORM), "");
}

fn json(text: &'static str) -> ParameterValue<'static> {
    ParameterValue::Json(text.into())
}

#[test]
fn a_deep_object_goes_all_the_way() {
    let value = json(r#"{"a":{"b":[1,{"c":"x&y"},null]},"d":[],"e":null,"f":true}"#);
    assert_eq!(
        query(&value, Style::DEEP_OBJECT),
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=x%26y&color%5Bf%5D=true"
    );
    assert_eq!(
        query(&json("[1,2]"), Style::DEEP_OBJECT),
        "color%5B0%5D=1&color%5B1%5D=2"
    );
    assert_eq!(query(&json("7"), Style::DEEP_OBJECT), "color=7");
    assert_eq!(query(&json("{}"), Style::DEEP_OBJECT), "");
}

#[test]
fn what_lies_deeper_than_a_style_reaches_is_json_text() {
    let value = json(r#"{"a":{"b":1},"c":[1,"x"],"d":"e"}"#);
    assert_eq!(
        query(&value, Style::FORM),
        "a=%7B%22b%22%3A1%7D&c=%5B1%2C%22x%22%5D&d=e"
    );
    assert_eq!(
        query(&json("[[1,2],[3]]"), Style::FORM),
        "color=%5B1%2C2%5D&color=%5B3%5D"
    );
    assert_eq!(path(&json("[[1,2],3]"), Style::SIMPLE), "%5B1%2C2%5D,3");
}

#[test]
fn content_is_json_text_wherever_it_stands() {
    let value = json(r#"{"a":[1,"x/y"]}"#);
    assert_eq!(
        query(&value, Style::JSON),
        "color=%7B%22a%22%3A%5B1%2C%22x%2Fy%22%5D%7D"
    );
    assert_eq!(path(&value, Style::JSON), "%7B%22a%22%3A%5B1%2C%22x%2Fy%22%5D%7D");
    assert_eq!(header_text(&value, Style::JSON).unwrap().unwrap(), r#"{"a":[1,"x/y"]}"#);
    assert_eq!(query(&json(r#""blue""#), Style::JSON), "color=%22blue%22");
    assert_eq!(query(&ParameterValue::Absent, Style::JSON), "");
}
