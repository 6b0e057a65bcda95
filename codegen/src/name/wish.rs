//! What wants a name, and the names that it would take.

use std::borrow::Cow;

use super::{
    spelling::spelling,
    words::{Case, with_suffix},
};
use crate::{fingerprint::fingerprint, ir::Origin};

/// After so many fingerprints only a number tells two wishes apart.
const MAX_FINGERPRINTS: usize = 4;

/// What wants a name in a scope.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    /// The text that the identifier is made of.
    pub(super) text: Cow<'a, str>,
    /// The name in the document, whose spelling is a candidate for a suffix.
    pub(super) wire: &'a str,
    /// What it is, in a word: the first candidate for a suffix.
    pub(super) kind: Cow<'a, str>,
    pub(super) case: Case,
    /// Where it is declared.
    pub(super) place: NamePlace<'a>,
    /// The name that a pin of something else gives it.
    pub(super) derived: Option<String>,
    /// What tells it apart from a wish with the same wire name.
    pub(super) key: Option<String>,
}

/// Where something that has a name is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamePlace<'a> {
    pub(crate) origin: &'a Origin,
    /// The value of the `enum` of this schema, as JSON.
    pub(crate) value: Option<&'a str>,
}

impl<'a> NamePlace<'a> {
    pub(super) fn of(origin: &'a Origin) -> Self {
        Self { origin, value: None }
    }

    pub(super) const NOWHERE: NamePlace<'static> = NamePlace {
        origin: Origin::NOWHERE,
        value: None,
    };
}

impl<'a> Wish<'a> {
    /// A wish for an identifier that is made of a wire name.
    pub(super) fn new(wire: &'a str, kind: impl Into<Cow<'a, str>>, case: Case, origin: &'a Origin) -> Self {
        Self {
            text: Cow::Borrowed(wire),
            wire,
            kind: kind.into(),
            case,
            place: NamePlace::of(origin),
            derived: None,
            key: None,
        }
    }

    /// The same wish, for an identifier that is made of another text.
    pub(super) fn text(self, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            ..self
        }
    }

    /// Returns the candidate with this number. The first one is the identifier of the wire name.
    pub(super) fn candidate(&self, natural: &str, number: usize, index: usize) -> String {
        let spelled = spelling(self.wire);
        let both = spelled.as_ref().map(|spelled| format!("{}_{spelled}", self.kind));
        let words = [Some(self.kind.clone().into_owned()), spelled, both];
        let words: Vec<String> = words.into_iter().flatten().collect();
        if let Some(word) = words.get(number - 1) {
            return with_suffix(natural, word, self.case);
        }
        let turns = number - words.len();
        if turns > MAX_FINGERPRINTS {
            return with_suffix(natural, &format!("{turns}x{index}"), self.case);
        }
        let key = self.key.as_deref().unwrap_or_default();
        let mut name = with_suffix(
            natural,
            &fingerprint(&format!("{} {} {key}", self.kind, self.wire)),
            self.case,
        );
        for _ in 1..turns {
            name = with_suffix(&name, &fingerprint(&name), self.case);
        }
        name
    }
}
