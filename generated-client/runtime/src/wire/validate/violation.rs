//! What is not as a schema asks.

use std::fmt;

use crate::wire::{Rule, path};

/// How many violations are kept, so that a long list of wrong elements costs no more memory than the list.
const KEPT: usize = 1_000;

/// The violations that were found in JSON, by their position.
#[derive(Debug, Default)]
pub(in crate::wire) struct Found {
    violations: Vec<(usize, Rule, String)>,
    more: usize,
    unreadable: Option<usize>,
    /// Values that are not of one of the types of their unions.
    unknown: Vec<usize>,
}

impl Found {
    pub(in crate::wire) fn unknown(&mut self, at: usize) {
        if self.unknown.len() < KEPT {
            self.unknown.push(at);
        } else {
            self.more += 1;
        }
    }

    /// Takes over what was found in a part of the object at a place.
    pub(in crate::wire) fn take_over(&mut self, part: Self, at: usize) {
        for (_, rule, actual) in part.violations {
            self.add(at, rule, || actual);
        }
        for _ in part.unknown {
            self.unknown(at);
        }
        self.more += part.more;
        self.unreadable = self.unreadable.or(part.unreadable.map(|_| at));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.violations.is_empty()
    }

    pub(super) fn add(&mut self, at: usize, rule: Rule, actual: impl FnOnce() -> String) {
        if self.violations.len() < KEPT {
            self.violations.push((at, rule, actual()));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn unreadable(&mut self, at: usize) {
        self.unreadable.get_or_insert(at);
    }

    pub(in crate::wire) fn into_result(mut self, text: &str) -> Result<(), ValidationError> {
        // What is inside was found first.
        self.violations.sort_by_key(|(at, ..)| *at);
        let mut violations: Vec<Violation> = Vec::with_capacity(self.violations.len());
        for (at, rule, actual) in self.violations {
            let (keyword, limit) = keyword_and_limit(rule);
            let path = path::at(text, at);
            violations.push(Violation {
                path,
                keyword,
                limit,
                actual,
            });
        }
        violations.extend(self.unknown.into_iter().map(|at| Violation {
            path: path::at(text, at),
            keyword: "oneOf",
            limit: "one of the types of the union".to_owned(),
            actual: "another value".to_owned(),
        }));
        if let Some(at) = self.unreadable {
            violations.push(Violation {
                path: path::at(text, at),
                keyword: "depth",
                limit: crate::wire::MAX_DEPTH.to_string(),
                actual: "more arrays and objects in each other".to_owned(),
            });
        }
        if violations.is_empty() {
            return Ok(());
        }
        Err(ValidationError {
            violations,
            more: self.more,
        })
    }
}

fn keyword_and_limit(rule: Rule) -> (&'static str, String) {
    match rule {
        Rule::Minimum(limit) => ("minimum", limit.to_owned()),
        Rule::ExclusiveMinimum(limit) => ("exclusiveMinimum", limit.to_owned()),
        Rule::Maximum(limit) => ("maximum", limit.to_owned()),
        Rule::ExclusiveMaximum(limit) => ("exclusiveMaximum", limit.to_owned()),
        Rule::MultipleOf(limit) => ("multipleOf", limit.to_owned()),
        Rule::MinLength(limit) => ("minLength", limit.to_string()),
        Rule::MaxLength(limit) => ("maxLength", limit.to_string()),
        Rule::Pattern(limit) => ("pattern", limit.to_owned()),
        Rule::MinItems(limit) => ("minItems", limit.to_string()),
        Rule::MaxItems(limit) => ("maxItems", limit.to_string()),
        Rule::UniqueItems => ("uniqueItems", "true".to_owned()),
        Rule::MinProperties(limit) => ("minProperties", limit.to_string()),
        Rule::MaxProperties(limit) => ("maxProperties", limit.to_string()),
        Rule::DependentRequired(name, others) => ("dependentRequired", format!("{}: {}", name, others.join(", "))),
        Rule::Required(names) | Rule::RequiredInRequests(names) => ("required", names.join(", ")),
        Rule::AnyOf(arms) => ("anyOf", alternatives(arms)),
        Rule::OneOf(arms) => ("oneOf", format!("exactly one of {}", alternatives(arms))),
        Rule::Not(rules) => ("not", together(rules)),
        Rule::Type(name) => ("type", name.to_owned()),
        Rule::Enum(values) => ("enum", values.join(", ")),
        Rule::Contains(rules, least, most) => {
            let most = most.map_or_else(String::new, |most| format!(" and at most {most}"));
            ("contains", format!("at least {least}{most} of {}", together(rules)))
        }
        // These lead to others, which are what is violated.
        Rule::If(..) => ("if", String::new()),
        Rule::PrefixItems(_) => ("prefixItems", String::new()),
        Rule::Items(_) => ("items", String::new()),
        Rule::Member(..) => ("properties", String::new()),
        Rule::Matching(..) => ("patternProperties", String::new()),
        Rule::Others(_) => ("additionalProperties", String::new()),
        Rule::Names(_) => ("propertyNames", String::new()),
    }
}

/// Rules of which one list has to hold, as words.
fn alternatives(arms: &[&[Rule]]) -> String {
    let words = arms.iter().map(|arm| match arm {
        [_] => together(arm),
        _ => format!("({})", together(arm)),
    });
    words.collect::<Vec<_>>().join(" or ")
}

/// Rules that have to hold together, as words.
fn together(rules: &[Rule]) -> String {
    let words = rules.iter().map(|rule| {
        let (keyword, limit) = keyword_and_limit(*rule);
        format!("{keyword} {limit}").trim_end().to_owned()
    });
    words.collect::<Vec<_>>().join(" and ")
}

/// A value that is not as its schema asks.
#[derive(Clone, PartialEq, Eq)]
pub struct ValidationError {
    violations: Vec<Violation>,
    more: usize,
}

impl ValidationError {
    /// All that is not as the schema asks, in the order in which it is written; at most the first 1,000.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How many more there are.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        for (index, violation) in self.violations.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        match self.violations.len().saturating_sub(SHOWN) + self.more {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl fmt::Debug for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.violations).finish()
    }
}

impl std::error::Error for ValidationError {}

/// A constraint of a schema that a value does not satisfy. It never shows a string of the value, because that may be a
/// secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    path: String,
    keyword: &'static str,
    limit: String,
    actual: String,
}

impl Violation {
    /// The place as a JSON path, such as `$.list[3].name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The keyword of the schema, such as `maxLength`.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        self.keyword
    }

    /// What the keyword asks for.
    #[must_use]
    pub fn limit(&self) -> &str {
        &self.limit
    }

    /// What was found: a number, or how many characters, elements or members.
    #[must_use]
    pub fn actual(&self) -> &str {
        &self.actual
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            keyword,
            limit,
            actual,
        } = self;
        write!(f, "{path}: `{keyword}` is {limit}, found {actual}")
    }
}
