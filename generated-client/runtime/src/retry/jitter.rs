//! Random numbers for pauses. They are not secret.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

/// splitmix64 over a counter, so that calls draw without waiting for each other.
#[derive(Debug)]
pub(super) struct Jitter(AtomicU64);

impl Jitter {
    /// Seeded by the keys of the standard library's hash maps, which the system's randomness makes.
    pub(super) fn unpredictable() -> Self {
        Self::seeded(RandomState::new().hash_one(0_u8))
    }

    pub(super) fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub(super) fn draw(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the reference implementation with seed 1234567.
    #[test]
    fn it_is_splitmix64() {
        let jitter = Jitter::seeded(1_234_567);
        let drawn = [jitter.draw(), jitter.draw(), jitter.draw()];
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn clients_differ() {
        assert_ne!(Jitter::unpredictable().draw(), Jitter::unpredictable().draw());
    }
}
