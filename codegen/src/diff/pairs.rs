//! Which item of the new surface is which of the old one: by path where it means the same, else by meaning, else by likeness.

use std::collections::{BTreeMap, BTreeSet};

use crate::surface::{Item, Kind, Surface};

/// The items of both surfaces, side by side.
#[derive(Debug, Default)]
pub(super) struct Pairs<'s> {
    pub(super) same: Vec<Pair<'s>>,
    pub(super) removed: Vec<&'s Item>,
    pub(super) added: Vec<&'s Item>,
    /// The new paths of renamed items, by their old ones.
    pub(super) renames: BTreeMap<String, String>,
}

/// An item of both sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'s> {
    pub(super) old: &'s Item,
    pub(super) new: &'s Item,
    /// Whether nothing but its likeness says that it is the same.
    pub(super) is_guess: bool,
}

/// Whether two items are the same, by one kind of evidence.
type Evidence = fn(&Item, &Item) -> bool;

/// From the best to the worst; the last ones are guesses.
const EVIDENCE: [(Evidence, bool); 5] = [
    (|old, new| old.path == new.path && means_same(old, new), false),
    (means_same, false),
    (|old, new| old.path == new.path, false),
    (is_alike, true),
    (|old, new| old.kind == Kind::Server && new.kind == Kind::Server, true),
];

impl<'s> Pairs<'s> {
    pub(super) fn of(old: &'s Surface, new: &'s Surface) -> Self {
        let mut pairs = Self {
            removed: old.items.iter().collect(),
            added: new.items.iter().collect(),
            ..Self::default()
        };
        for (evidence, is_guess) in EVIDENCE {
            pairs.take(evidence, is_guess);
        }
        pairs.take_groups();
        pairs.take_features();
        pairs.same.sort_by(|a, b| a.old.path.cmp(&b.old.path));
        for pair in &pairs.same {
            if pair.old.path != pair.new.path {
                pairs.renames.insert(pair.old.path.clone(), pair.new.path.clone());
            }
            // The types of a call follow the name of its operation.
            for part in ["call", "required", "constructor"] {
                let (old, new) = (pair.old.content.written(part), pair.new.content.written(part));
                if old != new && !old.is_empty() && !new.is_empty() {
                    pairs.renames.insert(old.to_owned(), new.to_owned());
                }
            }
        }
        pairs
    }

    /// The cargo feature of a group is that of the group that it became.
    fn take_features(&mut self) {
        for old in std::mem::take(&mut self.removed) {
            let mut groups = self.same.iter().filter(|pair| pair.old.kind == Kind::Group);
            let group = groups.find(|pair| pair.old.content.anchor == old.content.anchor);
            let is_it = |new: &&Item| {
                let group = group.map(|group| &group.new.content.anchor);
                new.kind == Kind::Feature && group == Some(&new.content.anchor)
            };
            match self
                .added
                .iter()
                .position(|new| old.kind == Kind::Feature && is_it(new))
            {
                Some(index) => {
                    let new = self.added.remove(index);
                    self.same.push(Pair {
                        old,
                        new,
                        is_guess: false,
                    });
                }
                None => self.removed.push(old),
            }
        }
    }

    /// A group whose operations are all in a new one is that one.
    fn take_groups(&mut self) {
        let module = |item: &Item| {
            item.path
                .rsplit_once("::")
                .map_or(String::new(), |(module, _)| module.to_owned())
        };
        let group_of = |item: &Item| item.path.rsplit_once("::").map(|(group, _)| group.to_owned());
        for old in std::mem::take(&mut self.removed) {
            let operations = self.same.iter().filter(|pair| pair.old.kind == Kind::Operation);
            let moved = operations.filter(|pair| group_of(pair.old).as_deref() == Some(&old.path));
            let groups: BTreeSet<Option<String>> = moved.map(|pair| group_of(pair.new)).collect();
            let found = match (old.kind, groups.into_iter().collect::<Vec<_>>().as_slice()) {
                (Kind::Group, [Some(only)]) => self.added.iter().position(|new| new.path == *only),
                _ => None,
            };
            match found {
                Some(index) => {
                    let new = self.added.remove(index);
                    self.renames.insert(module(old), module(new));
                    self.same.push(Pair {
                        old,
                        new,
                        is_guess: false,
                    });
                }
                None => self.removed.push(old),
            }
        }
    }

