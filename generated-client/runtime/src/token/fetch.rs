//! A token request with its time limit and retries.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use tokio::time::{Instant, sleep, timeout};

use super::{TokenError, TokenSource, expiry::Held};
use crate::Client;

/// How many times a source is asked.
const ATTEMPTS: u32 = 3;

/// The longest pause before the second attempt; it doubles before the third.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// A token of this source within `limit`, of which one attempt may take half.
pub(super) async fn fetch(source: &dyn TokenSource, client: &Client, limit: Duration) -> Result<Held, TokenError> {
    let started = Instant::now();
    let mut longest_pause = FIRST_PAUSE;
    for attempt in 1_u32.. {
        let asked = Instant::now();
        let share = (limit / 2).min(limit.saturating_sub(started.elapsed()));
        let error = match timeout(share, source.fetch(client)).await {
            Ok(Ok(token)) => {
                return Held::new(&token, asked).map_err(|error| TokenError::new(error.to_string()));
            }
            Ok(Err(error)) => error,
            Err(_) => TokenError::new(format!("the token request did not complete within {share:?}")).retryable(),
        };
        let pause = longest_pause
            .mul_f64(random_fraction())
            .max(error.retry_after().unwrap_or_default());
        let fits = started.elapsed().saturating_add(pause) < limit;
        if attempt >= ATTEMPTS || !error.is_retryable() || !fits {
            return Err(error);
        }
        sleep(pause).await;
        longest_pause *= 2;
    }
    Err(TokenError::new("the token request failed"))
}

/// A number from 0 to 1. Each `RandomState` has keys of its own, which is chance enough for a pause.
fn random_fraction() -> f64 {
    let bits = RandomState::new().hash_one(());
    f64::from(u32::try_from(bits >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}
