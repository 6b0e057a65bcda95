use super::models::{Entitlement, MaxGrant, read, written};
use crate::wire::{Conflict, Duration, to_request};

fn conflict(model: &Entitlement) -> &Conflict {
    match &model.max_grant {
        Some(MaxGrant::Conflict(conflict)) => Some(conflict),
        _ => None,
    }
    .unwrap()
}

fn arms(model: &Entitlement) -> Vec<(&'static str, &str)> {
    conflict(model).variants().collect()
}

#[test]
fn one_arm_is_its_variant() {
    let model = read(r#"{"durationUnset":{"alias":"a"},"count":null}"#);
    let inner = Entitlement {
        alias: Some("a".to_owned()),
        ..Entitlement::default()
    };
    assert_eq!(model.max_grant, Some(MaxGrant::Unset(Box::new(inner))));
    assert_eq!(written(&model), r#"{"durationUnset":{"alias":"a"}}"#);
    let model = read(r#"{"durationGrant":null,"durationGrant":"1s"}"#);
    assert_eq!(model.max_grant, Some(MaxGrant::Duration(Duration::from_secs(1))));
}

#[test]
fn several_arms_are_kept_as_they_came() {
    let text = r#"{"count": 1.0e0 ,"alias":"x","durationUnset":{ "new" : "\u0061" },"durationGrant":null,"count":2}"#;
    let model = read(text);
    assert_eq!(
        arms(&model),
        [
            ("count", "1.0e0"),
            ("durationUnset", r#"{ "new" : "\u0061" }"#),
            ("count", "2")
        ]
    );
    assert_eq!(
        written(&model),
        r#"{"alias":"x","count":1.0e0,"durationUnset":{ "new" : "\u0061" },"count":2}"#
    );
    assert_eq!(conflict(&model).get::<i64>("count").unwrap().unwrap(), 2);
    assert_eq!(conflict(&model).get::<bool>("count").unwrap().unwrap_err().path(), "$");
    assert!(conflict(&model).get::<i64>("durationGrant").is_none());
    let debug = format!("{:?}", conflict(&model));
    assert!(debug.contains("\"count\"") && debug.contains("1.0e0"), "{debug}");
}

#[test]
fn the_values_of_further_arms_may_be_of_any_form_but_must_be_json() {
    let model = read(r#"{"count":1,"durationGrant":[]}"#);
    assert_eq!(arms(&model), [("count", "1"), ("durationGrant", "[]")]);
    assert!(crate::wire::from_str::<Entitlement>(r#"{"count":1,"durationGrant":[,]}"#).is_err());
}

#[test]
fn conflicts_of_nested_objects_do_not_mix() {
    let text = r#"{"durationUnset":{"count":1,"durationGrant":"1s"},"steps":[{"count":3},{"count":4,"durationGrant":"2s"}],"count":5}"#;
    let model = read(text);
    assert_eq!(
        arms(&model),
        [("durationUnset", r#"{"count":1,"durationGrant":"1s"}"#), ("count", "5")]
    );
    let steps = model.steps.as_ref().unwrap();
    assert_eq!(steps[0].max_grant, Some(MaxGrant::Count(3)));
    assert_eq!(arms(&steps[1]), [("count", "4"), ("durationGrant", "\"2s\"")]);
}

#[test]
fn conflicts_are_equal_as_json() {
    let equal = |a: &str, b: &str| conflict(&read(a)) == conflict(&read(b));
    let first = r#"{"count":100,"durationUnset":{"a":[1,{"x":0.5,"y":"A"}],"b":-0}}"#;
    assert!(equal(first, first));
    assert!(equal(
        first,
        r#"{ "durationUnset":{"b":0,"a": [1.0,{"y":"\u0041","x":5e-1}]}, "count":1e2 }"#
    ));
    assert!(!equal(
        first,
        r#"{"count":100,"durationUnset":{"a":[1,{"x":0.5,"y":"B"}],"b":-0}}"#
    ));
    assert!(!equal(
        first,
        r#"{"count":101,"durationUnset":{"a":[1,{"x":0.5,"y":"A"}],"b":-0}}"#
    ));
    assert!(!equal(r#"{"count":1,"count":2}"#, r#"{"count":2,"count":1}"#));
    assert!(!equal(r#"{"count":1,"count":2}"#, r#"{"count":1,"count":2,"count":2}"#));
    let half = r#"{"count":"\ud800","durationUnset":1,"count":2}"#;
    assert!(
        crate::wire::from_str::<Entitlement>(half).is_err(),
        "the first arm is read"
    );
    let half = |code: &str| format!(r#"{{"durationUnset":{{}},"count":"\u{code}"}}"#);
    assert!(equal(&half("d800"), &half("d800")));
    assert!(
        !equal(&half("d800"), &half("d801")),
        "texts that are no values are equal as texts only"
    );
}

#[test]
fn setters_box_what_is_in_a_box() {
    let inner = Entitlement::default().alias("a");
    let model = Entitlement::default().duration_unset(inner.clone()).parent(inner);
    assert_eq!(
        written(&model),
        r#"{"parent":{"alias":"a"},"durationUnset":{"alias":"a"}}"#
    );
}

#[test]
fn a_request_refuses_a_conflict() {
    let model = read(r#"{"steps":[{"parent":{"count":1,"durationGrant":"1s"}}]}"#);
    let error = to_request(&model).unwrap_err();
    assert_eq!(error.path(), "$.steps[0].parent");
    assert_eq!(
        error.problem(),
        "several members of the oneof maxGrant are set (count, durationGrant): set one of them"
    );
}

/// What many arms cost grows with their text, not with its square.
#[test]
fn many_arms_are_all_kept() {
    let many = format!("{{{}\"count\":7}}", "\"count\":1,".repeat(100_000));
    assert_eq!(conflict(&read(&many)).variants().count(), 100_001);
}
