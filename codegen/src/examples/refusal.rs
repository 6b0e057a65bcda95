//! Whether a schema surely refuses a value, and by which rule.

use std::{cmp::Ordering, collections::HashMap};

use regex::Regex;

use super::values::{has_type, order, same};
use crate::{
    instance::integer_range,
    pattern::linear,
    read::{Node, Number, Object, Value},
};

/// How many schemas apply to one value of another.
const MAX_DEPTH: usize = 64;
/// How many references are followed to a type.
const MAX_REFERENCES: usize = 16;
/// Arrays with more items are not searched for equal ones.
const MAX_DISTINCT: usize = 64;
/// The work for an example: this much, and `STEPS_PER_VALUE` for each of its values.
const STEPS: usize = 512;
const STEPS_PER_VALUE: usize = 64;

/// Why a value is refused.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule<'n> {
    Type(&'n str),
    Enum,
    Const,
    Limit(&'static str),
    Missing(&'n str),
    Additional(&'n str),
    /// `oneOf` or `anyOf`.
    Variants(&'static str),
}

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'n> {
    Key(&'n str),
    Index(usize),
}

/// A refused value: the example itself or a part of it.
#[derive(Debug)]
pub(super) struct Refusal<'n> {
    pub(super) value: &'n Node,
    pub(super) rule: Rule<'n>,
    /// From the refused value to the example.
    pub(super) path: Vec<Step<'n>>,
}

impl<'n> Refusal<'n> {
    fn new(value: &'n Node, rule: Rule<'n>) -> Self {
        Self {
            value,
            rule,
            path: Vec::new(),
        }
    }

    fn below(mut self, step: Step<'n>) -> Self {
        self.path.push(step);
        self
    }
}

pub(super) struct Judge<'n> {
    root: &'n Node,
    patterns: HashMap<&'n str, Option<Regex>>,
    /// The steps that are left for an example. Nothing is refused when they are used up.
    steps: usize,
}

/// A schema and how it applies.
#[derive(Clone, Copy)]
struct Applied<'n> {
    object: &'n Object,
    /// Whether other schemas apply to the same value and can have properties of their own.
    is_part: bool,
    depth: usize,
}

impl<'n> Judge<'n> {
    pub(super) fn new(root: &'n Node) -> Self {
        Self {
            root,
            patterns: HashMap::new(),
            steps: 0,
        }
    }

    /// Returns why a schema refuses a value; `None` if it does not, or if that is not sure.
    pub(super) fn refusal(&mut self, schema: &'n Node, value: &'n Node) -> Option<Refusal<'n>> {
        self.steps = value.size().saturating_mul(STEPS_PER_VALUE).saturating_add(STEPS);
        let refusal = self.refused(schema, value, false, 0);
        refusal.filter(|_| self.steps > 0)
    }

    /// The type of a schema; empty if it has none.
    pub(super) fn kind(&self, schema: &'n Node) -> &'n str {
        let mut schema = schema;
        for _ in 0..MAX_REFERENCES {
            if let Some(kind) = schema.get("type").and_then(Node::as_str) {
                return kind;
            }
            let part = schema.get("allOf").and_then(Node::as_array).and_then(<[Node]>::first);
            match self.target(schema).or(part) {
                Some(target) => schema = target,
                None => break,
            }
        }
        ""
    }

    fn target(&self, schema: &'n Node) -> Option<&'n Node> {
        let reference = schema.get("$ref").and_then(Node::as_str)?;
        self.root.at(reference.strip_prefix('#')?)
    }

    fn spend(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        self.steps > 0
    }

    fn refused(&mut self, schema: &'n Node, value: &'n Node, is_part: bool, depth: usize) -> Option<Refusal<'n>> {
        let object = schema.as_object()?;
        if depth > MAX_DEPTH || !self.spend(1) {
            return None;
        }
        if object.contains("$ref") {
            return self.refused(self.target(schema)?, value, is_part, depth + 1);
        }
        let is_set = |key: &str| object.get(key).and_then(Node::as_bool) == Some(true);
        if value.is_null() && is_set("nullable") {
            return None;
        }
        let applied = Applied {
            object,
            is_part: is_part || object.contains("allOf"),
            depth,
        };
        if let Some(rule) = self.own_rule(applied, value) {
            return Some(Refusal::new(value, rule));
        }
        let inner = match &value.value {
            Value::Array(elements) => self.items(applied, elements),
            Value::Object(members) => self.properties(applied, value, members),
            _ => None,
        };
        inner
            .or_else(|| self.parts(applied, value))
            .or_else(|| self.variants(applied, value, "oneOf"))
            .or_else(|| self.variants(applied, value, "anyOf"))
    }

    /// The first rule of the schema itself that a value breaks, without the parts of the value.
    fn own_rule(&mut self, applied: Applied<'n>, value: &'n Node) -> Option<Rule<'n>> {
        let object = applied.object;
        let kind = object.get("type").and_then(Node::as_str);
        let allowed = object.get("enum").and_then(Node::as_array);
        // A value of `enum` that the type excludes is a mistake in the schema, which has a diagnostic of its own.
        let is_value = |value: &Node| allowed.is_some_and(|allowed| allowed.iter().any(|allowed| same(allowed, value)));
        if let Some(kind) = kind.filter(|kind| has_type(value, kind) == Some(false)) {
            return (self.spend(enum_cost(allowed, value)) && !is_value(value)).then_some(Rule::Type(kind));
        }
        if allowed.is_some() && self.spend(enum_cost(allowed, value)) && !is_value(value) {
            return Some(Rule::Enum);
        }
        if object
            .get("const")
            .is_some_and(|constant| self.spend(value.size()) && !same(constant, value))
        {
            return Some(Rule::Const);
        }
        let keyword = match &value.value {
            Value::Number(number) => number_limit(object, number),
            Value::String(text) => self.text_limit(object, text),
            Value::Array(elements) => self.array_limit(object, elements),
            Value::Object(members) => size_limit(object, members.len(), ["minProperties", "maxProperties"]),
            Value::Null | Value::Bool(_) => None,
        };
        keyword.map(Rule::Limit)
    }

    fn text_limit(&mut self, object: &'n Object, text: &str) -> Option<&'static str> {
        let has_length = object.contains("minLength") || object.contains("maxLength");
        if has_length && let Some(keyword) = size_limit(object, text.chars().count(), ["minLength", "maxLength"]) {
            return Some(keyword);
        }
        let pattern = object.get("pattern").and_then(Node::as_str)?;
        let compiled = self
            .patterns
            .entry(pattern)
            .or_insert_with(|| Regex::new(&linear(pattern).ok()?).ok());
        compiled
            .as_ref()
            .is_some_and(|pattern| !pattern.is_match(text))
            .then_some("pattern")
    }

    fn array_limit(&mut self, object: &Object, elements: &[Node]) -> Option<&'static str> {
        if let Some(keyword) = size_limit(object, elements.len(), ["minItems", "maxItems"]) {
            return Some(keyword);
        }
        let is_wanted = object.get("uniqueItems").and_then(Node::as_bool) == Some(true);
        if !is_wanted || elements.len() > MAX_DISTINCT || !self.spend(elements.len().saturating_mul(elements.len())) {
            return None;
        }
        let is_repeated = |(index, element): (usize, &Node)| {
            // Texts of other types are not equal here.
            let is_equal = |other: &Node| other.kind() == element.kind() && same(other, element);
            elements.iter().take(index).any(is_equal)
        };
        elements.iter().enumerate().any(is_repeated).then_some("uniqueItems")
    }

    fn items(&mut self, applied: Applied<'n>, elements: &'n [Node]) -> Option<Refusal<'n>> {
        let prefix = applied
            .object
            .get("prefixItems")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let rest = applied.object.get("items");
        elements.iter().enumerate().find_map(|(index, element)| {
            let schema = prefix.get(index).or(rest)?;
            let refusal = self.refused(schema, element, false, applied.depth + 1)?;
            Some(refusal.below(Step::Index(index)))
        })
    }

    fn properties(&mut self, applied: Applied<'n>, value: &'n Node, members: &'n Object) -> Option<Refusal<'n>> {
        let declared = applied.object.get("properties").and_then(Node::as_object);
        let required = applied
            .object
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default();
        for name in required.iter().filter_map(Node::as_str) {
            let property = declared.and_then(|declared| declared.get(name));
            let is_sure = match property {
                // It is required in one direction only.
                Some(property) => !self.is_one_way(property),
                None => !applied.is_part,
            };
            if self.spend(1) && is_sure && !members.contains(name) {
                return Some(Refusal::new(value, Rule::Missing(name)));
            }
        }
        let others = applied.object.get("additionalProperties").filter(|_| !applied.is_part);
        let is_closed = others.is_some_and(|others| others.as_bool() == Some(false));
        let others = others.filter(|_| !applied.object.contains("patternProperties"));
        for member in members {
            let schema = match declared.and_then(|declared| declared.get(&member.name)) {
                Some(schema) => schema,
                None if is_closed && others.is_some() => {
                    return Some(Refusal::new(value, Rule::Additional(&member.name)));
                }
                None => match others {
                    Some(others) => others,
                    None => continue,
                },
            };
            if let Some(refusal) = self.refused(schema, &member.value, false, applied.depth + 1) {
                return Some(refusal.below(Step::Key(&member.name)));
            }
        }
        None
    }

    /// Whether a property is sent in one direction only.
    fn is_one_way(&self, property: &'n Node) -> bool {
        let is_flagged = |schema: &Node| {
            let is_set = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
            is_set("readOnly") || is_set("writeOnly")
        };
        let parts = property.get("allOf").and_then(Node::as_array).unwrap_or_default();
        let mut schemas = parts.iter().chain([property]);
        schemas.any(|schema| is_flagged(schema) || self.target(schema).is_some_and(is_flagged))
    }

    fn parts(&mut self, applied: Applied<'n>, value: &'n Node) -> Option<Refusal<'n>> {
        let parts = applied.object.get("allOf").and_then(Node::as_array)?;
        parts
            .iter()
            .find_map(|part| self.refused(part, value, true, applied.depth + 1))
    }

    /// A value is refused if all variants refuse it.
    fn variants(&mut self, applied: Applied<'n>, value: &'n Node, keyword: &'static str) -> Option<Refusal<'n>> {
        let variants = applied.object.get(keyword).and_then(Node::as_array)?;
        let is_part = applied.is_part || applied.object.contains("properties");
        let mut last = None;
        for variant in variants {
            last = Some(self.refused(variant, value, is_part, applied.depth + 1)?);
        }
        match variants {
            [_] => last,
            _ => last.map(|_| Refusal::new(value, Rule::Variants(keyword))),
        }
    }
}

