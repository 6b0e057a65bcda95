//! The walk that rewrites a document of OpenAPI 3: what it has found and moved so far.

use std::collections::BTreeMap;

use super::{
    additions,
    changes::{Change, Changes, Removed},
    grammar::ObjectKind,
    lenient, parts, schema,
    version::Version,
    walk::Visit,
};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    origin::Moves,
    read::Node,
};

/// What the rewriting of one part may say and do.
pub(super) struct Rewrite<'d> {
    pub(super) version: Version,
    pub(super) removed: Removed,
    diagnostics: &'d mut Diagnostics,
    changes: Changes,
    moves: Moves,
    foreign: BTreeMap<&'static str, Foreign>,
}

/// A keyword of another version: the first place, and how many there are.
struct Foreign {
    of: Version,
    place: Place,
    pointer: String,
    count: usize,
}

impl Visit for Rewrite<'_> {
    fn leave(&mut self, node: &mut Node, kind: ObjectKind, at: &At<'_>) {
        lenient::rewrite(self, node, kind, at);
        additions::rewrite(self, node, kind, at);
        match kind {
            ObjectKind::Schema => schema::rewrite(self, node, at),
            ObjectKind::Document => parts::document(self, node, at),
            ObjectKind::Operation => parts::operation(self, node, at),
            _ => {}
        }
    }

    fn enters(&self, kind: ObjectKind, key: &str, value: &Node) -> bool {
        kind != ObjectKind::Schema || schema::enters(key, value)
    }
}

impl<'d> Rewrite<'d> {
    pub(super) fn new(version: Version, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            version,
            removed: Removed::default(),
            diagnostics,
            changes: Changes::new(),
            moves: Moves::default(),
            foreign: BTreeMap::new(),
        }
    }

    /// Returns what was moved and changed. Each keyword of another version is reported once, however often it occurs.
    pub(super) fn finish(self) -> (Moves, Changes) {
        for (keyword, foreign) in self.foreign {
            let times = match foreign.count {
                1 => String::new(),
                count => format!(" ({count} places)"),
            };
            let message = format!(
                "{keyword} belongs to {}, but the document is {}: it is used anyway{times}",
                foreign.of.text(),
                self.version.text()
            );
            let help = format!("use the syntax of {}, or change the version", self.version.text());
            self.diagnostics.push(
                Diagnostic::warning(Code::ForeignKeyword, Some(foreign.place), foreign.pointer, message).help(help),
            );
        }
        (self.moves, self.changes)
    }

    /// Notes that a keyword was rewritten without loss.
    pub(super) fn changed(&mut self, place: Place, keyword: &'static str, became: &'static str) {
        self.changes.push(Change { place, keyword, became });
    }

    /// The same, of a keyword that the version `of` has brought or had last.
    pub(super) fn changed_of(
        &mut self,
        of: Version,
        place: Place,
        at: &At<'_>,
        keyword: &'static str,
        became: &'static str,
    ) {
        self.foreign(of, place, at, keyword);
        self.changed(place, keyword, became);
    }

    /// Notes a keyword that another version has, as `` `const` ``.
    pub(super) fn foreign(&mut self, of: Version, place: Place, at: &At<'_>, keyword: &'static str) {
        // What came with a version is there in all later ones; what 3.0 had last is not.
        let is_known = if of == Version::V30 {
            self.version == of
        } else {
            self.version >= of
        };
        if is_known {
            return;
        }
        let foreign = self.foreign.entry(keyword).or_insert_with(|| Foreign {
            of,
            place,
            pointer: at.pointer(),
            count: 0,
        });
        foreign.count = foreign.count.saturating_add(1);
    }

    /// Warns of something whose meaning the canonical form cannot hold.
    pub(super) fn weakened(&mut self, place: Place, at: &At<'_>, message: String, help: &str) {
        self.warn(Code::Weakened, place, at, message, help);
    }

    /// Warns.
    pub(super) fn warn(&mut self, code: Code, place: Place, at: &At<'_>, message: String, help: &str) {
        let warning = Diagnostic::warning(code, Some(place), at.pointer(), message);
        self.diagnostics.push(warning.help(help));
    }

    /// Notes that the value at `from` below `at` is at `to` now; both are segments.
    pub(super) fn moved(&mut self, at: &At<'_>, from: &[&str], to: &[&str]) {
        self.moves.below(at, to, from);
    }
}
