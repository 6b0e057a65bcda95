//! Update masks: what was told, and nothing else.

use super::models::{Entitlement, MaxGrant};
use crate::wire::{Changes, Duration, FieldPath, Json, Nullable, Slot, VariantPath, to_request};

const ALIAS: FieldPath<Entitlement, String> = FieldPath::new("alias", |of| &mut of.alias);
const ENABLED: FieldPath<Entitlement, bool> = FieldPath::new("enabled", |of| &mut of.enabled);
const NOTE: FieldPath<Entitlement, String> = FieldPath::new("note", |of| &mut of.note);
const PARENT: FieldPath<Entitlement, Entitlement> = FieldPath::new("parent", |of| &mut of.parent);
const DURATION_GRANT: VariantPath<Entitlement, Duration> =
    VariantPath::new::<MaxGrant>("durationGrant", |of, new| of.max_grant = new.map(MaxGrant::Duration));
const COUNT: VariantPath<Entitlement, i64> =
    VariantPath::new::<MaxGrant>("count", |of, new| of.max_grant = new.map(MaxGrant::Count));

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
fn every_kind_of_field_takes_a_value_and_gives_it_back() {
    fn check<T: Json + Clone + PartialEq>(slot: &mut dyn Slot<T>, value: &T) {
        slot.put(Some(value.clone()));
        assert!(slot.take().is_some_and(|taken| taken == *value));
        slot.put(None);
        assert!(slot.take().is_none_or(|taken| taken == T::blank()));
    }
    let value = "a".to_owned();
    check(&mut String::new(), &value);
    check(&mut Box::<String>::default(), &value);
    check(&mut None::<String>, &value);
    check(&mut None::<Box<String>>, &value);
    check(&mut Nullable::<String>::Null, &value);
    check(&mut Nullable::<Box<String>>::Null, &value);
    check(&mut None::<Nullable<String>>, &value);
    check(&mut None::<Nullable<Box<String>>>, &value);
}

#[test]
fn paths_say_their_names() {
    assert_eq!((ALIAS.name(), COUNT.name()), ("alias", "count"));
    assert_eq!(
        format!("{ALIAS:?} {COUNT:?}"),
        r#"FieldPath("alias") VariantPath("count")"#
    );
}
