//! Items of the public surface: what a change of one means.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Sides, credentials,
    draft::Draft,
    http::limits::{self, Change},
    lists,
    members::Members,
    pairs::{Pair, Pairs},
    rules,
    text::{quoted, renamed},
};
use crate::surface::{Anchor, Item, Kind, Rule};

/// All changes of the public surface.
pub(super) fn drafts(sides: &Sides<'_>, pairs: &Pairs<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for pair in &pairs.same {
        let compared = Compared {
            sides,
            pairs,
            pair: *pair,
        };
        drafts.extend(compared.drafts());
    }
    drafts.extend(pairs.removed.iter().map(|item| removed(sides, item)));
    drafts.extend(pairs.added.iter().map(|item| added(sides, item)));
    drafts
}

fn removed(sides: &Sides<'_>, item: &Item) -> Draft {
    let rule = if item.kind == Kind::Feature {
        "feature-removed"
    } else {
        "removed"
    };
    let sentence = format!("{} is removed.", subject(item));
    let at = sides.at(Some(&item.content.anchor), None);
    let mut draft = Draft::new(rule, sentence, at).item('-', item.path.clone());
    if let Some(call) = item.content.parts.get("call") {
        draft.add_item('-', call.clone());
    }
    draft.advise(item.name(), &item.path, &item.path)
}

