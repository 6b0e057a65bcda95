//! What is otherwise than the suite says, and why: `EXPECTED.tsv`.
//!
//! A line has the group, what happens, the numbers of the tests (or the codes for which the schema is refused), separated
//! by commas, and the reason by its key. Lines of a key and a sentence, in front, say what the reasons are.

use std::collections::BTreeMap;

use crate::group::Group;

const TABLE: &str = include_str!("EXPECTED.tsv");

/// What happens, and the test with which it does.
pub(crate) type Entry<'t> = (&'t str, String);

/// Every exception with what was answered.
pub(crate) type Found = BTreeMap<Entry<'static>, String>;

pub(crate) struct Expected {
    /// The keys of reasons with their sentences.
    reasons: BTreeMap<&'static str, &'static str>,
    /// The exceptions of the groups, each with its reason.
    groups: BTreeMap<&'static str, BTreeMap<Entry<'static>, &'static str>>,
}

impl Expected {
    pub(crate) fn read() -> Result<Self, String> {
        let mut expected = Self {
            reasons: BTreeMap::new(),
            groups: BTreeMap::new(),
        };
        for line in TABLE.lines() {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                [key, sentence] => {
                    expected.reasons.insert(key, sentence);
                }
                [group, what, which, reason] if expected.reasons.contains_key(reason) => {
                    let entries = expected.groups.entry(group).or_default();
                    entries.extend(which.split(',').map(|one| ((*what, one.to_owned()), *reason)));
                }
                _ => return Err(format!("this line says nothing, or has a reason that is none: {line}")),
            }
        }
        Ok(expected)
    }

    /// What is found in a group and not expected, or expected and not found.
    pub(crate) fn compare(&self, group: &str, found: Option<&Found>) -> Result<(), String> {
        let nothing = (BTreeMap::new(), BTreeMap::new());
        let expected = self.groups.get(group).unwrap_or(&nothing.0);
        let found = found.unwrap_or(&nothing.1);
        let new = found.iter().filter(|(entry, _)| !expected.contains_key(entry));
        let new = new.map(|((what, which), said)| format!("{group}\t{what}\t{which}\t{said}"));
        let gone = expected.keys().filter(|entry| !found.contains_key(entry));
        let gone = gone.map(|(what, which)| format!("{group}\t{what}\t{which}\tis not so any more: strike it"));
        let lines: Vec<String> = new.chain(gone).collect();
        if lines.is_empty() {
            Ok(())
        } else {
            Err(lines.join("\n"))
        }
    }

    /// The groups and reasons of the table are there, and needed.
    pub(crate) fn is_of(&self, groups: &[Group]) -> Result<(), String> {
        let unknown = self
            .groups
            .keys()
            .find(|name| !groups.iter().any(|group| group.name == **name));
        let used = self.counts();
        let unused = self.reasons.keys().find(|reason| !used.contains_key(*reason));
        match unknown.or(unused) {
            Some(name) => Err(format!("`{name}` stands in the table for nothing")),
            None => Ok(()),
        }
    }

    /// How many exceptions there are by reason.
    pub(crate) fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for reason in self.groups.values().flat_map(BTreeMap::values) {
            *counts.entry(*reason).or_default() += 1;
        }
        counts
    }
}
