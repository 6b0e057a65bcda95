//! What the variants of a choice are together.

use super::{conditions::Conditions, values::is_null};
use crate::document::{Choice, Form, JsonType, Limit, SchemaView};

/// What the variants of a choice are, those aside that allow null alone.
pub(super) enum Verdict<'d> {
    /// They only set conditions.
    Conditions,
    /// One has a type, and the others only set conditions.
    Mixed(SchemaView<'d>),
    /// There is one, or one allows as much as all.
    One(SchemaView<'d>),
    /// Strings of different formats.
    Text,
    /// Several types.
    Many(Vec<SchemaView<'d>>),
}

pub(super) fn verdict<'d>(choice: Choice<'d>, conditions: &Conditions) -> Verdict<'d> {
    let mut typed: Vec<SchemaView<'_>> = Vec::with_capacity(choice.variants.len());
    for variant in choice.variants.iter() {
        let says_something = !is_null(variant) && !conditions.is_condition(variant);
        if says_something && !typed.iter().any(|known| known.same_as(variant)) {
            typed.push(variant);
        }
    }
    let has_conditions = choice.variants.iter().any(|variant| conditions.are_set_by(variant));
    if is_of_plain_objects(choice, &typed, has_conditions) {
        return Verdict::Conditions;
    }
    match typed.as_slice() {
        [] => Verdict::Conditions,
        [only] if has_conditions => Verdict::Mixed(*only),
        [only] => Verdict::One(*only),
        _ => scalars(&typed).unwrap_or(Verdict::Many(typed)),
    }
}

/// Whether a schema shows the type of its values, its parts and variants aside.
pub(super) fn shows_a_type(schema: SchemaView<'_>) -> bool {
    schema.json_type().is_some()
        || !schema.properties().is_empty()
        || schema.items().is_some()
        || !schema.values().is_empty()
        || schema.additional().is_some()
        || schema.has_rare_keywords()
}

/// Whether the variants are conditions of objects: no variant is more than `type: object` beside.
fn is_of_plain_objects(choice: Choice<'_>, typed: &[SchemaView<'_>], has_conditions: bool) -> bool {
    let asks_something = |variant: &SchemaView<'_>| {
        let of = variant.target();
        of.is_some_and(|schema| !schema.required().is_empty() || !schema.limits().is_empty())
    };
    let is_told_by_limits =
        typed.len() > 1 && choice.owner.discriminator().is_none() && typed.iter().any(asks_something);
    let is_plain = |variant: &SchemaView<'_>| is_plain_object(*variant) || variant.allows_anything();
    (has_conditions || is_told_by_limits) && typed.iter().all(is_plain)
}

/// Whether all variants of a choice that are not null are `type: object`.
pub(super) fn are_objects(choice: Choice<'_>) -> bool {
    let mut variants = choice.variants.iter().filter(|variant| !is_null(*variant));
    variants.all(is_plain_object)
}

/// Whether a schema itself has no keyword that shows a type or describes a value: only conditions, its parts and variants
/// aside.
pub(super) fn asks_only_conditions(schema: SchemaView<'_>) -> bool {
    schema.json_type().is_none()
        && schema.format().is_none()
        && schema.properties().is_empty()
        && schema.items().is_none()
        && schema.values().is_empty()
        && schema.any_constant().is_none()
        && schema.additional().is_none()
        && !schema.describes_content()
}

/// Whether a schema is `type: object` and has at most limits and required properties beside.
fn is_plain_object(schema: SchemaView<'_>) -> bool {
    schema.target().is_some_and(|schema| {
        schema.form() == Form::Object
            && schema.properties().is_empty()
            && schema.additional().is_none()
            && !schema.has_rare_keywords()
    })
}

/// One type of strings or numbers that allows as much as all the variants.
fn scalars<'d>(typed: &[SchemaView<'d>]) -> Option<Verdict<'d>> {
    let targets: Option<Vec<SchemaView<'d>>> = typed.iter().map(|variant| variant.target()).collect();
    let targets = targets?;
    if targets.iter().any(|schema| schema.constant().is_some()) {
        return None;
    }
    if targets.iter().all(|schema| schema.form() == Form::String) {
        let mut enums = (0..targets.len()).filter(|index| !targets[*index].values().is_empty());
        return match (enums.next(), enums.next()) {
            (Some(only), None) => Some(Verdict::One(typed[only])),
            (Some(_), Some(_)) => None,
            (None, _) if targets.iter().all(|text| text.format() == targets[0].format()) => {
                Some(Verdict::One(typed[0]))
            }
            (None, _) => Some(Verdict::Text),
        };
    }
    let is_number = |schema: &SchemaView<'_>| matches!(schema.form(), Form::Number | Form::Integer);
    let is_any_number = |schema: &SchemaView<'_>| schema.form() == Form::Number && schema.format().is_none();
    if targets.iter().all(is_number) {
        let widest = targets.iter().position(is_any_number)?;
        return Some(Verdict::One(typed[widest]));
    }
    None
}

/// Whether the conditions of a choice limit values of one type alone, and nothing else.
pub(super) fn limit_only(choice: Choice<'_>, conditions: &Conditions, json_type: JsonType) -> bool {
    // A limit of integers allows other numbers too.
    if json_type == JsonType::Integer {
        return false;
    }
    let mut set = choice.variants.iter().filter(|variant| conditions.are_set_by(*variant));
    set.all(|condition| {
        let condition = condition.target().unwrap_or(condition);
        let applies = |limit: &Limit| limit.applies_to(json_type);
        let is_made_of_others = !condition.parts().is_empty() || condition.choices().next().is_some();
        let asks_more = is_made_of_others || !condition.required().is_empty() || condition.not().is_some();
        !asks_more && condition.limits().iter().all(applies)
    })
}
