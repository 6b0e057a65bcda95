//! What a schema asks of a value beyond its type: in the documentation, and as rules that the client can check.
//!
//! A named type has its own rules; those of scalars, lists and maps are the rules of whoever holds them.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{Lowering, compose, pattern};
use crate::{
    at::At,
    diagnostic::Code,
    document::Limit,
    ir::{Constraint, TypeRef},
};

/// How many references and lists may lie between a property and what limits it.
const MAX_DEPTH: usize = 256;

impl<'d> Lowering<'d> {
    /// What the schema of a value asks of it beyond its type `ty`.
    pub(super) fn constraints(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        match schema {
            ReferenceOr::Reference { reference } => self.constraints_of_reference(reference, ty, depth),
            ReferenceOr::Item(schema) => self.constraints_of(schema, ty, at, depth),
        }
    }

    /// The same for the boxed schemas that `openapiv3` has below properties and items.
    pub(super) fn constraints_of_boxed(
        &mut self,
        schema: &'d ReferenceOr<Box<Schema>>,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        match schema {
            ReferenceOr::Reference { reference } => self.constraints_of_reference(reference, ty, depth),
            ReferenceOr::Item(schema) => self.constraints_of(schema, ty, at, depth),
        }
    }

    fn constraints_of_reference(&mut self, reference: &str, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        // References that lead nowhere, or back, are reported where the type is lowered.
        if depth == MAX_DEPTH || matches!(unwrapped(ty), TypeRef::Named(_)) {
            return Vec::new();
        }
        let Some((name, target)) = self.lookup().named(reference) else {
            return Vec::new();
        };
        let (components, schemas) = (At::ROOT.key("components"), "schemas");
        self.constraints(target, ty, &components.key(schemas).key(name), depth + 1)
    }

    fn constraints_of(&mut self, schema: &'d Schema, ty: &TypeRef, at: &At<'_>, depth: usize) -> Vec<Constraint> {
        let inner = unwrapped(ty);
        let mut constraints = match (&schema.schema_kind, inner) {
            (SchemaKind::AllOf { all_of }, _) => {
                // An object of several parts is a type of its own, and has its rules.
                if matches!(inner, TypeRef::Named(_)) && compose::only_part(self.lookup(), all_of).is_none() {
                    return Vec::new();
                }
                let here = at.key("allOf");
                let parts = all_of.iter().enumerate();
                parts
                    .flat_map(|(index, part)| self.constraints(part, ty, &here.index(index), depth + 1))
                    .collect()
            }
            (SchemaKind::AnyOf { any_of: arms }, _) => self.constraints_of_arms(arms, &at.key("anyOf")),
            (SchemaKind::OneOf { one_of: arms }, _) => self.constraints_of_arms(arms, &at.key("oneOf")),
            // A named type has its own rules, unless this is a mere limit beside the type.
            (kind, TypeRef::Named(_)) if !is_limit_alone(kind) => return Vec::new(),
            (SchemaKind::Type(Type::Array(array)), TypeRef::Array(element)) => {
                let items = array.items.as_ref().map(|items| {
                    let rules = self.constraints_of_boxed(items, element, &at.key("items"), depth + 1);
                    (!rules.is_empty()).then_some(Constraint::Items(rules))
                });
                items.flatten().into_iter().collect()
            }
            (SchemaKind::Type(Type::Object(object)), TypeRef::Map(element)) => {
                let others = self.lookup().others_of(schema, object, at);
                self.constraints_by_name(&others, Some(Vec::new()), element, at, depth + 1)
            }
            _ => Vec::new(),
        };
        constraints.extend(self.own_constraints(schema, at));
        constraints
    }

    /// What the arms of a union ask, where a value shows by its kind which of them it is: a rule says nothing about
    /// values of another kind.
    fn constraints_of_arms(&mut self, arms: &'d [ReferenceOr<Schema>], here: &At<'_>) -> Vec<Constraint> {
        let mut kinds = HashSet::new();
        let are_of_kinds = arms.iter().all(|arm| match arm {
            ReferenceOr::Item(Schema {
                schema_kind: SchemaKind::Type(typ),
                ..
            }) => kinds.insert(kind_of(typ)),
            _ => false,
        });
        if !are_of_kinds {
            return Vec::new();
        }
        let arms = arms.iter().enumerate();
        arms.filter_map(|(index, arm)| Some((index, arm.as_item()?)))
            .flat_map(|(index, arm)| self.own_constraints(arm, &here.index(index)))
            .collect()
    }

    /// What an object asks as a whole, wherever in its `allOf` it was said.
    pub(super) fn constraints_of_object(&mut self, schema: &'d Schema, at: &At<'_>) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        self.add_parts(schema, at, &mut HashSet::new(), &mut constraints);
        constraints
    }

    fn add_parts(
        &mut self,
        schema: &'d Schema,
        at: &At<'_>,
        seen: &mut HashSet<*const Schema>,
        into: &mut Vec<Constraint>,
    ) {
        if seen.len() == MAX_DEPTH || !seen.insert(std::ptr::from_ref(schema)) {
            return;
        }
        into.extend(self.own_constraints(schema, at));
        let parts = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => all_of,
            SchemaKind::Any(any) => &any.all_of,
            _ => return,
        };
        let here = at.key("allOf");
        for (index, part) in parts.iter().enumerate() {
            match part {
                ReferenceOr::Item(schema) => self.add_parts(schema, &here.index(index), seen, into),
                ReferenceOr::Reference { reference } => {
                    if let Some((name, ReferenceOr::Item(schema))) = self.lookup().named(reference) {
                        let components = At::ROOT.key("components");
                        self.add_parts(schema, &components.key("schemas").key(name), seen, into);
                    }
                }
            }
        }
    }

    /// The keywords of one schema.
    pub(super) fn own_constraints(&mut self, schema: &Schema, at: &At<'_>) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for limit in self.document.limits.of(&schema.schema_data) {
            if let Some(kind) = kind_without(&schema.schema_kind, limit) {
                let keyword = limit.keyword();
                let message = format!("`{keyword}` says nothing about {kind}: it is ignored");
                self.warn(
                    Code::IneffectiveKeyword,
                    &at.key(keyword),
                    message,
                    "remove it, or correct the type",
                );
            } else if let Some(constraint) = self.constraint(limit, at) {
                constraints.push(constraint);
            }
        }
        let names = self
            .document
            .beside
            .of(&schema.schema_data)
            .and_then(|beside| beside.property_names.as_ref());
        if let Some(ReferenceOr::Item(names)) = names {
            let rules = self.own_constraints(names, &at.key("propertyNames"));
            if !rules.is_empty() {
                constraints.push(Constraint::Names(rules));
            }
        }
        constraints
    }

    fn constraint(&mut self, limit: &Limit, at: &At<'_>) -> Option<Constraint> {
        Some(match limit {
            Limit::Minimum(bound, false) => Constraint::Minimum(bound.clone()),
            Limit::Minimum(bound, true) => Constraint::ExclusiveMinimum(bound.clone()),
            Limit::Maximum(bound, false) => Constraint::Maximum(bound.clone()),
            Limit::Maximum(bound, true) => Constraint::ExclusiveMaximum(bound.clone()),
            Limit::MultipleOf(step) => Constraint::MultipleOf(self.divisor(step, at)?),
            Limit::MinLength(count) => Constraint::MinLength(*count),
            Limit::MaxLength(count) => Constraint::MaxLength(*count),
            Limit::Pattern(pattern) => Constraint::Pattern(self.linear_pattern(pattern, &at.key("pattern"))?),
            Limit::MinItems(count) => Constraint::MinItems(*count),
            Limit::MaxItems(count) => Constraint::MaxItems(*count),
            Limit::UniqueItems => Constraint::UniqueItems,
            Limit::MinProperties(count) => Constraint::MinProperties(*count),
            Limit::MaxProperties(count) => Constraint::MaxProperties(*count),
        })
    }

    /// A number whose digits can be divided by.
    fn divisor(&mut self, step: &str, at: &At<'_>) -> Option<String> {
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
        self.warn(
            Code::Weakened,
            &at.key("multipleOf"),
            message,
            "values are carried as they are",
        );
        None
    }

    pub(super) fn linear_pattern(&mut self, text: &str, at: &At<'_>) -> Option<String> {
        let linear = match self.patterns.get(text) {
            Some(known) => known.clone(),
            None => {
                let linear = pattern::linear(text);
                self.patterns.insert(text.to_owned(), linear.clone());
                linear
            }
        };
        match linear {
            Ok(linear) => Some(linear),
            Err(reason) => {
                let message = format!("the pattern is not checked: {reason}");
                let help = "values are carried as they are; write it without, if clients should check it";
                self.warn(Code::Weakened, at, message, help);
                None
            }
        }
    }

    /// A description with what the schema asks of values as a last paragraph.
    pub(super) fn with_constraints(&self, docs: &str, data: &SchemaData) -> String {
        let limits = words(self.document.limits.of(data));
        let limits = if limits.is_empty() {
            String::new()
        } else {
            format!("Limits: {}.", limits.join(", "))
        };
        let default = data.default.as_ref();
        let default = default.map(|default| format!("Default: `{}`.", default.to_string().replace('`', "'")));
        let parts = [docs.trim().to_owned(), limits, default.unwrap_or_default()];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

/// Whether a schema says nothing but limits, as a part of an `allOf` may.
fn is_limit_alone(kind: &SchemaKind) -> bool {
    let SchemaKind::Any(any) = kind else { return false };
    let says_nothing_of_parts = any.properties.is_empty() && any.required.is_empty() && any.items.is_none();
    let is_no_composition = any.all_of.is_empty() && any.any_of.is_empty() && any.one_of.is_empty();
    any.typ.is_none() && any.enumeration.is_empty() && says_nothing_of_parts && is_no_composition
}

fn unwrapped(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => unwrapped(inner),
        other => other,
    }
}