    fn take(&mut self, evidence: Evidence, is_guess: bool) {
        let mut taken = BTreeSet::new();
        let by_key = Index::of(&self.added);
        let mut left = Vec::new();
        for old in std::mem::take(&mut self.removed) {
            let mut candidates = by_key.candidates(old, is_guess).into_iter();
            let found = candidates.find(|index| {
                !taken.contains(index) && is_comparable(old, self.added[*index]) && evidence(old, self.added[*index])
            });
            match found {
                Some(index) => {
                    taken.insert(index);
                    let new = self.added[index];
                    self.same.push(Pair { old, new, is_guess });
                }
                None => left.push(old),
            }
        }
        self.removed = left;
        let added = std::mem::take(&mut self.added).into_iter().enumerate();
        self.added = added
            .filter(|(index, _)| !taken.contains(index))
            .map(|(_, item)| item)
            .collect();
    }
}

/// What a candidate is found by, so that large documents are not compared item by item.
struct Index {
    paths: BTreeMap<String, Vec<usize>>,
    meanings: BTreeMap<String, Vec<usize>>,
    kinds: BTreeMap<Kind, Vec<usize>>,
}

impl Index {
    fn of(items: &[&Item]) -> Self {
        let mut index = Self {
            paths: BTreeMap::new(),
            meanings: BTreeMap::new(),
            kinds: BTreeMap::new(),
        };
        for (position, item) in items.iter().enumerate() {
            index.paths.entry(item.path.clone()).or_default().push(position);
            for meaning in meanings(item) {
                index.meanings.entry(meaning).or_default().push(position);
            }
            index.kinds.entry(item.kind).or_default().push(position);
        }
        index
    }

    fn candidates(&self, item: &Item, is_guess: bool) -> Vec<usize> {
        let mut all: Vec<usize> = self.paths.get(&item.path).cloned().unwrap_or_default();
        for meaning in meanings(item) {
            all.extend(self.meanings.get(&meaning).into_iter().flatten());
        }
        if is_guess {
            all.extend(self.kinds.get(&item.kind).into_iter().flatten());
        }
        all
    }
}

/// Items of kinds that can become each other.
fn is_comparable(old: &Item, new: &Item) -> bool {
    old.kind == new.kind || (old.kind.is_model() && new.kind.is_model())
}

/// Returns the strings that identify an item on the wire.
fn meanings(item: &Item) -> Vec<String> {
    let fact = |name: &str| item.content.means(name).to_owned();
    match item.kind {
        Kind::Operation => vec![
            format!("operation {}", fact("operation id")),
            format!("call {} {}", fact("method"), fact("url")),
        ],
        Kind::Outcomes => vec![format!("outcomes {:?}{}", item.content.anchor, is_failure(item))],
        Kind::Group => vec![format!("tag {}", fact("tag"))],
        Kind::Payload => vec![format!("payload {}", fact("origin"))],
        Kind::Scheme => vec![format!(
            "scheme {}{}",
            fact("scheme"),
            item.lists.first().map_or(0, |list| list.entries.len())
        )],
        Kind::Server => vec![format!("server {}", fact("url"))],
        Kind::Feature | Kind::Credentials => vec![item.path.clone()],
        Kind::Oneof => vec![format!("group {:?}{}", item.content.anchor, fact("group"))],
        _ => vec![
            format!("schema {}", fact("schema")),
            format!("at {:?}", item.content.anchor),
        ],
    }
}

fn is_failure(item: &Item) -> bool {
    item.members
        .iter()
        .any(|member| member.content.means("status").starts_with(['4', '5']))
}

fn means_same(old: &Item, new: &Item) -> bool {
    let new = meanings(new);
    meanings(old).iter().any(|meaning| new.contains(meaning))
}

/// How many members of a hundred have to be the same.
const LIKENESS: usize = 70;

/// Whether models have nearly the same members, which is the evidence for a rename.
fn is_alike(old: &Item, new: &Item) -> bool {
    if old.kind != new.kind || !old.kind.is_model() {
        return false;
    }
    let signs = |item: &Item| -> BTreeSet<String> {
        let members = item.members.iter().map(|member| {
            let content = &member.content;
            let ty = content.written("type").rsplit("::").next().unwrap_or_default();
            format!("{}: {ty}{}", member.name, content.means("value"))
        });
        members.collect()
    };
    let (old, new) = (signs(old), signs(new));
    let shared = old.intersection(&new).count();
    let all = old.union(&new).count();
    shared > 0 && shared * 100 >= all * LIKENESS
}
