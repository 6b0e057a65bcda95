//! One change while it is found.

use super::{rules, verdict::Rust};

/// A change of the public surface, with pointers into both canonical trees.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The rules that apply, the one of the sentence first.
    pub(super) rules: Vec<&'static str>,
    pub(super) sentences: Vec<String>,
    pub(super) advice: Vec<String>,
    /// Whether it is taken for a rename by its likeness alone.
    pub(super) is_guess: bool,
    /// The identifier that a pin would keep.
    pub(super) pin: Option<String>,
    /// Rust items with a sign: `-` removed, `+` added, `~` changed, `=` same signature with another meaning.
    pub(super) items: Vec<(char, String)>,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl Draft {
    pub(super) fn new(rule: &'static str, sentence: impl Into<String>, at: (Option<String>, Option<String>)) -> Self {
        Self {
            rules: vec![rule],
            sentences: vec![sentence.into()],
            advice: Vec::new(),
            is_guess: false,
            pin: None,
            items: Vec::new(),
            old: at.0,
            new: at.1,
        }
    }

    /// Adds a Rust item, once.
    pub(super) fn item(mut self, sign: char, path: impl Into<String>) -> Self {
        self.add_item(sign, path.into());
        self
    }

    pub(super) fn add_item(&mut self, sign: char, path: String) {
        if !self.items.iter().any(|(_, known)| *known == path) {
            self.items.push((sign, path));
        }
    }

    /// Fills in the advice of the first rule.
    pub(super) fn advise(mut self, name: &str, old: &str, new: &str) -> Self {
        let rule = self.rules.first().map_or("", |id| rules::by_id(id).advice);
        if !rule.is_empty() {
            let text = rule.replace("{name}", name).replace("{old}", old).replace("{new}", new);
            self.advice.push(text);
        }
        self
    }

    pub(super) fn rust(&self) -> Rust {
        let levels = self.rules.iter().map(|id| rules::by_id(id).rust);
        levels.max().unwrap_or(Rust::Patch)
    }

    pub(super) fn is_silent(&self) -> bool {
        self.rules.iter().any(|id| rules::by_id(id).is_silent)
    }

    /// Takes over what another change of the same thing says.
    pub(super) fn absorb(&mut self, mut other: Self) {
        // A setter that is gone says that the property is read-only.
        if self.rules.contains(&"setter-removed") && other.rules == ["access-changed"] {
            other.sentences.clear();
        }
        self.rules.extend(other.rules);
        for sentence in other.sentences {
            if !self.sentences.contains(&sentence) {
                self.sentences.push(sentence);
            }
        }
        for advice in other.advice {
            if !self.advice.contains(&advice) {
                self.advice.push(advice);
            }
        }
        for (sign, item) in other.items {
            self.add_item(sign, item);
        }
        self.is_guess |= other.is_guess;
        self.pin = self.pin.take().or(other.pin);
        self.old = self.old.take().or(other.old);
        self.new = self.new.take().or(other.new);
    }
}
