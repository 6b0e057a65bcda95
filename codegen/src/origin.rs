//! Where the parts of a canonical tree come from: their pointers in the source.

use std::{collections::BTreeMap, ops::Bound};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// The pointers of what stands elsewhere in the canonical tree than in the file that it was read from.
///
/// Every stage speaks of the tree that it makes; what is said to the user is translated once, at the very end. Which file
/// is meant is part of a value's place, and moves along with it.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<String, String>);

impl Origins {
    /// Notes that what stands at `to` from now on, with all below it, stood at `from` in the tree so far.
    pub fn moved(&mut self, to: &str, from: &str) {
        let source = self.source_of(from);
        let inner: Vec<(String, String)> = self
            .below(from)
            .map(|(moved, source)| (format!("{to}{}", &moved[from.len()..]), source.clone()))
            .collect();
        self.0.extend(inner);
        self.0.insert(to.to_owned(), source);
    }

    /// The pointer in the source of what a pointer leads to in the canonical tree.
    #[must_use]
    pub fn source_of(&self, pointer: &str) -> String {
        let mut known = pointer;
        loop {
            if let Some(source) = self.0.get(known) {
                return format!("{source}{}", &pointer[known.len()..]);
            }
            match known.rfind('/') {
                Some(end) => known = &known[..end],
                None => return pointer.to_owned(),
            }
        }
    }

    /// The same diagnostics, with pointers into the source.
    #[must_use]
    pub fn translate(&self, diagnostics: Diagnostics) -> Diagnostics {
        let translated = diagnostics.into_iter().map(|diagnostic| Diagnostic {
            pointer: self.source_of(&diagnostic.pointer),
            ..diagnostic
        });
        translated.collect()
    }

    fn below(&self, pointer: &str) -> impl Iterator<Item = (&String, &String)> {
        let start = format!("{pointer}/");
        let range = (Bound::Included(start.clone()), Bound::Unbounded);
        self.0
            .range(range)
            .take_while(move |(moved, _)| moved.starts_with(&start))
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;

    #[test]
    fn the_nearest_moved_part_around_a_value_counts() {
        let mut origins = Origins::default();
        origins.moved("/components/schemas/A.b", "/components/schemas/A/properties/b");
        assert_eq!(
            origins.source_of("/components/schemas/A.b/type"),
            "/components/schemas/A/properties/b/type"
        );
        for same in ["", "/components/schemas/A", "/components/schemas/A.bc", "/info/title"] {
            assert_eq!(origins.source_of(same), same);
        }
    }

    #[test]
    fn what_moves_again_keeps_its_source() {
        let mut origins = Origins::default();
        origins.moved("/definitions/A.b", "/paths/~1a/get/schema");
        origins.moved("/components/schemas", "/definitions");
        origins.moved("/components/schemas/A.b/anyOf/0", "/components/schemas/A.b");
        let source = |pointer: &str| origins.source_of(pointer);
        assert_eq!(source("/components/schemas/C/type"), "/definitions/C/type");
        assert_eq!(source("/components/schemas/A.b/type"), "/paths/~1a/get/schema/type");
        assert_eq!(
            source("/components/schemas/A.b/anyOf/0/type"),
            "/paths/~1a/get/schema/type"
        );
    }
}
