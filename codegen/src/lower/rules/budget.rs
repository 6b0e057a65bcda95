//! How much work one value may cost.

/// How many schemas are looked at for one value: a diamond of references has more paths than schemas.
const MAX_VISITS: usize = 1_000;

/// What is left of the work for one value.
pub(super) struct Budget {
    visits: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { visits: MAX_VISITS }
    }

    /// Spends one visit.
    pub(super) fn spend(&mut self) -> Spent {
        match self.visits {
            0 => Spent::Over,
            1 => {
                self.visits = 0;
                Spent::Last
            }
            _ => {
                self.visits -= 1;
                Spent::Within
            }
        }
    }
}

/// Whether a visit is within the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spent {
    Within,
    /// The first one beyond it: this is reported.
    Last,
    Over,
}

#[cfg(test)]
mod tests {
    use super::{Budget, MAX_VISITS, Spent};

    #[test]
    fn the_end_is_reported_once() {
        let mut budget = Budget::new();
        let spent: Vec<Spent> = (0..MAX_VISITS + 2).map(|_| budget.spend()).collect();
        assert_eq!(spent.iter().filter(|spent| **spent == Spent::Last).count(), 1);
        assert_eq!(spent.last(), Some(&Spent::Over));
    }
}
