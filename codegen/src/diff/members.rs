//! Fields, variants and arguments: what a change of one means.

use std::collections::BTreeMap;

use super::{
    cycles,
    draft::Draft,
    matched,
    matched::Matched,
    member::{Members, subject},
    rules,
    text::{optional, renamed, unboxed},
};
use crate::surface::{Item, Kind, Member, MemberKind, member_path as path};

impl Members<'_, '_> {
    /// What changes, one change for each member.
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let matched = Matched::of(self.pair.old, self.pair.new, self.renames);
        let mut drafts = Vec::new();
        drafts.extend(
            matched
                .same
                .iter()
                .filter_map(|(old, new, is_guess)| self.same(old, new, *is_guess)),
        );
        drafts.extend(matched.removed.iter().map(|old| self.removed(old)));
        drafts.extend(matched.added.iter().map(|new| self.added(new)));
        drafts
    }

    /// The wire names of properties that have another one under the same field.
    pub(super) fn wire_renames(&self) -> BTreeMap<String, String> {
        let matched = Matched::of(self.pair.old, self.pair.new, self.renames);
        let pairs = matched
            .same
            .iter()
            .map(|(old, new, _)| (old.content.means("name"), new.content.means("name")));
        let renamed = pairs.filter(|(old, new)| old != new && !old.is_empty());
        renamed.map(|(old, new)| (old.to_owned(), new.to_owned())).collect()
    }

    fn removed(&self, old: &Member) -> Draft {
        let path = path(self.pair.old, old);
        let sentence = format!("{} is removed.", subject(self.pair.old, old));
        let mut draft = Draft::new("member-removed", sentence, self.at(Some(old), None));
        draft = draft.item('-', path.clone()).advise(&old.name, &path, &path);
        if is_in_list(self.pair.old, old) {
            self.takers(&mut draft, old);
        }
        draft
    }

    fn added(&self, new: &Member) -> Draft {
        let path = path(self.pair.new, new);
        let is_required = is_in_list(self.pair.new, new);
        let rule = if is_required {
            "required-member-added"
        } else {
            "member-added"
        };
        let subject = subject(self.pair.new, new);
        let sentence = match (is_required, new.kind) {
            (true, MemberKind::Argument) => format!("{subject} is new and required."),
            (true, _) => format!("{subject} is new and required: `{}` takes it.", self.taker()),
            (false, MemberKind::Field) if !new.content.written("type").starts_with("Option<") => {
                format!("{subject} is new and always present.")
            }
            (false, MemberKind::Value) => format!("{subject} is a new value."),
            (false, MemberKind::Variant) => format!("{subject} is a new variant."),
            (false, _) => format!("{subject} is new and optional."),
        };
        let mut draft = Draft::new(rule, sentence, self.at(None, Some(new)));
        draft = draft.item('+', path).advise(&new.name, "", &self.takes(new));
        if is_required {
            self.takers(&mut draft, new);
        }
        draft
    }

    /// The constructor or method that takes required members.
    fn taker(&self) -> String {
        match self.pair.new.kind {
            Kind::Operation => self.pair.new.path.clone(),
            _ => format!("{}::new", self.pair.new.path),
        }
    }

    /// What takes a required member, between backticks: the method, and the struct in which it is passed.
    fn takes(&self, member: &Member) -> String {
        let required = self.pair.new.content.parts.get("required");
        match required.filter(|_| is_in_struct(member)) {
            Some(required) => format!("{}` in `{required}", self.taker()),
            None => self.taker(),
        }
    }

    /// Lists what takes a member: the struct of required inputs may be new, or gone.
    fn takers(&self, draft: &mut Draft, member: &Member) {
        draft.add_item('~', self.taker());
        if self.pair.new.kind == Kind::Operation && is_in_struct(member) {
            let required = |item: &Item| item.content.parts.get("required").cloned();
            match (required(self.pair.old), required(self.pair.new)) {
                (Some(old), None) => draft.add_item('-', old),
                (None, Some(new)) => draft.add_item('+', new),
                (_, Some(new)) => draft.add_item('~', new),
                (None, None) => {}
            }
        }
    }

    fn same(&self, old: &Member, new: &Member, is_guess: bool) -> Option<Draft> {
        let mut drafts: Vec<Draft> = self.name(old, new, is_guess).into_iter().collect();
        drafts.extend(self.presence(old, new));
        drafts.extend(self.parts(old, new));
        drafts.extend(self.facts(old, new));
        if old.content.is_deprecated != new.content.is_deprecated {
            let (rule, word) = if new.content.is_deprecated {
                ("deprecated", "is deprecated")
            } else {
                ("undeprecated", "is not deprecated any more")
            };
            let sentence = format!("{} {word}.", subject(self.pair.new, new));
            let draft = Draft::new(rule, sentence, self.at(Some(old), Some(new)));
            drafts.push(draft.item('~', path(self.pair.new, new)));
        }
        drafts.sort_by_key(|draft| draft.rules.first().map_or(0, |id| rules::rank(id)));
        drafts.into_iter().reduce(|mut first, other| {
            first.absorb(other);
            first
        })
    }

    /// Another identifier for the same thing, or the same identifier for another one.
    fn name(&self, old: &Member, new: &Member, is_guess: bool) -> Option<Draft> {
        if old.name == new.name {
            return None;
        }
        let (before, after) = (path(self.pair.old, old), path(self.pair.new, new));
        // A positional argument of a method has no name for callers.
        let is_positional = old.kind == MemberKind::Argument && old.content.means("in") == "path";
        if is_positional && matched::is_same_wire(old, new) {
            let sentence = format!(
                "The argument `{}` of `{}` is called `{}`.",
                old.name,
                self.pair.new.name(),
                new.name
            );
            return Some(Draft::new("argument-renamed", sentence, self.at(Some(old), Some(new))));
        }
        let is_taken = self.pair.new.member(old.kind, &old.name).is_some();
        let rule = if is_taken { "name-taken" } else { "renamed" };
        let probably = if is_guess { "probably " } else { "" };
        let sentence = format!(
            "{} is {probably}called `{}` now.",
            subject(self.pair.old, old),
            new.name
        );
        let mut draft = Draft::new(rule, sentence, self.at(Some(old), Some(new)));
        draft = draft
            .item('-', before.clone())
            .item('+', after.clone())
            .advise(&new.name, &before, &after);
        // Its constants have its name.
        for (sign, item, member) in [('-', self.pair.old, old), ('+', self.pair.new, new)] {
            for part in ["path", "default"] {
                let constant = member.content.written(part).split(':').next().unwrap_or_default();
                if !constant.is_empty() {
                    draft.add_item(sign, format!("{}::{constant}", item.path));
                }
            }
        }
        draft.is_guess = is_guess;
        // A pinned value of an enum would keep its name and mean another text.
        if !is_taken && old.kind != MemberKind::Value {
            draft.pin = Some(old.name.trim_start_matches("r#").to_owned());
        }
        if is_in_list(self.pair.old, old) {
            self.takers(&mut draft, old);
        }
        Some(draft)
    }

    /// What may be left out no longer may, or the other way round.
    fn presence(&self, old: &Member, new: &Member) -> Option<Draft> {
        let (before, after) = (&old.content, &new.content);
        let at = self.at(Some(old), Some(new));
        let subject = subject(self.pair.new, new);
        if old.kind == MemberKind::Argument {
            let was_required = before.parts.contains_key("argument");
            let is_required = after.parts.contains_key("argument");
            let (rule, sentence) = match (was_required, is_required) {
                (false, true) => (
                    "argument-became-required",
                    format!("{subject} is required: the method takes it."),
                ),
                (true, false) => (
                    "argument-became-optional",
                    format!("{subject} is optional: it has a setter."),
                ),
                _ => return None,
            };
            let (sign, setter) = if is_required {
                ('-', path(self.pair.old, old))
            } else {
                ('+', path(self.pair.new, new))
            };
            let mut draft = Draft::new(rule, sentence, at).item(sign, setter);
            self.takers(&mut draft, new);
            return Some(draft.advise(&new.name, &self.taker(), &self.takes(new)));
        }
        let (old_type, new_type) = (before.written("type"), after.written("type"));
        let (rule, sentence) = if optional(new_type).map(unboxed) == Some(unboxed(old_type)) {
            (
                "became-optional",
                format!("{subject} is optional: its type is `{new_type}`."),
            )
        } else if optional(old_type).map(unboxed) == Some(unboxed(new_type)) {
            (
                "became-required",
                format!("{subject} is required: its type is `{new_type}`."),
            )
        } else {
            return None;
        };
        let draft = Draft::new(rule, sentence, at)
            .item('~', path(self.pair.new, new))
            .item('~', self.taker());
        Some(draft.advise(&new.name, &self.taker(), &self.taker()))
    }

    fn parts(&self, old: &Member, new: &Member) -> Vec<Draft> {
        let (before, after) = (&old.content.parts, &new.content.parts);
        let names: std::collections::BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
        let is_flip = self.presence(old, new).is_some();
        let differs = |name: &str| {
            let (before, after) = (old.content.written(name), new.content.written(name));
            before != after && renamed(before, self.renames) != after
        };
        let mut drafts = Vec::new();
        for name in names {
            // What became required or optional says so itself, and a type says what its setter and its constants take.
            let follows = is_flip || differs("type");
            if follows && matches!(name, "setter" | "argument" | "path" | "From") || is_flip && name == "type" {
                let is_gone = before.contains_key(name) && !after.contains_key(name);
                if is_flip || !is_gone {
                    continue;
                }
            }
            drafts.extend(match (before.get(name), after.get(name)) {
                (Some(old_text), Some(new_text)) => self.written(name, (old, new), (old_text, new_text)),
                (Some(text), None) => Some(self.part_removed(name, (old, new), text)),
                (None, Some(text)) => Some(self.part_added(name, (old, new), text)),
                (None, None) => None,
            });
        }
        drafts
    }

    fn written(&self, name: &str, (old, new): (&Member, &Member), (before, after): (&str, &str)) -> Option<Draft> {
        // Constants and setters carry the member's name, of which another change speaks.
        let before = match before.strip_prefix(&stem(name, old)) {
            Some(rest) => format!("{}{rest}", stem(name, new)),
            None => before.to_owned(),
        };
        if before == after || renamed(&before, self.renames) == after {
            return None;
        }
        let path = path(self.pair.new, new);
        let subject = subject(self.pair.new, new);
        let at = self.at(Some(old), Some(new));
        if name == "type" && unboxed(&before) == unboxed(after) {
            let items = (self.pair.old, self.pair.new);
            let cause = cycles::cause(self.sides, self.renames, items, (&before, after));
            let cause = cause.unwrap_or_else(|| "a cycle of types is closed or opened".to_owned());
            let sentence = format!("{subject} has the type `{after}` instead of `{before}`: {cause}.");
            return Some(
                Draft::new("boxed", sentence, at)
                    .item('~', path.clone())
                    .advise(&new.name, "", &path),
            );
        }
        let sentence = match name {
            "type" | "constant" => format!("{subject} has the type `{after}`; it had `{before}`."),
            "setter" | "argument" => format!("{subject} takes `{after}`; it took `{before}`."),
            "default" => format!("The default of {subject} has another type: `{after}`; it was `{before}`."),
            other => format!("{subject}: {other} is `{after}`; it was `{before}`."),
        };
        let draft = Draft::new("type-changed", sentence, at).item('~', path.clone());
        Some(draft.advise(&new.name, "", &path))
    }

    fn part_removed(&self, name: &str, (old, new): (&Member, &Member), text: &str) -> Draft {
        let subject = subject(self.pair.new, new);
        let owner = &self.pair.old.path;
        let (rule, item, sentence) = match name {
            "setter" => {
                let setter = text.split('(').next().unwrap_or(text);
                let reason = match new.content.means("access") {
                    "read-only" => "is read-only, so it is never sent",
                    _ => "is not sent any more",
                };
                (
                    "setter-removed",
                    format!("{owner}::{setter}"),
                    format!("{subject} {reason}: its setter is removed."),
                )
            }
            "default" | "path" => {
                let constant = text.split(':').next().unwrap_or(text);
                let what = if name == "default" {
                    "default"
                } else {
                    "path for update masks"
                };
                let sentence = format!("{subject} has no {what} any more: `{constant}` is removed.");
                ("part-removed", format!("{owner}::{constant}"), sentence)
            }
            "From" => {
                let sentence = format!("{subject} is not made of `{text}` by `From` any more.");
                ("part-removed", format!("{owner}: From<{text}>"), sentence)
            }
            other => (
                "part-removed",
                path(self.pair.old, old),
                format!("{subject} has no {other} any more."),
            ),
        };
        let draft = Draft::new(rule, sentence, self.at(Some(old), Some(new))).item('-', item.clone());
        draft.advise(&new.name, &item, &item)
    }

    fn part_added(&self, name: &str, (old, new): (&Member, &Member), text: &str) -> Draft {
        let subject = subject(self.pair.new, new);
        let owner = &self.pair.new.path;
        let short = text.split(['(', ':']).next().unwrap_or(text);
        let (item, sentence) = match name {
            "default" => (
                format!("{owner}::{short}"),
                format!("{subject} has a default: the constant `{short}` is new."),
            ),
            "setter" => (
                format!("{owner}::{short}"),
                format!("{subject} has a setter `{short}`."),
            ),
            "From" => (
                format!("{owner}: From<{text}>"),
                format!("{subject} is made of `{text}` by `From`."),
            ),
            other => (path(self.pair.new, new), format!("{subject} has a {other}: `{text}`.")),
        };
        Draft::new("part-added", sentence, self.at(Some(old), Some(new))).item('+', item)
    }
}

/// Whether an argument is a field of the struct of required inputs where it is required.
fn is_in_struct(member: &Member) -> bool {
    member.kind == MemberKind::Argument && !matches!(member.content.means("in"), "path" | "body")
}

/// Whether the constructor or the method takes the member.
fn is_in_list(item: &Item, member: &Member) -> bool {
    let mut entries = item.lists.iter().flat_map(|list| &list.entries);
    entries.any(|entry| entry.name == member.name)
}

/// The start of a part that is made of the member's own name.
fn stem(part: &str, member: &Member) -> String {
    let name = member.name.trim_start_matches("r#");
    match part {
        "setter" if member.kind == MemberKind::Field => format!("{}(", member.name),
        "path" => format!("{}: ", name.to_ascii_uppercase()),
        "default" => format!("DEFAULT_{}: ", name.to_ascii_uppercase()),
        _ => "\u{0}".to_owned(),
    }
}
