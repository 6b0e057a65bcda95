//! Anchored values, kept for their aliases.
//!
//! The tree has no sharing: an alias becomes a copy. A few lines can ask for billions of them, so copies are counted
//! before they are made.

use std::collections::BTreeMap;

use super::{
    builder::{Builder, Step},
    tree::{Node, Value},
};
use crate::diagnostic::{Code, Place};

#[derive(Debug)]
struct Anchored {
    node: Node,
    size: Size,
}

/// How large a tree is.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    nodes: usize,
    /// Containers inside each other.
    depth: usize,
}

/// The anchored values that are complete, by the parser's numbers for anchors.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    complete: BTreeMap<usize, Anchored>,
    aliases: usize,
    copied_nodes: usize,
}

impl Anchors {
    /// Keeps a copy of an anchored value that is complete.
    pub(super) fn keep(&mut self, id: usize, node: &Node, builder: &mut Builder<'_>) -> Step {
        let size = size_of_tree(node);
        self.count_copy(size.nodes, node.place, builder)?;
        self.complete.insert(
            id,
            Anchored {
                node: node.clone(),
                size,
            },
        );
        Ok(())
    }

    /// Whether an anchor's value is complete, as it is not inside of itself.
    pub(super) fn is_complete(&self, id: usize) -> bool {
        self.complete.contains_key(&id)
    }

    /// A copy of the value that an alias at a place stands for.
    pub(super) fn expand(&mut self, id: usize, place: Place, builder: &mut Builder<'_>) -> Step<Node> {
        self.aliases = self.aliases.saturating_add(1);
        if self.aliases > builder.limits.max_aliases {
            let message = format!(
                "the document has too many aliases: the limit is {}",
                builder.limits.max_aliases
            );
            return Err(builder.fatal(Code::AliasLimit, place, &message, "use `$ref` to share values"));
        }
        let size = self.complete.get(&id).map(|anchored| anchored.size).unwrap_or_default();
        self.count_copy(size.nodes, place, builder)?;
        builder.count(size.nodes, place)?;
        if builder.depth().saturating_add(size.depth) > builder.max_depth() {
            return Err(builder.too_deep(place));
        }
        let copy = self.complete.get(&id).map(|anchored| anchored.node.clone());
        Ok(copy.unwrap_or(Node {
            place,
            value: Value::Null,
        }))
    }

    fn count_copy(&mut self, nodes: usize, place: Place, builder: &mut Builder<'_>) -> Step {
        self.copied_nodes = self.copied_nodes.saturating_add(nodes);
        let limit = builder.limits.max_copied_nodes;
        if self.copied_nodes > limit {
            let message = format!("anchors and aliases expand to too many values: the limit is {limit} copies");
            return Err(builder.fatal(Code::AliasLimit, place, &message, "use `$ref` to share values"));
        }
        Ok(())
    }
}

/// The recursion ends: the builder has limited the depth.
fn size_of_tree(node: &Node) -> Size {
    let mut size = Size { nodes: 1, depth: 0 };
    let mut add = |child: &Node| {
        let child = size_of_tree(child);
        size.nodes = size.nodes.saturating_add(child.nodes);
        size.depth = size.depth.max(child.depth);
    };
    match &node.value {
        Value::Array(elements) => elements.iter().for_each(&mut add),
        Value::Object(object) => object.iter().for_each(|member| add(&member.value)),
        _ => return size,
    }
    size.depth = size.depth.saturating_add(1);
    size
}
