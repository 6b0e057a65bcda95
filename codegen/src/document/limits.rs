//! Reads the limits of schemas.

use super::{
    fields::{Fields, Names, Walk},
    limit::Limit,
};
use crate::at::At;

/// The limits of a schema.
pub(super) fn limits(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Box<[Limit]> {
    let excludes_minimum = fields.flag(walk, at, "exclusiveMinimum").unwrap_or_default();
    let excludes_maximum = fields.flag(walk, at, "exclusiveMaximum").unwrap_or_default();
    let is_unique = fields.flag(walk, at, "uniqueItems").unwrap_or_default();
    let minimum = fields.number(walk, at, "minimum");
    let maximum = fields.number(walk, at, "maximum");
    let step = fields.positive(walk, at, "multipleOf");
    let pattern = fields.text(walk, at, "pattern");
    let mut count = |key| fields.count(walk, at, key);
    // At least nothing is not a limit.
    let mut min = |key| count(key).filter(|count| *count > 0);
    let (min_length, min_items, min_properties) = (min("minLength"), min("minItems"), min("minProperties"));
    let (max_length, max_items, max_properties) = (count("maxLength"), count("maxItems"), count("maxProperties"));
    let limits = [
        minimum.map(|minimum| Limit::Minimum(minimum, excludes_minimum)),
        maximum.map(|maximum| Limit::Maximum(maximum, excludes_maximum)),
        step.map(Limit::MultipleOf),
        min_length.map(Limit::MinLength),
        max_length.map(Limit::MaxLength),
        pattern.map(Limit::Pattern),
        min_items.map(Limit::MinItems),
        max_items.map(Limit::MaxItems),
        is_unique.then_some(Limit::UniqueItems),
        min_properties.map(Limit::MinProperties),
        max_properties.map(Limit::MaxProperties),
    ];
    let dependent = dependent_required(walk, fields, at);
    limits.into_iter().flatten().chain(dependent).collect()
}

fn dependent_required(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Limit> {
    let Some(node) = fields.get("dependentRequired") else {
        return Vec::new();
    };
    let what = "`dependentRequired`";
    let here = at.key("dependentRequired");
    let dependent = walk.map(node, &here, what, Names::Any, |walk, node, at| {
        let mut others = walk.texts(node, at, what);
        others.sort_unstable();
        Some(others)
    });
    let mut dependent: Vec<(String, Vec<String>)> = dependent.into_iter().collect();
    // The order of members means nothing.
    dependent.sort_unstable();
    dependent.retain(|(_, others)| !others.is_empty());
    let limits = dependent.into_iter();
    limits
        .map(|(name, others)| Limit::DependentRequired(name, others))
        .collect()
}
