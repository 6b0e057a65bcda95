//! Models that no operation uses.

use std::collections::BTreeSet;

use super::text::models;
use crate::surface::{Item, Kind, Surface};

/// The models that operations or payloads used, and no longer do.
pub(super) fn new_ones(old: &Surface, new: &Surface) -> Vec<String> {
    let (before, after) = (unused(old), unused(new));
    let was_there = |path: &String| old.item(path).is_some();
    after
        .into_iter()
        .filter(|path| was_there(path) && !before.contains(path))
        .collect()
}

/// The models that nothing leads to from an operation or a payload.
pub(crate) fn unused(surface: &Surface) -> BTreeSet<String> {
    let mut open: Vec<&Item> = surface.items.iter().filter(|item| !item.kind.is_model()).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    while let Some(item) = open.pop() {
        for path in paths(item) {
            if let Some(model) = surface.item(path)
                && used.insert(&model.path)
            {
                open.push(model);
            }
        }
    }
    let models = surface
        .items
        .iter()
        .filter(|item| item.kind.is_model() && item.kind != Kind::Oneof);
    models
        .map(|item| item.path.clone())
        .filter(|path| !used.contains(path.as_str()))
        .collect()
}

/// The models that an item names.
fn paths(item: &Item) -> impl Iterator<Item = &str> {
    let own = item.content.parts.values();
    let members = item.members.iter().flat_map(|member| member.content.parts.values());
    let lists = item
        .lists
        .iter()
        .flat_map(|list| list.entries.iter().map(|entry| &entry.ty));
    own.chain(members).chain(lists).flat_map(|text| models(text))
}
