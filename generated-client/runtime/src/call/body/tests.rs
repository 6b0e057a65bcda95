#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeMap;

use super::*;
use crate::parameter::JsonForm;

fn form(json: &str, styles: &[(&str, Style)]) -> String {
    form_text(json, styles).unwrap()
}

#[test]
fn a_form_is_the_pairs_of_an_object() {
    let json = r#"{"a":"b&c d","n":1.50,"list":[1,"x"],"object":{"k":[true]},"null":null,"empty":[],"é":""}"#;
    assert_eq!(
        form(json, &[]),
        "a=b%26c%20d&n=1.50&list=1&list=x&object=%7B%22k%22%3A%5Btrue%5D%7D&%C3%A9="
    );
    assert_eq!(form("{}", &[]), "");
    assert_eq!(form("null", &[]), "");
    assert!(form_text("[1]", &[]).is_err());
}

#[test]
fn a_member_of_a_form_has_the_style_that_is_given() {
    let json = r#"{"deep":{"a":[{"b":1}]},"joined":[1,2],"spread":{"x":1,"y":2},"text":[1,2],"one":"x"}"#;
    let styles = [
        ("deep", Style::DEEP_OBJECT),
        ("joined", Style::FORM.explode(false)),
        ("spread", Style::FORM),
        ("text", Style::JSON),
        ("one", Style::JSON),
    ];
    assert_eq!(
        form(json, &styles),
        "deep%5Ba%5D%5B0%5D%5Bb%5D=1&joined=1,2&x=1&y=2&text=%5B1%2C2%5D&one=%22x%22"
    );
}

fn texts(value: &dyn Parameter, media: Option<&'static str>) -> Vec<(String, Option<&'static str>)> {
    part_texts(&value.parameter(), media).unwrap()
}

#[test]
fn a_value_makes_the_parts_that_it_has() {
    let json = Some("application/json");
    assert_eq!(texts(&7, None), [("7".to_owned(), None)]);
    assert_eq!(
        texts(&vec!["a", "b"], None),
        [("a".to_owned(), None), ("b".to_owned(), None)]
    );
    assert_eq!(texts(&None::<i32>, None), []);
    let object = BTreeMap::from([("k".to_owned(), 1)]);
    assert_eq!(texts(&JsonForm(&object), None), [(r#"{"k":1}"#.to_owned(), json)]);
    let objects = vec![object.clone(), object];
    assert_eq!(texts(&JsonForm(&objects), None).len(), 2);
    assert_eq!(
        texts(&JsonForm(&objects), json),
        [(r#"[{"k":1},{"k":1}]"#.to_owned(), json)]
    );
    assert_eq!(
        texts(&"<a/>", Some("text/xml")),
        [("<a/>".to_owned(), Some("text/xml"))]
    );
    assert_eq!(texts(&JsonForm(&"x".to_owned()), json), [("\"x\"".to_owned(), json)]);
    assert_eq!(texts(&JsonForm(&"x".to_owned()), None), [("x".to_owned(), None)]);
}

#[test]
fn the_text_of_a_body_is_a_scalar() {
    assert_eq!(scalar(&7.parameter()).unwrap(), "7");
    assert_eq!(scalar(&JsonForm(&"a\"b".to_owned()).parameter()).unwrap(), "a\"b");
    assert!(scalar(&vec![1].parameter()).is_err());
}
