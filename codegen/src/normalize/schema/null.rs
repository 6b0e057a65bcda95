//! Null: a type of JSON Schema, a flag of OpenAPI 3.0.

use super::{Rewrite, Subject};
use crate::{
    normalize::version::Version,
    read::{Member, Node, Object, Value},
};

/// Keywords that say nothing about which values are valid.
const ANNOTATIONS: &[&str] = &[
    "description",
    "title",
    "default",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
];

/// Whether a schema in canonical form allows null alone.
pub(super) fn is_null(schema: &Node) -> bool {
    let Some(schema) = schema.as_object() else { return false };
    let only_null = |values: &Node| {
        values
            .as_array()
            .is_some_and(|values| matches!(values, [value] if value.is_null()))
    };
    let says_more = |member: &Member| {
        let name: &str = &member.name;
        !matches!(name, "enum" | "nullable") && !ANNOTATIONS.contains(&name) && !name.starts_with("x-")
    };
    schema.get("enum").is_some_and(only_null) && !schema.iter().any(says_more)
}

/// Whether null is among the values of an `enum`.
pub(super) fn stands_in(values: &Node) -> bool {
    values.as_array().is_some_and(|values| values.iter().any(Node::is_null))
}

/// `const: null`, and null among the values of a schema without type.
pub(super) fn values(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    if subject.schema.get("const").is_some_and(Node::is_null)
        && let Some(constant) = subject.schema.remove("const")
    {
        let place = constant.name_place;
        subject.set("enum", place, Value::Array(vec![constant.value]));
        rewrite.moved(subject.at, &["const"], &["enum", "0"]);
        rewrite.changed_of(
            Version::V31,
            place,
            &subject.at.key("const"),
            "`const`",
            "`enum` of null",
        );
    }
    if let Some(values) = subject.schema.get("enum")
        && stands_in(values)
        && !subject.schema.contains("type")
        && !subject.schema.contains("nullable")
    {
        let place = values.place;
        subject.set_nullable(place);
        rewrite.changed(place, "enum", "`nullable` beside its values");
    }
}

/// Replaces an arm that allows only null by `nullable`. If one of two arms remains, it is no longer a choice.
pub(super) fn arms(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>, key: &'static str) {
    let Some(arms) = subject.schema.get_mut(key).and_then(Node::as_array_mut) else {
        return;
    };
    let Some(null) = arms.iter().find(|arm| is_null(arm)).map(Node::place) else {
        return;
    };
    let all = std::mem::take(arms).into_iter().enumerate();
    let mut others: Vec<(usize, Node)> = all.filter(|(_, arm)| !is_null(arm)).collect();
    subject.set_nullable(null);
    rewrite.changed(null, key, "`nullable` beside the other variants");
    if others.len() > 1 {
        for (new, (old, _)) in others.iter().enumerate().filter(|(new, (old, _))| new != old) {
            rewrite.moved(subject.at, &[key, &old.to_string()], &[key, &new.to_string()]);
        }
        let arms = others.into_iter().map(|(_, arm)| arm).collect();
        if let Some(node) = subject.schema.get_mut(key) {
            node.value = Value::Array(arms);
        }
        return;
    }
    let removed = subject.schema.remove(key);
    rewrite.removed.claimed.extend(removed.map(|member| member.name_place));
    match others.pop() {
        Some((index, arm)) => only_arm(rewrite, subject, arm, &[key, &index.to_string()]),
        None => {
            let values = Value::Array(vec![Node::new(null, Value::Null)]);
            subject.set("enum", null, values);
        }
    }
}

/// The one arm that is left joins the schema around it, or else becomes a part of it.
fn only_arm(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>, mut arm: Node, from: &[&str]) {
    if let Some(members) = arm.as_object_mut()
        && can_join(members, subject.schema)
    {
        for member in std::mem::take(members).into_members() {
            let [key, index] = from else { continue };
            rewrite.moved(subject.at, &[key, index, &member.name], &[&member.name]);
            subject.schema.insert(member.name, member.name_place, member.value);
        }
        return;
    }
    let index = subject.add_part(arm);
    rewrite.moved(subject.at, from, &["allOf", &index.to_string()]);
}

/// Whether the members of an arm say the same among those of the schema around it.
fn can_join(arm: &Object, schema: &Object) -> bool {
    let is_reference = arm.contains("$ref");
    // What these allow depends on the keywords beside them.
    let looks_around = ["additionalProperties", "items", "discriminator"]
        .iter()
        .any(|key| arm.contains(key));
    let has_validation = schema.iter().any(|member| {
        let name: &str = &member.name;
        name != "nullable" && !ANNOTATIONS.contains(&name) && !name.starts_with("x-")
    });
    let is_the_same = |member: &Member| {
        schema
            .get(&member.name)
            .is_none_or(|other| match (&member.value.value, &other.value) {
                (Value::Bool(a), Value::Bool(b)) => a == b,
                (Value::String(a), Value::String(b)) => a == b,
                _ => false,
            })
    };
    let depends = looks_around && has_validation;
    !is_reference && !depends && arm.iter().all(is_the_same)
}
