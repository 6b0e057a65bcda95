//! The credentials that calls need.

use std::collections::BTreeSet;

use super::{
    pairs::Pair,
    sides::{Prepared, Sides},
};
use crate::surface::Kind;

/// What the whole API needs.
pub(super) fn of_all(before: &str, after: &str) -> (&'static str, String) {
    let shown = |text: &str| {
        if text.is_empty() {
            "no credential".to_owned()
        } else {
            format!("`{text}`")
        }
    };
    let sentence = format!("Calls need {}; they needed {}.", shown(after), shown(before));
    (rule(before, after), sentence)
}

/// What one operation needs, where that is not what all need.
pub(super) fn of_operation(sides: &Sides<'_>, pair: Pair<'_>) -> Option<(&'static str, String)> {
    let name = "credentials";
    let (before, after) = (pair.old.content.means(name), pair.new.content.means(name));
    let all = |side: &Prepared| {
        let mut items = side.surface.items.iter();
        let item = items.find(|item| item.kind == Kind::Credentials);
        item.map(|item| item.content.means("needed").to_owned())
    };
    if all(sides.old).as_deref() == Some(before) && all(sides.new).as_deref() == Some(after) && before != after {
        // The change of all requirements is reported once.
        return None;
    }
    let shown = |text: &str| {
        if text.is_empty() {
            "no credential".to_owned()
        } else {
            format!("`{text}`")
        }
    };
    let sentence = format!(
        "`{}` needs {}; it needed {}.",
        pair.new.name(),
        shown(after),
        shown(before)
    );
    Some((rule(before, after), sentence))
}

/// A client that had what was needed must have what is needed now.
fn rule(before: &str, after: &str) -> &'static str {
    let alternatives = |text: &str| -> Vec<BTreeSet<String>> {
        let all = text.split(" or ").filter(|one| !one.is_empty());
        let sets = all.map(|one| {
            one.split(" with ")
                .filter(|name| *name != "none")
                .map(str::to_owned)
                .collect()
        });
        sets.collect()
    };
    let (before, after) = (alternatives(before), alternatives(after));
    let is_free = after.is_empty() || after.iter().any(BTreeSet::is_empty);
    let has_what_is_needed = |had: &BTreeSet<String>| is_free || after.iter().any(|needed| needed.is_subset(had));
    // A client without any credential is still sent without.
    let mut with_credentials = before.iter().filter(|had| !had.is_empty());
    if with_credentials.all(has_what_is_needed) {
        "credentials-changed"
    } else {
        "credentials-needed"
    }
}