fn added(sides: &Sides<'_>, item: &Item) -> Draft {
    let sentence = format!("{} is new.", subject(item));
    let at = sides.at(None, Some(&item.content.anchor));
    let mut draft = Draft::new("added", sentence, at).item('+', item.path.clone());
    if let Some(call) = item.content.parts.get("call") {
        draft.add_item('+', call.clone());
    }
    draft
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

fn anchor_path(anchor: &Anchor) -> &str {
    match anchor {
        Anchor::Operation(call) => &call.path,
        _ => "",
    }
}

/// An item of both sides.
struct Compared<'c, 's> {
    sides: &'c Sides<'s>,
    pairs: &'c Pairs<'s>,
    pair: Pair<'s>,
}

impl Compared<'_, '_> {
    fn drafts(&self) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let mut drafts: Vec<Draft> = self.name().into_iter().collect();
        drafts.extend(self.features());
        if old.kind != new.kind {
            let (before, after) = (old.kind.as_str(), new.kind.as_str());
            let sentence = format!(
                "The model `{}` is another kind of type: {after} instead of {before}.",
                new.path
            );
            let draft = Draft::new("kind-changed", sentence, self.at()).item('~', new.path.clone());
            drafts.push(draft.advise(new.name(), &old.path, &new.path));
            return drafts;
        }
        let members = Members {
            sides: self.sides,
            renames: &self.pairs.renames,
            pair: self.pair,
        };
        let mut of_members = members.drafts();
        drafts.extend(self.direction(&mut of_members));
        drafts.extend(lists::drafts(self.sides, &self.pairs.renames, self.pair, &of_members));
        drafts.extend(self.parts());
        drafts.extend(self.facts());
        drafts.extend(self.rules(&members.wire_renames()));
        drafts.extend(self.deprecation());
        drafts.extend(of_members);
        drafts
    }

    fn at(&self) -> (Option<String>, Option<String>) {
        let Pair { old, new, .. } = self.pair;
        self.sides.at(Some(&old.content.anchor), Some(&new.content.anchor))
    }

    /// The responses of the operation, as far as there are any.
    fn at_responses(&self) -> (Option<String>, Option<String>) {
        let responses = |item: &Item| match &item.content.anchor {
            Anchor::Operation(call) => Anchor::Responses(call.clone()),
            other => other.clone(),
        };
        let (old, new) = (responses(self.pair.old), responses(self.pair.new));
        self.sides.at(Some(&old), Some(&new))
    }

    /// Another path for the same thing.
    fn name(&self) -> Option<Draft> {
        let Pair { old, new, is_guess } = self.pair;
        let is_schema_renamed = old.kind.is_model() && old.content.means("schema") != new.content.means("schema");
        if old.path == new.path {
            if !is_schema_renamed {
                return None;
            }
            let (before, after) = (old.content.means("schema"), new.content.means("schema"));
            let sentence = format!(
                "The schema `{before}` is called `{after}`; its model is still `{}`.",
                new.path
            );
            return Some(Draft::new("renamed-in-document", sentence, self.at()).item('=', new.path.clone()));
        }
        // What only follows the name of its operation or group is told there.
        let follows_group = || {
            let of_group = |item: &Item| item.path.rsplit_once("::").map(|(group, _)| group.to_owned());
            let (before, after) = (of_group(old), of_group(new));
            let is_group = |pair: &&Pair<'_>| {
                pair.old.kind == Kind::Group
                    && Some(&pair.old.path) == before.as_ref()
                    && Some(&pair.new.path) == after.as_ref()
            };
            old.kind == Kind::Operation
                && old.name() == new.name()
                && self.pairs.same.iter().any(|pair| is_group(&pair))
        };
        if old.kind == Kind::Outcomes || old.kind == Kind::Feature || follows_group() {
            return None;
        }
        let other = self.sides.new.surface.item(&old.path);
        let rule = match other {
            Some(other) if is_same_to_callers(old, other) => "name-taken",
            _ => "renamed",
        };
        let guess = if is_guess { ", as far as can be told" } else { "" };
        let mut sentence = format!("{} is `{}` now{guess}.", subject(old), new.path);
        if other.is_some() {
            let _ = std::fmt::Write::write_fmt(
                &mut sentence,
                format_args!(" The name `{}` means something else.", old.path),
            );
        }
        let mut draft = Draft::new(rule, sentence, self.at());
        draft = draft.item('-', old.path.clone()).item('+', new.path.clone());
        draft = draft.advise(new.name(), &old.path, &new.path);
        draft.is_guess = is_guess;
        let is_moved = old.name() == new.name();
        if other.is_none() && !is_moved && (old.kind.is_model() || old.kind == Kind::Operation) {
            draft.pin = Some(old.name().trim_start_matches("r#").to_owned());
        }
        Some(draft)
    }

    fn features(&self) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        let is_covered = !old.features.is_empty() && old.features.iter().all(|feature| new.features.contains(feature));
        // The feature of a group that is renamed is a change of its own.
        if new.features.is_empty() || is_covered || old.kind == Kind::Feature || old.path != new.path {
            return None;
        }
        let features = new.features.join("` or `");
        let sentence = format!("`{}` needs the cargo feature `{features}`.", new.path);
        let draft = Draft::new("feature-needed", sentence, (None, None)).item('~', new.path.clone());
        Some(draft.advise(new.name(), "", &new.path))
    }

    fn parts(&self) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (&old.content.parts, &new.content.parts);
        let names: BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
        let drafts = names.into_iter().filter_map(|name| {
            // They follow the names of the item.
            if matches!(name, "call" | "accessor" | "required") {
                return None;
            }
            // What is required no longer is, or another name of the struct that holds it: a member says so.
            let has = |item: &Item, part: &str| item.content.parts.contains_key(part);
            if name == "constructor" && (has(new, "constructor") || has(new, "Default")) {
                return None;
            }
            match (before.get(name), after.get(name)) {
                (Some(old_text), Some(new_text)) if renamed(old_text, &self.pairs.renames) == *new_text => None,
                (old_text, new_text) => self.part(name, old_text.map(String::as_str), new_text.map(String::as_str)),
            }
        });
        drafts.collect()
    }

    fn part(&self, name: &'static str, old_text: Option<&str>, new_text: Option<&str>) -> Option<Draft> {
        let new = self.pair.new;
        let item = new.name();
        let shown = |text: Option<&str>| text.map_or_else(|| "nothing".to_owned(), |text| format!("`{text}`"));
        let (before, after) = (shown(old_text), shown(new_text));
        let (rule, at, sentence) = match name {
            "output" => (
                "output-changed",
                self.at_responses(),
                format!("A call of `{item}` returns {after}; it returned {before}."),
            ),
            "failure" => match (old_text, new_text) {
                (None, Some(_)) => (
                    "part-added",
                    self.at_responses(),
                    format!("The errors of `{item}` have a body: `failure()` reads {after}."),
                ),
                (Some(_), None) => (
                    "part-removed",
                    self.at_responses(),
                    format!("The errors of `{item}` have no described body: `failure()` is removed."),
                ),
                _ => (
                    "errors-changed",
                    self.at_responses(),
                    format!("`failure()` of `{item}` reads {after}; it read {before}."),
                ),
            },
            "Default" if new_text.is_some() => (
                "part-added",
                self.at(),
                format!("`{item}` has `Default`: nothing is required any more."),
            ),
            "Default" => (
                "part-removed",
                self.at(),
                format!("`{item}` has no `Default` any more."),
            ),
            "pages" | "stream" => match (old_text, new_text) {
                (None, Some(_)) => ("part-added", self.at(), format!("`{item}` gets {name} of {after}.")),
                (Some(_), None) => ("part-removed", self.at(), format!("`{item}` has no {name} any more.")),
                _ => (
                    "type-changed",
                    self.at(),
                    format!("The {name} of `{item}` are of {after}; they were of {before}."),
                ),
            },
            _ => match (old_text, new_text) {
                (None, Some(_)) => ("part-added", self.at(), format!("`{}` has {name} {after}.", new.path)),
                (Some(_), None) => (
                    "part-removed",
                    self.at(),
                    format!("`{}` has no {name} any more.", new.path),
                ),
                _ => (
                    "type-changed",
                    self.at(),
                    format!("`{}` is {after}; it was {before}.", new.path),
                ),
            },
        };
        let draft = Draft::new(rule, sentence, at).item('~', new.path.clone());
        Some(draft.advise(item, &self.pair.old.path, &new.path))
    }

    fn facts(&self) -> Vec<Draft> {
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
                "credentials" => (None, Some(self.sides.new.tree.find(&after.anchor) + "/security")),
                _ => self.at(),
            };
            let draft = Draft::new(rule, sentence, at).item('=', new.path.clone());
            Some(draft.advise(new.name(), &old.path, &new.path))
        });
        drafts.collect()
    }

    fn fact(&self, name: &'static str) -> Option<(&'static str, String)> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (old.content.means(name), new.content.means(name));
        let item = new.name();
        Some(match (old.kind, name) {
            (Kind::Operation, "operation id") => {
                let sentence = format!("The operation id of `{item}` is `{after}`; it was `{before}`.");
                ("renamed-in-document", sentence)
            }
            (Kind::Operation, "url") => {
                let path = |item: &Item| quoted(anchor_path(&item.content.anchor));
                (
                    "wire-changed",
                    format!("`{item}` calls `{}`; it called `{}`.", path(new), path(old)),
                )
            }
            (Kind::Operation, "method") => (
                "wire-changed",
                format!("`{item}` is sent by {after}; it was sent by {before}."),
            ),
            (Kind::Operation, "body") if before.is_empty() || after.is_empty() => return None,
            (Kind::Operation, "body") => (
                "wire-changed",
                format!("The request body of `{item}` is `{after}`; it was `{before}`."),
            ),
            (Kind::Operation, "credentials") => return credentials::of_operation(self.sides, self.pair),
            (Kind::Credentials, "needed") => return Some(credentials::of_all(before, after)),
            (Kind::Union, "discriminator") => {
                let shown = |tag: &str| match tag {
                    "" => "by its form".to_owned(),
                    tag => format!("by `{tag}`"),
                };
                let sentence = format!(
                    "The variant of `{item}` is selected {}; it was selected {}.",
                    shown(after),
                    shown(before)
                );
                ("discriminator-changed", sentence)
            }
            (Kind::Constant, "value") => (
                "json-changed",
                format!("The constant `{item}` is `{after}`; it was `{before}`."),
            ),
            (Kind::Server, "url") => (
                "wire-changed",
                format!("`servers::{item}` leads to `{after}`; it led to `{before}`."),
            ),
            (Kind::Scheme, "sent") => (
                "wire-changed",
                format!("`{}` is sent as {after}; it was {before}.", new.path),
            ),
            (_, "schema" | "held by" | "tag" | "origin" | "group" | "scheme") => return None,
            (_, name) => {
                let shown = |text: &str| {
                    if text.is_empty() {
                        "nothing".to_owned()
                    } else {
                        format!("`{text}`")
                    }
                };
                (
                    "wire-changed",
                    format!("`{item}`: {name} is {}; it was {}.", shown(after), shown(before)),
                )
            }
        })
    }

    /// What `validate()` checks.
    fn rules(&self, renames: &BTreeMap<String, String>) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let nothing = BTreeMap::new();
        let (before, after) = (by_key(&old.rules, renames), by_key(&new.rules, &nothing));
        let keys: BTreeSet<&(String, &'static str)> = before.keys().chain(after.keys()).collect();
        let drafts = keys
            .into_iter()
            .filter_map(|key| self.rule(key, before.get(key), after.get(key)));
        drafts.collect()
    }

    fn rule(
        &self,
        (property, keyword): &(String, &'static str),
        before: Option<&BTreeSet<String>>,
        after: Option<&BTreeSet<String>>,
    ) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        let one = |values: Option<&BTreeSet<String>>| values.and_then(|values| values.first()).cloned();
        let (was, is) = (one(before), one(after));
        let change = match (before, after) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(before), Some(after)) if before.len() > 1 || after.len() > 1 => {
                if after.is_subset(before) {
                    Change::Looser
                } else {
                    Change::Other
                }
            }
            _ => limits::change(keyword, was.as_deref(), is.as_deref())?,
        };
        let (rule, verb) = match change {
            Change::Looser => ("validation-loosened", "allows more"),
            Change::Tighter | Change::Other => ("validation-tightened", "refuses more"),
        };
        let subject = match property.as_str() {
            "" => format!("`{}`", new.name()),
            property => format!("`{}` of `{}`", quoted(property), new.name()),
        };
        let limit = if *keyword == "rule" { "a condition" } else { keyword };
        let detail = match (was, is) {
            _ if *keyword == "rule" => "a condition is changed".to_owned(),
            (Some(was), Some(is)) => format!("`{limit}` is {is} instead of {was}"),
            (None, Some(is)) => format!("`{limit}` is {is}"),
            _ => format!("`{limit}` is removed"),
        };
        let anchor = |item: &Item| match (&item.content.anchor, property.as_str()) {
            (anchor, "") => anchor.clone(),
            (Anchor::Schema(pointer), property) => Anchor::Property(pointer.clone(), property.to_owned()),
            (anchor, _) => anchor.clone(),
        };
        let at = self.sides.at(Some(&anchor(old)), Some(&anchor(new)));
        let sentence = format!("`validate()` of {subject} {verb}: {detail}.");
        Some(Draft::new(rule, sentence, at).item('=', new.path.clone()))
    }

    /// A model that other messages hold gains or loses its setters: one change, and not one for each setter.
    fn direction(&self, of_members: &mut Vec<Draft>) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (old.content.means("held by"), new.content.means("held by"));
        if before == after {
            return None;
        }
        let is_setter = |draft: &Draft| {
            let follows = draft.rules == ["setter-removed"] || draft.rules == ["part-added"];
            follows
                && draft
                    .items
                    .iter()
                    .all(|(_, item)| item.starts_with(&format!("{}::", old.path)))
        };
        let (setters, others): (Vec<Draft>, Vec<Draft>) = std::mem::take(of_members).into_iter().partition(is_setter);
        *of_members = others;
        let first = setters.first()?;
        let rule = first.rules.first().copied()?;
        let what = if rule == "setter-removed" {
            "it loses its setters"
        } else {
            "it has setters"
        };
        let sentence = format!("`{}` is in {after}; it was in {before}: {what}.", new.path);
        let mut draft = Draft::new(rule, sentence, self.at());
        for (sign, item) in setters.iter().flat_map(|setter| &setter.items) {
            draft.add_item(*sign, item.clone());
        }
        Some(draft.advise(new.name(), &old.path, &new.path))
    }

    fn deprecation(&self) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        if old.content.is_deprecated == new.content.is_deprecated {
            return None;
        }
        let (rule, word) = if new.content.is_deprecated {
            ("deprecated", "is deprecated: uses of it give a warning")
        } else {
            ("undeprecated", "is not deprecated any more")
        };
        let sentence = format!("`{}` {word}.", new.path);
        Some(Draft::new(rule, sentence, self.at()).item('~', new.path.clone()))
    }
}

