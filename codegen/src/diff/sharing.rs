//! Inline schemas that begin or stop to be one type, because they become or stop to be equal.

use super::{compared::Compared, draft::Draft, text::renamed};
use crate::surface::SHARED_TYPE;

impl Compared<'_, '_> {
    /// Whether the item is a name of another type than before.
    pub(super) fn sharing(&self) -> Option<Draft> {
        let (old, new) = (self.pair.old, self.pair.new);
        let before = old.content.parts.get(SHARED_TYPE);
        let before = before.map(|path| renamed(path, &self.pairs.renames));
        let after = new.content.parts.get(SHARED_TYPE);
        let path = &new.path;
        let (rule, sentence) = match (before, after) {
            (before, after) if before.as_ref() == after => return None,
            (None, Some(after)) => (
                "type-joined",
                format!("`{path}` is another name of `{after}`, because their schemas are equal."),
            ),
            (Some(before), None) => (
                "type-split",
                format!("`{path}` is a type of its own; it was another name of `{before}`."),
            ),
            (Some(before), Some(after)) => (
                "type-split",
                format!("`{path}` is another name of `{after}`; it was one of `{before}`."),
            ),
            (None, None) => return None,
        };
        let draft = Draft::new(rule, sentence, self.at()).item('~', path.clone());
        Some(draft.advise(new.name(), &old.path, path))
    }
}
