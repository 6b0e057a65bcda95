//! What schemas ask of values beyond their types: constants that the runtime checks values by.

use super::{form::Line, numbers};
use crate::ir::Constraint;

/// The rules as a form writes them after `where`: `[MinLength(1), Items(&[Minimum("0")])]`.
pub(super) fn list_line(constraints: &[Constraint]) -> Line {
    separated(Line::new().word("["), constraints.iter().map(rule_line)).sign("]")
}

/// Returns `where` and the rules, or nothing if the list is empty.
pub(super) fn where_line(constraints: &[Constraint]) -> Line {
    if constraints.is_empty() {
        return Line::new();
    }
    Line::new().word("where").line(list_line(constraints))
}

/// Lines one after the other, with commas between them.
fn separated(start: Line, lines: impl IntoIterator<Item = Line>) -> Line {
    let mut all = start.attached();
    for (index, line) in lines.into_iter().enumerate() {
        all = if index > 0 {
            all.sign(",").line(line)
        } else {
            all.line(line)
        };
    }
    all
}

fn rule_line(constraint: &Constraint) -> Line {
    match constraint {
        Constraint::Minimum(bound) => text_line("Minimum(", bound),
        Constraint::ExclusiveMinimum(bound) => text_line("ExclusiveMinimum(", bound),
        Constraint::Maximum(bound) => text_line("Maximum(", bound),
        Constraint::ExclusiveMaximum(bound) => text_line("ExclusiveMaximum(", bound),
        Constraint::MultipleOf(step) => text_line("MultipleOf(", step),
        Constraint::MinLength(count) => count_line("MinLength(", *count),
        Constraint::MaxLength(count) => count_line("MaxLength(", *count),
        Constraint::Pattern(pattern) => text_line("Pattern(", pattern),
        Constraint::MinItems(count) => count_line("MinItems(", *count),
        Constraint::MaxItems(count) => count_line("MaxItems(", *count),
        Constraint::UniqueItems => Line::new().word("UniqueItems"),
        Constraint::PrefixItems(elements) => lists_line("PrefixItems(&[", elements),
        Constraint::Items(rules) => nested_line("Items(", &[rules]),
        Constraint::MinProperties(count) => count_line("MinProperties(", *count),
        Constraint::MaxProperties(count) => count_line("MaxProperties(", *count),
        Constraint::Property(name, rules) => named_line("Member(", name, list_line(rules)),
        Constraint::Matching(pattern, rules) => named_line("Matching(", pattern, list_line(rules)),
        Constraint::Others(rules) => nested_line("Others(", &[rules]),
        Constraint::Names(rules) => nested_line("Names(", &[rules]),
        Constraint::Type(name) => text_line("Type(", name),
        Constraint::Enum(values) => Line::new().word("Enum(&").attached().line(texts(values)).sign(")"),
        Constraint::Contains(rules, min, max) => contains_line(rules, *min, *max),
        Constraint::If(condition, then, otherwise) => nested_line("If(", &[condition, then, otherwise]),
        Constraint::Required(names) => Line::new().word("Required(&").attached().line(texts(names)).sign(")"),
        Constraint::RequiredInRequests(names) => {
            let line = Line::new().word("RequiredInRequests(&");
            line.attached().line(texts(names)).sign(")")
        }
        Constraint::DependentRequired(name, others) => named_line("DependentRequired(", name, texts(others)),
        Constraint::AnyOf(variants) => lists_line("AnyOf(&[", variants),
        Constraint::OneOf(variants) => lists_line("OneOf(&[", variants),
        Constraint::Not(rules) => nested_line("Not(", &[rules]),
    }
}

fn text_line(rule: &'static str, text: &str) -> Line {
    Line::new().word(rule).attached().text(text).sign(")")
}

fn count_line(rule: &'static str, count: u64) -> Line {
    let count = numbers::integer(count.into());
    Line::new().word(rule).attached().number(&count).sign(")")
}

fn nested_line(rule: &'static str, lists: &[&Vec<Constraint>]) -> Line {
    separated(
        Line::new().word(rule),
        lists.iter().map(|rules| borrowed(list_line(rules))),
    )
    .sign(")")
}

fn lists_line(rule: &'static str, lists: &[Vec<Constraint>]) -> Line {
    separated(
        Line::new().word(rule),
        lists.iter().map(|rules| borrowed(list_line(rules))),
    )
    .sign("])")
}

fn named_line(rule: &'static str, name: &str, list: Line) -> Line {
    text_line_start(rule, name).line(borrowed(list)).sign(")")
}

fn text_line_start(rule: &'static str, text: &str) -> Line {
    Line::new().word(rule).attached().text(text).sign(",")
}

fn contains_line(rules: &[Constraint], min: u64, max: Option<u64>) -> Line {
    let min = numbers::integer(min.into());
    let line = Line::new().word("Contains(").attached();
    let line = line.line(borrowed(list_line(rules))).sign(",").number(&min).sign(",");
    let line = match max {
        Some(max) => line
            .word("Some(")
            .attached()
            .number(&numbers::integer(max.into()))
            .sign(")"),
        None => line.word("None"),
    };
    line.sign(")")
}

fn texts(texts: &[String]) -> Line {
    let texts = texts.iter().map(|text| Line::new().text(text));
    separated(Line::new().word("["), texts).sign("]")
}

fn borrowed(list: Line) -> Line {
    Line::new().word("&").attached().line(list)
}
