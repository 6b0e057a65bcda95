use std::collections::BTreeMap;

use super::models::{AppId, Entitlement, FULL, Page, read, written};
use crate::wire::{DecodeError, Json, Nullable, Value, from_slice, from_str, to_request};

fn refused<T: Json>(text: &str) -> DecodeError {
    from_str::<T>(text).map(|_| ()).unwrap_err()
}

#[test]
fn every_kind_of_member_is_read_and_written() {
    let model = read(FULL);
    assert_eq!(model.alias.as_deref(), Some("wi\"ki é😀"));
    assert_eq!(model.app_id, Some(AppId::from("a1")));
    assert_eq!(model.grant_count, Some(42));
    assert_eq!(model.history, Some(vec![1, u64::MAX]));
    assert_eq!(model.note, Some(Nullable::Null));
    assert_eq!(model.parent.as_ref().and_then(|parent| parent.enabled), Some(false));
    assert_eq!(model.steps.as_ref().map(Vec::len), Some(2));
    assert_eq!(written(&model), FULL);
}

#[test]
fn absent_members_are_not_written() {
    assert_eq!(written(&Entitlement::default()), "{}");
}

/// R30
#[test]
fn null_is_absent_where_a_field_is_optional() {
    let nulls = r#"{"alias":null,"grantCount":null,"history":null,"labels":null,"parent":null,"purpose":null,"steps":null,"count":null}"#;
    assert_eq!(read(nulls), Entitlement::default());
}

