//! Items of the public surface: what a change of one means.

use std::collections::BTreeSet;

use super::{
    compared::{Compared, subject},
    draft::Draft,
    lists,
    member::Members,
    pairs::{Pair, Pairs},
    rules,
    sides::Sides,
    text::{renamed, shown},
};
use crate::surface::{Anchor, Item, Kind, SHARED_TYPE, Surface};

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
    inner_models(pairs, &mut drafts);
    drafts.extend(pairs.removed.iter().map(|item| removed(sides, item)));
    drafts.extend(pairs.added.iter().map(|item| added(sides, item)));
    drafts
}

/// The models of inline schemas have new paths where the model around them has one: they are listed there.
fn inner_models(pairs: &Pairs<'_>, drafts: &mut [Draft]) {
    for pair in pairs.same.iter().filter(|pair| pair.old.path != pair.new.path) {
        let Some(owner) = owner(pairs, pair) else { continue };
        let is_of_owner = |draft: &&mut Draft| {
            draft
                .items
                .iter()
                .any(|(sign, item)| *sign == '-' && *item == owner.old.path)
        };
        if let Some(draft) = drafts.iter_mut().find(is_of_owner) {
            draft.add_item('-', pair.old.path.clone());
            draft.add_item('+', pair.new.path.clone());
        }
    }
}

/// The renamed model whose schema is around that of another one, which keeps its own name.
fn owner<'p, 's>(pairs: &'p Pairs<'s>, pair: &Pair<'s>) -> Option<&'p Pair<'s>> {
    let (Anchor::Schema(old), Anchor::Schema(new)) = (&pair.old.content.anchor, &pair.new.content.anchor) else {
        return None;
    };
    let is_around = |around: &Anchor, inner: &str| match around {
        Anchor::Schema(around) => inner
            .strip_prefix(around.as_str())
            .is_some_and(|rest| rest.starts_with('/')),
        _ => false,
    };
    let is_owner = |other: &&Pair<'s>| {
        other.old.path != other.new.path
            && is_around(&other.old.content.anchor, old)
            && is_around(&other.new.content.anchor, new)
    };
    let is_kept = pair.old.kind.is_model() && pair.old.name() == pair.new.name();
    pairs.same.iter().filter(|_| is_kept).find(is_owner)
}

fn removed(sides: &Sides<'_>, item: &Item) -> Draft {
    let rule = if item.kind == Kind::Feature {
        "feature-removed"
    } else {
        "removed"
    };
    let anchor = anchor(item, &sides.new.surface);
    let sentence = if anchor == item.content.anchor {
        format!("{} is removed.", subject(item))
    } else {
        let (id, body) = (item.content.means("operation id"), item.content.means("body"));
        let method = item.name();
        format!("The operation `{id}` does not describe `{body}` bodies any more: the method `{method}` is removed.")
    };
    let at = sides.at(Some(&anchor), None);
    let mut draft = Draft::new(rule, sentence, at).item('-', item.path.clone());
    if let Some(call) = item.content.parts.get("call") {
        draft.add_item('-', call.clone());
    }
    draft.advise(item.name(), &item.path, &item.path)
}

fn added(sides: &Sides<'_>, item: &Item) -> Draft {
    let anchor = anchor(item, &sides.old.surface);
    let sentence = if anchor == item.content.anchor {
        format!("{} is new.", subject(item))
    } else {
        let (id, body) = (item.content.means("operation id"), item.content.means("body"));
        format!(
            "The operation `{id}` has the new method `{}` for `{body}` bodies.",
            item.name()
        )
    };
    let at = sides.at(None, Some(&anchor));
    let mut draft = Draft::new("added", sentence, at).item('+', item.path.clone());
    if let Some(call) = item.content.parts.get("call") {
        draft.add_item('+', call.clone());
    }
    draft
}

