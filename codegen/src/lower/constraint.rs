//! What a schema asks of a value beyond its type, as rules that the client can check.
//!
//! A named type has its own rules; those of scalars, lists and maps are the rules of whoever holds them.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{
    Lowering,
    condition::Kept,
    kind::{self, Verdict, verdict},
    pattern,
    tag::parts_of,
};
use crate::{
    at::At,
    diagnostic::Code,
    document::Limit,
    ir::{Constraint, TypeRef},
};

/// How many references and lists may lie between a property and what limits it.
const MAX_DEPTH: usize = 256;

/// How many references are followed for one value: a diamond of them has more paths than parts.
const MAX_VISITS: usize = 1_000;

impl<'d> Lowering<'d> {
    /// What the schema of a value asks of it beyond its type `ty`.
    pub(super) fn constraints(
        &mut self,
        schema: &'d ReferenceOr<Schema>,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        if depth == 0 {
            self.references_to_limits = 0;
        }
        match schema {
            ReferenceOr::Reference { reference } => self.constraints_of_reference(reference, ty, at, depth),
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
        if depth == 0 {
            self.references_to_limits = 0;
        }
        match schema {
            ReferenceOr::Reference { reference } => self.constraints_of_reference(reference, ty, at, depth),
            ReferenceOr::Item(schema) => self.constraints_of(schema, ty, at, depth),
        }
    }

    fn constraints_of_reference(
        &mut self,
        reference: &str,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        // References that lead nowhere, or back, are reported where the type is lowered.
        if depth == MAX_DEPTH || matches!(unwrapped(ty), TypeRef::Named(_)) {
            return Vec::new();
        }
        self.references_to_limits += 1;
        if self.references_to_limits > MAX_VISITS {
            if self.references_to_limits == MAX_VISITS + 1 {
                let message =
                    "the limits of this value are said in too many places: those that are left are not checked";
                self.warn(Code::Weakened, at, message, "say the limits of a value in one place");
            }
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
        let has_own_rules = matches!(inner, TypeRef::Named(_)) && kind::kind(self.lookup(), schema).is_own_type();
        if has_own_rules {
            return Vec::new();
        }
        let mut constraints = match (&schema.schema_kind, inner) {
            (SchemaKind::AllOf { all_of }, _) => self.constraints_of_parts(all_of, ty, at, depth),
            (SchemaKind::AnyOf { .. } | SchemaKind::OneOf { .. }, _) => {
                self.constraints_of_choices(schema, ty, at, depth)
            }
            (SchemaKind::Any(any), _) => {
                let mut constraints = self.constraints_of_parts(&any.all_of, ty, at, depth);
                constraints.extend(self.constraints_of_choices(schema, ty, at, depth));
                constraints
            }
            // A named type has its own rules.
            (_, TypeRef::Named(_)) => return Vec::new(),
            (SchemaKind::Type(Type::Array(array)), TypeRef::Array(element)) => {
                let items = array.items.as_ref().map(|items| {
                    let rules = self.constraints_of_boxed(items, element, &at.key("items"), depth + 1);
                    (!rules.is_empty()).then_some(Constraint::Items(rules))
                });
                items.flatten().into_iter().collect()
            }
            (SchemaKind::Type(Type::Object(object)), TypeRef::Map(element)) => {
                let others = self.lookup().others_of(schema, object, at);
                let mut constraints: Vec<Constraint> = required_members(&object.required).into_iter().collect();
                constraints.extend(self.constraints_by_name(&others, Some(Vec::new()), element, at, depth + 1));
                constraints
            }
            (SchemaKind::Type(Type::Object(object)), TypeRef::AnyObject) => {
                required_members(&object.required).into_iter().collect()
            }
            _ => Vec::new(),
        };
        let kept = match inner {
            TypeRef::Named(_) => Kept::nothing(),
            TypeRef::Any | TypeRef::AnyObject => Kept::any(),
            _ => Kept::all(),
        };
        constraints.extend(self.own_constraints(schema, at, &kept));
        constraints
    }

    fn constraints_of_parts(
        &mut self,
        parts: &'d [ReferenceOr<Schema>],
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        let here = at.key("allOf");
        let parts = parts.iter().enumerate();
        parts
            .flat_map(|(index, part)| self.constraints(part, ty, &here.index(index), depth + 1))
            .collect()
    }

    /// What the arms of choices ask that have one type together: of each value one of them.
    fn constraints_of_choices(
        &mut self,
        schema: &'d Schema,
        ty: &TypeRef,
        at: &At<'_>,
        depth: usize,
    ) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for (key, arms) in kind::choices_of(schema) {
            // Conditions are looked at where they stand.
            if matches!(verdict(self.lookup(), arms), Verdict::Conditions) {
                continue;
            }
            let here = at.key(key);
            let arms = arms.iter().enumerate();
            let arms = arms.filter(|(_, arm)| !arm.as_item().is_some_and(kind::is_null));
            let rules: Vec<Vec<Constraint>> = arms
                .map(|(index, arm)| self.constraints(arm, ty, &here.index(index), depth + 1))
                .collect();
            if let [only] = rules.as_slice() {
                constraints.extend(only.iter().cloned());
            } else if rules.iter().all(|arm| !arm.is_empty()) {
                constraints.push(Constraint::AnyOf(rules));
            }
        }
        constraints
    }

