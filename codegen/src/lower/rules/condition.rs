//! Conditions: alternatives, `not` and the like, which show no type but ask which members exist and what limits hold.
//!
//! They are rules where a rule can express all of it, and where the type keeps the members that they name.

use serde_json::Value as Json;

use super::{
    budget::{Budget, Spent},
    kept::Kept,
    limit::Rules,
};
use crate::{
    diagnostic::Code,
    document::{Additional, Choice, Form, JsonType, SchemaView},
    ir::Constraint,
    lower::{
        facts::{self, ChoiceMeaning},
        report::Report,
    },
    read::Text,
};

/// How many references may lie inside each other in a condition.
const MAX_DEPTH: usize = 8;

/// How many schemas may lie inside each other in a condition, references aside.
const MAX_NESTING: usize = 16;

/// Keywords that are conditions, beside choices.
const KEYWORDS: [&str; 4] = ["not", "contains", "if", "dependentSchemas"];

/// The rules that express exactly what a schema asks, or why no rule does.
type Exact = Result<Vec<Constraint>, String>;

/// Makes rules of the conditions of one schema.
pub(super) struct Conditions<'r, 'a, 'b, 'd> {
    pub(super) rules: &'r mut Rules<'a, 'd>,
    pub(super) report: &'r mut Report<'b>,
    depth: usize,
    nesting: usize,
    budget: Budget,
}

impl<'r, 'a, 'b, 'd> Conditions<'r, 'a, 'b, 'd> {
    pub(super) fn new(rules: &'r mut Rules<'a, 'd>, report: &'r mut Report<'b>) -> Self {
        Self {
            rules,
            report,
            depth: 0,
            nesting: 0,
            budget: Budget::new(),
        }
    }

    /// The conditions of a schema. What no rule can express is a warning.
    pub(super) fn of(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        for choice in schema.choices() {
            let found = match self.rules.facts.meanings.parts.choice(choice) {
                ChoiceMeaning::Conditions | ChoiceMeaning::OptionalMembers(_) => self.alternatives(choice, kept),
                ChoiceMeaning::One(_) | ChoiceMeaning::Text if self.has_conditions(choice) => {
                    Err("another variant has a type".to_owned())
                }
                // The type that the choice becomes has the rules.
                ChoiceMeaning::One(_) | ChoiceMeaning::Text | ChoiceMeaning::Many(_) => continue,
            };
            constraints.extend(self.checked(choice, found));
        }
        for keyword in KEYWORDS {
            match self.keyword(keyword, schema, kept) {
                Ok(rules) => constraints.extend(rules),
                Err(reason) => {
                    let message = format!("`{keyword}` is not part of the type and is not checked: {reason}");
                    let help = "no action is needed: the client passes values through unchanged";
                    self.report.warn(Code::Weakened, &schema.key(keyword), message, help);
                }
            }
        }
        constraints.extend(self.values(schema, kept));
        constraints.extend(self.names(schema));
        constraints.extend(self.items(schema, kept));
        constraints
    }

