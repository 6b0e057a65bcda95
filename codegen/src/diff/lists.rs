//! Values that are passed together: whether an old call means the same, does not compile, or compiles and means something else.

use std::collections::{BTreeMap, BTreeSet};

use super::{draft::Draft, pairs::Pair, sides::Sides, text::renamed};
use crate::surface::{Entry, Item, List};

/// Returns the changes of the lists of an item that none of its members reports.
pub(super) fn drafts(
    sides: &Sides<'_>,
    renames: &BTreeMap<String, String>,
    pair: Pair<'_>,
    of_members: &[Draft],
) -> Vec<Draft> {
    let Pair { old, new, .. } = pair;
    let names: BTreeSet<&'static str> = old.lists.iter().chain(&new.lists).map(|list| list.of).collect();
    let find = |item: &Item, of: &str| item.lists.iter().find(|list| list.of == of).cloned();
    let drafts = names.into_iter().filter_map(|of| {
        let (before, after) = (find(old, of), find(new, of));
        let (Some(before), Some(after)) = (before, after) else {
            return None;
        };
        list(sides, renames, pair, (&before, &after), of_members)
    });
    drafts.collect()
}

fn list(
    sides: &Sides<'_>,
    renames: &BTreeMap<String, String>,
    Pair { old, new, .. }: Pair<'_>,
    (before, after): (&List, &List),
    of_members: &[Draft],
) -> Option<Draft> {
    // Named values: each of them says what changes.
    if !after.is_positional {
        return None;
    }
    let types = |list: &List| -> Vec<String> { list.entries.iter().map(|entry| renamed(&entry.ty, renames)).collect() };
    let meanings = |list: &List| -> Vec<String> { list.entries.iter().map(|entry| entry.meaning.clone()).collect() };
    let (old_meanings, new_meanings) = (meanings(before), meanings(after));
    let is_moved = old_meanings != new_meanings || is_reordered(before, after);
    let path = match before.of {
        "new" => format!("{}::new", new.path),
        _ => new.path.clone(),
    };
    let at = sides.at(Some(&old.content.anchor), Some(&new.content.anchor));
    let shown = |list: &List| shown(&list.entries);
    if is_moved && types(before) == types(after) {
        let sentence = format!(
            "`{path}` takes `{}`; it took `{}`: existing calls compile and swap values.",
            shown(after),
            shown(before)
        );
        let draft = Draft::new("arguments-moved", sentence, at).item('~', path.clone());
        return Some(draft.advise(new.name(), &path, &path));
    }
    // A tuple has no members that would say it.
    let is_told = of_members
        .iter()
        .any(|draft| draft.rust() == super::verdict::Rust::Major);
    let is_same = !is_moved && types(before) == types(after);
    if is_same || is_told && after.of != "fields" {
        return None;
    }
    let sentence = format!("`{path}` takes `{}`; it took `{}`.", typed(after), typed(before));
    let draft = Draft::new("arguments-changed", sentence, at).item('~', path.clone());
    Some(draft.advise(new.name(), &path, &path))
}

/// Whether an argument is at another position: a path with the same arguments in another order.
fn is_reordered(before: &List, after: &List) -> bool {
    let position = |list: &List, name: &str| list.entries.iter().position(|entry| entry.name == name);
    let mut entries = before.entries.iter().enumerate();
    before.entries.len() == after.entries.len()
        && entries.any(|(index, entry)| position(after, &entry.name).is_some_and(|other| other != index))
}

fn shown(entries: &[Entry]) -> String {
    let names = entries.iter().map(|entry| entry.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn typed(list: &List) -> String {
    let types = list.entries.iter().map(|entry| entry.ty.as_str());
    types.collect::<Vec<_>>().join(", ")
}
