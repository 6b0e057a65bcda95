//! Tokens that come again, found in constant memory.

use std::hash::{BuildHasher, RandomState};

/// Tokens that are compared one by one, so that a short cycle is found at its first repetition.
const RECENT: usize = 8;

/// Finds a token that came before: among the last few at once, and in a longer cycle by Brent's algorithm, at the latest
/// after three times the tokens that came before the cycle closed.
///
/// Only hashes are kept, by a secret of the process, so that a server cannot choose tokens that look alike.
#[derive(Debug)]
pub(super) struct Cycle {
    hasher: RandomState,
    recent: [u64; RECENT],
    count: u64,
    anchor: (u64, u64),
    power: u64,
}

impl Cycle {
    pub(super) fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            recent: [0; RECENT],
            count: 0,
            anchor: (0, 0),
            power: 1,
        }
    }

    pub(super) fn hash(&self, text: &str) -> u64 {
        self.hasher.hash_one(text)
    }

    /// Notes a token. Returns how many tokens before it the same one came.
    pub(super) fn note(&mut self, token: &str) -> Option<u64> {
        let hash = self.hash(token);
        self.count += 1;
        let count = self.count;
        let kept = self.recent.iter().take(usize::try_from(count - 1).unwrap_or(RECENT));
        let mut near = kept.enumerate().filter(|(_, recent)| **recent == hash);
        let distance = near.next().map(|(index, _)| index as u64 + 1);
        self.recent.rotate_right(1);
        if let Some(first) = self.recent.first_mut() {
            *first = hash;
        }
        let (anchor, position) = self.anchor;
        let far = (position > 0 && anchor == hash).then(|| count - position);
        if count - position >= self.power || position == 0 {
            self.anchor = (hash, count);
            self.power *= 2;
        }
        distance.or(far)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_after(before: u64, length: u64) -> Option<(u64, u64)> {
        let mut cycle = Cycle::new();
        (0..4 * (before + length) + 8).find_map(|index| {
            let token = if index < before {
                index
            } else {
                before + (index - before) % length
            };
            cycle.note(&token.to_string()).map(|distance| (index + 1, distance))
        })
    }

    #[test]
    fn cycles_of_every_length_are_found() {
        for before in [0, 1, 2, 7, 50, 333] {
            for length in [1, 2, 3, 8, 9, 17, 100, 256] {
                let found = found_after(before, length);
                let (after, distance) = found.unwrap_or_default();
                assert!(after > 0, "{before} {length}");
                assert_eq!(distance % length, 0, "{before} {length}");
                assert!(after <= 4 * (before + length) + 1, "{before} {length} {after}");
                if length <= 8 {
                    assert_eq!(after, before + length + 1, "{before} {length}");
                }
            }
        }
    }

    #[test]
    fn tokens_that_differ_are_no_cycle() {
        let mut cycle = Cycle::new();
        assert!((0..10_000).all(|index: u32| cycle.note(&index.to_string()).is_none()));
    }
}
