//! Conditions: alternatives and `not` that say nothing of the type, but which members are there and what limits hold.
//!
//! They are rules where a rule can say all of it, and where the type keeps the members that they speak of.

use std::collections::HashMap;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value as Json;

use super::{
    Lowering,
    constraint::required_members,
    kind,
    kind::{Verdict, verdict},
    tag::parts_of,
};
use crate::{
    at::At,
    diagnostic::Code,
    document::{Limit, said_type, says_more},
    ir::Constraint,
};

/// How many references may lie inside each other in a condition.
const MAX_CONDITIONS_DEEP: usize = 8;

/// How many schemas one reference in a condition may lead to: a diamond of them has more paths than parts.
const MAX_CONDITIONS: usize = 1_000;

/// Which members a value has whenever they are there on the wire, so that a rule can ask for them.
pub(super) struct Kept {
    members: HashMap<String, bool>,
    /// Why the type may do without others, where it may.
    others: Result<(), &'static str>,
    /// Whether the same holds for all that the value holds.
    deep: bool,
    /// Whether the value can be nothing but an object.
    is_object: bool,
}

impl Kept {
    /// Of any JSON.
    pub(super) fn any() -> Self {
        Self {
            deep: true,
            ..Self::all()
        }
    }

    /// Of a map, or of a value that is no object.
    pub(super) fn all() -> Self {
        Self {
            members: HashMap::new(),
            others: Ok(()),
            deep: false,
            is_object: false,
        }
    }

    /// Of one that may be of several types, or of a type that is described elsewhere.
    pub(super) fn nothing() -> Self {
        Self {
            members: HashMap::new(),
            others: Err("the members of the type are described elsewhere"),
            ..Self::all()
        }
    }

    /// Of what such a value holds.
    fn below(&self) -> Self {
        if self.deep { Self::any() } else { Self::nothing() }
    }

