//! The two sides of a comparison.

use super::{tree::Tree, verdict::Spot};
use crate::surface::{Anchor, Surface};

/// What is compared of one side.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) surface: Surface,
    pub(super) tree: Tree,
}

impl Prepared {
    /// Where the document declares what an anchor names.
    pub(crate) fn spot(&self, anchor: &Anchor) -> Option<Spot> {
        self.tree.spot(Some(&self.tree.find(anchor)))
    }
}

/// Both sides.
pub(super) struct Sides<'s> {
    pub(super) old: &'s Prepared,
    pub(super) new: &'s Prepared,
}

impl Sides<'_> {
    /// The pointers of a thing in both canonical trees.
    pub(super) fn at(&self, old: Option<&Anchor>, new: Option<&Anchor>) -> (Option<String>, Option<String>) {
        let old = old.map(|anchor| self.old.tree.find(anchor));
        let new = new.map(|anchor| self.new.tree.find(anchor));
        (old, new)
    }
}