    /// What `enum` asks of arrays and objects: the values of other types are a type.
    fn values(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Option<Constraint> {
        let values = schema.values();
        let is_type = schema.any_constant().is_some() || facts::values(schema).is_some();
        if is_type || values.iter().all(Json::is_null) {
            return None;
        }
        match are_comparable(values, kept) {
            Ok(()) => Some(Constraint::Enum(values.iter().map(ToString::to_string).collect())),
            Err(reason) => {
                let message = format!("`enum` is not part of the type and is not checked: {reason}");
                let help = "no action is needed: the client passes values through unchanged";
                self.report.warn(Code::Weakened, &schema.key("enum"), message, help);
                None
            }
        }
    }

    /// What `items` asks where other keywords decide over the type.
    fn items(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Vec<Constraint> {
        if schema.form() != Form::Open || schema.items().is_none() {
            return Vec::new();
        }
        self.rules_of_items(schema, kept).unwrap_or_else(|reason| {
            let message = format!("`items` is not part of the type and is not checked: {reason}");
            let help = "no action is needed: the client passes values through unchanged";
            self.report.warn(Code::Weakened, &schema.key("items"), message, help);
            Vec::new()
        })
    }

    /// What the variants that only set conditions ask of values that are of no other variant's type.
    pub(super) fn of_other_values(&mut self, choice: Choice<'d>) -> Vec<Constraint> {
        let set = &self.rules.facts.meanings.parts.conditions;
        let conditions = choice.variants.iter().filter(|variant| set.are_set_by(*variant));
        // Such a value is kept as it comes.
        let rules: Result<Vec<_>, String> = conditions.map(|variant| self.exact(variant, &Kept::any())).collect();
        self.checked(choice, rules.map(|rules| vec![Constraint::AnyOf(rules)]))
    }

    fn has_conditions(&self, choice: Choice<'d>) -> bool {
        let conditions = &self.rules.facts.meanings.parts.conditions;
        choice.variants.iter().any(|variant| conditions.are_set_by(variant))
    }

    /// The rules of a choice. What no rule can express is a warning.
    fn checked(&mut self, choice: Choice<'d>, found: Exact) -> Vec<Constraint> {
        found.unwrap_or_else(|reason| {
            let keyword = choice.keyword;
            let message = format!("the conditions in variants of `{keyword}` are not checked: {reason}");
            let help = "no action is needed: the client passes values through unchanged; declare a type for each \
                variant to get typed variants";
            self.report.warn(Code::Weakened, &choice.pointer(), message, help);
            Vec::new()
        })
    }

    /// What `propertyNames` asks of the names of members.
    fn names(&mut self, schema: SchemaView<'d>) -> Option<Constraint> {
        let names = schema.property_names()?;
        match self.exact(names, &Kept::any()) {
            Ok(mut rules) => {
                // Names are strings.
                rules.retain(|rule| *rule != Constraint::Type("string".to_owned()));
                (!rules.is_empty()).then_some(Constraint::Names(rules))
            }
            Err(reason) => {
                let message = format!("`propertyNames` is not part of the type and is not checked: {reason}");
                let help = "no action is needed: the client passes values through unchanged";
                self.report.warn(Code::Weakened, &names, message, help);
                None
            }
        }
    }

    /// A rule for the variants of a choice, if they ask for something.
    fn alternatives(&mut self, choice: Choice<'d>, kept: &Kept) -> Exact {
        let mut rules: Vec<Vec<Constraint>> = Vec::with_capacity(choice.variants.len());
        for variant in choice.variants.iter().filter(|variant| !facts::is_null(*variant)) {
            rules.push(self.exact(variant, kept)?);
        }
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        if choice.keyword == "oneOf" {
            return Ok(vec![Constraint::OneOf(rules)]);
        }
        rules.dedup();
        // A variant that asks for nothing always holds.
        let asks = rules.iter().all(|variant| !variant.is_empty());
        Ok(asks.then_some(Constraint::AnyOf(rules)).into_iter().collect())
    }

    /// What a keyword that contains conditions asks for.
    fn keyword(&mut self, keyword: &str, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        match keyword {
            "not" => match schema.not() {
                Some(not) => Ok(vec![Constraint::Not(self.exact(not, kept)?)]),
                None => Ok(Vec::new()),
            },
            "contains" => match schema.contains().filter(|(_, min, max)| *min > 0 || max.is_some()) {
                Some((contains, min, max)) => {
                    let items = self.exact(contains, &kept.below())?;
                    Ok(vec![Constraint::Contains(items, min, max)])
                }
                None => Ok(Vec::new()),
            },
            "if" => match schema.condition() {
                Some((condition, then, otherwise)) if then.is_some() || otherwise.is_some() => {
                    let mut branch = |branch: Option<SchemaView<'d>>| match branch {
                        Some(branch) => self.exact(branch, kept),
                        None => Ok(Vec::new()),
                    };
                    let (then, otherwise) = (branch(then)?, branch(otherwise)?);
                    let condition = self.exact(condition, kept)?;
                    Ok(vec![Constraint::If(condition, then, otherwise)])
                }
                _ => Ok(Vec::new()),
            },
            _ => self.dependent_schemas(schema, kept),
        }
    }

    fn dependent_schemas(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        let mut rules = Vec::new();
        for (name, schema) in schema.dependent_schemas().sorted() {
            kept.check([name])?;
            let then = self.exact(schema, kept)?;
            let exists = vec![Constraint::Required(vec![name.to_owned()])];
            rules.push(Constraint::If(exists, then, Vec::new()));
        }
        Ok(rules)
    }

    /// The rules that express exactly what a schema asks.
    fn exact(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        if !schema.is_reference() {
            if self.nesting == MAX_NESTING {
                return Err(format!("it contains more than {MAX_NESTING} nested schemas"));
            }
            self.nesting += 1;
            let rules = self.exact_own(schema, kept);
            self.nesting -= 1;
            return rules;
        }
        let target = schema.referenced().ok_or("the target of a reference does not exist")?;
        if self.depth == MAX_DEPTH {
            return Err("it refers to itself, or through too many references".to_owned());
        }
        if self.depth == 0 {
            self.budget = Budget::new();
        }
        self.depth += 1;
        let rules = self.exact(target, kept);
        self.depth -= 1;
        rules
    }

    fn exact_own(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        if schema.has_unread() {
            return Err("a part of it is not checked".to_owned());
        }
        if self.depth > 0 && self.budget.spend() != Spent::Within {
            return Err("it refers to too many schemas".to_owned());
        }
        let mut rules = rules_of_value(schema, kept)?;
        rules.extend(self.rules_of_members(schema, kept)?);
        for limit in schema.limits() {
            let rule = self.rules.limit(limit, schema, kept, self.report)?;
            rules.push(rule.ok_or("one of the constraints cannot be checked")?);
        }
        for part in schema.parts().iter() {
            for rule in self.exact(part, kept)? {
                // A diamond of references has more paths than rules.
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        for choice in schema.choices() {
            rules.extend(self.alternatives(choice, kept)?);
        }
        for keyword in KEYWORDS {
            rules.extend(self.keyword(keyword, schema, kept)?);
        }
        if schema.allows_null() && !rules.is_empty() {
            let null = vec![Constraint::Type("null".to_owned())];
            return Ok(vec![Constraint::AnyOf(vec![null, rules])]);
        }
        Ok(rules)
    }

    /// What a schema asks of members and items.
    fn rules_of_members(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        let mut rules = self.rules_of_items(schema, kept)?;
        let is_object = matches!(schema.form(), Form::Object | Form::Open);
        if !is_object {
            return Ok(rules);
        }
        kept.check(schema.required().iter().map(|name| &**name))?;
        kept.check(schema.properties().names())?;
        rules.extend(required_members(schema.required()));
        if let Some(names) = schema.property_names() {
            kept.check_all()?;
            let rules_of_names = self.exact(names, &Kept::any())?;
            rules.push(Constraint::Names(rules_of_names));
        }
        let others = match schema.additional() {
            None | Some(Additional::Any) => None,
            Some(Additional::Nothing) => Some(vec![never()]),
            Some(Additional::Of(_)) => match schema.additional_schema() {
                Some(others) => Some(self.exact(others, &kept.below())?),
                None => None,
            },
        };
        let mut of_members = Vec::new();
        for (name, schema) in schema.properties().sorted() {
            of_members.push(Constraint::Property(
                name.to_owned(),
                self.exact(schema, &kept.below())?,
            ));
        }
        for (pattern, schema) in schema.pattern_properties().sorted() {
            kept.check_all()?;
            let of_members_by_pattern = self.exact(schema, &kept.below())?;
            let pattern = self.rules.linear(pattern)?;
            of_members.push(Constraint::Matching(pattern, of_members_by_pattern));
        }
        match others {
            // What is one of the others hangs on the names beside it, and on no other ones.
            Some(others) => {
                kept.check_all()?;
                of_members.push(Constraint::Others(others));
                rules.push(Constraint::AnyOf(vec![of_members]));
            }
            None => rules.extend(of_members.into_iter().filter(asks_of_members)),
        }
        Ok(rules)
    }

    /// What a schema asks of items.
    fn rules_of_items(&mut self, schema: SchemaView<'d>, kept: &Kept) -> Exact {
        let mut first = Vec::with_capacity(schema.prefix_items().len());
        for item in schema.prefix_items().iter() {
            first.push(self.exact(item, &kept.below())?);
        }
        let items = match schema.items() {
            Some(items) => self.exact(items, &kept.below())?,
            None => Vec::new(),
        };
        let items = (!items.is_empty()).then_some(Constraint::Items(items));
        if first.is_empty() {
            return Ok(items.into_iter().collect());
        }
        // Which items are left hangs on how many come first here.
        let rules = std::iter::once(Constraint::PrefixItems(first)).chain(items).collect();
        Ok(vec![Constraint::AnyOf(vec![rules])])
    }
}

/// What no value fulfils.
fn never() -> Constraint {
    Constraint::Not(Vec::new())
}

fn asks_of_members(rule: &Constraint) -> bool {
    match rule {
        Constraint::Property(_, rules) | Constraint::Matching(_, rules) => !rules.is_empty(),
        _ => true,
    }
}

/// What a schema asks of a value itself: its type, and which values it may be.
fn rules_of_value(schema: SchemaView<'_>, kept: &Kept) -> Exact {
    let mut rules = Vec::new();
    match schema.declared_type() {
        Some(JsonType::Object) if kept.is_object() => {}
        Some(json_type) => rules.push(Constraint::Type(json_type.as_str().to_owned())),
        None => {}
    }
    let constant: Vec<Json> = schema.any_constant().into_iter().cloned().collect();
    for values in [schema.values(), &constant] {
        if !kept.is_deep() && values.iter().any(|value| value.is_object() || value.is_array()) {
            return Err("it compares a value of which the type may keep only a part".to_owned());
        }
        if !values.is_empty() {
            let values = values.iter().map(ToString::to_string);
            rules.push(Constraint::Enum(values.collect()));
        }
    }
    Ok(rules)
}

/// Fails with the reason where a value may have lost something that makes it another one than these.
fn are_comparable(values: &[Json], kept: &Kept) -> Result<(), String> {
    let has_more = |value: &Json| value.is_object() || value.is_array();
    for value in values.iter().filter(|_| !kept.is_deep()) {
        let is_deep = match value {
            Json::Object(members) => {
                kept.check_all()?;
                members.values().any(has_more)
            }
            // An array of scalars is like no array of which an item has lost a member.
            Json::Array(items) => items.iter().any(has_more),
            _ => false,
        };
        if is_deep {
            return Err("it compares a value of which the type may keep only a part".to_owned());
        }
    }
    Ok(())
}

/// The rule that these members exist.
pub(super) fn required_members(names: &[Text]) -> Option<Constraint> {
    let mut names: Vec<String> = names.iter().map(ToString::to_string).collect();
    names.sort_unstable();
    (!names.is_empty()).then_some(Constraint::Required(names))
}
