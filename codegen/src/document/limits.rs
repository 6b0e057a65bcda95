//! What schemas ask of values beyond their types, with every digit: `openapiv3` has bounds of 64 bits, and none beside
//! an `allOf`.
//!
//! The limits of all schemas are kept in a table; a schema knows its entry by a number among its extensions, under a key
//! that no document can write. Values of a wrong kind are reported where `openapiv3`'s types are filled.

use indexmap::IndexMap;
use openapiv3::SchemaData;
use serde_json::Value as Json;

use super::fields::{Fields, Names, Walk};
use crate::{
    at::At,
    read::{Node, Value},
};

/// The key of a schema's number: extensions of documents start with `x-`.
const KEY: &str = "limits";

/// A keyword that limits values. Numbers are texts in JSON's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
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
    #[must_use]
    pub fn keyword(&self) -> &'static str {
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

/// The limits of all schemas that have some.
#[derive(Debug, Default)]
pub struct LimitsTable(Vec<Vec<Limit>>);

impl LimitsTable {
    /// The limits of a schema.
    #[must_use]
    pub fn of(&self, schema: &SchemaData) -> &[Limit] {
        let number = schema.extensions.get(KEY).and_then(Json::as_u64);
        let number = number.and_then(|number| usize::try_from(number).ok());
        number.and_then(|number| self.0.get(number)).map_or(&[], Vec::as_slice)
    }

    /// Takes limits and notes their number in the extensions of their schema.
    pub(super) fn add(&mut self, limits: Vec<Limit>, extensions: &mut IndexMap<String, Json>) {
        if !limits.is_empty() {
            extensions.insert(KEY.to_owned(), Json::from(self.0.len()));
            self.0.push(limits);
        }
    }
}

/// The limits of a schema.
pub(super) fn limits(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Limit> {
    let dependent = dependent_required(walk, fields, at);
    let flag = |node: Option<&Node>| node.is_some_and(|node| matches!(node.value, Value::Bool(true)));
    let (below, above) = (
        flag(fields.get("exclusiveMinimum")),
        flag(fields.get("exclusiveMaximum")),
    );
    let is_unique = flag(fields.get("uniqueItems"));
    let mut number = |key| match &fields.get(key)?.value {
        Value::Number(number) => Some(number.to_json().into_owned()),
        _ => None,
    };
    let (minimum, maximum, step) = (number("minimum"), number("maximum"), number("multipleOf"));
    let pattern = match fields.get("pattern").map(|node| &node.value) {
        Some(Value::String(pattern)) => Some(pattern.to_string()),
        _ => None,
    };
    let mut count = |key| match &fields.get(key)?.value {
        Value::Number(number) => number.as_count(),
        _ => None,
    };
    // At least nothing is no limit.
    let mut least = |key| count(key).filter(|count| *count > 0);
    let (min_length, min_items, min_properties) = (least("minLength"), least("minItems"), least("minProperties"));
    [
        minimum.map(|minimum| Limit::Minimum(minimum, below)),
        maximum.map(|maximum| Limit::Maximum(maximum, above)),
        step.map(Limit::MultipleOf),
        min_length.map(Limit::MinLength),
        count("maxLength").map(Limit::MaxLength),
        pattern.map(Limit::Pattern),
        min_items.map(Limit::MinItems),
        count("maxItems").map(Limit::MaxItems),
        is_unique.then_some(Limit::UniqueItems),
        min_properties.map(Limit::MinProperties),
        count("maxProperties").map(Limit::MaxProperties),
    ]
    .into_iter()
    .flatten()
    .chain(dependent)
    .collect()
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
