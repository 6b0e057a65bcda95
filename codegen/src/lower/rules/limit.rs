//! Limits: each keyword as a rule.

use std::collections::HashMap;

use regex::Regex;
use serde_json::Value as Json;

use super::kept::Kept;
use crate::{
    diagnostic::Code,
    document::{Limit, SchemaView},
    ir::Constraint,
    lower::{
        facts::Facts,
        report::{Locate, Report},
    },
    pattern,
};

/// What rules are made with.
pub(in crate::lower) struct Rules<'a, 'd> {
    pub(super) facts: &'a Facts<'d>,
    /// What became of the patterns.
    patterns: HashMap<String, Result<String, String>>,
}

impl<'a, 'd> Rules<'a, 'd> {
    pub(in crate::lower) fn new(facts: &'a Facts<'d>) -> Self {
        Self {
            facts,
            patterns: HashMap::new(),
        }
    }

    /// The rule of a limit: none where it cannot be checked, which is a warning then.
    pub(super) fn limit(
        &mut self,
        limit: &Limit,
        schema: SchemaView<'d>,
        kept: &Kept,
        report: &mut Report<'_>,
    ) -> Result<Option<Constraint>, String> {
        Ok(Some(match limit {
            Limit::Minimum(bound, false) => Constraint::Minimum(bound.clone()),
            Limit::Minimum(bound, true) => Constraint::ExclusiveMinimum(bound.clone()),
            Limit::Maximum(bound, false) => Constraint::Maximum(bound.clone()),
            Limit::Maximum(bound, true) => Constraint::ExclusiveMaximum(bound.clone()),
            Limit::MultipleOf(step) => match divisor(step, schema, report) {
                Some(step) => Constraint::MultipleOf(step),
                None => return Ok(None),
            },
            Limit::MinLength(count) => Constraint::MinLength(*count),
            Limit::MaxLength(count) => Constraint::MaxLength(*count),
            Limit::Pattern(pattern) => match self.checked_pattern(pattern, &schema.key("pattern"), report) {
                Some(pattern) => Constraint::Pattern(pattern),
                None => return Ok(None),
            },
            Limit::MinItems(count) => Constraint::MinItems(*count),
            Limit::MaxItems(count) => Constraint::MaxItems(*count),
            Limit::UniqueItems => Constraint::UniqueItems,
            Limit::MinProperties(count) => Constraint::MinProperties(*count),
            Limit::MaxProperties(count) => Constraint::MaxProperties(*count),
            Limit::DependentRequired(name, others) => {
                kept.check(std::iter::once(name).chain(others).map(String::as_str))?;
                Constraint::DependentRequired(name.clone(), others.clone())
            }
        }))
    }

    /// A pattern in the syntax that the runtime checks. One without such a form is a warning.
    pub(super) fn checked_pattern(&mut self, text: &str, at: &impl Locate, report: &mut Report<'_>) -> Option<String> {
        match self.linear(text) {
            Ok(linear) => Some(linear),
            Err(reason) => {
                let message = format!("the pattern is not checked: {reason}");
                let help = "no action is needed: the client passes values through unchanged; use a simpler pattern if \
                    clients must check it";
                report.warn(Code::Weakened, at, message, help);
                None
            }
        }
    }

    /// The same pattern in the syntax of the crate `regex`, or why it has none.
    pub(in crate::lower) fn linear(&mut self, text: &str) -> Result<String, String> {
        if let Some(known) = self.patterns.get(text) {
            return known.clone();
        }
        let linear = pattern::linear(text);
        self.patterns.insert(text.to_owned(), linear.clone());
        linear
    }
}

/// A number by which digits can be divided.
fn divisor(step: &str, schema: SchemaView<'_>, report: &mut Report<'_>) -> Option<String> {
    let digits: String = step
        .split(['e', 'E'])
        .take(1)
        .flat_map(str::chars)
        .filter(char::is_ascii_digit)
        .collect();
    let digits = digits.trim_start_matches('0').trim_end_matches('0');
    if digits.len() < 20 {
        return Some(step.to_owned());
    }
    let message = "`multipleOf` has more than 19 digits: it is not checked";
    let help = "no action is needed: the client passes values through unchanged";
    report.warn(Code::Weakened, &schema.key("multipleOf"), message, help);
    None
}

/// Whether a value breaks a limit; `pattern` is the limit's pattern in the syntax of the crate `regex`.
pub(in crate::lower) fn breaks(limit: &Limit, pattern: Option<&str>, value: &Json) -> bool {
    let number = |bound: &str| value.as_f64().zip(bound.parse::<f64>().ok());
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let characters = || value.as_str().map(|text| count(text.chars().count()));
    let items = || value.as_array().map(|items| count(items.len()));
    let members = || value.as_object().map(|members| count(members.len()));
    match limit {
        Limit::Minimum(bound, false) => number(bound).is_some_and(|(value, bound)| value < bound),
        Limit::Minimum(bound, true) => number(bound).is_some_and(|(value, bound)| value <= bound),
        Limit::Maximum(bound, false) => number(bound).is_some_and(|(value, bound)| value > bound),
        Limit::Maximum(bound, true) => number(bound).is_some_and(|(value, bound)| value >= bound),
        Limit::MinLength(min) => characters().is_some_and(|count| count < *min),
        Limit::MaxLength(max) => characters().is_some_and(|count| count > *max),
        Limit::MinItems(min) => items().is_some_and(|count| count < *min),
        Limit::MaxItems(max) => items().is_some_and(|count| count > *max),
        Limit::MinProperties(min) => members().is_some_and(|count| count < *min),
        Limit::MaxProperties(max) => members().is_some_and(|count| count > *max),
        Limit::Pattern(_) => {
            let regex = pattern.and_then(|pattern| Regex::new(pattern).ok());
            let texts = value.as_str().zip(regex);
            texts.is_some_and(|(text, regex)| !regex.is_match(text))
        }
        Limit::MultipleOf(_) | Limit::UniqueItems | Limit::DependentRequired(..) => false,
    }
}