/// What values of a type are called that a keyword says nothing about.
fn kind_without(kind: &SchemaKind, limit: &Limit) -> Option<&'static str> {
    let SchemaKind::Type(typ) = kind else { return None };
    let speaks = match limit {
        Limit::Minimum(..) | Limit::Maximum(..) | Limit::MultipleOf(_) => {
            matches!(typ, Type::Integer(_) | Type::Number(_))
        }
        Limit::MinLength(_) | Limit::MaxLength(_) | Limit::Pattern(_) => matches!(typ, Type::String(_)),
        Limit::MinItems(_) | Limit::MaxItems(_) | Limit::UniqueItems => matches!(typ, Type::Array(_)),
        Limit::MinProperties(_) | Limit::MaxProperties(_) => matches!(typ, Type::Object(_)),
    };
    (!speaks).then_some(kind_of(typ))
}

fn kind_of(typ: &Type) -> &'static str {
    match typ {
        Type::String(_) => "a text",
        Type::Number(_) | Type::Integer(_) => "a number",
        Type::Object(_) => "an object",
        Type::Array(_) => "a list",
        Type::Boolean(_) => "true and false",
    }
}

fn words(limits: &[Limit]) -> Vec<String> {
    let range = |units, least, most| match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most} {units}")),
        (Some(least), None) => Some(format!("at least {least} {units}")),
        (None, Some(most)) => Some(format!("at most {most} {units}")),
        (None, None) => None,
    };
    let find = |wanted: fn(&Limit) -> Option<u64>| limits.iter().find_map(wanted);
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
    words.extend(range("elements", find(min_items), find(max_items)));
    words.extend(
        limits
            .contains(&Limit::UniqueItems)
            .then(|| "no element twice".to_owned()),
    );
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
