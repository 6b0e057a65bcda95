//! Items that are the same in Rust and another thing on the wire.

use std::collections::BTreeSet;

use super::{
    compared::{Compared, anchor_path},
    credentials,
    draft::Draft,
    pairs::Pair,
    text::{quoted, shown},
    tree::Tree,
};
use crate::surface::{Anchor, Item, Kind};

impl Compared<'_, '_> {
    pub(super) fn facts(&self) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (&old.content, &new.content);
        let names: BTreeSet<&'static str> = before.facts.keys().chain(after.facts.keys()).copied().collect();
        let changed = names.into_iter().filter(|name| before.means(name) != after.means(name));
        // Another type of what a call returns says more than the media types that it asks for.
        let is_told = |name: &str| match name {
            "accept" | "accept stream" => before.written("output") != after.written("output"),
            "paging" => before.written("pages") != after.written("pages"),
            _ => false,
        };
        let drafts = changed.filter(|name| !is_told(name)).filter_map(|name| {
            let (rule, sentence) = self.fact(name)?;
            let at = match name {
                "body" => {
                    let body = |item: &Item| match &item.content.anchor {
                        Anchor::Operation(call) => Anchor::Body(call.clone()),
                        other => other.clone(),
                    };
                    self.sides.at(Some(&body(old)), Some(&body(new)))
                }
                "accept" | "accept stream" => self.at_responses(),
                "servers" => {
                    let (old, new) = self.at();
                    let of = |tree: &Tree, operation: Option<String>| {
                        let operation = operation?;
                        Some(tree.servers_of(&operation).unwrap_or(operation))
                    };
                    (of(&self.sides.old.tree, old), of(&self.sides.new.tree, new))
                }
                "credentials" => (None, Some(self.sides.new.tree.find(&after.anchor) + "/security")),
                _ => self.at(),
            };
            let mut draft = Draft::new(rule, sentence, at).item('=', new.path.clone());
            draft = draft.advise(new.name(), &old.path, &new.path);
            if new.kind == Kind::Scheme {
                draft
                    .advice
                    .push("Check that the credential is one that the server takes in this form.".to_owned());
            }
            Some(draft)
        });
        drafts.collect()
    }

    fn fact(&self, name: &'static str) -> Option<(&'static str, String)> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (old.content.means(name), new.content.means(name));
        let item = new.name();
        let path = &new.path;
        match (old.kind, name) {
            (_, "schema" | "held by" | "tag" | "origin" | "group" | "scheme") => None,
            (Kind::Operation, "credentials") => credentials::of_operation(self.sides, self.pair),
            (Kind::Operation, _) => self.fact_of_operation(name),
            (Kind::Credentials, "needed") => Some(credentials::of_all(before, after)),
            (Kind::Union, "discriminator") => {
                let by = |tag: &str| shown(tag, "its form");
                let sentence = format!(
                    "The variant of `{item}` is selected by {}; it was selected by {}.",
                    by(after),
                    by(before)
                );
                Some(("discriminator-changed", sentence))
            }
            (Kind::Constant, "value") => {
                let sentence = format!("The constant `{item}` is `{after}`; it was `{before}`.");
                Some(("json-changed", sentence))
            }
            (Kind::Server, "url") => {
                let sentence = format!("`servers::{item}` leads to `{after}`; it led to `{before}`.");
                Some(("wire-changed", sentence))
            }
            (Kind::Scheme, "sent") => {
                let sentence = format!("`{path}` is sent as {after}; it was sent as {before}.");
                Some(("wire-changed", sentence))
            }
            (_, name) => Some(self.other_fact(name)),
        }
    }

    fn fact_of_operation(&self, name: &'static str) -> Option<(&'static str, String)> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (old.content.means(name), new.content.means(name));
        let item = new.name();
        match name {
            // The method is named after it.
            "operation id" if old.path != new.path => None,
            "operation id" => {
                let sentence = format!("The operation id of `{item}` is `{after}`; it was `{before}`.");
                Some(("renamed-in-document", sentence))
            }
            "url" => {
                let path = |item: &Item| quoted(anchor_path(&item.content.anchor));
                let sentence = format!("`{item}` calls `{}`; it called `{}`.", path(new), path(old));
                Some(("wire-changed", sentence))
            }
            "method" => {
                let sentence = format!("`{item}` is sent by {after}; it was sent by {before}.");
                Some(("wire-changed", sentence))
            }
            "accept" | "accept stream" => {
                let accepted = |media: &str| shown(media, "`application/json`");
                let stream = if name == "accept" { "" } else { "The stream of " };
                let sentence = format!(
                    "{stream}`{item}` asks for {}; it asked for {}.",
                    accepted(after),
                    accepted(before)
                );
                Some(("wire-changed", sentence))
            }
            "paging" => {
                let (before, after) = different(before, after);
                let sentence = format!("The paging of `{item}` is `{after}`; it was `{before}`.");
                Some(("wire-changed", sentence))
            }
            "servers" => {
                let servers = |urls: &str| shown(urls, "the server of the client");
                let sentence = format!(
                    "`{item}` is sent to {}; it was sent to {}.",
                    servers(after),
                    servers(before)
                );
                Some(("wire-changed", sentence))
            }
            "idempotent" => {
                let words = if after.is_empty() {
                    "is not idempotent any more"
                } else {
                    "is idempotent"
                };
                let repeated = if after.is_empty() { "not repeated" } else { "repeated" };
                let sentence =
                    format!("`{item}` {words}: it is {repeated} after a failure that the server may have seen.");
                Some(("wire-changed", sentence))
            }
            // A body that is new or gone is a change of its own.
            "body" if before.is_empty() || after.is_empty() => None,
            "body" => {
                let sentence = format!("The request body of `{item}` is `{after}`; it was `{before}`.");
                Some(("wire-changed", sentence))
            }
            other => Some(self.other_fact(other)),
        }
    }

    fn other_fact(&self, name: &'static str) -> (&'static str, String) {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (old.content.means(name), new.content.means(name));
        let (before, after) = (shown(before, "nothing"), shown(after, "nothing"));
        (
            "wire-changed",
            format!("`{}`: {name} is {after}; it was {before}.", new.name()),
        )
    }
}

/// The parts of two lists that only one of them has; a list without such a part is shown as it is.
fn different(before: &str, after: &str) -> (String, String) {
    let only_in = |list: &str, other: &str| {
        let others: BTreeSet<&str> = other.split(", ").collect();
        let parts: Vec<&str> = list.split(", ").filter(|part| !others.contains(part)).collect();
        match parts.as_slice() {
            [] => list.to_owned(),
            parts => parts.join(", "),
        }
    };
    (only_in(before, after), only_in(after, before))
}
