//! What `validate()` checks, one rule a line.

use super::Rule;
use crate::ir::Constraint;

/// The rules of a value and of its properties.
pub(super) fn rules(constraints: &[Constraint]) -> Vec<Rule> {
    let mut all = Vec::new();
    for constraint in constraints {
        if let Constraint::Property(name, inner) = constraint {
            all.extend(inner.iter().map(|rule| one(name, rule)));
        } else {
            all.push(one("", constraint));
        }
    }
    all.sort();
    all
}

fn one(property: &str, constraint: &Constraint) -> Rule {
    let (keyword, value) = match constraint {
        Constraint::Minimum(value) => ("minimum", value.clone()),
        Constraint::ExclusiveMinimum(value) => ("exclusiveMinimum", value.clone()),
        Constraint::Maximum(value) => ("maximum", value.clone()),
        Constraint::ExclusiveMaximum(value) => ("exclusiveMaximum", value.clone()),
        Constraint::MultipleOf(value) => ("multipleOf", value.clone()),
        Constraint::MinLength(value) => ("minLength", value.to_string()),
        Constraint::MaxLength(value) => ("maxLength", value.to_string()),
        Constraint::Pattern(value) => ("pattern", value.clone()),
        Constraint::MinItems(value) => ("minItems", value.to_string()),
        Constraint::MaxItems(value) => ("maxItems", value.to_string()),
        Constraint::MinProperties(value) => ("minProperties", value.to_string()),
        Constraint::MaxProperties(value) => ("maxProperties", value.to_string()),
        Constraint::UniqueItems => ("uniqueItems", "true".to_owned()),
        Constraint::Required(names) => ("required", names.join(", ")),
        Constraint::RequiredInRequests(names) => ("required in requests", names.join(", ")),
        Constraint::Enum(values) => ("enum", values.join(", ")),
        Constraint::Type(ty) => ("type", ty.clone()),
        // Nested rules: the IR's own text is exact, and equal where the rules are.
        other => ("rule", format!("{other:?}")),
    };
    Rule {
        property: property.to_owned(),
        keyword,
        value,
    }
}