/// The values of rules, by property and keyword; a renamed property has its new name.
fn by_key(rules: &[Rule], renames: &BTreeMap<String, String>) -> BTreeMap<(String, &'static str), BTreeSet<String>> {
    let mut map: BTreeMap<(String, &'static str), BTreeSet<String>> = BTreeMap::new();
    for rule in rules {
        let property = renames.get(&rule.property).unwrap_or(&rule.property);
        map.entry((property.clone(), rule.keyword))
            .or_default()
            .insert(rule.value.clone());
    }
    map
}

/// Whether programs that use the one compile with the other.
fn is_same_to_callers(old: &Item, new: &Item) -> bool {
    let types = |item: &Item| -> Vec<Vec<String>> {
        let lists = item.lists.iter();
        lists
            .map(|list| list.entries.iter().map(|entry| entry.ty.clone()).collect())
            .collect()
    };
    let has_members = old.members.iter().all(|member| {
        let other = new.member(member.kind, &member.name);
        member.content.parts.contains_key("argument")
            || other.is_some_and(|other| other.content.parts == member.content.parts)
    });
    old.kind == new.kind && types(old) == types(new) && has_members
}

/// Sorts what belongs to one thing by its weight.
pub(super) fn by_weight(drafts: &mut [Draft]) {
    drafts.sort_by_key(|draft| draft.rules.first().map_or(0, |id| rules::rank(id)));
}
