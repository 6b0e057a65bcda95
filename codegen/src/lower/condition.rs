//! Conditions: alternatives and `not` that say nothing of the type, but which members are there and what limits hold.
//!
//! They are rules where a rule can say all of it, and where the type keeps the members that they speak of.

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{
    Lowering,
    constraint::required_members,
    kind,
    kind::{Verdict, verdict},
};
use crate::{at::At, diagnostic::Code, document::Limit, ir::Constraint};

/// Which members a value has whenever they are there on the wire, so that a rule can ask for them.
pub(super) struct Kept {
    members: HashMap<String, bool>,
    /// Why the type may do without others, where it may.
    others: Result<(), &'static str>,
}

impl Kept {
    /// Of a map, or of a value that is no object.
    pub(super) fn all() -> Self {
        Self {
            members: HashMap::new(),
            others: Ok(()),
        }
    }

    /// Of one that may be of several types, or of a type that is described elsewhere.
    pub(super) fn nothing() -> Self {
        Self {
            members: HashMap::new(),
            others: Err("the members of the type are described elsewhere"),
        }
    }

    /// Of an object that keeps its properties, and with `others` all other members.
    pub(super) fn properties(members: HashMap<String, bool>, others: bool) -> Self {
        let others = others
            .then_some(())
            .ok_or("members that are no properties are not kept");
        Self { members, others }
    }

    fn check<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> Result<(), String> {
        for name in names {
            match self.members.get(name) {
                Some(true) => {}
                Some(false) => return Err(format!("`{name}` does not travel both ways")),
                None => self.others.map_err(str::to_owned)?,
            }
        }
        Ok(())
    }
}

type Rules = Result<Vec<Constraint>, String>;

impl<'d> Lowering<'d> {
    /// The conditions of a schema. What no rule can say is a warning.
    pub(super) fn conditions(&mut self, schema: &'d Schema, at: &At<'_>, kept: &Kept) -> Vec<Constraint> {
        let components = self.lookup();
        let mut constraints = Vec::new();
        for (key, arms) in kind::choices_of(schema) {
            let is_condition = |arm: &ReferenceOr<Schema>| {
                let item = arm.as_item();
                item.is_some_and(|arm| !kind::is_null(arm) && kind::is_condition(components, arm))
            };
            if !arms.iter().any(is_condition) {
                continue;
            }
            let here = at.key(key);
            let rules = match verdict(components, arms) {
                Verdict::Conditions => self.alternative_rules(key, arms, &here, kept),
                _ => Err("other arms have types".to_owned()),
            };
            match rules {
                Ok(rule) => constraints.extend(rule),
                Err(reason) => {
                    let message = format!("arms of `{key}` set conditions that are not checked: {reason}");
                    let help = "values are carried as they are; describe each arm as a type to have it typed";
                    self.warn(Code::Weakened, &here, message, help);
                }
            }
        }
        if let Some(not) = not(schema) {
            let here = at.key("not");
            match self.condition(not, &here, kept) {
                Ok(rules) => constraints.push(Constraint::Not(rules)),
                Err(reason) => {
                    let message = format!("what `not` says is not in the type, and not checked: {reason}");
                    self.warn(Code::Weakened, &here, message, "values are carried as they are");
                }
            }
        }
        constraints
    }

    /// A rule for the arms of a choice, if they ask for something.
    fn alternative_rules(&mut self, key: &str, arms: &'d [ReferenceOr<Schema>], at: &At<'_>, kept: &Kept) -> Rules {
        let mut rules: Vec<Vec<Constraint>> = Vec::with_capacity(arms.len());
        for (index, arm) in arms.iter().enumerate() {
            if arm.as_item().is_some_and(kind::is_null) {
                continue;
            }
            rules.push(self.condition(arm, &at.index(index), kept)?);
        }
        if key == "oneOf" {
            return Ok(vec![Constraint::OneOf(rules)]);
        }
        rules.dedup();
        // An arm that asks for nothing always holds.
        let asks = rules.iter().all(|arm| !arm.is_empty());
        Ok(asks.then_some(Constraint::AnyOf(rules)).into_iter().collect())
    }

    /// The rules that say exactly what a schema says.
    fn condition(&mut self, schema: &'d ReferenceOr<Schema>, at: &At<'_>, kept: &Kept) -> Rules {
        let ReferenceOr::Item(schema) = schema else {
            return Err("what a reference leads to is a type".to_owned());
        };
        let Some((required, parts)) = bare(schema) else {
            return Err("only limits and required members are".to_owned());
        };
        if self.lookup().beside(schema).is_some() {
            return Err("only limits and required members are".to_owned());
        }
        kept.check(required)?;
        let mut rules: Vec<Constraint> = required_members(required).into_iter().collect();
        let document = self.document;
        for limit in document.limits.of(&schema.schema_data) {
            let rule = self.limit(limit, at, kept)?;
            rules.push(rule.ok_or_else(|| "one of the limits cannot be checked".to_owned())?);
        }
        let here = at.key("allOf");
        for (index, part) in parts.iter().enumerate() {
            rules.extend(self.condition(part, &here.index(index), kept)?);
        }
        for (key, arms) in kind::choices_of(schema) {
            rules.extend(self.alternative_rules(key, arms, &at.key(key), kept)?);
        }
        if let Some(not) = not(schema) {
            rules.push(Constraint::Not(self.condition(not, &at.key("not"), kept)?));
        }
        Ok(rules)
    }

    /// The rule of a limit: none where it cannot be checked, which has been said then.
    pub(super) fn limit(&mut self, limit: &Limit, at: &At<'_>, kept: &Kept) -> Result<Option<Constraint>, String> {
        let Limit::DependentRequired(name, others) = limit else {
            return Ok(self.constraint(limit, at));
        };
        kept.check(std::iter::once(name).chain(others))?;
        Ok(Some(Constraint::DependentRequired(name.clone(), others.clone())))
    }
}

/// What a schema says may not be.
fn not(schema: &Schema) -> Option<&ReferenceOr<Schema>> {
    match &schema.schema_kind {
        SchemaKind::Not { not } => Some(not),
        SchemaKind::Any(any) => any.not.as_deref(),
        _ => None,
    }
}

/// The required members and the parts of a schema that says nothing of the type of a value, other than that it is an object.
fn bare(schema: &Schema) -> Option<(&[String], &[ReferenceOr<Schema>])> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => kind::is_bare(object).then_some((&object.required, &[])),
        SchemaKind::AllOf { all_of } => Some((&[], all_of)),
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => Some((&[], &[])),
        SchemaKind::Any(any) => {
            let says_type = any.typ.as_deref().is_some_and(|typ| typ != "object")
                || !any.properties.is_empty()
                || any.items.is_some()
                || !any.enumeration.is_empty()
                || any.additional_properties.is_some();
            (!says_type).then_some((&any.required, &any.all_of))
        }
        SchemaKind::Type(_) => None,
    }
}
