//! What is drawn of an item.

use crate::diff::Spot;

/// A box of the picture.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: String,
    /// What it is: the method and the path of an operation, the kind of a model.
    pub(super) note: String,
    pub(super) is_operation: bool,
    pub(super) is_focus: bool,
    pub(super) spot: Option<Spot>,
    pub(super) path: String,
}
