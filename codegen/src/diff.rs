//! What a change of a document means: for programs that use the generated client, for other clients of the API, and whether old
//! programs compile and mean something else.
//!
//! Two values are compared: the public surfaces of both clients, as they are generated (`surface`), and the canonical trees of
//! both documents, as HTTP sees them (`http`). Changes of both that concern one thing are one change (`join`).

mod changelog;
mod compared;
mod credentials;
mod cycles;
mod documentation;
mod draft;
mod generators;
mod http;
mod item_facts;
mod item_rules;
mod items;
mod join;
mod labels;
mod lists;
mod matched;
mod member;
mod member_facts;
mod members;
mod orphans;
mod output;
mod pairs;
mod reasons;
mod rules;
mod sharing;
mod sides;
mod text;
mod tree;
mod verdict;
mod version;

use std::ops::ControlFlow;

pub(crate) use self::text::models;
pub use self::{
    changelog::with_changes,
    generators::generators,
    output::{FailOn, Format, SCHEMA},
    verdict::{Category, Change, Http, Rust, Spot, Verdict},
    version::next_version,
};
use self::{
    pairs::Pairs,
    sides::{Prepared, Sides},
    tree::Tree,
};
use crate::{
    Config, Inputs,
    diagnostic::{Diagnostics, Files},
    found::{Found, Made},
    run,
    surface::Surface,
};

/// A document with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub inputs: Inputs<'a>,
    /// How its client is generated.
    pub config: &'a Config,
}

/// What was found on one side.
#[derive(Debug)]
pub struct Checked {
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The files that places point into.
    pub sources: Files,
}

/// The result of a comparison.
#[derive(Debug)]
pub struct Compared {
    /// `None` where a side has errors.
    pub verdict: Option<Verdict>,
    /// What was found in the old document.
    pub old: Checked,
    /// What was found in the new document.
    pub new: Checked,
}

/// Compares two documents by what is generated of them.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Compared {
    let (old, new) = (prepare(old), prepare(new));
    let verdict = match (&old.0, &new.0) {
        (Some(old), Some(new)) => Some(judged(&Sides { old, new })),
        _ => None,
    };
    Compared {
        verdict,
        old: old.1,
        new: new.1,
    }
}

/// Runs the stages up to the names; nothing is emitted.
pub(crate) fn prepare(side: Side<'_>) -> (Option<Prepared>, Checked) {
    let (mut found, mut tree, mut surface) = (Found::default(), None, None);
    run(side.inputs, side.config, &mut found, &mut |made| {
        match made {
            Made::Canonical(canonical) => tree = Some(Tree::of(canonical)),
            Made::Client(context) => {
                surface = Some(Surface::of(context));
                return ControlFlow::Break(());
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    let diagnostics = side.config.levels.apply(found.take_diagnostics());
    let is_wanted = !diagnostics.has_errors();
    let prepared = surface.zip(tree).filter(|_| is_wanted);
    let prepared = prepared.map(|(surface, tree)| Prepared { surface, tree });
    let checked = Checked {
        diagnostics,
        sources: found.take_sources(side.inputs),
    };
    (prepared, checked)
}

fn judged(sides: &Sides<'_>) -> Verdict {
    let pairs = Pairs::of(&sides.old.surface, &sides.new.surface);
    let drafts = items::drafts(sides, &pairs);
    let findings = http::findings(&sides.old.tree, &sides.new.tree);
    let changes = join::changes(sides, drafts, &findings);
    let changes = documentation::with_changes(sides, &pairs, changes);
    let changes = sharing::folded(sides, changes);
    let mut notes = Vec::new();
    let (old, new) = (&sides.old.surface.title, &sides.new.surface.title);
    if old != new {
        notes.push(format!(
            "The documents have different titles, `{old}` and `{new}`. Check that they describe the same API."
        ));
    }
    Verdict {
        rust: changes.iter().map(|change| change.rust).max().unwrap_or(Rust::Patch),
        http: changes
            .iter()
            .map(|change| change.http)
            .max()
            .unwrap_or(Http::Compatible),
        silent: changes.iter().any(|change| change.silent),
        changes,
        orphans: orphans::new_ones(&sides.old.surface, &sides.new.surface),
        notes,
    }
}
