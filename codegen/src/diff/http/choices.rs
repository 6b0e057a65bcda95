//! Variants and what selects them.

use super::{
    finding::Direction,
    flat::{Flat, flat},
    schemas::{Pair, Schemas},
};
use crate::diff::tree::{Tree, json, key};

impl Schemas<'_> {
    pub(super) fn choices(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        let before: Vec<&String> = old.choices.iter().flatten().collect();
        let after: Vec<&String> = new.choices.iter().flatten().collect();
        match (before.is_empty(), after.is_empty()) {
            (true, true) => return,
            // What had one form has several, or the other way round: the types say the rest.
            (true, false) => return self.widened(pair, "choice-added", "several types are allowed".to_owned()),
            (false, true) => return self.narrowed(pair, "choice-removed", "one type alone is allowed".to_owned()),
            (false, false) => {}
        }
        let (matched, removed, added) = self.matched(&before, &after);
        for (before, after) in matched {
            self.compare(before, after, pair.direction);
        }
        let is_request = pair.direction == Direction::Request;
        for variant in removed {
            self.note(
                "variant-removed",
                is_request,
                (Some(variant), None),
                "a variant is removed".to_owned(),
            );
        }
        for variant in added {
            self.note(
                "variant-added",
                !is_request,
                (None, Some(variant)),
                "a variant is added".to_owned(),
            );
        }
    }

    /// The variants that are on both sides: the same component, or else the same values.
    #[allow(clippy::type_complexity, reason = "three lists of variants")]
    fn matched<'v>(
        &mut self,
        before: &[&'v String],
        after: &[&'v String],
    ) -> (Vec<(&'v String, &'v String)>, Vec<&'v String>, Vec<&'v String>) {
        let (mut matched, mut removed) = (Vec::new(), Vec::new());
        let mut left: Vec<&String> = after.to_vec();
        let mut unmatched = Vec::new();
        for variant in before {
            let target = self.old.target(variant);
            let is_component = target != **variant;
            let found = left
                .iter()
                .position(|other| is_component && self.new.target(other) == target);
            match found {
                Some(position) => matched.push((*variant, left.remove(position))),
                None => unmatched.push(*variant),
            }
        }
        for variant in unmatched {
            // A component that changes within a variant makes it no other variant.
            let written = |tree: &Tree, variant: &str| tree.at(variant).map(json);
            let text = written(self.old, variant);
            let as_written = left.iter().position(|other| written(self.new, other) == text);
            let found = as_written.or_else(|| left.iter().position(|other| self.are_same(variant, other)));
            match found {
                Some(position) => matched.push((variant, left.remove(position))),
                None => removed.push(variant),
            }
        }
        // What is left of each, of one form and without a name, is the same variant with another content.
        if removed.len() == 1 && left.len() == 1 {
            let (old, new) = (flat(self.old, removed[0]), flat(self.new, left[0]));
            if old.ty == new.ty && old.properties.keys().any(|name| new.properties.contains_key(name)) {
                matched.push((removed.remove(0), left.remove(0)));
            }
        }
        (matched, removed, left)
    }

    pub(super) fn discriminator(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        match (&old.discriminator, &new.discriminator) {
            (None, None) => {}
            (Some(before), Some(after)) if before == after => self.mapping(pair, old, new),
            (None, Some(after)) => {
                self.note(
                    "discriminator-added",
                    false,
                    Self::at(pair),
                    format!("`{after}` selects the variant"),
                );
            }
            (Some(_), None) => {
                let detail = "no property selects the variant".to_owned();
                self.note("discriminator-removed", false, Self::at(pair), detail);
            }
            (Some(_), Some(after)) => {
                let detail = format!("`{after}` selects the variant");
                self.note("discriminator-changed", true, Self::at(pair), detail);
            }
        }
    }

    /// The discriminator values, each at the variant that it selects.
    fn mapping(&mut self, pair: Pair<'_>, old: &Flat, new: &Flat) {
        for (value, target) in &old.mapping {
            let before = variant(self.old, old, target).unwrap_or_else(|| pair.old.to_owned());
            match new.mapping.get(value) {
                Some(other) if self.is_same_target(target, other) => {}
                Some(other) => {
                    let after = variant(self.new, new, target).unwrap_or_else(|| pair.new.to_owned());
                    let detail = format!("the discriminator value `{value}` selects `{other}` instead of `{target}`");
                    self.note("discriminator-value-moved", true, (Some(&before), Some(&after)), detail);
                }
                // A variant that is gone says so itself.
                None if !new.mapping.values().any(|other| other == target) => {}
                None => {
                    let after = variant(self.new, new, target).unwrap_or_else(|| pair.new.to_owned());
                    let detail = format!("the discriminator value `{value}` is removed");
                    self.note(
                        "discriminator-value-removed",
                        true,
                        (Some(&before), Some(&after)),
                        detail,
                    );
                }
            }
        }
        for (value, target) in new
            .mapping
            .iter()
            .filter(|(value, _)| !old.mapping.contains_key(*value))
        {
            let before = variant(self.old, old, target);
            let after = variant(self.new, new, target).unwrap_or_else(|| pair.new.to_owned());
            let detail = format!("the discriminator value `{value}` is added");
            let at = (Some(before.as_deref().unwrap_or(pair.old)), Some(after.as_str()));
            self.note("discriminator-value-added", false, at, detail);
        }
    }

    /// Whether two components are one: by their name, or by what they allow.
    fn is_same_target(&mut self, old: &str, new: &str) -> bool {
        let component = |name: &str| key("/components/schemas", name);
        old == new || self.new.at(&component(old)).is_none() && self.are_same(&component(old), &component(new))
    }
}

/// The pointer of the variant that refers to a component.
fn variant(tree: &Tree, flat: &Flat, component: &str) -> Option<String> {
    let target = key("/components/schemas", component);
    let mut variants = flat.choices.iter().flatten();
    variants.find(|variant| tree.target(variant) == target).cloned()
}
