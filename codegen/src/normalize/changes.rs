//! What a document says in other words than the canonical form, for the report.

use crate::{
    diagnostic::Place,
    read::{Node, Value},
};

/// A rewriting that loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The place of the words in the source.
    pub place: Place,
    /// The keyword, as in `type` or `$ref`.
    pub keyword: &'static str,
    /// What it has become, in a few words.
    pub became: &'static str,
}

/// All of them, in the order of the walk.
pub type Changes = Vec<Change>;

/// The places of the keys that are not in the canonical tree, for the report.
#[derive(Debug, Default)]
pub(crate) struct Removed {
    /// Their meaning is in other keys now.
    pub(crate) claimed: Vec<Place>,
    /// They have no meaning for a client.
    pub(crate) left_out: Vec<Place>,
    /// Parts that the configuration does not select: their places and pointers.
    pub(crate) unselected: Vec<(Place, String)>,
}

impl Removed {
    /// Leaves out all keys in a value.
    pub(super) fn leave_out_below(&mut self, node: &Node) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match &node.value {
                Value::Array(elements) => open.extend(elements),
                Value::Object(object) => {
                    self.left_out.extend(object.iter().map(|member| member.name_place));
                    open.extend(object.iter().map(|member| &member.value));
                }
                _ => {}
            }
        }
    }
}
