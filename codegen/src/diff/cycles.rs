//! Why a field has a box, or has none any more: the member that closes or opens a cycle of types.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    sides::Sides,
    text::{models, renamed},
};
use crate::surface::{Item, Member, Surface, member_path};

/// Says which member closes the cycle through a field that has a box now, or opens the one through a field that had one.
/// Returns `None` if that is the field itself.
pub(super) fn cause(
    sides: &Sides<'_>,
    renames: &BTreeMap<String, String>,
    (old, new): (&Item, &Item),
    (before, after): (&str, &str),
) -> Option<String> {
    let is_closed = after.matches("Box<").count() > before.matches("Box<").count();
    let (new_surface, old_surface) = (&sides.new.surface, &sides.old.surface);
    let (surface, other, item, text) = if is_closed {
        (new_surface, old_surface, new, after)
    } else {
        (old_surface, new_surface, old, before)
    };
    // The other side has other paths where an item was renamed.
    let same = |path: &str, in_other: &str| {
        if is_closed {
            renamed(in_other, renames) == path
        } else {
            renamed(path, renames) == in_other
        }
    };
    let way = models(text).find_map(|start| way(surface, start, &item.path))?;
    let is_only_here = |(owner, member): &&(&Item, &Member)| {
        let counterpart = other.items.iter().find(|candidate| same(&owner.path, &candidate.path));
        let counterpart = counterpart.and_then(|owner| owner.member(member.kind, &member.name));
        let targets = |member: &Member| -> Vec<String> {
            member
                .content
                .parts
                .values()
                .flat_map(|text| models(text))
                .map(str::to_owned)
                .collect()
        };
        let known = counterpart.map(targets).unwrap_or_default();
        targets(member)
            .iter()
            .any(|target| !known.iter().any(|known| same(target, known)))
    };
    let (owner, member) = way.iter().find(is_only_here)?;
    let verb = if is_closed { "closes" } else { "no longer closes" };
    Some(format!("`{}` {verb} a cycle of types", member_path(owner, member)))
}

/// The members that lead from a model to another one, on one of the shortest ways.
fn way<'s>(surface: &'s Surface, start: &str, end: &str) -> Option<Vec<(&'s Item, &'s Member)>> {
    let mut from: BTreeMap<&str, (&Item, &Member)> = BTreeMap::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![surface.item(start)?];
    let mut next = 0;
    while let Some(item) = open.get(next).copied() {
        next += 1;
        if item.path == end {
            break;
        }
        for member in &item.members {
            for target in member.content.parts.values().flat_map(|text| models(text)) {
                if target != start && known.insert(target) {
                    from.insert(target, (item, member));
                    open.extend(surface.item(target));
                }
            }
        }
    }
    let (mut way, mut at) = (Vec::new(), end);
    while at != start {
        let (item, member) = from.get(at)?;
        way.push((*item, *member));
        at = item.path.as_str();
    }
    way.reverse();
    Some(way)
}
