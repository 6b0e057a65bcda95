//! An item that both sides have, and items in words.

use super::{
    pairs::{Pair, Pairs},
    sides::Sides,
    text::quoted,
};
use crate::surface::{Anchor, Item, Kind};

/// An item of both sides.
pub(super) struct Compared<'c, 's> {
    pub(super) sides: &'c Sides<'s>,
    pub(super) pairs: &'c Pairs<'s>,
    pub(super) pair: Pair<'s>,
}

impl Compared<'_, '_> {
    pub(super) fn at(&self) -> (Option<String>, Option<String>) {
        let Pair { old, new, .. } = self.pair;
        self.sides.at(Some(&old.content.anchor), Some(&new.content.anchor))
    }

    /// The responses of the operation, as far as there are any.
    pub(super) fn at_responses(&self) -> (Option<String>, Option<String>) {
        let responses = |item: &Item| match &item.content.anchor {
            Anchor::Operation(call) => Anchor::Responses(call.clone()),
            other => other.clone(),
        };
        let (old, new) = (responses(self.pair.old), responses(self.pair.new));
        self.sides.at(Some(&old), Some(&new))
    }
}

/// An item with its kind, in words.
pub(super) fn subject(item: &Item) -> String {
    let name = item.name();
    match item.kind {
        Kind::Feature => format!("The cargo feature `{}`", name.trim_start_matches("feature ")),
        Kind::Operation => {
            let content = &item.content;
            let call = format!("{} {}", content.means("method"), quoted(anchor_path(&content.anchor)));
            format!(
                "The operation `{}` ({call}), the method `{name}`,",
                content.means("operation id")
            )
        }
        Kind::Server => format!("The server function `servers::{name}`"),
        Kind::Scheme => format!("The credential `{}`", item.path),
        Kind::Credentials => "`Credentials`".to_owned(),
        Kind::Group => format!("The group `{name}`"),
        Kind::Outcomes => format!("The enum `{name}` of responses"),
        Kind::Payload => format!("The payload `{}`", item.path),
        _ => format!("The model `{}`", item.path),
    }
}

pub(super) fn anchor_path(anchor: &Anchor) -> &str {
    match anchor {
        Anchor::Operation(call) => &call.path,
        _ => "",
    }
}
