//! What another version of the generator changes for an unchanged document: two generated clients, compared by the forms in
//! their files.
//!
//! The surface of an old client cannot be computed, because only the old generator knows it. Its files declare it, a line for
//! each item and member. The reader knows no form: an item is a name with tokens before and in its braces. What it does not
//! recognize as harmless is major, so a form that was added or removed since is never missed.

mod forms;

use std::collections::BTreeMap;

use self::forms::{Declaration, Entry, Forms};
use super::{
    rules,
    text::quoted,
    verdict::{Change, Http, Rust, Spot, Verdict},
};
use crate::Files;

/// Compares the generated files of two versions of the generator; the document is the same.
///
/// # Errors
///
/// The path of a file that is not Rust, and why.
pub fn generators(old: &Files, new: &Files) -> Result<Verdict, String> {
    let (old, new) = (Forms::read(old)?, Forms::read(new)?);
    let mut changes = Vec::new();
    for (path, before) in &old.items {
        match new.items.get(path) {
            None => changes.push(removed(before)),
            Some(after) => item(before, after, &mut changes),
        }
    }
    let added = new.items.iter().filter(|(path, _)| !old.items.contains_key(*path));
    changes.extend(added.map(|(path, declaration)| {
        let sentence = format!("`{}` is new.", quoted(path));
        change("added", sentence, ('+', path), (None, Some(&declaration.spot)))
    }));
    changes.sort_by(|a, b| {
        (b.rust, b.silent)
            .cmp(&(a.rust, a.silent))
            .then_with(|| a.sentence.cmp(&b.sentence))
    });
    Ok(Verdict {
        rust: changes.iter().map(|change| change.rust).max().unwrap_or(Rust::Patch),
        http: Http::Compatible,
        silent: changes.iter().any(|change| change.silent),
        changes,
        orphans: Vec::new(),
        notes: notes(&old, &new),
    })
}

/// What this comparison cannot see.
fn notes(old: &Forms, new: &Forms) -> Vec<String> {
    let mut notes = Vec::new();
    if old.runtime != new.runtime {
        notes.push(format!(
            "The clients require different versions of `specwright-runtime`: {} and {}. Its changelog describes its own \
             changes; they are not part of this verdict.",
            old.runtime, new.runtime
        ));
    }
    notes
}

fn change(
    rule: &'static str,
    sentence: String,
    (sign, path): (char, &str),
    (old, new): (Option<&Spot>, Option<&Spot>),
) -> Change {
    let meaning = rules::by_id(rule);
    let name = path.rsplit([':', '.']).next().unwrap_or(path);
    let advice = meaning
        .advice
        .replace("{name}", name)
        .replace("{old}", path)
        .replace("{new}", path);
    Change {
        rust: meaning.rust,
        http: Http::Compatible,
        silent: meaning.is_silent,
        guess: false,
        sentence,
        reasons: Vec::new(),
        advice: Some(advice).filter(|advice| !advice.is_empty()).into_iter().collect(),
        pin: None,
        items: vec![(sign, path.to_owned())],
        old: old.cloned(),
        new: new.cloned(),
        rules: vec![rule],
        category: meaning.category,
    }
}

fn removed(before: &Declaration) -> Change {
    let sentence = format!("`{}` is removed.", quoted(&before.path));
    change("removed", sentence, ('-', &before.path), (Some(&before.spot), None))
}

fn item(before: &Declaration, after: &Declaration, into: &mut Vec<Change>) {
    let path = &after.path;
    let at = (Some(&before.spot), Some(&after.spot));
    if before.form != after.form {
        let sentence = format!("`{}` is a `{}`; it was a `{}`.", quoted(path), after.form, before.form);
        return into.push(change("kind-changed", sentence, ('~', path), at));
    }
    if before.head != after.head {
        let sentence = format!(
            "`{}` is declared as `{}`; it was `{}`.",
            quoted(path),
            quoted(&after.head),
            quoted(&before.head)
        );
        into.push(change("kind-changed", sentence, ('~', path), at));
    }
    if before.features != after.features {
        let sentence = format!("`{}` needs other cargo features.", quoted(path));
        into.push(change("feature-needed", sentence, ('~', path), at));
    }
    members(before, after, into);
}

fn members(before: &Declaration, after: &Declaration, into: &mut Vec<Change>) {
    let path = &after.path;
    let by_name = |entries: &[Entry]| -> BTreeMap<String, usize> {
        entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.name.clone(), index))
            .collect()
    };
    let (old, new) = (by_name(&before.entries), by_name(&after.entries));
    for (name, index) in &old {
        let entry = &before.entries[*index];
        match new.get(name) {
            Some(other) => into.extend(member(path, entry, &after.entries[*other])),
            None => {
                let member = format!("{path}.{name}");
                let sentence = format!("`{}` is removed.", quoted(&member));
                into.push(change(
                    "member-removed",
                    sentence,
                    ('-', &member),
                    (Some(&entry.spot), None),
                ));
            }
        }
    }
    for (name, index) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        let entry = &after.entries[*index];
        let member = format!("{path}.{name}");
        let rule = if is_free(&after.form, entry) {
            "member-added"
        } else {
            "required-member-added"
        };
        let sentence = format!("`{}` is new.", quoted(&member));
        let mut added = change(rule, sentence, ('+', &member), (None, Some(&entry.spot)));
        if rule == "required-member-added" {
            added.advice = vec![format!("Adapt uses of `{path}`.")];
        }
        into.push(added);
    }
}

/// Whether old programs compile with one member more.
fn is_free(form: &str, entry: &Entry) -> bool {
    match form {
        "model" => !entry.text.contains("required"),
        // A client of more calls, values that only responses hold, and enums that are matched with a wildcard.
        "operations" | "api_client" | "response_model" | "union" | "string_enum" | "value_enum" | "oneof"
        | "response_oneof" => true,
        _ => false,
    }
}

fn member(path: &str, before: &Entry, after: &Entry) -> Option<Change> {
    let member = format!("{path}.{}", after.name);
    let at = (Some(&before.spot), Some(&after.spot));
    if before.text == after.text && before.is_deprecated == after.is_deprecated {
        return None;
    }
    let shown = |entry: &Entry| quoted(&entry.text);
    let declared = format!(
        "`{}` is declared as `{}`; it was `{}`.",
        quoted(&member),
        shown(after),
        shown(before)
    );
    let (rule, sentence) = if before.text == after.text {
        let (rule, words) = if after.is_deprecated {
            ("deprecated", "is deprecated")
        } else {
            ("undeprecated", "is not deprecated any more")
        };
        (rule, format!("`{}` {words}.", quoted(&member)))
    } else if before.without_rules() == after.without_rules() {
        (
            "validation-tightened",
            format!("`validate()` checks other limits of `{}`.", quoted(&member)),
        )
    } else if before.without_strings() == after.without_strings() {
        (if before.is_call { "wire-changed" } else { "json-changed" }, declared)
    } else {
        ("type-changed", declared)
    };
    Some(change(rule, sentence, ('~', &member), at))
}
