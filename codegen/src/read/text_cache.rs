//! A cache that shares the memory of equal strings.

use super::tree::Text;

/// Longer strings hardly repeat.
const LONGEST_SHARED: usize = 64;
/// A power of two, so that a mask makes a slot of a hash.
const SLOTS: usize = 1 << 14;

/// The strings seen last, each in the one slot that its hash chooses.
///
/// A cache and no complete table: a document that is made to collide is read without sharing, and not slowly.
#[derive(Debug)]
pub(super) struct TextCache(Vec<Option<Text>>);

impl TextCache {
    pub(super) fn new() -> Self {
        Self(vec![None; SLOTS])
    }

    /// The text in memory that is shared with the other occurrences of it, as a rule.
    pub(super) fn share(&mut self, text: &str) -> Text {
        if text.len() > LONGEST_SHARED {
            return Text::from(text);
        }
        let Some(slot) = self.0.get_mut(slot_of(text.as_bytes())) else {
            return Text::from(text);
        };
        match slot {
            Some(seen) if **seen == *text => seen.clone(),
            _ => {
                let new = Text::from(text);
                *slot = Some(new.clone());
                new
            }
        }
    }
}

fn slot_of(text: &[u8]) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(ODD);
    let (words, rest) = text.as_chunks::<8>();
    let hash = words
        .iter()
        .fold(ODD, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte)));
    // The upper bits of a product depend on all bits of its factors.
    usize::try_from(hash >> 40).unwrap_or_default() & (SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{LONGEST_SHARED, SLOTS, TextCache};

    #[test]
    fn short_texts_are_shared_and_long_ones_are_not() {
        let mut cache = TextCache::new();
        for text in ["", "type", "a string of more than eight bytes"] {
            assert!(Arc::ptr_eq(&cache.share(text), &cache.share(text)));
        }
        let long = "x".repeat(LONGEST_SHARED + 1);
        assert!(!Arc::ptr_eq(&cache.share(&long), &cache.share(&long)));
        assert_eq!(&*cache.share(&long), long);
    }

    #[test]
    fn collisions_never_mix_texts() {
        let mut cache = TextCache::new();
        for round in 0..2 {
            for i in 0..SLOTS * 2 {
                let text = format!("name{i}");
                assert_eq!(&*cache.share(&text), text, "{round}");
            }
        }
    }
}