/// The steps to compare a value with those of `enum`.
fn enum_cost(allowed: Option<&[Node]>, value: &Node) -> usize {
    allowed.map_or(0, |allowed| allowed.len().saturating_mul(value.size()))
}

/// The limit that a size breaks, of a smallest and a largest one.
fn size_limit(object: &Object, size: usize, [min, max]: [&'static str; 2]) -> Option<&'static str> {
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    let limit = |key: &str| object.get(key).and_then(Node::as_number).and_then(Number::as_count);
    if limit(min).is_some_and(|limit| size < limit) {
        return Some(min);
    }
    limit(max).is_some_and(|limit| size > limit).then_some(max)
}

fn number_limit(object: &Object, number: &Number) -> Option<&'static str> {
    for (key, flag, wrong) in [
        ("minimum", "exclusiveMinimum", Ordering::Less),
        ("maximum", "exclusiveMaximum", Ordering::Greater),
    ] {
        let limit = object.get(key).and_then(Node::as_number);
        let found = limit.and_then(|limit| order(number, limit));
        if found == Some(wrong) {
            return Some(key);
        }
        let is_exclusive = object.get(flag).and_then(Node::as_bool) == Some(true);
        if is_exclusive && found == Some(Ordering::Equal) {
            return Some(flag);
        }
    }
    let step = object
        .get("multipleOf")
        .and_then(Node::as_number)
        .and_then(Number::as_i128);
    if let Some((value, step)) = number.as_i128().zip(step.filter(|step| *step > 0))
        && value % step != 0
    {
        return Some("multipleOf");
    }
    let format = object.get("format").and_then(Node::as_str)?;
    let (low, high) = integer_range(format)?;
    let value = number.as_i128()?;
    (!(low..=high).contains(&value)).then_some("format")
}