/// Where an item of one side alone is declared: the body, for a method of an operation that the other side has with other
/// bodies.
fn anchor(item: &Item, other: &Surface) -> Anchor {
    let id = item.content.means("operation id");
    let is_known = |other: &Item| {
        other.kind == Kind::Operation
            && other.content.anchor == item.content.anchor
            && other.content.means("operation id") == id
    };
    let has_body = !item.content.means("body").is_empty();
    match &item.content.anchor {
        Anchor::Operation(call) if has_body && item.kind == Kind::Operation && other.items.iter().any(is_known) => {
            Anchor::Body(call.clone())
        }
        anchor => anchor.clone(),
    }
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
        drafts.extend(self.sharing());
        drafts.extend(self.parts());
        drafts.extend(self.facts());
        drafts.extend(self.rules(&members.wire_renames()));
        drafts.extend(self.deprecation());
        drafts.extend(of_members);
        drafts
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
        if old.kind == Kind::Feature {
            return Some(self.feature_renamed());
        }
        // An item that only follows the name of its operation or group is reported there.
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
        if old.kind == Kind::Outcomes || follows_group() || owner(self.pairs, &self.pair).is_some() {
            return None;
        }
        let other = self.sides.new.surface.item(&old.path);
        let rule = match other {
            Some(other) if is_same_to_callers(old, other) => "name-taken",
            _ => "renamed",
        };
        let probably = if is_guess { "probably " } else { "" };
        let mut sentence = format!("{} is {probably}`{}` now.", subject(old), new.path);
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

    fn feature_renamed(&self) -> Draft {
        let Pair { old, new, .. } = self.pair;
        let feature = |item: &'_ Item| item.path.trim_start_matches("feature ").to_owned();
        let (before, after) = (feature(old), feature(new));
        let sentence = format!("The cargo feature `{before}` is `{after}` now.");
        let mut draft = Draft::new("renamed", sentence, self.at());
        draft.advice = vec![format!(
            "Replace the cargo feature `{before}` by `{after}` in `Cargo.toml`."
        )];
        draft.item('-', old.path.clone()).item('+', new.path.clone())
    }

    fn features(&self) -> Option<Draft> {
        let Pair { old, new, .. } = self.pair;
        let is_there = |feature: &String| {
            let renamed = self.pairs.renames.get(&format!("feature {feature}"));
            let feature = renamed.map_or(feature.as_str(), |path| path.trim_start_matches("feature "));
            new.features.iter().any(|other| other == feature)
        };
        let is_covered = !old.features.is_empty() && old.features.iter().all(is_there);
        // The feature of a group that is renamed is a change of its own.
        if new.features.is_empty() || is_covered || old.kind == Kind::Feature || old.path != new.path {
            return None;
        }
        let features = new.features.join("` or `");
        let sentence = format!("`{}` needs the cargo feature `{features}`.", new.path);
        let mut draft = Draft::new("feature-needed", sentence, self.at()).item('~', new.path.clone());
        draft.advice = vec![format!("Turn on the cargo feature `{features}`.")];
        Some(draft)
    }

    fn parts(&self) -> Vec<Draft> {
        let Pair { old, new, .. } = self.pair;
        let (before, after) = (&old.content.parts, &new.content.parts);
        let names: BTreeSet<&'static str> = before.keys().chain(after.keys()).copied().collect();
        let drafts = names.into_iter().filter_map(|name| {
            // They follow the names of the item.
            if matches!(name, "call" | "accessor" | "required") || name == SHARED_TYPE {
                return None;
            }
            // What is required no longer is, or another name of the struct that holds it: a member says so.
            let has = |item: &Item, part: &str| item.content.parts.contains_key(part);
            if name == "constructor" && (has(new, "constructor") || has(new, "Default")) {
                return None;
            }
            match (before.get(name), after.get(name)) {
                (Some(old_text), Some(new_text)) if renamed(old_text, &self.pairs.renames) == *new_text => None,
                (old_text, new_text) => {
                    Some(self.part(name, old_text.map(String::as_str), new_text.map(String::as_str)))
                }
            }
        });
        drafts.collect()
    }

    fn part(&self, name: &'static str, old_text: Option<&str>, new_text: Option<&str>) -> Draft {
        let new = self.pair.new;
        let item = new.name();
        let (before, after) = (
            shown(old_text.unwrap_or_default(), "nothing"),
            shown(new_text.unwrap_or_default(), "nothing"),
        );
        let sentence = match (name, old_text, new_text) {
            ("output", ..) => format!("A call of `{item}` returns {after}; it returned {before}."),
            ("failure", None, _) => format!("The errors of `{item}` have a body: `failure()` reads {after}."),
            ("failure", _, None) => format!("The errors of `{item}` have no described body: `failure()` is removed."),
            ("failure", ..) => format!("`failure()` of `{item}` reads {after}; it read {before}."),
            ("Default", None, _) => format!("`{item}` has `Default`: nothing is required any more."),
            ("Default", ..) => {
                let required = new.lists.iter().flat_map(|list| &list.entries);
                let required: Vec<&str> = required.map(|entry| entry.name.as_str()).collect();
                format!(
                    "`{item}` has no `Default` any more: it requires `{}`.",
                    required.join("`, `")
                )
            }
            ("pages" | "stream", None, _) => format!("`{item}` gets {name} of {after}."),
            ("pages" | "stream", _, None) => format!("`{item}` has no {name} any more."),
            ("pages" | "stream", ..) => format!("The {name} of `{item}` are of {after}; they were of {before}."),
            (_, None, _) => format!("`{}` has {name} {after}.", new.path),
            (_, _, None) => format!("`{}` has no {name} any more.", new.path),
            _ => format!("`{}` is {after}; it was {before}.", new.path),
        };
        let rule = match (name, old_text, new_text) {
            ("output", ..) => "output-changed",
            (_, None, _) => "part-added",
            (_, _, None) => "part-removed",
            ("failure", ..) => "errors-changed",
            _ => "type-changed",
        };
        let at = if matches!(name, "output" | "failure") {
            self.at_responses()
        } else {
            self.at()
        };
        let mut draft = Draft::new(rule, sentence, at).item('~', new.path.clone());
        let advice = match name {
            "failure" => "Remove uses of `failure()`.".to_owned(),
            "pages" => "Remove uses of `pages()` and `items()`.".to_owned(),
            "stream" => {
                let method = old_text.and_then(|text| text.split(' ').next()).unwrap_or_default();
                format!("Remove uses of `{method}()`.")
            }
            "Default" => format!("Replace `{item}::default()` by `{item}::new`."),
            _ => String::new(),
        };
        if rule == "part-removed" && !advice.is_empty() {
            draft.advice = vec![advice];
            return draft;
        }
        draft.advise(item, &self.pair.old.path, &new.path)
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
        if rule == "setter-removed" {
            draft.advice = vec!["Remove calls of these setters.".to_owned()];
        }
        Some(draft)
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
