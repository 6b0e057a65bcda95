//! The lifetime of a token, and the time when the next one is fetched.

use std::time::Duration;

use tokio::time::Instant;

use crate::{Authorization, Error, Token};

/// A token in use.
pub(super) struct Held {
    pub(super) authorization: Authorization,
    /// The time when the token expires, and the time when the next one is fetched. `None` if the token is used until it is
    /// rejected.
    ends: Option<(Instant, Instant)>,
}

impl Held {
    /// A token that was asked for at `asked`; the server cannot have begun to count its life earlier.
    pub(super) fn new(token: &Token, asked: Instant) -> Result<Self, Error> {
        let ends = token.lifetime.map(|lifetime| {
            let end = |life| asked.checked_add(life).unwrap_or(asked);
            (end(lifetime), end(lifetime.saturating_sub(margin(lifetime))))
        });
        Ok(Self {
            authorization: Authorization::bearer(&token.secret)?,
            ends,
        })
    }

    pub(super) fn is_valid(&self, now: Instant) -> bool {
        self.ends.is_none_or(|(end, _)| now < end)
    }

    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.ends.is_some_and(|(_, due)| now >= due)
    }
}

/// How long before a token's end its successor is fetched: a tenth of its life within 10 s and 240 s.
///
/// Of a life under 20 s it is the half: a token would otherwise be due as soon as it is there, over and over.
fn margin(lifetime: Duration) -> Duration {
    let tenth = (lifetime / 10).clamp(Duration::from_secs(10), Duration::from_secs(240));
    tenth.min(lifetime / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R28.
    #[test]
    fn the_margin_grows_with_the_life() {
        let rows = [
            (0, 0),
            (4, 2),
            (20, 10),
            (60, 10),
            (100, 10),
            (600, 60),
            (2400, 240),
            (86_400, 240),
        ];
        for (life, expected) in rows {
            assert_eq!(
                margin(Duration::from_secs(life)),
                Duration::from_secs(expected),
                "{life}"
            );
        }
    }
}
