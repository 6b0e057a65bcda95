//! `unevaluatedProperties` and `unevaluatedItems`: where no other schema looks at the same value, they are
//! `additionalProperties` and `items`.

use super::{Rewrite, Subject};
use crate::{normalize::version::Version, read::Object};

pub(super) const KEYWORDS: &[&str] = &["unevaluatedProperties", "unevaluatedItems"];

/// Keywords by which another schema looks at the same value.
const APPLICATORS: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "$ref",
    "not",
    "if",
    "contains",
    "dependentSchemas",
];

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    for (key, shown, plain) in [
        (
            "unevaluatedProperties",
            "`unevaluatedProperties`",
            "additionalProperties",
        ),
        ("unevaluatedItems", "`unevaluatedItems`", "items"),
    ] {
        let Some(unevaluated) = subject.schema.remove(key) else {
            continue;
        };
        let place = unevaluated.name_place;
        let at = subject.at.key(key);
        let is_open = unevaluated.value.as_bool() == Some(true);
        if is_open && plain == "additionalProperties" && !subject.schema.contains(plain) {
            // What is left over is allowed, and asked for.
            subject.schema.insert(plain, place, unevaluated.value);
            rewrite.moved(subject.at, &[key], &[plain]);
            rewrite.changed_of(Version::V31, place, &at, shown, "`additionalProperties`");
        } else if is_open || subject.schema.contains(plain) {
            // All that is left over is allowed anyway, or nothing is left over.
            rewrite.changed_of(Version::V31, place, &at, shown, "nothing");
        } else if is_alone(subject.schema) {
            let value = if plain == "items" {
                super::of_flag(unevaluated.value)
            } else {
                unevaluated.value
            };
            subject.schema.insert(plain, place, value);
            rewrite.moved(subject.at, &[key], &[plain]);
            rewrite.changed_of(Version::V31, place, &at, shown, "`additionalProperties` or `items`");
        } else {
            let message = format!(
                "{shown} beside other schemas cannot be expressed by a type: properties and items \
                that they do not declare are allowed"
            );
            let help = "move the properties into one schema with `additionalProperties`, or accept the wider type";
            rewrite.weakened(place, &at, message, help);
            rewrite.removed.left_out.push(place);
            // A condition that says it says more than what is left.
            subject.schema.insert(key, place, unevaluated.value);
        }
    }
}

fn is_alone(schema: &Object) -> bool {
    !APPLICATORS.iter().any(|key| schema.contains(key))
}
