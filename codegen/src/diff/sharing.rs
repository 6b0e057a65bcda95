//! Inline schemas that are one type while they are equal.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    compared::Compared,
    draft::Draft,
    sides::Sides,
    text::renamed,
    verdict::{Change, Http, Rust},
};
use crate::surface::{SHARED_TYPE, Surface};

impl Compared<'_, '_> {
    /// Whether the item is a name of another type than before.
    pub(super) fn sharing(&self) -> Option<Draft> {
        let (old, new) = (self.pair.old, self.pair.new);
        let before = old.content.parts.get(SHARED_TYPE);
        let before = before.map(|path| renamed(path, &self.pairs.renames));
        let after = new.content.parts.get(SHARED_TYPE);
        let path = &new.path;
        let (rule, sentence) = match (before, after) {
            (before, after) if before.as_ref() == after => return None,
            (None, Some(after)) => (
                "type-joined",
                format!("`{path}` is another name of `{after}`, because their schemas are equal."),
            ),
            (Some(before), None) => (
                "type-split",
                format!("`{path}` is a type of its own; it was another name of `{before}`."),
            ),
            (Some(before), Some(after)) => (
                "type-split",
                format!("`{path}` is another name of `{after}`; it was one of `{before}`."),
            ),
            (None, None) => return None,
        };
        let draft = Draft::new(rule, sentence, self.at()).item('~', path.clone());
        Some(draft.advise(new.name(), &old.path, path))
    }
}

/// What changes in the same way under several names of one type.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rust: Rust,
    http: Http,
    is_silent: bool,
    rules: Vec<&'static str>,
    /// The sentence and the items as they would be under the type's first name.
    sentence: String,
    items: Vec<(char, String)>,
}

/// Makes one change of those that are the same under several names of a type. It is at the place of the first of them.
pub(super) fn folded(sides: &Sides<'_>, changes: Vec<Change>) -> Vec<Change> {
    let names = shared(&sides.new.surface);
    let mut folded: Vec<(Change, usize)> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for change in changes {
        let entry = key(&names, &change).map(|key| known.entry(key));
        match entry {
            Some(Entry::Occupied(first)) => {
                if let Some((first, others)) = folded.get_mut(*first.get()) {
                    first.items.extend(change.items);
                    *others += 1;
                }
                continue;
            }
            Some(Entry::Vacant(place)) => drop(place.insert(folded.len())),
            None => {}
        }
        folded.push((change, 0));
    }
    let folded = folded.into_iter().map(|(mut change, others)| {
        match others {
            0 => {}
            1 => change
                .sentence
                .push_str(" One more schema that shares the type changes in the same way."),
            _ => {
                let more = format!(" {others} more schemas that share the type change in the same way.");
                change.sentence.push_str(&more);
            }
        }
        change
    });
    folded.collect()
}

/// The names of shared types, each with the first name of its type.
fn shared(surface: &Surface) -> BTreeMap<&str, &str> {
    let mut names = BTreeMap::new();
    for item in &surface.items {
        if let Some(first) = item.content.parts.get(SHARED_TYPE) {
            names.extend([(item.path.as_str(), first.as_str()), (first.as_str(), first.as_str())]);
        }
    }
    names
}

fn key(names: &BTreeMap<&str, &str>, change: &Change) -> Option<Key> {
    let (_, item) = change.items.first()?;
    let path = item.split('.').next()?;
    let (path, first) = [Some(path), path.rsplit_once("::").map(|(path, _)| path)]
        .into_iter()
        .flatten()
        .find_map(|path| Some((path, *names.get(path)?)))?;
    let last = |path: &str, end: &str| format!("`{}{end}", path.rsplit("::").next().unwrap_or(path));
    let sentence = change.sentence.replace(path, first);
    let sentence = sentence.replace(&last(path, "`"), &last(first, "`"));
    let sentence = sentence.replace(&last(path, "::"), &last(first, "::"));
    let items = change.items.iter().map(|(sign, item)| match item.strip_prefix(path) {
        Some(rest) => (*sign, format!("{first}{rest}")),
        None => (*sign, item.clone()),
    });
    Some(Key {
        rust: change.rust,
        http: change.http,
        is_silent: change.silent,
        rules: change.rules.clone(),
        sentence,
        items: items.collect(),
    })
}
