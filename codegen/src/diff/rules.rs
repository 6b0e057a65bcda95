//! The table of changes of the public surface: what each kind means in Rust, and whether old programs notice it.

use super::verdict::{Category, Rust};

/// What a kind of change means.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) rust: Rust,
    /// Whether old programs compile and mean something else.
    pub(super) is_silent: bool,
    pub(super) category: Category,
    /// What callers have to do; `{old}` and `{new}` are Rust items. Empty where there is nothing to do.
    pub(super) advice: &'static str,
}

const fn rule(id: &'static str, rust: Rust, category: Category, advice: &'static str) -> Rule {
    Rule {
        id,
        rust,
        is_silent: false,
        category,
        advice,
    }
}

const fn silent(id: &'static str, category: Category, advice: &'static str) -> Rule {
    Rule {
        id,
        rust: Rust::Major,
        is_silent: true,
        category,
        advice,
    }
}

use Category::{Added, Changed, Deprecated, Removed};
use Rust::{Major, Minor, Patch};

/// The first one that a member or an item has gives the sentence.
pub(super) const RULES: &[Rule] = &[
    // Names that mean something else.
    silent(
        "name-taken",
        Changed,
        "Replace `{old}` by `{new}`: the old name now means something else.",
    ),
    silent(
        "arguments-moved",
        Changed,
        "Check every call of `{new}`: the compiler cannot find swapped values.",
    ),
    // Items.
    rule("renamed", Major, Changed, "Replace `{old}` by `{new}`."),
    rule("removed", Major, Removed, "Remove uses of `{old}`."),
    rule("added", Minor, Added, ""),
    rule("kind-changed", Major, Changed, "Adapt uses of `{new}`."),
    rule(
        "type-split",
        Major,
        Changed,
        "Convert values where both names were used for one type.",
    ),
    rule(
        "type-joined",
        Major,
        Changed,
        "Import variants from the type itself, and implement a trait for one of its names only.",
    ),
    rule(
        "feature-removed",
        Major,
        Removed,
        "Remove the cargo feature from `Cargo.toml`.",
    ),
    rule(
        "feature-needed",
        Major,
        Changed,
        "Turn on one of the cargo features that bring `{new}`.",
    ),
    // Fields, variants, arguments.
    rule(
        "became-required",
        Major,
        Changed,
        "Pass `{name}` to `{new}`, and read it without `Option`.",
    ),
    rule(
        "became-optional",
        Major,
        Changed,
        "Handle the absence of `{name}`, and set it with its setter.",
    ),
    rule("argument-became-required", Major, Changed, "Pass `{name}` to `{new}`."),
    rule(
        "argument-became-optional",
        Major,
        Changed,
        "Set `{name}` with its setter, and do not pass it to `{old}`.",
    ),
    rule(
        "boxed",
        Major,
        Changed,
        "Put the value into a `Box`, or use the setter.",
    ),
    rule("type-changed", Major, Changed, "Adapt uses of `{new}` to the new type."),
    rule(
        "output-changed",
        Major,
        Changed,
        "Adapt what follows a call of `{new}`.",
    ),
    rule("errors-changed", Major, Changed, "Adapt uses of `failure()`."),
    rule("required-member-added", Major, Added, "Pass `{name}` to `{new}`."),
    rule("arguments-changed", Major, Changed, "Adapt calls of `{new}`."),
    rule("setter-removed", Major, Removed, "Remove calls of the setter."),
    rule("part-removed", Major, Removed, "Remove uses of it."),
    rule("member-removed", Major, Removed, "Remove uses of `{old}`."),
    rule("part-added", Minor, Added, ""),
    rule("member-added", Minor, Added, ""),
    // The same item with another meaning.
    silent(
        "json-changed",
        Changed,
        "Convert stored JSON: the old form is not read any more.",
    ),
    silent(
        "discriminator-changed",
        Changed,
        "Check stored JSON and servers that are not updated.",
    ),
    rule("discriminator-value-added", Minor, Changed, ""),
    silent(
        "credentials-needed",
        Changed,
        "Give the client all credentials that calls need.",
    ),
    rule("credentials-changed", Minor, Changed, ""),
    rule("wire-changed", Minor, Changed, ""),
    rule("default-changed", Minor, Changed, ""),
    rule("validation-tightened", Minor, Changed, ""),
    rule("deprecated", Minor, Deprecated, ""),
    rule("validation-loosened", Patch, Changed, ""),
    rule("undeprecated", Patch, Changed, ""),
    rule("access-changed", Patch, Changed, ""),
    rule("argument-renamed", Patch, Changed, ""),
    rule("renamed-in-document", Patch, Changed, ""),
    rule("documentation", Patch, Changed, ""),
    rule("document", Patch, Changed, ""),
];

/// The rule of an id.
pub(super) fn by_id(id: &str) -> &'static Rule {
    let found = RULES.iter().find(|rule| rule.id == id);
    // An unknown id is a defect that a test finds; the strictest rule hides nothing.
    found.unwrap_or(&RULES[0])
}

/// The position in the table.
pub(super) fn rank(id: &str) -> usize {
    RULES.iter().position(|rule| rule.id == id).unwrap_or(0)
}
