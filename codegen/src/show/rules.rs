//! The rules of types, as conditions that a reader of JSON Schema recognizes.

use super::words;
use crate::ir::Constraint;

pub(super) fn rule(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Minimum(bound) => format!("minimum {bound}"),
        Constraint::ExclusiveMinimum(bound) => format!("exclusiveMinimum {bound}"),
        Constraint::Maximum(bound) => format!("maximum {bound}"),
        Constraint::ExclusiveMaximum(bound) => format!("exclusiveMaximum {bound}"),
        Constraint::MultipleOf(step) => format!("multipleOf {step}"),
        Constraint::MinLength(count) => format!("minLength {count}"),
        Constraint::MaxLength(count) => format!("maxLength {count}"),
        Constraint::Pattern(pattern) => format!("pattern {}", words::quoted(pattern)),
        Constraint::MinItems(count) => format!("minItems {count}"),
        Constraint::MaxItems(count) => format!("maxItems {count}"),
        Constraint::UniqueItems => "uniqueItems".to_owned(),
        Constraint::PrefixItems(items) => format!("prefixItems {}", alternatives(items)),
        Constraint::Items(inner) => format!("items {}", all(inner)),
        Constraint::MinProperties(count) => format!("minProperties {count}"),
        Constraint::MaxProperties(count) => format!("maxProperties {count}"),
        Constraint::Property(name, inner) => format!("property {} {}", words::name(name), all(inner)),
        Constraint::Matching(pattern, inner) => format!("patternProperties {} {}", words::quoted(pattern), all(inner)),
        Constraint::Others(inner) => format!("additionalProperties {}", all(inner)),
        Constraint::Names(inner) => format!("propertyNames {}", all(inner)),
        Constraint::Type(json_type) => format!("type {json_type}"),
        Constraint::Enum(values) => format!("enum [{}]", words::one_line(&values.join(", "))),
        Constraint::Contains(inner, min, max) => {
            let max = max.map(|max| format!(", at most {max}")).unwrap_or_default();
            format!("contains {}, at least {min}{max}", all(inner))
        }
        Constraint::If(condition, then, otherwise) => {
            format!("if {} then {} else {}", all(condition), all(then), all(otherwise))
        }
        Constraint::Required(names) => format!("required [{}]", words::names(names.iter().map(String::as_str))),
        Constraint::RequiredInRequests(names) => {
            format!(
                "required in requests [{}]",
                words::names(names.iter().map(String::as_str))
            )
        }
        Constraint::DependentRequired(name, others) => {
            let others = words::names(others.iter().map(String::as_str));
            format!("dependentRequired {} [{others}]", words::name(name))
        }
        Constraint::AnyOf(inner) => format!("anyOf {}", alternatives(inner)),
        Constraint::OneOf(inner) => format!("oneOf {}", alternatives(inner)),
        Constraint::Not(inner) => format!("not {}", all(inner)),
    }
}

/// Rules that all hold.
pub(super) fn all(constraints: &[Constraint]) -> String {
    let rules: Vec<String> = constraints.iter().map(rule).collect();
    format!("{{{}}}", rules.join("; "))
}

fn alternatives(lists: &[Vec<Constraint>]) -> String {
    let lists: Vec<String> = lists.iter().map(|list| all(list)).collect();
    format!("[{}]", lists.join(", "))
}
