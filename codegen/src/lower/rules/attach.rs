//! The rules of a value by its schema and its type.

use std::collections::HashSet;

use super::{
    budget::{Budget, Spent},
    condition::{Conditions, required_members},
    kept::Kept,
    limit::Rules,
};
use crate::{
    diagnostic::Code,
    document::{Choice, Form, JsonType, Limit, SchemaView},
    ir::{Constraint, TypeRef},
    lower::{
        facts::{self, ChoiceMeaning, Component, Others, Rest},
        report::Report,
    },
    pattern,
};

/// How many references and arrays may lie between a value and what limits it.
const MAX_DEPTH: usize = 256;

impl<'d> Rules<'_, 'd> {
    /// What the schema of a value asks of it beyond its type `ty`.
    pub(in crate::lower) fn of_value(
        &mut self,
        schema: SchemaView<'d>,
        ty: &TypeRef,
        report: &mut Report<'_>,
    ) -> Vec<Constraint> {
        let mut value = Value {
            rules: self,
            report,
            budget: Budget::new(),
        };
        value.rules_of(schema, ty, 0)
    }

    /// What an object asks as a whole, wherever in its `allOf` that is declared.
    pub(in crate::lower) fn of_object(
        &mut self,
        schema: SchemaView<'d>,
        kept: &Kept,
        report: &mut Report<'_>,
    ) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![schema];
        while let Some(part) = open.pop() {
            if part.is_reference() {
                open.extend(part.referenced().filter(|component| !component.is_reference()));
            } else if seen.insert(part.id()) {
                constraints.extend(self.own(part, kept, report));
                open.extend(part.parts().iter().rev());
            }
        }
        constraints
    }

    /// What the keywords of one schema ask.
    pub(in crate::lower) fn own(
        &mut self,
        schema: SchemaView<'d>,
        kept: &Kept,
        report: &mut Report<'_>,
    ) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for limit in schema.limits() {
            let keyword = limit.keyword();
            if let Some(values) = values_without(schema, limit) {
                let message = format!("`{keyword}` has no effect on {values}: it is ignored");
                let help = "remove it, or correct the type";
                report.warn(Code::IneffectiveKeyword, &schema.key(keyword), message, help);
                continue;
            }
            match self.limit(limit, schema, kept, report) {
                Ok(constraint) => constraints.extend(constraint),
                Err(reason) => {
                    let message = format!("`{keyword}` is not checked: {reason}");
                    let help = "no action is needed: the client passes values through unchanged";
                    report.warn(Code::Weakened, &schema.key(keyword), message, help);
                }
            }
        }
        constraints.extend(Conditions::new(self, report).of(schema, kept));
        constraints
    }

    /// What the values of a union are asked for that are of none of its types: `None` where every variant has a type.
    pub(in crate::lower) fn of_other_values(
        &mut self,
        choice: Choice<'d>,
        report: &mut Report<'_>,
    ) -> Option<Vec<Constraint>> {
        let has_conditions = choice
            .variants
            .iter()
            .any(|variant| self.facts.meanings.parts.conditions.are_set_by(variant));
        has_conditions.then(|| Conditions::new(self, report).of_other_values(choice))
    }

    /// What the members of type `ty` have to be, each by its name; `properties` are the names of the others, where these
    /// are known.
    pub(in crate::lower) fn of_others(
        &mut self,
        others: &Others<'d>,
        properties: Option<Vec<&str>>,
        ty: &TypeRef,
        report: &mut Report<'_>,
    ) -> Vec<Constraint> {
        let mut value = Value {
            rules: self,
            report,
            budget: Budget::new(),
        };
        value.rules_of_others(others, properties, ty, 0)
    }
}

/// One value of which the rules are collected.
struct Value<'r, 'a, 'b, 'd> {
    rules: &'r mut Rules<'a, 'd>,
    report: &'r mut Report<'b>,
    budget: Budget,
}

