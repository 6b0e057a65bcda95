//! Objects: members in the order of the document, found by name.

use super::tree::{Node, Text};
use crate::diagnostic::Place;

/// Objects of more members have an index; below, comparing all names is quicker.
const LARGEST_WITHOUT_INDEX: usize = 16;

/// A named value.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key.
    pub name: Text,
    /// The location of the key.
    pub name_place: Place,
    /// The value.
    pub value: Node,
}

/// Named values in the order of the document. Names are unique.
///
/// Finding a name takes logarithmic time in large objects, adding or removing one linear time.
#[derive(Clone, Debug, Default)]
pub struct Object {
    members: Vec<Member>,
    /// The positions of the members, sorted by name. A sorted list and no hash table: nothing depends on a seed, and no
    /// document can make it slow.
    index: Option<Box<Index>>,
}

#[derive(Clone, Debug)]
struct Index(Vec<usize>);

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An object of these members, and the pairs of positions of members with the same name, of which the first one
    /// counts.
    pub(super) fn from_members(members: Vec<Member>) -> (Self, Vec<(usize, usize)>) {
        let mut object = Self { members, index: None };
        if object.members.len() <= LARGEST_WITHOUT_INDEX {
            let repetitions = small_repetitions(&object.members);
            return (object, repetitions);
        }
        let sorted = object.sorted_positions();
        let name = |position: usize| object.members.get(position).map(|member| &member.name);
        let mut repetitions = Vec::new();
        let mut first = sorted.first().copied().unwrap_or_default();
        for &position in sorted.iter().skip(1) {
            if name(first) == name(position) {
                repetitions.push((first, position));
            } else {
                first = position;
            }
        }
        object.index = Some(Box::new(Index(sorted)));
        (object, repetitions)
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.member(name).map(|member| &member.value)
    }

    /// The value of this name, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        let position = self.position(name)?;
        self.members.get_mut(position).map(|member| &mut member.value)
    }

    /// The member of this name, with the place of its key.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(self.position(name)?)
    }

    /// Whether there is a member of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// The members in the order of the document.
    pub fn iter(&self) -> std::slice::Iter<'_, Member> {
        self.members.iter()
    }

    /// The members in the order of the document, the values to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Text, &mut Node)> {
        self.members.iter_mut().map(|member| (&member.name, &mut member.value))
    }

    /// Sets a member: the value of the one of this name, which keeps its place and whose value is returned, or else a new
    /// last one.
    pub fn insert(&mut self, name: impl Into<Text>, name_place: Place, value: Node) -> Option<Node> {
        let name = name.into();
        if let Some(position) = self.position(&name) {
            let member = self.members.get_mut(position)?;
            return Some(std::mem::replace(&mut member.value, value));
        }
        let last = self.members.len();
        // Stages add one member to many small objects: half of a doubled capacity would stay unused.
        if last == self.members.capacity() {
            self.members.reserve_exact(last / 4 + 1);
        }
        self.members.push(Member {
            name,
            name_place,
            value,
        });
        if self.index.is_some() {
            self.add_to_index(last);
        } else if self.members.len() > LARGEST_WITHOUT_INDEX {
            self.index = Some(Box::new(Index(self.sorted_positions())));
        }
        None
    }

    /// The members in the order of the document.
    #[must_use]
    pub fn into_members(self) -> Vec<Member> {
        self.members
    }

    /// Takes a member out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Member> {
        let position = self.position(name)?;
        if let Some(index) = &mut self.index {
            index.0.retain(|other| *other != position);
            for other in index.0.iter_mut().filter(|other| **other > position) {
                *other = other.saturating_sub(1);
            }
        }
        Some(self.members.remove(position))
    }

    /// Keeps the members for which the question is answered with yes, in their order.
    pub fn retain(&mut self, keep: impl FnMut(&Member) -> bool) {
        let before = self.members.len();
        self.members.retain(keep);
        if self.members.len() != before && self.index.is_some() {
            self.index = Some(Box::new(Index(self.sorted_positions())));
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => {
                let found = index
                    .0
                    .binary_search_by(|position| self.name(*position).cmp(name))
                    .ok()?;
                index.0.get(found).copied()
            }
            None => self.members.iter().position(|member| &*member.name == name),
        }
    }

    fn name(&self, position: usize) -> &str {
        self.members.get(position).map_or("", |member| &member.name)
    }

    fn add_to_index(&mut self, position: usize) {
        let name = self.name(position);
        let Some(index) = &self.index else { return };
        let slot = index.0.partition_point(|other| self.name(*other) < name);
        if let Some(index) = &mut self.index {
            index.0.insert(slot, position);
        }
    }

    fn sorted_positions(&self) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..self.members.len()).collect();
        positions.sort_by(|a, b| self.name(*a).cmp(self.name(*b)));
        positions
    }
}

fn small_repetitions(members: &[Member]) -> Vec<(usize, usize)> {
    let mut repetitions = Vec::new();
    for (position, member) in members.iter().enumerate().skip(1) {
        let earlier = members
            .iter()
            .take(position)
            .position(|earlier| earlier.name == member.name);
        if let Some(first) = earlier {
            repetitions.push((first, position));
        }
    }
    repetitions
}

impl<'a> IntoIterator for &'a Object {
    type Item = &'a Member;
    type IntoIter = std::slice::Iter<'a, Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Object {
    type Item = Member;
    type IntoIter = std::vec::IntoIter<Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{LARGEST_WITHOUT_INDEX, Object};
    use crate::{
        diagnostic::{FileId, Place},
        read::{Node, Value},
    };

    const PLACE: Place = Place {
        file: FileId::FIRST,
        line: 1,
        column: 1,
    };

    fn node(text: &str) -> Node {
        Node::new(PLACE, Value::from(text))
    }

    /// Names that do not come in their alphabetical order.
    fn object(size: usize) -> Object {
        let mut object = Object::new();
        for i in 0..size {
            let name = format!("k{}", i * 7_919 % size);
            assert!(object.insert(name.as_str(), PLACE, node(&name)).is_none());
        }
        object
    }

    fn assert_consistent(object: &Object) {
        assert_eq!(
            object.index.as_ref().map_or(object.len(), |index| index.0.len()),
            object.len()
        );
        for member in object {
            assert_eq!(object.get(&member.name).unwrap().as_str().unwrap(), &*member.name);
        }
        assert!(object.get("missing").is_none());
    }

    #[test]
    fn names_are_found_in_small_and_large_objects() {
        for size in [0, 1, LARGEST_WITHOUT_INDEX, LARGEST_WITHOUT_INDEX + 1, 10_000] {
            let object = object(size);
            assert_eq!(object.index.is_some(), size > LARGEST_WITHOUT_INDEX);
            assert_consistent(&object);
        }
    }

    #[test]
    fn changes_keep_order_and_index() {
        for size in [10, 100] {
            let mut object = object(size);
            let order: Vec<String> = object.iter().map(|member| member.name.to_string()).collect();
            assert_eq!(object.insert("k3", PLACE, node("k3")).unwrap().as_str(), Some("k3"));
            assert_eq!(&*object.remove("k5").unwrap().name, "k5");
            assert!(object.remove("k5").is_none());
            object.retain(|member| &*member.name != "k7");
            let expected: Vec<&String> = order.iter().filter(|name| *name != "k5" && *name != "k7").collect();
            assert_eq!(
                object
                    .iter()
                    .map(|member| member.name.to_string())
                    .collect::<Vec<_>>()
                    .iter()
                    .collect::<Vec<_>>(),
                expected
            );
            assert_consistent(&object);
        }
    }
}
