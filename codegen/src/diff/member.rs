//! The members of an item that both sides have, and members in words.

use std::collections::BTreeMap;

use super::{
    pairs::Pair,
    sides::Sides,
    text::{capital, quoted},
};
use crate::surface::{Anchor, Item, Member, MemberKind};

/// The members of an item that both sides have.
pub(super) struct Members<'c, 's> {
    pub(super) sides: &'c Sides<'s>,
    pub(super) renames: &'c BTreeMap<String, String>,
    pub(super) pair: Pair<'s>,
}

impl Members<'_, '_> {
    pub(super) fn at(&self, old: Option<&Member>, new: Option<&Member>) -> (Option<String>, Option<String>) {
        self.sides
            .at(old.map(|old| &old.content.anchor), new.map(|new| &new.content.anchor))
    }
}

/// The member with its owner, in words.
pub(super) fn subject(item: &Item, member: &Member) -> String {
    let owner = item.name();
    match member.kind {
        MemberKind::Argument => {
            let place = member.content.means("in");
            let what = match place {
                "body" => "the request body".to_owned(),
                "part" => format!("the part `{}`", wire_name(member)),
                "query" => format!("the query parameter `{}`", wire_name(member)),
                "path" => format!("the path argument `{}`", member.name),
                place => format!("the {place} `{}`", wire_name(member)),
            };
            capital(&format!("{what} of `{owner}`"))
        }
        MemberKind::Header => format!("The response header `{}` of `{owner}`", wire_name(member)),
        MemberKind::Field => format!("`{}` of `{owner}`", member.name),
        MemberKind::Value | MemberKind::Variant => format!("`{owner}::{}`", member.name),
    }
}

/// Returns the name in the document. The position in a path is not a name.
pub(super) fn wire_name(member: &Member) -> String {
    match &member.content.anchor {
        Anchor::Parameter(.., name) | Anchor::Header(_, name) => quoted(name),
        _ => member.content.means("name").to_owned(),
    }
}
