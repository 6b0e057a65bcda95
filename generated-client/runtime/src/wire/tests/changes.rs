//! Update masks: what was told, and nothing else.

use super::models::Entitlement;
use crate::wire::{Changes, Duration, FieldPath, Held, Json, Nullable, PathTo, VariantPath, to_request};

const ALIAS: FieldPath<Entitlement, Option<String>> = Entitlement::ALIAS;
const ENABLED: FieldPath<Entitlement, Option<bool>> = Entitlement::ENABLED;
const NOTE: FieldPath<Entitlement, Option<Nullable<String>>> = Entitlement::NOTE;
const PARENT: FieldPath<Entitlement, Option<Box<Entitlement>>> = Entitlement::PARENT;
const DURATION_GRANT: VariantPath<Entitlement, Duration> = Entitlement::DURATION_GRANT;
const COUNT: VariantPath<Entitlement, i64> = Entitlement::COUNT;

fn assert_told(changes: Changes<Entitlement>, mask: &str, body: &str) {
    let (model, told) = changes.into_parts();
    assert_eq!(told.as_str(), mask);
    assert_eq!(String::from_utf8(to_request(&model).unwrap()).unwrap(), body);
}

#[test]
fn what_is_set_is_named_whatever_its_value() {
    let changes = Changes::new().set(ENABLED, false).set(ALIAS, "").set(ENABLED, true);
    assert_told(changes, "enabled,alias", r#"{"alias":"","enabled":true}"#);
    assert_told(Changes::new(), "", "{}");
}

#[test]
fn what_is_cleared_is_named_and_has_no_value() {
    let changes = Changes::new().set(ALIAS, "a").clear(ALIAS).clear(ENABLED);
    assert_told(changes, "alias,enabled", "{}");
    // Where null is something else than absence, it says so.
    assert_told(Changes::new().clear(NOTE), "note", r#"{"note":null}"#);
}

#[test]
fn a_part_of_an_object_is_named_by_its_way() {
    let parts = |parent: Changes<Entitlement>| {
        parent
            .set(ALIAS, "b")
            .clear(ENABLED)
            .within(PARENT, |it| it.set(NOTE, "n"))
    };
    let changes = Changes::new()
        .within(PARENT, parts)
        .within(PARENT, |parent| parent.set(ALIAS, "c"));
    let mask = "parent.alias,parent.enabled,parent.parent.note";
    assert_told(changes, mask, r#"{"parent":{"alias":"c","parent":{"note":"n"}}}"#);
    assert_told(Changes::new().within(PARENT, |parent| parent), "", "{}");
}

/// A path and one below it say the same twice; some servers refuse that.
#[test]
fn a_whole_object_stands_for_its_parts() {
    let whole = || Entitlement {
        alias: Some("whole".to_owned()),
        ..Entitlement::default()
    };
    let before = Changes::new()
        .within(PARENT, |parent| parent.set(ENABLED, true))
        .set(PARENT, whole());
    assert_told(before, "parent", r#"{"parent":{"alias":"whole"}}"#);
    let after = Changes::new()
        .set(PARENT, whole())
        .within(PARENT, |parent| parent.set(ENABLED, true));
    assert_told(after, "parent", r#"{"parent":{"alias":"whole","enabled":true}}"#);
}

#[test]
fn the_last_arm_of_a_group_counts() {
    let changes = Changes::new().set(DURATION_GRANT, Duration::from_secs(1)).set(COUNT, 2);
    assert_told(changes, "count", r#"{"count":2}"#);
    let changes = Changes::new().set(COUNT, 2).clear(DURATION_GRANT);
    assert_told(changes, "durationGrant", "{}");
}

#[test]
fn a_cleared_field_is_absent_or_null_or_new() {
    fn cleared<T: Json>(value: T) -> T {
        let mut value = value;
        FieldPath::new("value", |value: &mut T| value).put(&mut value, None);
        value
    }
    let text = || "a".to_owned();
    assert_eq!(cleared(text()), "");
    assert_eq!(cleared(Some(text())), None);
    assert_eq!(cleared(Some(Box::new(text()))), None);
    assert_eq!(cleared(Nullable::Value(text())), Nullable::Null);
    assert_eq!(cleared(Some(Nullable::Value(text()))), Some(Nullable::Null));
    assert_eq!(cleared(Some(Nullable::Value(Box::new(text())))), Some(Nullable::Null));
}

#[test]
fn every_kind_of_field_holds_a_model() {
    fn holds(mut field: impl Held<Model = Entitlement>, is_held: bool) {
        assert_eq!(field.is_held(), is_held);
        field.held().enabled = Some(true);
        assert!(field.is_held());
        assert_eq!(field.held().enabled, Some(true));
    }
    holds(Entitlement::default(), true);
    holds(Box::new(Entitlement::default()), true);
    holds(None::<Entitlement>, false);
    holds(Some(Box::new(Entitlement::default())), true);
    holds(Nullable::<Entitlement>::Null, false);
    holds(None::<Nullable<Box<Entitlement>>>, false);
    holds(Some(Nullable::<Box<Entitlement>>::Null), false);
}

#[test]
fn paths_say_their_names() {
    assert_eq!((ALIAS.name(), COUNT.name()), ("alias", "count"));
    assert_eq!(
        format!("{ALIAS:?} {COUNT:?}"),
        r#"FieldPath("alias") VariantPath("count")"#
    );
}
