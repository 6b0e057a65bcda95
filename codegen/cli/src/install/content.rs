//! What a file is to hold.

use super::digest::Digest;

/// The content of a file, and whether the file is the generator's alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) text: String,
    /// What the file held when the new content was made from it; `None` where the file is the generator's alone. It is replaced
    /// only as long as it holds this.
    pub(super) original: Option<Digest>,
}