    /// What an object asks as a whole, wherever in its `allOf` it was said.
    pub(super) fn constraints_of_object(&mut self, schema: &'d Schema, kept: &Kept, at: &At<'_>) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        self.add_parts(schema, kept, at, &mut HashSet::new(), &mut constraints);
        constraints
    }

    fn add_parts(
        &mut self,
        schema: &'d Schema,
        kept: &Kept,
        at: &At<'_>,
        seen: &mut HashSet<*const Schema>,
        into: &mut Vec<Constraint>,
    ) {
        if seen.len() == MAX_DEPTH || !seen.insert(std::ptr::from_ref(schema)) {
            return;
        }
        into.extend(self.own_constraints(schema, at, kept));
        let here = at.key("allOf");
        for (index, part) in parts_of(schema).iter().enumerate() {
            match part {
                ReferenceOr::Item(schema) => self.add_parts(schema, kept, &here.index(index), seen, into),
                ReferenceOr::Reference { reference } => {
                    if let Some((name, ReferenceOr::Item(schema))) = self.lookup().named(reference) {
                        let components = At::ROOT.key("components");
                        self.add_parts(schema, kept, &components.key("schemas").key(name), seen, into);
                    }
                }
            }
        }
    }

    /// The keywords of one schema.
    pub(super) fn own_constraints(&mut self, schema: &'d Schema, at: &At<'_>, kept: &Kept) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        let document = self.document;
        for limit in document.limits.of(&schema.schema_data) {
            if let Some(kind) = kind_without(&schema.schema_kind, limit) {
                let keyword = limit.keyword();
                let message = format!("`{keyword}` says nothing about {kind}: it is ignored");
                self.warn(
                    Code::IneffectiveKeyword,
                    &at.key(keyword),
                    message,
                    "remove it, or correct the type",
                );
                continue;
            }
            match self.limit(limit, at, kept) {
                Ok(constraint) => constraints.extend(constraint),
                Err(reason) => {
                    let keyword = limit.keyword();
                    let message = format!("`{keyword}` is not checked: {reason}");
                    self.warn(
                        Code::Weakened,
                        &at.key(keyword),
                        message,
                        "values are carried as they are",
                    );
                }
            }
        }
        constraints.extend(self.conditions(schema, at, kept));
        let names = self
            .document
            .beside
            .of(&schema.schema_data)
            .and_then(|beside| beside.property_names.as_ref());
        if let Some(names) = names {
            let here = at.key("propertyNames");
            match self.condition(names, &here, &Kept::any()) {
                Ok(mut rules) => {
                    // Names are texts.
                    rules.retain(|rule| *rule != Constraint::Type("string".to_owned()));
                    constraints.extend((!rules.is_empty()).then_some(Constraint::Names(rules)));
                }
                Err(reason) => {
                    let message = format!("what `propertyNames` says is not in the type, and not checked: {reason}");
                    self.warn(Code::Weakened, &here, message, "values are carried as they are");
                }
            }
        }
        constraints
    }

    pub(super) fn constraint(&mut self, limit: &Limit, at: &At<'_>) -> Option<Constraint> {
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
            Limit::DependentRequired(name, others) => Constraint::DependentRequired(name.clone(), others.clone()),
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
}

/// The rule that these members are there.
pub(super) fn required_members(names: &[String]) -> Option<Constraint> {
    let mut names = names.to_vec();
    names.sort_unstable();
    (!names.is_empty()).then_some(Constraint::Required(names))
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
        Limit::MinProperties(_) | Limit::MaxProperties(_) | Limit::DependentRequired(..) => {
            matches!(typ, Type::Object(_))
        }
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