#[test]
fn null_is_a_value_of_any_json() {
    assert_eq!(read(r#"{"value":null}"#).value, Some(Value::Null));
    assert_eq!(written(&read(r#"{"value":null}"#)), r#"{"value":null}"#);
}

#[test]
fn null_is_an_error_where_a_value_must_be() {
    let error = refused::<Page>(r#"{"list":[],"total":null}"#);
    assert_eq!(error.path(), "$.total");
    assert_eq!(error.found(), "null");
    assert_eq!(refused::<Page>(r#"{"list":[null],"total":1}"#).path(), "$.list[0]");
}

#[test]
fn three_states_are_told_apart() {
    assert_eq!(read("{}").note, None);
    assert_eq!(read(r#"{"note":null}"#).note, Some(Nullable::Null));
    assert_eq!(read(r#"{"note":"n"}"#).note, Some(Nullable::from("n".to_owned())));
    assert_eq!(written(&read(r#"{"note":null}"#)), r#"{"note":null}"#);
    assert_eq!(written(&read(r#"{"note":"n"}"#)), r#"{"note":"n"}"#);
}

/// R30
#[test]
fn unknown_members_are_skipped() {
    let text = r#"{"new":{"a":[1,{"b":"\ud800"}],"c":{}},"alias":"x","more":[[],[{}],-0.0e+1,true,false,null]}"#;
    assert_eq!(written(&read(text)), r#"{"alias":"x"}"#);
}

#[test]
fn the_syntax_of_skipped_members_is_checked() {
    for (value, expected) in [
        ("{1:2}", "a member name"),
        ("{\"a\" 2}", "`:`"),
        ("[1,]", "a value"),
        ("[1 2]", "`,` or `]`"),
        ("{\"a\":1]", "`,` or `}`"),
        ("{\"a\":1,}", "a member name"),
        ("01", "`,` or `}`"),
        ("1.", "a digit"),
        ("1e", "a digit"),
        ("-", "a digit"),
        ("+1", "a value"),
        ("tru", "a value"),
        ("\"\\x\"", "an escape of JSON's"),
        ("\"\\u12g4\"", "an escape of JSON's"),
        ("\"\u{1}\"", "an escape, for a control character"),
    ] {
        let error = refused::<Entitlement>(&format!("{{\"new\":{value}}}"));
        assert_eq!(error.expected(), expected, "{value}");
    }
}

#[test]
fn the_last_of_two_members_counts() {
    let model = read(r#"{"history":["1"],"alias":"a","history":["2"],"alias":"b","parent":{"alias":"c"},"parent":{}}"#);
    assert_eq!(model.alias.as_deref(), Some("b"));
    assert_eq!(model.history, Some(vec![2]));
    assert_eq!(model.parent, Some(Box::default()));
    assert_eq!(read(r#"{"alias":"a","alias":null}"#).alias, None);
}

#[test]
fn names_with_escapes_are_the_same_names() {
    assert_eq!(read(r#"{"\u0061lias":"a"}"#).alias.as_deref(), Some("a"));
}

#[test]
fn a_missing_required_member_is_named() {
    let error = refused::<Vec<Page>>(r#"[ {"list":[]}]"#);
    assert_eq!(
        error.to_string(),
        "$[0] (in test.v1.Page), byte 2: expected the member `total`, found an object without it"
    );
    assert_eq!(
        refused::<Page>(r#"{"total":1,"other":2}"#).expected(),
        "the member `list`"
    );
}

#[test]
fn additional_members_are_kept() {
    let page: Page = from_str(r#"{"x":1,"total":2,"list":[],"a b":3}"#).unwrap();
    assert_eq!(
        page.additional_properties,
        BTreeMap::from([("a b".to_owned(), 3), ("x".to_owned(), 1)])
    );
    assert_eq!(written(&page), r#"{"list":[],"total":2,"a b":3,"x":1}"#);
    assert_eq!(refused::<Page>(r#"{"a b":"x"}"#).path(), "$[\"a b\"]");
}

#[test]
fn errors_name_path_model_and_byte() {
    let error = refused::<Page>(r#"{"list":[{},{"parent":{"alias":"a","grantCount":[]}}]}"#);
    assert_eq!(error.path(), "$.list[1].parent.grantCount");
    assert_eq!(error.model(), Some("test.v1.Entitlement"));
    assert_eq!(error.expected(), "an integer of 64 bits");
    assert_eq!(error.found(), "an array");
    assert_eq!(error.offset(), 48);
    let error = refused::<Entitlement>(r#"{"labels":{"x":"y","z":7}}"#);
    assert_eq!(error.path(), "$.labels.z");
    assert_eq!(error.found(), "the number 7");
    assert_eq!(refused::<Entitlement>("[]").path(), "$");
    assert_eq!(refused::<Entitlement>("").found(), "the end");
    assert_eq!(refused::<Entitlement>("{} x").expected(), "the end");
}

/// R24
#[test]
fn errors_show_no_text_of_strings() {
    for text in [
        r#"{"score":"s3cret"}"#,
        r#"{"grantCount":"s3cret"}"#,
        r#"{"enabled":"s3cret"}"#,
        r#"{"alias":"s3cret\x"}"#,
        r#"{"alias":"s3cret"#,
        r#"{"alias":"s3cret" s3cret"#,
    ] {
        let error = refused::<Entitlement>(text);
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
}

#[test]
fn bytes_that_are_not_utf8_have_a_place() {
    let error = from_slice::<Entitlement>(b"{\"alias\":\"a\xff\"}").unwrap_err();
    assert_eq!(
        (error.path(), error.offset(), error.found()),
        ("$.alias", 11, "the byte 0xff")
    );
}

#[test]
fn half_a_surrogate_pair_has_a_place() {
    for half in ["\\ud800", "\\udc00", "\\ud800\\u0041", "\\ud800\\ud800", "\\ud83d x"] {
        let error = refused::<Entitlement>(&format!("{{\"alias\":\"ab{half}\"}}"));
        assert_eq!(
            (error.path(), error.offset(), error.found()),
            ("$.alias", 12, "half of one"),
            "{half}"
        );
    }
    assert_eq!(read(r#"{"alias":"\ud83d\ude00"}"#).alias.as_deref(), Some("😀"));
}

/// R25
#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_str::<serde_json::Value>(&nested(128)).is_ok());
    assert!(from_str::<()>(&nested(128)).is_ok());
    for error in [refused::<serde_json::Value>(&nested(129)), refused::<()>(&nested(129))] {
        assert_eq!(error.offset(), 128);
        assert_eq!(error.expected(), "at most 128 arrays and objects in each other");
    }
    assert!(from_str::<()>(&nested(1_000_000)).is_err());
    let parents = |depth: usize| {
        format!(
            "{}{}",
            "{\"parent\":".repeat(depth),
            "null".to_owned() + &"}".repeat(depth)
        )
    };
    assert_eq!(
        written(&read(&parents(128))).len(),
        parents(128).len() - "\"parent\":null".len()
    );
    assert!(from_str::<Entitlement>(&parents(129)).is_err());
}

#[test]
fn requests_leave_out_what_only_the_server_sets() {
    let text =
        r#"{"createdAt":"2023-11-07T05:31:56Z","parent":{"createdAt":"x"},"steps":[{"alias":"a","createdAt":"x"}]}"#;
    let request = to_request(&read(text)).unwrap();
    assert_eq!(
        String::from_utf8(request).unwrap(),
        r#"{"parent":{},"steps":[{"alias":"a"}]}"#
    );
    assert_eq!(written(&read(text)), text);
}

#[test]
fn requests_refuse_numbers_that_json_has_not() {
    let model = Entitlement {
        steps: Some(vec![
            Entitlement::default(),
            Entitlement {
                score: Some(f64::NAN),
                alias: Some("a\"b".to_owned()),
                ..Entitlement::default()
            },
        ]),
        ..Entitlement::default()
    };
    let error = to_request(&model).unwrap_err();
    assert_eq!(
        error.to_string(),
        "$.steps[1].score: JSON has no NaN and no infinite numbers: send a finite one, or none"
    );
    assert_eq!(written(&f64::INFINITY), "null");
}

#[test]
fn a_reply_that_says_nothing_is_checked_and_dropped() {
    assert!(from_str::<()>("{\"a\":[1]}").is_ok());
    assert!(from_str::<()>("{\"a\":[1}").is_err());
}

#[test]
fn newtypes_keep_their_text() {
    let id: AppId = "x".parse().unwrap();
    assert_eq!(id, AppId::from("x".to_owned()));
    assert_eq!((id.as_str(), id.as_ref(), id.to_string()), ("x", "x", "x".to_owned()));
    assert_eq!(format!("{id:>3}"), "  x");
    assert_eq!(written(&id), "\"x\"");
    assert_eq!(String::from(id), "x");
}

#[test]
fn paths_of_long_and_strange_names_stay_readable() {
    let long = "n".repeat(100);
    let error = refused::<BTreeMap<String, BTreeMap<String, bool>>>(&format!("{{\"{long}\":{{\"\\\"\":1}}}}"));
    assert_eq!(error.path(), format!("$.{}...[\"\\\"\"]", "n".repeat(64)));
}

#[test]
fn more_than_64_required_members_are_checked() {
    macro_rules! wide {
        ($($field:ident $name:literal)*) => {
            crate::model! {
                struct Wide(WideRequired) = "Wide" {
                    $($field: u8 = required $name,)*
                }
            }
        };
    }
    #[rustfmt::skip]
    wide!(
        m0 "m0" m1 "m1" m2 "m2" m3 "m3" m4 "m4" m5 "m5" m6 "m6" m7 "m7"
        m8 "m8" m9 "m9" m10 "m10" m11 "m11" m12 "m12" m13 "m13" m14 "m14" m15 "m15"
        m16 "m16" m17 "m17" m18 "m18" m19 "m19" m20 "m20" m21 "m21" m22 "m22" m23 "m23"
        m24 "m24" m25 "m25" m26 "m26" m27 "m27" m28 "m28" m29 "m29" m30 "m30" m31 "m31"
        m32 "m32" m33 "m33" m34 "m34" m35 "m35" m36 "m36" m37 "m37" m38 "m38" m39 "m39"
        m40 "m40" m41 "m41" m42 "m42" m43 "m43" m44 "m44" m45 "m45" m46 "m46" m47 "m47"
        m48 "m48" m49 "m49" m50 "m50" m51 "m51" m52 "m52" m53 "m53" m54 "m54" m55 "m55"
        m56 "m56" m57 "m57" m58 "m58" m59 "m59" m60 "m60" m61 "m61" m62 "m62" m63 "m63"
        m64 "m64" m65 "m65" m66 "m66" m67 "m67" m68 "m68" m69 "m69"
    );

    let without = |gap: usize| {
        let members: Vec<String> = (0..70).filter(|n| *n != gap).map(|n| format!("\"m{n}\":1")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert!(from_str::<Wide>(&without(70)).is_ok());
    for gap in [0, 63, 64, 69] {
        assert_eq!(
            refused::<Wide>(&without(gap)).expected(),
            format!("the member `m{gap}`")
        );
    }
}