impl<'d> Value<'_, '_, '_, 'd> {
    fn rules_of(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        if !schema.is_reference() {
            return self.rules_of_own(schema, ty, depth);
        }
        // References that lead nowhere, or back, are reported where the type is lowered.
        if matches!(without_null(ty), TypeRef::Named(_)) && !self.is_alias(schema) {
            return Vec::new();
        }
        let spent = if depth == MAX_DEPTH {
            Spent::Last
        } else {
            self.budget.spend()
        };
        if spent == Spent::Last {
            let message = "the constraints of this value are spread over too many schemas: the remaining ones are not \
                checked";
            let help = "declare the constraints of the value in fewer schemas";
            self.report.warn(Code::Weakened, &schema, message, help);
        }
        match schema.referenced() {
            Some(target) if spent == Spent::Within => self.rules_of(target, ty, depth + 1),
            _ => Vec::new(),
        }
    }

    /// Whether a reference leads to another name of a type, which may ask more than the type does.
    fn is_alias(&self, reference: SchemaView<'d>) -> bool {
        reference.referenced().is_some_and(|component| {
            component.is_reference() || matches!(self.rules.facts.component(component), Component::Alias)
        })
    }

    fn rules_of_own(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        let inner = without_null(ty);
        let is_named = matches!(inner, TypeRef::Named(_));
        // A named type has its own rules.
        if is_named && self.rules.facts.meanings.of(schema).is_own_type() {
            return Vec::new();
        }
        let mut constraints = match (schema.form(), inner) {
            (Form::AllOf | Form::OneOf | Form::AnyOf | Form::Open, _) => {
                let mut constraints = self.rules_of_parts(schema, ty, depth);
                constraints.extend(self.rules_of_choices(schema, ty, depth));
                constraints.extend(self.rules_of_members(schema, inner, depth));
                constraints
            }
            (_, TypeRef::Named(_)) => return Vec::new(),
            (Form::Array, TypeRef::Array(item)) => {
                let rules = schema.items().map(|items| self.rules_of(items, item, depth + 1));
                let rules = rules.filter(|rules| !rules.is_empty());
                rules.map(Constraint::Items).into_iter().collect()
            }
            (Form::Object, _) => self.rules_of_members(schema, inner, depth),
            _ => Vec::new(),
        };
        let kept = match inner {
            TypeRef::Named(_) => Kept::nothing(),
            TypeRef::Any | TypeRef::AnyObject => Kept::any(),
            _ => Kept::all(),
        };
        constraints.extend(self.rules.own(schema, &kept, self.report));
        constraints
    }

    /// What is asked of the members of a value that keeps all of them.
    fn rules_of_members(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        let values = match ty {
            TypeRef::Map(values) => values,
            TypeRef::Any | TypeRef::AnyObject => &TypeRef::Any,
            _ => return Vec::new(),
        };
        let mut constraints: Vec<Constraint> = required_members(schema.required()).into_iter().collect();
        let others = Others::of(schema);
        constraints.extend(self.rules_of_others(&others, Some(Vec::new()), values, depth + 1));
        constraints
    }

    /// What is asked of members that have one type together, which may be any JSON.
    fn rules_of_other(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        let mut rules = self.rules_of(schema, ty, depth);
        let declared = schema.target().filter(|schema| !schema.allows_null());
        if *ty == TypeRef::Any
            && let Some(json_type) = declared.and_then(SchemaView::declared_type)
        {
            rules.insert(0, Constraint::Type(json_type.as_str().to_owned()));
        }
        rules
    }

    fn rules_of_parts(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        let parts = schema.parts().iter();
        parts.flat_map(|part| self.rules_of(part, ty, depth + 1)).collect()
    }

    /// What the variants of choices ask that have one type together: of each value one of them.
    fn rules_of_choices(&mut self, schema: SchemaView<'d>, ty: &TypeRef, depth: usize) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for choice in schema.choices() {
            let meaning = self.rules.facts.meanings.parts.choice(choice);
            // Conditions are looked at with the keywords of the schema.
            if matches!(meaning, ChoiceMeaning::Conditions | ChoiceMeaning::OptionalMembers(_)) {
                continue;
            }
            let variants = choice.variants.iter().filter(|variant| !facts::is_null(*variant));
            let rules: Vec<Vec<Constraint>> = variants.map(|variant| self.rules_of(variant, ty, depth + 1)).collect();
            if let [only] = rules.as_slice() {
                constraints.extend(only.iter().cloned());
            } else if rules.iter().all(|variant| !variant.is_empty()) {
                constraints.push(Constraint::AnyOf(rules));
            }
        }
        constraints
    }

    fn rules_of_others(
        &mut self,
        others: &Others<'d>,
        properties: Option<Vec<&str>>,
        ty: &TypeRef,
        depth: usize,
    ) -> Vec<Constraint> {
        let of_rest = match others.additional {
            Some(Rest::Of(schema)) => self.rules_of_other(schema, ty, depth),
            _ => Vec::new(),
        };
        let is_closed = matches!(others.additional, Some(Rest::Nothing)) && !others.have_all_names();
        let mut constraints = Vec::new();
        let mut patterns = Some(Vec::new());
        for (pattern, schema) in &others.patterns {
            let rules = self.rules_of_other(*schema, ty, depth);
            if rules.is_empty() && of_rest.is_empty() && !is_closed {
                continue;
            }
            let Some(linear) = self.rules.checked_pattern(pattern, schema, self.report) else {
                // Whether another member is one of these is not known then.
                patterns = None;
                continue;
            };
            if let Some(patterns) = &mut patterns {
                patterns.push(linear.clone());
            }
            if !rules.is_empty() || !of_rest.is_empty() {
                constraints.push(Constraint::Matching(linear, rules));
            }
        }
        let Some(patterns) = patterns else { return constraints };
        if !of_rest.is_empty() {
            constraints.push(Constraint::Others(of_rest));
        } else if is_closed && let Some(properties) = properties {
            let names = Constraint::Pattern(pattern::one_of(&patterns, &properties));
            constraints.push(Constraint::Names(vec![names]));
        }
        constraints
    }
}

fn without_null(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Nullable(inner) => without_null(inner),
        other => other,
    }
}

/// What the values of a schema are called that a limit asks nothing of.
fn values_without(schema: SchemaView<'_>, limit: &Limit) -> Option<&'static str> {
    let json_type = schema.json_type()?;
    (!limit.applies_to(json_type)).then_some(match json_type {
        JsonType::String => "a string",
        JsonType::Number | JsonType::Integer => "a number",
        JsonType::Object => "an object",
        JsonType::Array => "an array",
        JsonType::Boolean => "a boolean",
    })
}
