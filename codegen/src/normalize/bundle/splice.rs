//! References where a component is not allowed: their targets are copied to where they are.

use std::ops::ControlFlow;

use super::{
    Bundle,
    problem::Problem,
    trees::{Address, reference_of},
};
use crate::{
    at::At,
    diagnostic::{Code, FileId, Place},
    normalize::{
        grammar::{Layout, ObjectKind, Shape},
        walk::look,
    },
    read::{Node, Value},
};

/// A place to copy something to.
struct Site {
    /// The pointer, from the value that was looked through.
    pointer: String,
    shape: Shape,
    text: String,
    file: FileId,
    place: Place,
}

/// What has been copied for one site, and what is being copied now.
#[derive(Default)]
struct Copying {
    done: Vec<(Address, Address)>,
    trail: Vec<Address>,
}

impl Bundle<'_> {
    /// Copies what is referred to below a value.
    pub(super) fn splice(&mut self, address: &Address, shape: Shape) {
        let Some(node) = self.trees.node(address) else { return };
        for site in sites(node, shape, self.trees.layout) {
            let here = Address {
                tree: address.tree,
                pointer: format!("{}{}", address.pointer, site.pointer),
            };
            let mut copying = Copying::default();
            let copy = self.copy(&site, &here, &mut copying);
            if let Some(copy) = copy
                && let Some(node) = self.trees.node_mut(&here)
            {
                put(node, copy);
                // From now on references to its parts mean the copy.
                for (from, to) in copying.done {
                    self.trees.copied.entry(from).or_insert(to);
                }
            }
        }
    }

    /// What a reference leads to, with all that is referred to inside.
    fn copy(&mut self, site: &Site, here: &Address, copying: &mut Copying) -> Option<Node> {
        match self.target(site, here, &copying.trail) {
            Ok((target, mut node)) => {
                if here.tree == 0 {
                    if target.tree == 0 {
                        self.origins.moved(&here.pointer, &target.pointer);
                    } else {
                        self.origins.comes_from(&here.pointer, &target.pointer);
                    }
                }
                copying.done.push((target.clone(), here.clone()));
                copying.trail.push(target);
                for site in sites(&node, site.shape, self.trees.layout) {
                    let here = Address {
                        tree: here.tree,
                        pointer: format!("{}{}", here.pointer, site.pointer),
                    };
                    if let Some(copy) = self.copy(&site, &here, copying)
                        && let Some(node) = node.at_mut(&site.pointer)
                    {
                        put(node, copy);
                    }
                }
                copying.trail.pop();
                Some(node)
            }
            Err(problem) => {
                let pointer = format!("{}/$ref", here.pointer);
                self.problems.insert(
                    Address {
                        pointer,
                        ..here.clone()
                    },
                    (site.place, problem),
                );
                None
            }
        }
    }

    fn target(&mut self, site: &Site, here: &Address, trail: &[Address]) -> Result<(Address, Node), Problem> {
        let base = self.trees.home(site.file);
        let target = self.trees.locate(&site.text, base, here)?;
        if trail.contains(&target) {
            let message = format!("`{}` refers to a part that contains the reference itself", site.text);
            let help = "break the cycle, because the target is copied to the place of the reference";
            return Err(Problem::new(Code::ReferenceCycle, message, help));
        }
        let Some(node) = self.trees.node(&target).cloned() else {
            let message = format!("the target of `{}` does not exist", site.text);
            return Err(Problem::new(Code::UnresolvedReference, message, "check the spelling"));
        };
        if !matches!(
            (&node.value, site.shape),
            (Value::Object(_), _) | (Value::Array(_), Shape::List(_))
        ) {
            let message = format!("`{}` is {}, which is not allowed here", site.text, node.kind());
            let help = "refer to a value of the kind that is required here";
            return Err(Problem::new(Code::UnresolvedReference, message, help));
        }
        self.trees.spend(node.size())?;
        Ok((target, node))
    }
}

/// Finds the references below a value for which there are no components, and does not look inside of them.
fn sites(node: &Node, shape: Shape, layout: Layout) -> Vec<Site> {
    let mut sites = Vec::new();
    look(node, shape, &At::ROOT, &mut |node, shape, at| {
        let has_components = shape.kind().is_some_and(|kind| layout.section(kind).is_some());
        let is_named_so = matches!(
            shape,
            Shape::Map(ObjectKind::MappedSchema) | Shape::One(ObjectKind::MappedSchema)
        );
        match reference_of(node) {
            Some((text, file)) if !has_components && !is_named_so => {
                sites.push(Site {
                    pointer: at.pointer(),
                    shape,
                    text: text.to_owned(),
                    file,
                    place: node.get("$ref").map_or(node.place, Node::place),
                });
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        }
    });
    sites
}

/// Puts a copy in the place of a reference. The siblings of the reference are nearer, and count.
fn put(node: &mut Node, copy: Node) {
    let (Value::Object(object), Value::Object(_)) = (&mut node.value, &copy.value) else {
        *node = copy;
        return;
    };
    object.remove("$ref");
    if object.is_empty() {
        *node = copy;
        return;
    }
    let Value::Object(members) = copy.value else { return };
    for member in members {
        if !object.contains(&member.name) {
            object.insert(member.name, member.name_place, member.value);
        }
    }
}
