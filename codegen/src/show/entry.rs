//! The parts of what a stage made.

use super::unknown::UnknownPointer;

/// A part of what a stage made.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Its JSON pointer in what the stage made.
    pub(super) pointer: String,
    /// The JSON pointer of what it was made of, where that is another one.
    pub(super) origin: Option<String>,
    pub(super) text: String,
}

impl Entry {
    fn pointers(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once(self.pointer.as_str()).chain(self.origin.as_deref())
    }

    fn is_at(&self, at: &str) -> bool {
        self.pointers().any(|pointer| {
            let rest = pointer.strip_prefix(at);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// The entries at a pointer and below it.
pub(super) fn selected(entries: &[Entry], at: &str) -> Result<String, UnknownPointer> {
    let wanted = entries.iter().filter(|entry| entry.is_at(at));
    let text: String = wanted.map(|entry| entry.text.as_str()).collect();
    if text.is_empty() && !at.is_empty() {
        return Err(UnknownPointer::new(at, entries.iter().flat_map(Entry::pointers)));
    }
    Ok(text)
}
