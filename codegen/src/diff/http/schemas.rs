//! What a change of a schema means to the other side, by the direction in which its values travel.

use std::collections::BTreeSet;

use super::{
    finding::{Direction, Finding},
    flat::{Additional, Flat, flat},
    limits::{self, Change},
    types::{described, types_change},
};
use crate::diff::{
    text::{default_change, limit_change, quoted},
    tree::Tree,
};

/// Compares schemas of two documents.
pub(super) struct Schemas<'t> {
    pub(super) old: &'t Tree,
    pub(super) new: &'t Tree,
    /// The pairs that are compared or being compared.
    seen: BTreeSet<(String, String, Direction)>,
    pub(super) findings: Vec<Finding>,
    /// The references to different components within which schemas are compared.
    via: Option<(String, String)>,
}

/// What changes no value that may be sent.
const ANNOTATIONS: [&str; 4] = [
    "deprecation",
    "default-changed",
    "read-only-changed",
    "write-only-changed",
];

/// The two schemas that are compared, and the direction of their values.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    pub(super) old: &'p str,
    pub(super) new: &'p str,
    pub(super) direction: Direction,
}

impl<'t> Schemas<'t> {
    pub(super) fn new(old: &'t Tree, new: &'t Tree) -> Self {
        Self {
            old,
            new,
            seen: BTreeSet::new(),
            findings: Vec::new(),
            via: None,
        }
    }

    pub(super) fn find(&mut self, rule: &'static str, is_breaking: bool, old: Option<&str>, new: Option<&str>) {
        self.note(rule, is_breaking, (old, new), String::new());
    }

