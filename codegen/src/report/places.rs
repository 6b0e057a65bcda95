//! Keywords by their places.

use std::collections::HashMap;

use super::keywords::Occurrence;
use crate::diagnostic::{Diagnostic, FileId, Place};

/// Keywords by the file and the pointer of their values, and by those of the objects that they are members of.
pub(super) struct Index<'a> {
    values: HashMap<(FileId, &'a str), usize>,
    members: HashMap<(FileId, &'a str), Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(occurrences: &'a [Occurrence]) -> Self {
        let mut index = Self {
            values: HashMap::new(),
            members: HashMap::new(),
        };
        for (number, occurrence) in occurrences.iter().enumerate() {
            let (file, pointer) = (occurrence.place.file, occurrence.pointer.as_str());
            index.values.insert((file, pointer), number);
            if let Some((object, _)) = pointer.rsplit_once('/') {
                index.members.entry((file, object)).or_default().push(number);
            }
        }
        index
    }

    /// The keyword that a diagnostic is about, or the nearest one around.
    pub(super) fn around(&self, diagnostic: &Diagnostic) -> Option<usize> {
        let file = file(diagnostic.place);
        pointers_around(&diagnostic.pointer).find_map(|pointer| self.values.get(&(file, pointer)).copied())
    }

    /// Returns the keywords that a diagnostic refers to: the keyword at its pointer, or all keywords of a named object.
    pub(super) fn meant(&self, diagnostic: &Diagnostic) -> Vec<usize> {
        let place = (file(diagnostic.place), diagnostic.pointer.as_str());
        match (self.values.get(&place), self.members.get(&place)) {
            (None, Some(members)) if !diagnostic.pointer.is_empty() => members.clone(),
            _ => self.around(diagnostic).into_iter().collect(),
        }
    }
}

pub(super) fn file(place: Option<Place>) -> FileId {
    place.map_or(FileId::FIRST, |place| place.file)
}

pub(super) type Pointers<'a> = Box<dyn Iterator<Item = &'a str> + 'a>;

/// A pointer and those of the values around it, the root not among them.
pub(super) fn pointers_around(pointer: &str) -> Pointers<'_> {
    let longest = Some(pointer).filter(|pointer| !pointer.is_empty());
    Box::new(std::iter::successors(longest, |pointer| {
        let end = pointer.rfind('/').filter(|end| *end > 0)?;
        pointer.get(..end)
    }))
}
