//! What `validate()` checks: more than before, or less.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    compared::Compared,
    draft::Draft,
    http::limits::{self, Change},
    pairs::Pair,
    text::{limit_change, quoted},
};
use crate::surface::{Anchor, Item, Rule};

impl Compared<'_, '_> {
    /// What `validate()` checks.
    pub(super) fn rules(&self, renames: &BTreeMap<String, String>) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let nothing = BTreeMap::new();
        let (before, after) = (by_key(&old.rules, renames), by_key(&new.rules, &nothing));
        let keys: BTreeSet<&(String, &'static str)> = before.keys().chain(after.keys()).collect();
        let drafts = keys
            .into_iter()
            .filter_map(|key| self.rule(key, before.get(key), after.get(key)));
        drafts.collect()
    }

    fn rule(
        &self,
        (property, keyword): &(String, &'static str),
        before: Option<&BTreeSet<String>>,
        after: Option<&BTreeSet<String>>,
    ) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        let one = |values: Option<&BTreeSet<String>>| values.and_then(|values| values.first()).cloned();
        let (was, is) = (one(before), one(after));
        let change = match (before, after) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(before), Some(after)) if before.len() > 1 || after.len() > 1 => {
                if after.is_subset(before) {
                    Change::Looser
                } else {
                    Change::Other
                }
            }
            _ => limits::change(keyword, was.as_deref(), is.as_deref())?,
        };
        let (rule, verb) = match change {
            Change::Looser => ("validation-loosened", "allows more"),
            Change::Tighter | Change::Other => ("validation-tightened", "refuses more"),
        };
        let subject = match property.as_str() {
            "" => format!("`{}`", new.name()),
            property => format!("`{}` of `{}`", quoted(property), new.name()),
        };
        let detail = match (*keyword, &is) {
            ("rule", _) => "a condition is changed".to_owned(),
            ("required", Some(names)) => format!("`{}` must be present", names.replace(", ", "`, `")),
            ("required in requests", Some(names)) => {
                format!("`{}` must be present in requests", names.replace(", ", "`, `"))
            }
            _ => limit_change(keyword, was.as_deref(), is.as_deref()),
        };
        let anchor = |item: &Item| match (&item.content.anchor, property.as_str()) {
            (anchor, "") => anchor.clone(),
            (Anchor::Schema(pointer), property) => Anchor::Property(pointer.clone(), property.to_owned()),
            (anchor, _) => anchor.clone(),
        };
        let at = self.sides.at(Some(&anchor(old)), Some(&anchor(new)));
        let sentence = format!("`validate()` of {subject} {verb}: {detail}.");
        Some(Draft::new(rule, sentence, at).item('=', new.path.clone()))
    }
}

/// The values of rules, by property and keyword; a renamed property has its new name.
fn by_key(rules: &[Rule], renames: &BTreeMap<String, String>) -> BTreeMap<(String, &'static str), BTreeSet<String>> {
    let mut map: BTreeMap<(String, &'static str), BTreeSet<String>> = BTreeMap::new();
    for rule in rules {
        let property = renames.get(&rule.property).unwrap_or(&rule.property);
        map.entry((property.clone(), rule.keyword))
            .or_default()
            .insert(rule.value.clone());
    }
    map
}
