//! What schemas ask of values beyond their types, with every digit: `openapiv3` has bounds of 64 bits, and none beside
//! an `allOf`.

use super::{
    fields::{Fields, Names, Walk},
    json_type::JsonType,
};
use crate::at::At;

/// A keyword that limits values. Numbers are texts in JSON's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// `minimum`, and whether the number itself is excluded.
    Minimum(String, bool),
    /// `maximum`, and whether the number itself is excluded.
    Maximum(String, bool),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`, as it stands.
    Pattern(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `dependentRequired`: where the first member is, the others are too.
    DependentRequired(String, Vec<String>),
}

impl Limit {
    /// The keyword in the schema.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Self::Minimum(..) => "minimum",
            Self::Maximum(..) => "maximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::DependentRequired(..) => "dependentRequired",
        }
    }
}

impl Limit {
    /// Whether it asks anything of values of a type.
    pub(crate) fn applies_to(&self, json_type: JsonType) -> bool {
        let limited = match self {
            Self::Minimum(..) | Self::Maximum(..) | Self::MultipleOf(_) => JsonType::Number,
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) => JsonType::String,
            Self::MinItems(_) | Self::MaxItems(_) | Self::UniqueItems => JsonType::Array,
            Self::MinProperties(_) | Self::MaxProperties(_) | Self::DependentRequired(..) => JsonType::Object,
        };
        json_type.widest() == limited
    }
}

/// The limits of a schema.
pub(super) fn limits(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Limit> {
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
