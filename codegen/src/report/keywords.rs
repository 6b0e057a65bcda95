//! All keywords of a document.
//!
//! A key is a keyword if OpenAPI defines its name. Names that a document defines, such as those of schemas and properties, are
//! not keywords. Keys inside examples, defaults and extensions are not keywords either.

use std::{collections::HashSet, ops::ControlFlow};

use crate::{
    at::At,
    diagnostic::{FileId, Place},
    normalize::{ObjectKind, Shape, look},
    read::{Member, Node, Source},
};

/// An occurrence of a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// What it is a keyword of.
    pub(super) part: &'static str,
    pub(super) name: String,
    pub(super) place: Place,
    /// Where its value starts.
    pub(super) value: Place,
    /// The pointer in the source of its value.
    pub(super) pointer: String,
}

/// All of them. What is referred to from elsewhere is in the tree at both places, and counts once.
pub(super) fn occurrences(source: &Source) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut seen: HashSet<(FileId, String)> = HashSet::new();
    look(
        &source.root,
        Shape::One(ObjectKind::Document),
        &At::ROOT,
        &mut |node, shape, at| {
            for (owner, member) in keywords(node, shape) {
                let pointer = source.origins.source_of(&at.key(&member.name).pointer());
                if seen.insert((member.name_place.file, pointer.clone())) {
                    found.push(Occurrence {
                        part: owner.label(),
                        name: member.name.to_string(),
                        place: member.name_place,
                        value: member.value.place,
                        pointer,
                    });
                }
            }
            ControlFlow::Continue(())
        },
    );
    found
}

/// The members of an object that are keywords, and what they are keywords of. Of the members that a document names, those
/// are that say to be extensions.
fn keywords(node: &Node, shape: Shape) -> impl Iterator<Item = (ObjectKind, &Member)> {
    let (owner, is_named_by_document) = match shape {
        Shape::One(ObjectKind::Callback) => (Some(ObjectKind::PathItem), true),
        Shape::MapBesideExtensions(kind) => (Some(kind), true),
        Shape::Map(_) | Shape::List(_) => (None, true),
        Shape::One(_) | Shape::SchemaOrList => (shape.kind(), false),
    };
    let members = owner.and_then(|owner| Some((owner, node.as_object()?)));
    let members = members
        .into_iter()
        .flat_map(|(owner, object)| object.iter().map(move |member| (owner, member)));
    members.filter(move |(_, member)| !is_named_by_document || member.name.starts_with("x-"))
}
