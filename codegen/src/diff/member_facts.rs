//! Members that are the same in Rust and another thing on the wire.

use super::{
    draft::Draft,
    member::{Members, subject, wire_name},
    text::shown,
};
use crate::surface::{Item, Member, MemberKind, member_path as path};

impl Members<'_, '_> {
    /// The same in Rust, another thing on the wire.
    pub(super) fn facts(&self, old: &Member, new: &Member) -> Vec<Draft> {
        let (before, after) = (&old.content, &new.content);
        let names: std::collections::BTreeSet<&'static str> =
            before.facts.keys().chain(after.facts.keys()).copied().collect();
        let changed = names.into_iter().filter(|name| before.means(name) != after.means(name));
        let drafts = changed.filter_map(|name| {
            let (rule, sentence) = self.fact(name, old, new)?;
            let draft = Draft::new(rule, sentence, self.at(Some(old), Some(new)));
            Some(draft.item('=', path(self.pair.new, new)).advise(&new.name, "", ""))
        });
        drafts.collect()
    }

    fn fact(&self, name: &str, old: &Member, new: &Member) -> Option<(&'static str, String)> {
        let is_renamed = old.name != new.name;
        match old.kind {
            // Another identifier is a change of its own.
            _ if is_renamed && matches!(name, "name" | "value" | "in") => None,
            MemberKind::Field | MemberKind::Value | MemberKind::Variant => self.fact_of_model(name, old, new),
            // Another type says more.
            _ if name == "form" && old.content.parts != new.content.parts => None,
            MemberKind::Argument | MemberKind::Header => Some(self.fact_of_input(name, old, new)),
        }
    }

    fn fact_of_model(&self, name: &str, old: &Member, new: &Member) -> Option<(&'static str, String)> {
        let (before, after) = (old.content.means(name), new.content.means(name));
        let subject = subject(self.pair.new, new);
        let discriminator = |item: &Item| item.content.means("discriminator").to_owned();
        match name {
            "name" => Some((
                "json-changed",
                format!("{subject} is `{after}` in JSON; it was `{before}`."),
            )),
            "value" => Some((
                "json-changed",
                format!("{subject} is `{after}` on the wire; it was `{before}`."),
            )),
            "status" => Some((
                "wire-changed",
                format!("{subject} is the response {after}; it was {before}."),
            )),
            // Another discriminator says more.
            "discriminator values" if discriminator(self.pair.old) != discriminator(self.pair.new) => None,
            "discriminator values" => Some(self.tags(old, new)),
            // Another type says more.
            "form" if old.content.written("type") != new.content.written("type") => None,
            "form" => {
                let (before, after) = (shown(before, "a number"), shown(after, "a number"));
                Some((
                    "json-changed",
                    format!("{subject} is {after} in JSON; it was {before}."),
                ))
            }
            "access" => {
                let shown = |access: &str| if access.is_empty() { "read and written" } else { access }.to_owned();
                let sentence = format!("{subject} is {}; it was {}.", shown(after), shown(before));
                Some(("access-changed", sentence))
            }
            // A constant that is new or gone is a change of its own.
            "default" if before.is_empty() || after.is_empty() => None,
            "default" => Some((
                "default-changed",
                format!("The default of {subject} is {after}; it was {before}."),
            )),
            other => {
                let (before, after) = (shown(before, "nothing"), shown(after, "nothing"));
                Some((
                    "wire-changed",
                    format!("{subject}: {other} is {after}; it was {before}."),
                ))
            }
        }
    }

    fn fact_of_input(&self, name: &str, old: &Member, new: &Member) -> (&'static str, String) {
        let (before, after) = (old.content.means(name), new.content.means(name));
        let subject = subject(self.pair.new, new);
        let sentence = match name {
            "in" | "name" => {
                let sent = |member: &Member| {
                    let place = match member.content.means("in") {
                        "query" => "query parameter",
                        place => place,
                    };
                    format!("the {place} `{}`", wire_name(member))
                };
                let owner = self.pair.new.name();
                format!(
                    "`{}` of `{owner}` is sent as {}; it was sent as {}.",
                    new.name,
                    sent(new),
                    sent(old)
                )
            }
            "style" => {
                let style = |style: &str| shown(style, "the usual style");
                format!(
                    "{subject} is written in {}; it was written in {}.",
                    style(after),
                    style(before)
                )
            }
            other => {
                let (before, after) = (shown(before, "nothing"), shown(after, "nothing"));
                format!("{subject}: {other} is {after}; it was {before}.")
            }
        };
        ("wire-changed", sentence)
    }

    /// Other discriminator values.
    fn tags(&self, old: &Member, new: &Member) -> (&'static str, String) {
        let name = "discriminator values";
        let list = |member: &Member| -> Vec<String> {
            let text = member.content.means(name).to_owned();
            text.split(", ")
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let (before, after) = (list(old), list(new));
        let subject = subject(self.pair.new, new);
        let listed = |values: &[String]| match values {
            [] => "no discriminator value".to_owned(),
            values => format!("`{}`", values.join("`, `")),
        };
        let sentence = format!(
            "{subject} is selected by {}; it was selected by {}.",
            listed(&after),
            listed(&before)
        );
        let is_addition = before.iter().all(|value| after.contains(value)) && !before.is_empty();
        if is_addition {
            ("discriminator-value-added", sentence)
        } else {
            ("discriminator-changed", sentence)
        }
    }
}
