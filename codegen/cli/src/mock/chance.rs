//! What happens by chance, in an order that a seed decides.

use std::time::Duration;

use codegen::instance::Random;

#[derive(Debug)]
pub(super) struct Chance(Random);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(Random::new(seed))
    }

    /// Returns `true` for a share of the calls, from 0 to 1.
    pub(super) fn happens(&mut self, share: f64) -> bool {
        const PARTS: u32 = 1_000_000;
        if share <= 0.0 {
            return false;
        }
        let part = self.0.below(usize::try_from(PARTS).unwrap_or(usize::MAX));
        f64::from(u32::try_from(part).unwrap_or(0)) < share * f64::from(PARTS)
    }

    /// Returns a duration from `min` to `max`.
    pub(super) fn duration(&mut self, min: Duration, max: Duration) -> Duration {
        let span = max.saturating_sub(min).as_micros();
        let micros = self.0.between(0, i128::try_from(span).unwrap_or(0));
        min + Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Chance;

    #[test]
    fn shares_and_ranges_are_respected() {
        let mut chance = Chance::new(1);
        let happened = (0..1000).filter(|_| chance.happens(0.1)).count();
        assert!((50..150).contains(&happened), "{happened}");
        assert!((0..100).all(|_| chance.happens(1.0) && !chance.happens(0.0)));
        let (min, max) = (Duration::from_millis(100), Duration::from_millis(300));
        let durations: Vec<Duration> = (0..100).map(|_| chance.duration(min, max)).collect();
        assert!(durations.iter().all(|duration| (min..=max).contains(duration)));
        assert!(durations.iter().any(|duration| *duration != durations[0]));
    }
}