    /// Of an object that keeps its properties, and with `others` all other members.
    pub(super) fn properties(members: HashMap<String, bool>, others: bool) -> Self {
        let others = others
            .then_some(())
            .ok_or("members that are no properties are not kept");
        Self {
            members,
            others,
            deep: false,
            is_object: true,
        }
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
        for key in ["not", "contains", "if", "dependentSchemas"] {
            match self.keyword(key, schema, at, kept) {
                Ok(rules) => constraints.extend(rules),
                Err(reason) => {
                    let message = format!("what `{key}` says is not in the type, and not checked: {reason}");
                    let help = "values are carried as they are";
                    self.warn(Code::Weakened, &at.key(key), message, help);
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

    /// What a keyword that holds conditions asks for.
    fn keyword(&mut self, key: &str, schema: &'d Schema, at: &At<'_>, kept: &Kept) -> Rules {
        let here = at.key(key);
        let beside = self.lookup().beside(schema);
        let mut rules = Vec::new();
        match (key, beside) {
            ("not", _) => {
                if let Some(not) = not(schema) {
                    rules.push(Constraint::Not(self.condition(not, &here, kept)?));
                }
            }
            ("contains", Some(beside)) => {
                let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
                let (least, most) = (beside.min_contains.map_or(1, count), beside.max_contains.map(count));
                if let Some(contains) = beside.contains.as_ref().filter(|_| least > 0 || most.is_some()) {
                    let elements = self.condition(contains, &here, &kept.below())?;
                    rules.push(Constraint::Contains(elements, least, most));
                }
            }
            ("if", Some(beside)) => {
                if let Some(condition) = &beside.condition
                    && (beside.then.is_some() || beside.otherwise.is_some())
                {
                    let mut branch = |branch: &'d Option<_>, key| match branch {
                        Some(branch) => self.condition(branch, &at.key(key), kept),
                        None => Ok(Vec::new()),
                    };
                    let (then, otherwise) = (branch(&beside.then, "then")?, branch(&beside.otherwise, "else")?);
                    let condition = self.condition(condition, &here, kept)?;
                    rules.push(Constraint::If(condition, then, otherwise));
                }
            }
            (_, Some(beside)) => {
                // The order of members means nothing.
                let mut schemas: Vec<_> = beside.dependent_schemas.iter().collect();
                schemas.sort_unstable_by_key(|(name, _)| *name);
                for (name, schema) in schemas {
                    kept.check([name])?;
                    let then = self.condition(schema, &here.key(name), kept)?;
                    let is_there = vec![Constraint::Required(vec![name.clone()])];
                    rules.push(Constraint::If(is_there, then, Vec::new()));
                }
            }
            _ => {}
        }
        Ok(rules)
    }

    /// The rules that say exactly what a schema says.
    pub(super) fn condition(&mut self, schema: &'d ReferenceOr<Schema>, at: &At<'_>, kept: &Kept) -> Rules {
        match schema {
            ReferenceOr::Item(schema) => self.condition_of(schema, at, kept),
            ReferenceOr::Reference { reference } => self.condition_of_reference(reference, kept),
        }
    }

    fn condition_of_reference(&mut self, reference: &str, kept: &Kept) -> Rules {
        let (name, target) = self.lookup().named(reference).ok_or("a reference leads nowhere")?;
        if self.conditions_deep == MAX_CONDITIONS_DEEP {
            return Err("it leads back to itself, or through too many references".to_owned());
        }
        if self.conditions_deep == 0 {
            self.conditions_seen = 0;
        }
        let components = At::ROOT.key("components");
        self.conditions_deep += 1;
        let rules = self.condition(target, &components.key("schemas").key(name), kept);
        self.conditions_deep -= 1;
        rules
    }

    fn condition_of(&mut self, schema: &'d Schema, at: &At<'_>, kept: &Kept) -> Rules {
        if says_more(schema) {
            return Err("a part of it is not checked".to_owned());
        }
        if self.conditions_deep > 0 {
            self.conditions_seen += 1;
            if self.conditions_seen > MAX_CONDITIONS {
                return Err("its references lead to too many schemas".to_owned());
            }
        }
        let mut rules = self.rules_of_value(schema, kept)?;
        rules.extend(self.rules_of_members(schema, at, kept)?);
        let document = self.document;
        for limit in document.limits.of(&schema.schema_data) {
            let rule = self.limit(limit, at, kept)?;
            rules.push(rule.ok_or_else(|| "one of the limits cannot be checked".to_owned())?);
        }
        let here = at.key("allOf");
        for (index, part) in parts_of(schema).iter().enumerate() {
            rules.extend(self.condition(part, &here.index(index), kept)?);
        }
        for (key, arms) in kind::choices_of(schema) {
            rules.extend(self.alternative_rules(key, arms, &at.key(key), kept)?);
        }
        for key in ["not", "contains", "if", "dependentSchemas"] {
            rules.extend(self.keyword(key, schema, at, kept)?);
        }
        if schema.schema_data.nullable && !rules.is_empty() {
            let null = vec![Constraint::Type("null".to_owned())];
            return Ok(vec![Constraint::AnyOf(vec![null, rules])]);
        }
        Ok(rules)
    }

    /// What a schema says of a value itself: its type, and what it may be.
    fn rules_of_value(&mut self, schema: &'d Schema, kept: &Kept) -> Rules {
        let mut rules = Vec::new();
        match said_type(schema) {
            Some("object") if kept.is_object => {}
            Some(name) => rules.push(Constraint::Type(name.to_owned())),
            None => {}
        }
        let values: Vec<Json> = match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                let values = string.enumeration.iter().cloned();
                values.map(|value| value.map_or(Json::Null, Json::from)).collect()
            }
            SchemaKind::Any(any) => any.enumeration.clone(),
            _ => Vec::new(),
        };
        let constant = self.lookup().beside(schema).and_then(|beside| beside.constant.clone());
        for values in [values, constant.into_iter().collect()] {
            if !kept.deep && values.iter().any(|value| value.is_object() || value.is_array()) {
                return Err("a value is compared that the type may keep a part of".to_owned());
            }
            if !values.is_empty() {
                let values = values.iter().map(ToString::to_string);
                rules.push(Constraint::Enum(values.collect()));
            }
        }
        Ok(rules)
    }

    /// What a schema says of members and elements.
    fn rules_of_members(&mut self, schema: &'d Schema, at: &At<'_>, kept: &Kept) -> Rules {
        let (object, items) = match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                let additional = object.additional_properties.as_ref();
                (Some((&object.properties, &object.required, additional)), None)
            }
            SchemaKind::Type(Type::Array(array)) => (None, array.items.as_ref()),
            SchemaKind::Any(any) => {
                let additional = any.additional_properties.as_ref();
                (Some((&any.properties, &any.required, additional)), any.items.as_ref())
            }
            _ => (None, None),
        };
        let beside = self.lookup().beside(schema);
        let says_more = beside.is_some_and(|beside| {
            !beside.prefix_items.is_empty() || !beside.pattern_properties.is_empty() || beside.property_names.is_some()
        });
        let additional = object.and_then(|(_, _, additional)| additional);
        if says_more || !matches!(additional, None | Some(AdditionalProperties::Any(true))) {
            return Err("no rule can say all that it does of members and elements".to_owned());
        }
        let mut rules = Vec::new();
        if let Some(items) = items {
            let of_items = self.condition_of_boxed(items, &at.key("items"), &kept.below())?;
            rules.extend((!of_items.is_empty()).then_some(Constraint::Items(of_items)));
        }
        let Some((properties, required, _)) = object else {
            return Ok(rules);
        };
        kept.check(required)?;
        kept.check(properties.keys())?;
        rules.extend(required_members(required));
        // The order of members means nothing.
        let mut properties: Vec<_> = properties.iter().collect();
        properties.sort_unstable_by_key(|(name, _)| *name);
        let here = at.key("properties");
        for (name, schema) in properties {
            let of_member = self.condition_of_boxed(schema, &here.key(name), &kept.below())?;
            rules.extend((!of_member.is_empty()).then(|| Constraint::Property(name.clone(), of_member)));
        }
        Ok(rules)
    }

    fn condition_of_boxed(&mut self, schema: &'d ReferenceOr<Box<Schema>>, at: &At<'_>, kept: &Kept) -> Rules {
        match schema {
            ReferenceOr::Item(schema) => self.condition_of(schema, at, kept),
            ReferenceOr::Reference { reference } => self.condition_of_reference(reference, kept),
        }
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
