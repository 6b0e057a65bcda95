//! Documentation that changes: one change for all of it, and a remark on what only HTTP sees.

use std::collections::BTreeSet;

use super::{
    pairs::{Pair, Pairs},
    sides::Sides,
    verdict::{Category, Change, Http, Rust, Spot},
};
use crate::surface::Content;

/// Adds one change for all documentation that differs and that no other change is about.
pub(super) fn with_changes(sides: &Sides<'_>, pairs: &Pairs<'_>, mut changes: Vec<Change>) -> Vec<Change> {
    let told: BTreeSet<Spot> = changes.iter().filter_map(|change| change.new.clone()).collect();
    let (mut items, mut place, mut documented) = (Vec::new(), None, BTreeSet::new());
    for pair in &pairs.same {
        let mut is_listed = false;
        for (old, new) in differences(pair) {
            match sides.new.spot(&new.anchor).filter(|spot| told.contains(spot)) {
                Some(spot) => drop(documented.insert(spot)),
                None => {
                    is_listed = true;
                    place.get_or_insert_with(|| sides.at(Some(&old.anchor), Some(&new.anchor)));
                }
            }
        }
        if is_listed {
            items.push(('=', pair.new.path.clone()));
        }
    }
    remark(&mut changes, &documented);
    let what = match items.len() {
        0 => None,
        1 => Some("The documentation of one item changes.".to_owned()),
        count => Some(format!("The documentation of {count} items changes.")),
    };
    let (old, new) = place.unwrap_or_default();
    changes.extend(what.map(|sentence| change(sides, sentence, items, (old, new))));
    changes.extend(of_api(sides));
    changes
}

/// The title and the description of the API are in the documentation of the client.
fn of_api(sides: &Sides<'_>) -> Vec<Change> {
    let (old, new) = (&sides.old.surface, &sides.new.surface);
    let parts = [("title", &old.title, &new.title), ("description", &old.docs, &new.docs)];
    let different = parts.iter().filter(|(_, before, after)| before != after);
    let changes = different.map(|(part, ..)| {
        let sentence = format!("The {part} of the API is in the documentation of the client, and changes.");
        let at = || Some(format!("/info/{part}"));
        change(sides, sentence, Vec::new(), (at(), at()))
    });
    changes.collect()
}

/// What has other documentation: the item, and each member that both sides have.
fn differences<'s>(pair: &Pair<'s>) -> Vec<(&'s Content, &'s Content)> {
    let members = pair.new.members.iter().filter_map(|member| {
        let old = pair.old.member(member.kind, &member.name)?;
        Some((&old.content, &member.content))
    });
    let all = std::iter::once((&pair.old.content, &pair.new.content)).chain(members);
    all.filter(|(old, new)| old.docs != new.docs).collect()
}

/// Where nothing else changes, says what becomes of the generated code.
fn remark(changes: &mut [Change], documented: &BTreeSet<Spot>) {
    if changes.iter().any(|change| !change.rules.starts_with(&["document"])) {
        return;
    }
    for change in changes {
        let is_documented = change.new.as_ref().is_some_and(|spot| documented.contains(spot));
        change.sentence.push_str(if is_documented {
            " In the generated code only documentation changes."
        } else {
            " The generated code does not change."
        });
    }
}

fn change(
    sides: &Sides<'_>,
    sentence: String,
    items: Vec<(char, String)>,
    (old, new): (Option<String>, Option<String>),
) -> Change {
    Change {
        rust: Rust::Patch,
        http: Http::Compatible,
        silent: false,
        guess: false,
        sentence,
        reasons: Vec::new(),
        advice: Vec::new(),
        pin: None,
        items,
        old: sides.old.tree.spot(old.as_deref()),
        new: sides.new.tree.spot(new.as_deref()),
        rules: vec!["documentation"],
        category: Category::Changed,
    }
}
