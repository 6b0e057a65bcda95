//! Limits and defaults in words, for the documentation.

use crate::document::{JsonType, Limit, SchemaView};

/// A description with the limits of a schema as a last paragraph: those that apply to values of the type, if there is one.
pub(in crate::lower) fn with_limits(docs: &str, schema: SchemaView<'_>, json_type: Option<JsonType>) -> String {
    let applies = |limit: &&Limit| json_type.is_none_or(|json_type| limit.applies_to(json_type));
    let limits: Vec<&Limit> = schema.limits().iter().filter(applies).collect();
    let limits = words(&limits);
    let limits = if limits.is_empty() {
        String::new()
    } else {
        format!("Limits: {}.", limits.join(", "))
    };
    let default = schema.default_value();
    let default = default.map(|default| format!("Default: `{}`.", default.to_string().replace('`', "'")));
    let parts = [docs.trim().to_owned(), limits, default.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn words(limits: &[&Limit]) -> Vec<String> {
    let range = |units, min, max| match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max} {units}")),
        (Some(min), None) => Some(format!("at least {min} {units}")),
        (None, Some(max)) => Some(format!("at most {max} {units}")),
        (None, None) => None,
    };
    let find = |wanted: fn(&Limit) -> Option<u64>| limits.iter().find_map(|limit| wanted(limit));
    let mut words: Vec<String> = Vec::new();
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::Minimum(bound, false) => Some(format!("minimum {bound}")),
        Limit::Minimum(bound, true) => Some(format!("exclusive minimum {bound}")),
        Limit::Maximum(bound, false) => Some(format!("maximum {bound}")),
        Limit::Maximum(bound, true) => Some(format!("exclusive maximum {bound}")),
        Limit::MultipleOf(step) => Some(format!("multiples of {step}")),
        _ => None,
    }));
    words.extend(range("characters", find(min_length), find(max_length)));
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::Pattern(pattern) => Some(format!("pattern `{}`", pattern.replace('`', "'"))),
        _ => None,
    }));
    words.extend(range("items", find(min_items), find(max_items)));
    let is_unique = limits.contains(&&Limit::UniqueItems);
    words.extend(is_unique.then(|| "unique items".to_owned()));
    words.extend(limits.iter().filter_map(|limit| match limit {
        Limit::DependentRequired(name, others) => Some(format!("`{name}` only with `{}`", others.join("`, `"))),
        _ => None,
    }));
    words.extend(range("members", find(min_properties), find(max_properties)));
    words
}

macro_rules! counts {
    ($($name:ident $variant:ident)*) => {$(
        fn $name(limit: &Limit) -> Option<u64> {
            match limit {
                Limit::$variant(count) => Some(*count),
                _ => None,
            }
        }
    )*};
}

counts! {
    min_length MinLength
    max_length MaxLength
    min_items MinItems
    max_items MaxItems
    min_properties MinProperties
    max_properties MaxProperties
}
