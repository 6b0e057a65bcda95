//! What naming needs beside the IR: the words, the pins of the configuration, and what happened to them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ident::is_identifier,
    wish::{NamePlace, Wish},
    words::{Case, Words},
};
use crate::diagnostic::Place;

/// Finds where in the user's document something is declared; `None` where it is not one value of it.
pub(crate) trait Locate {
    /// The JSON pointer.
    fn pointer(&self, place: NamePlace<'_>) -> Option<String>;

    /// The location in the file.
    fn place(&self, place: NamePlace<'_>) -> Option<Place>;
}

/// One of several things that asked for one identifier.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rival {
    pub(crate) wire: String,
    pub(crate) pointer: Option<String>,
    pub(crate) place: Option<Place>,
    /// What it is called instead.
    pub(crate) name: String,
}

/// Several things that asked for one identifier.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    /// The identifier that none of them has.
    pub(crate) ident: String,
    pub(crate) rivals: Vec<Rival>,
}

/// A pin of the configuration that has no effect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LostPin {
    pub(crate) pointer: String,
    pub(crate) ident: String,
    pub(crate) reason: LostBy,
}

/// Why a pin has no effect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LostBy {
    /// The identifier is reserved, or another pin has it.
    Taken,
    /// It is not an identifier.
    NotAnIdentifier,
    /// What is there has a name of the other case.
    OtherCase,
    /// Nothing with a name is declared there; perhaps at the nearest pointer.
    NothingThere(Option<String>),
}

/// A pin of the configuration.
#[derive(Debug)]
struct Pin<'a> {
    ident: &'a str,
    is_used: bool,
}

/// What is known while names are made.
pub(super) struct Namer<'a> {
    pub(super) words: &'a Words,
    pins: BTreeMap<&'a str, Pin<'a>>,
    locate: &'a dyn Locate,
    /// The pointers of everything that has a name, as far as pins ask for them.
    known: BTreeSet<String>,
    pub(super) clashes: Vec<Clash>,
    lost: Vec<LostPin>,
}

impl<'a> Namer<'a> {
    pub(super) fn new(words: &'a Words, pins: &'a BTreeMap<String, String>, locate: &'a dyn Locate) -> Self {
        let mut naming = Self {
            words,
            pins: BTreeMap::new(),
            locate,
            known: BTreeSet::new(),
            clashes: Vec::new(),
            lost: Vec::new(),
        };
        for (pointer, ident) in pins {
            if is_identifier(ident) {
                naming.pins.insert(pointer, Pin { ident, is_used: false });
            } else {
                naming.lose(pointer, ident, LostBy::NotAnIdentifier);
            }
        }
        naming
    }

    #[cfg(test)]
    pub(super) fn without_pins(words: &'a Words) -> Self {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        Self::new(words, &NONE, &Nowhere)
    }

    /// The JSON pointer of a place in the user's document.
    pub(super) fn pointer(&self, place: NamePlace<'_>) -> Option<String> {
        self.locate.pointer(place)
    }

    /// Its location in the file.
    pub(super) fn place(&self, place: NamePlace<'_>) -> Option<Place> {
        self.locate.place(place)
    }

    /// The identifier of a case that is pinned for a place, whether it is free or not.
    pub(super) fn pinned(&mut self, place: NamePlace<'_>, case: Case) -> Option<String> {
        if self.pins.is_empty() {
            return None;
        }
        let pointer = self.pointer(place)?;
        let pin = self.pins.get(pointer.as_str());
        let ident = pin.map(|pin| pin.ident).filter(|ident| Case::of(ident) == case);
        self.known.insert(pointer);
        ident.map(str::to_owned)
    }

    /// The identifier that is pinned for a wish and free.
    pub(super) fn pin(&mut self, wish: &Wish<'_>, is_taken: impl Fn(&str) -> bool) -> Option<String> {
        if let Some(derived) = &wish.derived {
            return Some(derived.clone()).filter(|ident| !is_taken(ident));
        }
        let ident = self.pinned(wish.place, wish.case)?;
        let pointer = self.pointer(wish.place)?;
        if let Some(pin) = self.pins.get_mut(pointer.as_str()) {
            pin.is_used = true;
        }
        if is_taken(&ident) {
            self.lose(&pointer, &ident, LostBy::Taken);
            return None;
        }
        Some(ident)
    }

    fn lose(&mut self, pointer: &str, ident: &str, reason: LostBy) {
        self.lost.push(LostPin {
            pointer: pointer.to_owned(),
            ident: ident.to_owned(),
            reason,
        });
    }

    /// What became of the wishes that clashed and of the pins.
    pub(super) fn finish(mut self) -> (Vec<Clash>, Vec<LostPin>) {
        let unused: Vec<(&str, &str)> = self
            .pins
            .iter()
            .filter(|(_, pin)| !pin.is_used)
            .map(|(pointer, pin)| (*pointer, pin.ident))
            .collect();
        for (pointer, ident) in unused {
            let reason = if self.known.contains(pointer) {
                LostBy::OtherCase
            } else {
                let known = self.known.iter().map(String::as_str);
                LostBy::NothingThere(crate::nearest::nearest(pointer, known).map(str::to_owned))
            };
            self.lose(pointer, ident, reason);
        }
        let mut lost_once = BTreeSet::new();
        self.lost.retain(|lost| lost_once.insert(lost.pointer.clone()));
        // An item has several names that are made of one: a clash is reported once.
        let mut seen = BTreeSet::new();
        self.clashes.retain(|clash| {
            let pointers: Vec<String> = clash.rivals.iter().filter_map(|rival| rival.pointer.clone()).collect();
            !pointers.is_empty() && seen.insert(pointers)
        });
        (self.clashes, self.lost)
    }
}

/// A document without places.
#[cfg(test)]
struct Nowhere;

#[cfg(test)]
impl Locate for Nowhere {
    fn pointer(&self, _: NamePlace<'_>) -> Option<String> {
        None
    }

    fn place(&self, _: NamePlace<'_>) -> Option<Place> {
        None
    }
}
