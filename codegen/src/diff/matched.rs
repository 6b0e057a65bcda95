//! Which member of an item is which of the other side's.

use std::collections::BTreeMap;

use super::text::renamed;
use crate::surface::{Item, Member, MemberKind};

/// Members of both sides, side by side.
pub(super) struct Matched<'s> {
    /// Whether nothing but the likeness of both says that they are the same.
    pub(super) same: Vec<(&'s Member, &'s Member, bool)>,
    pub(super) removed: Vec<&'s Member>,
    pub(super) added: Vec<&'s Member>,
}

/// Whether two members are the same, by one kind of evidence.
type Evidence = fn(&Member, &Member) -> bool;

/// What a member is on the wire.
fn wire(member: &Member) -> Option<String> {
    let content = &member.content;
    let fact = |name: &str| content.facts.get(name);
    match member.kind {
        MemberKind::Argument => Some(format!("{} {}", content.means("in"), content.means("name"))),
        MemberKind::Header | MemberKind::Field => fact("name").cloned(),
        MemberKind::Value => fact("value").cloned(),
        MemberKind::Variant => fact("name").or_else(|| fact("status")).cloned(),
    }
}

pub(super) fn is_same_wire(old: &Member, new: &Member) -> bool {
    wire(old).is_some() && wire(old) == wire(new)
}

/// Types that are the same in everything but their places.
fn is_same_type(old: &Member, new: &Member) -> bool {
    let written = |member: &Member| {
        let content = &member.content;
        let parts = ["type", "setter", "argument", "constant"].map(|part| content.written(part).to_owned());
        parts.map(|text| text.split_once('(').map_or(text.clone(), |(_, ty)| ty.to_owned()))
    };
    written(old) == written(new)
}

impl<'s> Matched<'s> {
    pub(super) fn of(old: &'s Item, new: &'s Item, renames: &BTreeMap<String, String>) -> Self {
        let mut matched = Self {
            same: Vec::new(),
            removed: old.members.iter().collect(),
            added: new.members.iter().collect(),
        };
        matched.take(|old, new| is_same_wire(old, new) && old.name == new.name);
        matched.take(is_same_wire);
        matched.take(|old, new| old.name == new.name && old.kind != MemberKind::Argument);
        matched.take(|old, new| old.name == new.name && old.content.means("in") == new.content.means("in"));
        matched.take_renamed(renames);
        matched.guess();
        matched
    }

    /// Variants that hold the same type, which has another name.
    fn take_renamed(&mut self, renames: &BTreeMap<String, String>) {
        for old in std::mem::take(&mut self.removed) {
            let ty = renamed(old.content.written("type"), renames);
            let is_renamed = |new: &&Member| {
                old.kind == MemberKind::Variant && new.kind == old.kind && new.content.written("type") == ty
            };
            match self.added.iter().position(is_renamed) {
                Some(index) => self.same.push((old, self.added.remove(index), false)),
                None => self.removed.push(old),
            }
        }
    }

    fn take(&mut self, evidence: Evidence) {
        for old in std::mem::take(&mut self.removed) {
            let found = self
                .added
                .iter()
                .position(|new| old.kind == new.kind && evidence(old, new));
            match found {
                Some(index) => self.same.push((old, self.added.remove(index), false)),
                None => self.removed.push(old),
            }
        }
    }

    /// One that is gone and one that is new, of one type: a rename, probably.
    fn guess(&mut self) {
        for old in std::mem::take(&mut self.removed) {
            let alike = |new: &&&Member| old.kind == new.kind && is_same_type(old, new);
            let candidates: Vec<&&Member> = self.added.iter().filter(alike).collect();
            let named_alike = |new: &&&&Member| strsim::jaro_winkler(&old.name, &new.name) > 0.8;
            let found = match candidates.as_slice() {
                [only] => Some(only.name.clone()),
                several => several.iter().find(named_alike).map(|new| new.name.clone()),
            };
            let index = found.and_then(|name| {
                self.added
                    .iter()
                    .position(|new| new.name == name && new.kind == old.kind)
            });
            match index {
                Some(index) => self.same.push((old, self.added.remove(index), true)),
                None => self.removed.push(old),
            }
        }
    }
}
