//! Where the parts of a canonical tree come from: their pointers in the source.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Bound,
};

use crate::{
    at::At,
    diagnostic::{Diagnostic, Diagnostics},
    read::push_segment,
};

/// The pointers of values that have another place in the canonical tree than in their file.
///
/// Each stage uses pointers of the tree that it creates. The last step translates the pointers of diagnostics. The file is a
/// part of the place of a value, and moves with it.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// What the stages have moved that bring parts together.
    gathered: BTreeMap<String, String>,
    /// What the stages have moved that come after them, in their order.
    rewritten: Vec<Moves>,
}

impl Origins {
    /// Records that a value, with all values below it, moved from `from` to `to`.
    pub fn moved(&mut self, to: &str, from: &str) {
        let source = self.source_of(from);
        let inner: Vec<(String, String)> = self
            .below(from)
            .map(|(moved, source)| (format!("{to}{}", &moved[from.len()..]), source.clone()))
            .collect();
        self.gathered.extend(inner);
        self.gathered.insert(to.to_owned(), source);
    }

    /// Notes what a later stage has moved in the tree so far.
    pub(crate) fn rewritten(&mut self, moves: Moves) {
        if !moves.0.is_empty() {
            self.rewritten.push(moves);
        }
    }

    /// Records that the value at `to` comes from `source` in another file.
    pub fn comes_from(&mut self, to: &str, source: &str) {
        self.gathered.insert(to.to_owned(), source.to_owned());
    }

    /// The pointer in the source of what a pointer leads to in the canonical tree.
    #[must_use]
    pub fn source_of(&self, pointer: &str) -> String {
        let gathered = self
            .rewritten
            .iter()
            .rev()
            .fold(pointer.to_owned(), |after, moves| moves.before(&after));
        let pointer = gathered.as_str();
        let mut known = pointer;
        loop {
            if let Some(source) = self.gathered.get(known) {
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
        self.gathered
            .range(range)
            .take_while(move |(moved, _)| moved.starts_with(&start))
    }
}

/// What one stage has moved that works from the inside to the outside: a value moves with all that it holds.
///
/// A large document has many moves, so a pointer is kept as its hash, and its origin as what is different in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves(HashMap<u64, Move>);

#[derive(Clone, Debug)]
struct Move {
    /// How much of the new pointer is that of the old one too.
    shared: usize,
    rest: Box<str>,
}

/// Longer pointers are those of documents that attack: messages about what moves there name its new place.
const LONGEST_POINTER: usize = 1_000;

impl Moves {
    /// Notes that a value moves from `from` to `to`, both below a part.
    pub(crate) fn below(&mut self, at: &At<'_>, to: &[&str], from: &[&str]) {
        if at.length() > LONGEST_POINTER {
            return;
        }
        let start = at.pointer();
        let pointer = |segments: &[&str]| {
            let mut pointer = start.clone();
            for segment in segments {
                push_segment(&mut pointer, segment);
            }
            pointer
        };
        self.add(&pointer(to), &pointer(from));
    }

    /// Notes that the value that is at `to` from now on was at `from`.
    pub(crate) fn add(&mut self, to: &str, from: &str) {
        let same = to.bytes().zip(from.bytes()).take_while(|(a, b)| a == b).count();
        let shared = (0..=same)
            .rev()
            .find(|end| to.is_char_boundary(*end))
            .unwrap_or_default();
        let rest = from.get(shared..).unwrap_or_default().into();
        self.0.insert(hash(to), Move { shared, rest });
    }

    /// The pointer before the stage. Moves are undone from the outside to the inside, the reverse of their order.
    fn before(&self, pointer: &str) -> String {
        let mut found = String::with_capacity(pointer.len());
        for segment in pointer.split('/').skip(1) {
            found.push('/');
            found.push_str(segment);
            if let Some(Move { shared, rest }) = self.0.get(&hash(&found)) {
                found.truncate(*shared);
                found.push_str(rest);
            }
        }
        found
    }
}

/// The same for the same text in every run.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Moves, Origins};

    #[test]
    fn moves_of_a_stage_are_undone_from_the_outside() {
        let mut moves = Moves::default();
        let mut add = |to: &str, from: &str| moves.add(to, from);
        // A reference became a part, before the arm around it became the complete schema.
        add("/a/oneOf/1/allOf/0", "/a/oneOf/1");
        add("/a/allOf", "/a/oneOf/1/allOf");
        // The arm before these is gone.
        add("/b/oneOf/0", "/b/oneOf/1");
        add("/b/oneOf/1", "/b/oneOf/2");
        let mut origins = Origins::default();
        origins.moved("/b", "/definitions/b");
        origins.rewritten(moves);
        for (after, before) in [
            ("/a/allOf/0/$ref", "/a/oneOf/1/$ref"),
            ("/b/oneOf/0/type", "/definitions/b/oneOf/1/type"),
            ("/b/oneOf/1", "/definitions/b/oneOf/2"),
            ("/c/0", "/c/0"),
            ("", ""),
        ] {
            assert_eq!(origins.source_of(after), before);
        }
    }

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
