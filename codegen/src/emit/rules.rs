//! What schemas ask of values beyond their types: constants that the runtime checks values by.

use proc_macro2::TokenStream;
use quote::quote;

use super::{numbers, runtime};
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
