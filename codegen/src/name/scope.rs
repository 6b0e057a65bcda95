//! Names come only from a scope, and a scope gives every name once.

use std::collections::HashSet;

use super::words::{Case, identifier, with_suffix};
use crate::fingerprint::fingerprint;

/// Words that are no names of files: `mod.rs` is another name of the module around it, and Windows takes the others for
/// devices.
const NO_FILES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt0", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "mod", "nul", "prn",
];

/// The names that are taken where a new one is wanted.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names mean something already.
    pub(super) fn with_reserved(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// A scope of modules, each of which is a file.
    pub(super) fn of_modules(reserved: &[&str]) -> Self {
        let mut scope = Self::with_reserved(reserved);
        scope.taken.extend(NO_FILES.iter().map(|name| (*name).to_owned()));
        scope
    }

    /// Takes a name that another scope gave, if it is free.
    pub(super) fn take(&mut self, ident: &str) -> bool {
        self.taken.insert(ident.to_owned())
    }

    /// An identifier for `text`, unlike all others of this scope; `key` tells apart those who ask for the same one.
    pub(super) fn claim(&mut self, text: &str, key: &str, case: Case) -> String {
        let wanted = identifier(text, case);
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let mut name = with_suffix(&wanted, &fingerprint(key), case);
        // Two fingerprints alike: one more turn, of the fingerprint itself.
        while !self.taken.insert(name.clone()) {
            name = with_suffix(&wanted, &fingerprint(&name), case);
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope};

    #[test]
    fn a_clash_gets_a_suffix_of_its_own_text() {
        let mut scope = Scope::default();
        assert_eq!(scope.claim("fooBar", "fooBar", Case::Snake), "foo_bar");
        let second = scope.claim("foo_bar", "foo_bar", Case::Snake);
        assert!(second.starts_with("foo_bar_"), "{second}");

        // Whoever else is there, the suffix stays the same.
        let mut scope = Scope::default();
        for text in ["fooBar", "foo-bar"] {
            scope.claim(text, text, Case::Snake);
        }
        assert_eq!(scope.claim("foo_bar", "foo_bar", Case::Snake), second);
    }

    #[test]
    fn reserved_names_are_taken() {
        let mut scope = Scope::with_reserved(&["send"]);
        assert_ne!(scope.claim("send", "send", Case::Snake), "send");
        let mut scope = Scope::of_modules(&[]);
        for name in ["mod", "CON"] {
            let claimed = scope.claim(name, name, Case::Snake);
            assert!(claimed.starts_with(&format!("{}_", name.to_lowercase())), "{claimed}");
        }
    }
}