    pub(super) fn note(
        &mut self,
        rule: &'static str,
        is_breaking: bool,
        at: (Option<&str>, Option<&str>),
        detail: String,
    ) {
        let finding = Finding {
            rule,
            is_breaking,
            old: at.0.map(thing),
            new: at.1.map(thing),
            via: self.via.clone(),
            detail,
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Compares two schemas and all that they consist of.
    pub(super) fn compare(&mut self, old: &str, new: &str, direction: Direction) {
        if !self.seen.insert((old.to_owned(), new.to_owned(), direction)) {
            return;
        }
        let (before, after) = (flat(self.old, old), flat(self.new, new));
        // What a component allows changes at the component; which one is meant, where it is referred to.
        let (old_target, new_target) = (self.old.target(old), self.new.target(new));
        let is_one_component = old_target != old && old_target == new_target;
        let (old, new) = if is_one_component {
            (old_target.as_str(), new_target.as_str())
        } else {
            (old, new)
        };
        let pair = Pair { old, new, direction };
        let is_other = old_target != old && new_target != new;
        let outer = self.via.clone();
        if is_other && outer.is_none() {
            self.via = Some((thing(old), thing(new)));
        }
        self.compare_flat(pair, &before, &after);
        self.via = outer;
    }

    fn compare_flat(&mut self, pair: Pair<'_>, before: &Flat, after: &Flat) {
        if self.types(pair, before, after) == Some(Change::Other) {
            // Nothing that they consist of can be compared.
            return;
        }
        self.values(pair, before, after);
        self.limits(pair, before, after);
        self.annotations(pair, before, after);
        if before.choices.is_empty() != after.choices.is_empty()
            && before.discriminator.is_none()
            && after.discriminator.is_none()
        {
            return self.choices(pair, before, after);
        }
        self.properties(pair, before, after);
        self.additional(pair, before, after);
        self.items(pair, before, after);
        self.choices(pair, before, after);
        self.discriminator(pair, before, after);
    }

    /// Whether two schemas allow the same values.
    pub(super) fn are_same(&mut self, old: &str, new: &str) -> bool {
        let mut scratch = Schemas {
            old: self.old,
            new: self.new,
            seen: self.seen.clone(),
            findings: Vec::new(),
            via: None,
        };
        scratch.compare(old, new, Direction::Request);
        scratch.compare(old, new, Direction::Response);
        let is_annotation = |finding: &Finding| ANNOTATIONS.contains(&finding.rule);
        scratch.findings.iter().all(is_annotation)
    }

    pub(super) fn at(pair: Pair<'_>) -> (Option<&str>, Option<&str>) {
        (Some(pair.old), Some(pair.new))
    }

    pub(super) fn widened(&mut self, pair: Pair<'_>, rule: &'static str, detail: String) {
        self.note(rule, pair.direction == Direction::Response, Self::at(pair), detail);
    }

    pub(super) fn narrowed(&mut self, pair: Pair<'_>, rule: &'static str, detail: String) {
        self.note(rule, pair.direction == Direction::Request, Self::at(pair), detail);
    }

    fn types(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) -> Option<Change> {
        let detail = || format!("{} instead of {}", described(new), described(old));
        let change = types_change(old, new);
        match change {
            None => {}
            Some(Change::Looser) => self.widened(pair, "type-generalized", detail()),
            Some(Change::Tighter) => self.narrowed(pair, "type-specialized", detail()),
            Some(Change::Other) => self.note("type-changed", true, Self::at(pair), detail()),
        }
        match (old.is_nullable, new.is_nullable) {
            (false, true) => self.widened(pair, "became-nullable", "null is allowed".to_owned()),
            (true, false) => self.narrowed(pair, "became-not-nullable", "null is not allowed any more".to_owned()),
            _ => {}
        }
        change
    }

    fn values(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        match (&old.values, &new.values) {
            (None, None) => {}
            (None, Some(_)) => self.narrowed(pair, "became-enum", "only listed values are allowed".to_owned()),
            (Some(_), None) => self.widened(pair, "enum-removed", "the values are not listed any more".to_owned()),
            (Some(before), Some(after)) => {
                for (value, pointer) in before.iter().filter(|(value, _)| !after.contains_key(*value)) {
                    let is_breaking = pair.direction == Direction::Request;
                    let at = (Some(pointer.as_str()), None);
                    self.note(
                        "enum-value-removed",
                        is_breaking,
                        at,
                        format!("the value `{}` is removed", quoted(value)),
                    );
                }
                for (value, pointer) in after.iter().filter(|(value, _)| !before.contains_key(*value)) {
                    let is_breaking = pair.direction == Direction::Response;
                    let at = (None, Some(pointer.as_str()));
                    self.note(
                        "enum-value-added",
                        is_breaking,
                        at,
                        format!("the value `{}` is added", quoted(value)),
                    );
                }
            }
        }
    }

    fn limits(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        let keywords: BTreeSet<&'static str> = old.limits.keys().chain(new.limits.keys()).copied().collect();
        for keyword in keywords {
            let (before, after) = (old.limits.get(keyword), new.limits.get(keyword));
            let Some(change) = limits::change(keyword, before.map(String::as_str), after.map(String::as_str)) else {
                continue;
            };
            let detail = limit_change(keyword, before.map(String::as_str), after.map(String::as_str));
            let is_request = pair.direction == Direction::Request;
            match change {
                Change::Tighter => self.note("limit-tightened", is_request, Self::at(pair), detail),
                Change::Other => self.note("limit-changed", is_request, Self::at(pair), detail),
                Change::Looser => {
                    let is_range = !matches!(keyword, "pattern" | "uniqueItems" | "multipleOf");
                    self.note("limit-loosened", !is_request && is_range, Self::at(pair), detail);
                }
            }
        }
        let others: BTreeSet<&String> = old.others.keys().chain(new.others.keys()).collect();
        for keyword in others {
            let (before, after) = (old.others.get(keyword), new.others.get(keyword));
            let is_request = pair.direction == Direction::Request;
            let detail = format!("`{keyword}` is changed");
            match (before, after) {
                (before, after) if before == after => {}
                (Some(_), None) => self.note("condition-removed", !is_request, Self::at(pair), detail),
                _ => self.note("condition-changed", is_request, Self::at(pair), detail),
            }
        }
    }

    /// What changes no value that may be sent.
    fn annotations(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        if old.is_deprecated != new.is_deprecated {
            let detail = if new.is_deprecated {
                "deprecated"
            } else {
                "not deprecated"
            };
            self.note("deprecation", false, Self::at(pair), detail.to_owned());
        }
        if old.default != new.default {
            let detail = default_change(old.default.as_deref(), new.default.as_deref());
            self.note("default-changed", false, Self::at(pair), detail);
        }
        if old.is_read_only != new.is_read_only {
            let detail = if new.is_read_only {
                "read-only"
            } else {
                "not read-only any more"
            };
            self.note("read-only-changed", false, Self::at(pair), detail.to_owned());
        }
        if old.is_write_only != new.is_write_only {
            let detail = if new.is_write_only {
                "write-only"
            } else {
                "not write-only any more"
            };
            self.note("write-only-changed", false, Self::at(pair), detail.to_owned());
        }
    }

    fn properties(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        let is_request = pair.direction == Direction::Request;
        for (name, pointer) in &old.properties {
            if let Some(after) = new.properties.get(name) {
                self.property(pair, name, (pointer, after), (old, new));
                continue;
            }
            let property = flat(self.old, pointer);
            let is_ignored = if is_request {
                property.is_read_only
            } else {
                property.is_write_only
            };
            if !is_ignored {
                let is_required = old.required.contains(name);
                let rule = if is_required {
                    "required-property-removed"
                } else {
                    "property-removed"
                };
                self.note(rule, true, (Some(pointer), None), String::new());
            }
        }
        for (name, pointer) in new
            .properties
            .iter()
            .filter(|(name, _)| !old.properties.contains_key(*name))
        {
            let property = flat(self.new, pointer);
            let is_required = new.required.contains(name) && !property.is_read_only && property.default.is_none();
            let rule = if new.required.contains(name) {
                "required-property-added"
            } else {
                "property-added"
            };
            self.note(rule, is_required && is_request, (None, Some(pointer)), String::new());
        }
    }

    fn property(&mut self, pair: Pair<'_>, name: &str, at: (&str, &str), (old, new): (&Flat, &Flat)) {
        let (before, after) = (flat(self.old, at.0), flat(self.new, at.1));
        let is_request = pair.direction == Direction::Request;
        let is_ignored = |flat: &Flat| {
            if is_request {
                flat.is_read_only
            } else {
                flat.is_write_only
            }
        };
        let places = (Some(at.0), Some(at.1));
        match (old.required.contains(name), new.required.contains(name)) {
            (false, true) => {
                let is_breaking = is_request && !after.is_read_only && after.default.is_none();
                self.note("became-required", is_breaking, places, String::new());
            }
            (true, false) => {
                let is_breaking = !is_request && !after.is_write_only;
                self.note("became-optional", is_breaking, places, String::new());
            }
            _ => {}
        }
        if is_ignored(&before) || is_ignored(&after) {
            let pair = Pair {
                old: at.0,
                new: at.1,
                direction: pair.direction,
            };
            self.annotations(pair, &before, &after);
        } else {
            self.compare(at.0, at.1, pair.direction);
        }
    }

    fn additional(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        match (&old.additional, &new.additional) {
            (Additional::Of(before), Additional::Of(after)) => self.compare(before, after, pair.direction),
            (before, after) if before == after => {}
            (_, Additional::Nothing) => {
                self.narrowed(pair, "closed", "other properties are not allowed any more".to_owned());
            }
            (Additional::Nothing, _) => {
                self.note(
                    "opened",
                    false,
                    Self::at(pair),
                    "other properties are allowed".to_owned(),
                );
            }
            _ => self.note(
                "other-properties-changed",
                false,
                Self::at(pair),
                "other properties are described".to_owned(),
            ),
        }
    }

    fn items(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        let shared = old.prefix_items.iter().zip(&new.prefix_items);
        for (before, after) in shared.collect::<Vec<_>>() {
            self.compare(before, after, pair.direction);
        }
        match old.prefix_items.len().cmp(&new.prefix_items.len()) {
            std::cmp::Ordering::Less => {
                self.note(
                    "prefix-item-added",
                    false,
                    Self::at(pair),
                    "an item is added to the tuple".to_owned(),
                );
            }
            std::cmp::Ordering::Greater => {
                self.note(
                    "prefix-item-removed",
                    true,
                    Self::at(pair),
                    "an item of the tuple is removed".to_owned(),
                );
            }
            std::cmp::Ordering::Equal => {}
        }
        if let (Some(before), Some(after)) = (&old.items, &new.items) {
            self.compare(before, after, pair.direction);
        }
    }
}

/// Returns the pointer that a change of a schema is reported at: that of the parameter or header for the schema of one.
fn thing(pointer: &str) -> String {
    if let Some(owner) = pointer.strip_suffix("/schema")
        && let Some((list, _)) = owner.rsplit_once('/')
        && (list.ends_with("/parameters") || list.ends_with("/headers"))
    {
        return owner.to_owned();
    }
    pointer.to_owned()
}
