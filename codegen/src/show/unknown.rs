//! A pointer at which there is nothing.

use std::{collections::BTreeSet, error::Error, fmt};

use crate::nearest::nearest;

/// How many names a message lists.
const MAX_NAMES: usize = 8;

/// Nothing is at a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPointer {
    pointer: String,
    /// The longest part of the pointer at which there is something.
    parent: String,
    /// A pointer that may be meant.
    suggestion: Option<String>,
    /// The segments that follow the parent.
    known: Vec<String>,
}

impl UnknownPointer {
    pub(super) fn new<'a>(pointer: &str, pointers: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut parent = pointer;
        let is_known = |parent: &str| pointers.clone().any(|known| below(known, parent).is_some());
        while let Some(end) = parent.rfind('/') {
            parent = &parent[..end];
            if is_known(parent) {
                break;
            }
        }
        if !pointer.contains('/') {
            parent = "";
        }
        let segments = pointers.filter_map(|known| below(known, parent)?.split('/').next());
        let known: BTreeSet<&str> = segments.filter(|segment| !segment.is_empty()).collect();
        let rest = pointer[parent.len()..].trim_start_matches('/');
        let missing = rest.split('/').next().unwrap_or_default();
        // A part that exists and has nothing below it is what is meant.
        let exact = known.get(missing).copied();
        let near = exact.or_else(|| nearest(missing, known.iter().copied()));
        Self {
            pointer: pointer.to_owned(),
            parent: parent.to_owned(),
            suggestion: near.map(|near| format!("{parent}/{near}")),
            known: known.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// What follows a pointer and a slash.
fn below<'a>(pointer: &'a str, parent: &str) -> Option<&'a str> {
    pointer.strip_prefix(parent)?.strip_prefix('/')
}

impl fmt::Display for UnknownPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` does not exist", self.pointer)?;
        if let Some(suggestion) = &self.suggestion {
            return write!(f, "; did you mean `{suggestion}`?");
        }
        let parent = if self.parent.is_empty() {
            "the root"
        } else {
            &self.parent
        };
        let names: Vec<&str> = self.known.iter().take(MAX_NAMES).map(String::as_str).collect();
        let more = match self.known.len().saturating_sub(MAX_NAMES) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        if names.is_empty() {
            write!(f, "; {parent} is empty")
        } else {
            write!(f, "; {parent} has {}{more}", names.join(", "))
        }
    }
}

impl Error for UnknownPointer {}

#[cfg(test)]
mod tests {
    use super::UnknownPointer;

    #[test]
    fn a_suggestion_is_near_or_what_there_is_is_listed() {
        let known = ["/types/Pet", "/types/Pets", "/operations/listPets", "/types/Pet/id"];
        for (pointer, expected) in [
            ("/types/Pte", "`/types/Pte` does not exist; did you mean `/types/Pet`?"),
            ("/type/Pet", "`/type/Pet` does not exist; did you mean `/types`?"),
            ("/types/X/y", "`/types/X/y` does not exist; /types has Pet, Pets"),
            ("zzz", "`zzz` does not exist; the root has operations, types"),
            (
                "/types/Pets/x",
                "`/types/Pets/x` does not exist; did you mean `/types/Pets`?",
            ),
        ] {
            assert_eq!(UnknownPointer::new(pointer, known.into_iter()).to_string(), expected);
        }
        let nothing = UnknownPointer::new("/a", std::iter::empty());
        assert_eq!(nothing.to_string(), "`/a` does not exist; the root is empty");
    }
}
