//! What a change of a document means: for programs that use the generated client, for other clients of the API, and whether old
//! programs compile and mean something else.
//!
//! Two values are compared: the public surfaces of both clients, as they are generated (`surface`), and the canonical trees of
//! both documents, as HTTP sees them (`http`). Changes of both that concern one thing are one change (`join`).

mod changelog;
mod credentials;
mod draft;
mod http;
mod item_facts;
mod item_rules;
mod items;
mod join;
mod labels;
mod lists;
mod matched;
mod member_facts;
mod members;
mod orphans;
mod output;
mod pairs;
mod rules;
mod text;
mod tree;
mod version;

use std::ops::ControlFlow;

pub use self::{
    changelog::with_changes,
    output::{FailOn, Format, SCHEMA},
    version::next_version,
};
use self::{pairs::Pairs, tree::Tree};
use crate::{
    Config, Inputs,
    diagnostic::{Diagnostics, Files},
    found::{Found, Made},
    run,
    surface::{Anchor, Surface},
};

/// A document with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub inputs: Inputs<'a>,
    /// How its client is generated.
    pub config: &'a Config,
}

/// What a change requires of the next version of a Rust crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// Programs compile and mean the same.
    Patch,
    /// Programs compile; something is new, or the requests follow the server.
    Minor,
    /// A program may stop compiling, or means something else.
    Major,
}

impl Rust {
    /// The name of the level.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What a change means to clients of the API, whoever wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Http {
    /// What clients sent and read stays valid.
    Compatible,
    /// A request that was valid may be refused, or a response may hold what was not described.
    Breaking,
}

impl Http {
    /// The name of the verdict.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// The section of a changelog that a change belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// New features.
    Added,
    /// Changes of existing features.
    Changed,
    /// Features that will be removed.
    Deprecated,
    /// Features that are removed.
    Removed,
}

impl Category {
    /// The heading of the section.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

/// A location in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1.
    pub column: u32,
    /// The JSON pointer in the document.
    pub pointer: String,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it requires of the crate's version.
    pub rust: Rust,
    /// What it means to clients of the API.
    pub http: Http,
    /// Whether old programs compile and mean something else.
    pub silent: bool,
    /// Whether things are taken for the same by their likeness alone.
    pub guess: bool,
    /// What changes.
    pub sentence: String,
    /// What callers have to do.
    pub advice: Vec<String>,
    /// The line of the configuration that keeps the old name.
    pub pin: Option<String>,
    /// Rust items: `-` removed, `+` added, `~` changed, `=` unchanged with another meaning.
    pub items: Vec<(char, String)>,
    /// Where the old document declares it.
    pub old: Option<Spot>,
    /// Where the new document declares it.
    pub new: Option<Spot>,
    /// The rules of the surface and of HTTP that apply.
    pub rules: Vec<&'static str>,
    /// The section of a changelog.
    pub category: Category,
}

/// What all changes of a document mean.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The strictest level of all changes.
    pub rust: Rust,
    /// Whether any change breaks clients of the API.
    pub http: Http,
    /// Whether any change is silent.
    pub silent: bool,
    /// The changes, the strictest first.
    pub changes: Vec<Change>,
    /// Models that no operation uses any more.
    pub orphans: Vec<String>,
    /// What a reader should know beside the changes.
    pub notes: Vec<String>,
}

/// What was found on one side.
#[derive(Debug)]
pub struct Checked {
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The texts that places point into.
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

/// What is compared of one side.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) surface: Surface,
    tree: Tree,
}

impl Prepared {
    /// Where the document declares what an anchor names.
    pub(crate) fn spot(&self, anchor: &Anchor) -> Option<Spot> {
        join::spot(&self.tree, Some(&self.tree.find(anchor)))
    }
}

/// Both sides.
struct Sides<'s> {
    old: &'s Prepared,
    new: &'s Prepared,
}

impl Sides<'_> {
    /// The pointers of a thing in both canonical trees.
    fn at(&self, old: Option<&Anchor>, new: Option<&Anchor>) -> (Option<String>, Option<String>) {
        let old = old.map(|anchor| self.old.tree.find(anchor));
        let new = new.map(|anchor| self.new.tree.find(anchor));
        (old, new)
    }
}

/// Compares two documents by what is generated of them.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Compared {
    let (old, new) = (prepare(old), prepare(new));
    let verdict = match (&old.0, &new.0) {
        (Some(old), Some(new)) => Some(verdict(&Sides { old, new })),
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
        sources: found.files,
    };
    (prepared, checked)
}

fn verdict(sides: &Sides<'_>) -> Verdict {
    let pairs = Pairs::of(&sides.old.surface, &sides.new.surface);
    let drafts = items::drafts(sides, &pairs);
    let findings = http::findings(&sides.old.tree, &sides.new.tree);
    let changes = join::changes(sides, drafts, &findings);
    let changes = join::with_documentation(sides, &pairs, changes);
    let mut notes = Vec::new();
    let (old, new) = (&sides.old.surface.title, &sides.new.surface.title);
    if old != new {
        notes.push(format!("The documents have different titles: `{old}` and `{new}`."));
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
