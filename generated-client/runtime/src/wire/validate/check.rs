//! One piece of JSON text against rules.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::{pattern, violation::Found};
use crate::wire::{Reader, Result, Rule, Writer, canonical::canonical, number::Decimal};

/// Checks the value that starts at `start` of `text` and ends with it, as a part of a request or as it is.
pub(in crate::wire) fn check((text, start): (&str, usize), rules: &[Rule], is_request: bool, found: &mut Found) {
    let mut json = Reader::new(text.get(start..).unwrap_or_default());
    let mut check = Check {
        start,
        is_request,
        found,
    };
    if check.value(&mut json, rules).is_err() {
        // It was written a moment ago: only its depth can be beyond the reader.
        check.found.unreadable(start);
    }
}

struct Check<'f> {
    start: usize,
    is_request: bool,
    found: &'f mut Found,
}

impl Check<'_> {
    fn value(&mut self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<()> {
        self.alternatives(json, rules)?;
        let at = self.start + json.at;
        match json.peek() {
            Some(b'{') => self.object(json, rules),
            Some(b'[') => self.array(json, rules),
            Some(b'"') => {
                let text = json.string()?;
                self.text(at, &text, rules);
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => {
                let number = json.number("a number")?;
                self.number(at, number, rules);
                Ok(())
            }
            _ => json.skip(),
        }
    }

    /// The rules that are made of others, of the value that comes next.
    fn alternatives(&mut self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<()> {
        for rule in rules {
            let is_any = matches!(rule, Rule::AnyOf(_));
            match rule {
                Rule::AnyOf(arms) | Rule::OneOf(arms) => {
                    let mut holding = 0;
                    for arm in *arms {
                        holding += usize::from(self.holds(json, arm)?);
                    }
                    if holding == 0 || (holding > 1 && !is_any) {
                        let actual = || match holding {
                            0 => "none of them".to_owned(),
                            several => format!("{several} of them"),
                        };
                        self.found.add(self.start + json.at, *rule, actual);
                    }
                }
                Rule::Not(inner) if self.holds(json, inner)? => {
                    let actual = || "a value that is so".to_owned();
                    self.found.add(self.start + json.at, *rule, actual);
                }
                Rule::If(condition, then, otherwise) => {
                    let rules = if self.holds(json, condition)? { then } else { otherwise };
                    self.again(json, rules)?;
                }
                Rule::Type(name) if !is_of_type(json, name)? => {
                    let actual = || "a value of another type".to_owned();
                    self.found.add(self.start + json.at, *rule, actual);
                }
                Rule::Enum(values) if !is_one_of(json, values)? => {
                    let actual = || "another value".to_owned();
                    self.found.add(self.start + json.at, *rule, actual);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the value that comes next is by the rules; the reader stays before it.
    fn holds(&self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<bool> {
        let mut found = Found::default();
        let mut check = Check {
            start: self.start,
            is_request: self.is_request,
            found: &mut found,
        };
        check.again(json, rules)?;
        Ok(found.is_empty())
    }

    /// Checks a name by rules as a string.
    fn name(&mut self, at: usize, name: &str, rules: &[Rule]) -> Result<()> {
        let mut writer = Writer::complete();
        writer.string(name);
        let mut found = Found::default();
        let mut check = Check {
            start: 0,
            is_request: self.is_request,
            found: &mut found,
        };
        check.value(&mut Reader::new(&writer.into_text()), rules)?;
        self.found.take_over(found, at);
        Ok(())
    }

    fn number(&mut self, at: usize, text: &str, rules: &[Rule]) {
        let number = Decimal::new(text);
        let compared = |bound: &str| number.compare(&Decimal::new(bound));
        for rule in rules {
            let holds = match rule {
                Rule::Minimum(bound) => compared(bound) != Ordering::Less,
                Rule::ExclusiveMinimum(bound) => compared(bound) == Ordering::Greater,
                Rule::Maximum(bound) => compared(bound) != Ordering::Greater,
                Rule::ExclusiveMaximum(bound) => compared(bound) == Ordering::Less,
                Rule::MultipleOf(step) => number.is_multiple_of(&Decimal::new(step)),
                _ => true,
            };
            if !holds {
                self.found.add(at, *rule, || shortened(text));
            }
        }
    }

    fn text(&mut self, at: usize, text: &str, rules: &[Rule]) {
        for rule in rules {
            match rule {
                Rule::MinLength(_) | Rule::MaxLength(_) => self.count(at, rule, text.chars().count(), "characters"),
                // The text may be a secret.
                Rule::Pattern(pattern) if !pattern::matches(pattern, text) => {
                    self.found.add(at, *rule, || "another text".to_owned());
                }
                _ => {}
            }
        }
    }

    fn array(&mut self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<()> {
        let at = self.start + json.at;
        let of_first = rules.iter().find_map(|rule| match rule {
            Rule::PrefixItems(rules) => Some(*rules),
            _ => None,
        });
        let of_first = of_first.unwrap_or_default();
        let mut seen = rules.contains(&Rule::UniqueItems).then(HashSet::new);
        let mut count = 0;
        json.elements(&mut |json| {
            let start = json.at;
            self.again(json, of_first.get(count).copied().unwrap_or_default())?;
            for rule in rules.iter().filter(|_| count >= of_first.len()) {
                if let Rule::Items(rules) = rule {
                    self.again(json, rules)?;
                }
            }
            json.skip()?;
            count += 1;
            let text = json.slice(start, json.at);
            if let Some(seen) = &mut seen
                && !seen.insert(canonical(text).unwrap_or_else(|| text.to_owned()))
            {
                let twice = || "an element for the second time".to_owned();
                self.found.add(self.start + start, Rule::UniqueItems, twice);
            }
            Ok(())
        })?;
        let end = json.at;
        for rule in rules {
            if let Rule::Contains(inner, least, most) = rule {
                json.at = at - self.start;
                let mut number = 0;
                json.elements(&mut |json| {
                    number += u64::from(self.holds(json, inner)?);
                    json.skip()
                })?;
                if number < *least || most.is_some_and(|most| number > most) {
                    self.found.add(at, *rule, || format!("{number} of them"));
                }
            }
        }
        json.at = end;
        for rule in rules {
            if let Rule::MinItems(_) | Rule::MaxItems(_) = rule {
                self.count(at, rule, count, "elements");
            }
        }
        Ok(())
    }

    fn object(&mut self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<()> {
        let at = self.start + json.at;
        let mut names: Vec<String> = Vec::new();
        json.members(&mut |name, json| {
            let at = self.start + json.at;
            let mut is_known = false;
            for rule in rules {
                match rule {
                    Rule::Member(known, rules) if *known == name => {
                        is_known = true;
                        self.again(json, rules)?;
                    }
                    Rule::Matching(pattern, rules) if pattern::matches(pattern, &name) => {
                        is_known = true;
                        self.again(json, rules)?;
                    }
                    Rule::Names(rules) => self.name(at, &name, rules)?,
                    _ => {}
                }
            }
            for rule in rules.iter().filter(|_| !is_known) {
                if let Rule::Others(rules) = rule {
                    self.again(json, rules)?;
                }
            }
            json.skip()?;
            names.push(name.into_owned());
            Ok(true)
        })?;
        let is_there = |wanted: &str| names.iter().any(|name| name == wanted);
        for rule in rules {
            match rule {
                Rule::MinProperties(_) | Rule::MaxProperties(_) => self.count(at, rule, names.len(), "members"),
                Rule::DependentRequired(name, others) if is_there(name) => {
                    for missing in others.iter().filter(|other| !is_there(other)) {
                        self.found.add(at, *rule, || format!("no `{missing}`"));
                    }
                }
                Rule::RequiredInRequests(_) if !self.is_request => {}
                Rule::Required(wanted) | Rule::RequiredInRequests(wanted) => {
                    for missing in wanted.iter().filter(|wanted| !is_there(wanted)) {
                        self.found.add(at, *rule, || format!("no `{missing}`"));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Checks the value that comes next, and leaves the reader before it.
    fn again(&mut self, json: &mut Reader<'_>, rules: &[Rule]) -> Result<()> {
        let start = json.at;
        if !rules.is_empty() {
            self.value(json, rules)?;
            json.at = start;
        }
        Ok(())
    }

    fn count(&mut self, at: usize, rule: &Rule, count: usize, units: &str) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let holds = match rule {
            Rule::MinLength(limit) | Rule::MinItems(limit) | Rule::MinProperties(limit) => count >= *limit,
            Rule::MaxLength(limit) | Rule::MaxItems(limit) | Rule::MaxProperties(limit) => count <= *limit,
            _ => true,
        };
        if !holds {
            self.found.add(at, *rule, || format!("{count} {units}"));
        }
    }
}

/// Whether the value that comes next is of a type of JSON Schema; the reader stays before it.
fn is_of_type(json: &mut Reader<'_>, name: &str) -> Result<bool> {
    let start = json.at;
    Ok(match json.peek() {
        Some(b'{') => name == "object",
        Some(b'[') => name == "array",
        Some(b'"') => name == "string",
        Some(b't' | b'f') => name == "boolean",
        Some(b'n') => name == "null",
        _ if name == "integer" => {
            let number = Decimal::new(json.number("a number")?);
            json.at = start;
            number.is_multiple_of(&Decimal::new("1"))
        }
        _ => name == "number",
    })
}

/// Whether the value that comes next is one of these; the reader stays before it.
fn is_one_of(json: &mut Reader<'_>, values: &[&str]) -> Result<bool> {
    let start = json.at;
    json.skip()?;
    let value = canonical(json.slice(start, json.at));
    json.at = start;
    Ok(values.iter().any(|known| canonical(known) == value))
}

/// A number that may have any count of digits.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.get(..SHOWN) {
        Some(head) if head.len() < text.len() => format!("{head}..."),
        _ => text.to_owned(),
    }
}
