//! What schemas ask of values beyond their types: constants that the runtime checks values by.

use proc_macro2::TokenStream;
use quote::quote;

use super::{form::Line, numbers, runtime};
use crate::ir::Constraint;

/// The constant `RULES` of a type, if its schema asks for something.
pub(super) fn constant(constraints: &[Constraint]) -> Option<TokenStream> {
    if constraints.is_empty() {
        return None;
    }
    let (rule, rules) = (runtime::rule(), list(constraints));
    Some(quote! {
        const RULES: &'static [#rule] = {
            use #rule;
            #rules
        };
    })
}

pub(super) fn list(constraints: &[Constraint]) -> TokenStream {
    let rules = constraints.iter().map(rule);
    quote!(&[#(#rules),*])
}

fn rule(constraint: &Constraint) -> TokenStream {
    match constraint {
        Constraint::Minimum(bound) => quote!(Rule::Minimum(#bound)),
        Constraint::ExclusiveMinimum(bound) => quote!(Rule::ExclusiveMinimum(#bound)),
        Constraint::Maximum(bound) => quote!(Rule::Maximum(#bound)),
        Constraint::ExclusiveMaximum(bound) => quote!(Rule::ExclusiveMaximum(#bound)),
        Constraint::MultipleOf(step) => quote!(Rule::MultipleOf(#step)),
        Constraint::MinLength(count) => counted(&quote!(MinLength), *count),
        Constraint::MaxLength(count) => counted(&quote!(MaxLength), *count),
        Constraint::Pattern(pattern) => quote!(Rule::Pattern(#pattern)),
        Constraint::MinItems(count) => counted(&quote!(MinItems), *count),
        Constraint::MaxItems(count) => counted(&quote!(MaxItems), *count),
        Constraint::UniqueItems => quote!(Rule::UniqueItems),
        Constraint::PrefixItems(elements) => {
            let elements = elements.iter().map(|rules| list(rules));
            quote!(Rule::PrefixItems(&[#(#elements),*]))
        }
        Constraint::Items(rules) => nested(&quote!(Items), rules),
        Constraint::MinProperties(count) => counted(&quote!(MinProperties), *count),
        Constraint::MaxProperties(count) => counted(&quote!(MaxProperties), *count),
        Constraint::Property(name, rules) => {
            let rules = list(rules);
            quote!(Rule::Member(#name, #rules))
        }
        Constraint::Matching(pattern, rules) => {
            let rules = list(rules);
            quote!(Rule::Matching(#pattern, #rules))
        }
        Constraint::Others(rules) => nested(&quote!(Others), rules),
        Constraint::Names(rules) => nested(&quote!(Names), rules),
        Constraint::Type(name) => quote!(Rule::Type(#name)),
        Constraint::Enum(values) => quote!(Rule::Enum(&[#(#values),*])),
        Constraint::Contains(rules, least, most) => {
            let (rules, least) = (list(rules), numbers::integer((*least).into()));
            let option = runtime::option();
            let most = match most {
                Some(most) => {
                    let most = numbers::integer((*most).into());
                    quote!(#option::Some(#most))
                }
                None => quote!(#option::None),
            };
            quote!(Rule::Contains(#rules, #least, #most))
        }
        Constraint::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (list(condition), list(then), list(otherwise));
            quote!(Rule::If(#condition, #then, #otherwise))
        }
        Constraint::Required(names) => quote!(Rule::Required(&[#(#names),*])),
        Constraint::RequiredInRequests(names) => quote!(Rule::RequiredInRequests(&[#(#names),*])),
        Constraint::DependentRequired(name, others) => quote!(Rule::DependentRequired(#name, &[#(#others),*])),
        Constraint::AnyOf(arms) => alternatives(&quote!(AnyOf), arms),
        Constraint::OneOf(arms) => alternatives(&quote!(OneOf), arms),
        Constraint::Not(rules) => nested(&quote!(Not), rules),
    }
}

fn counted(variant: &TokenStream, count: u64) -> TokenStream {
    let count = numbers::integer(count.into());
    quote!(Rule::#variant(#count))
}

fn nested(variant: &TokenStream, rules: &[Constraint]) -> TokenStream {
    let rules = list(rules);
    quote!(Rule::#variant(#rules))
}

fn alternatives(variant: &TokenStream, arms: &[Vec<Constraint>]) -> TokenStream {
    let arms = arms.iter().map(|arm| list(arm));
    quote!(Rule::#variant(&[#(#arms),*]))
}

/// The rules as a form writes them after `where`: `[MinLength(1), Items(&[Minimum("0")])]`.
pub(super) fn list_line(constraints: &[Constraint]) -> Line {
    separated(Line::new().word("["), constraints.iter().map(rule_line)).sign("]")
}

/// `where` and the rules, or nothing if there are none.
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
