//! The limits that an attempt waits for before it is sent: the number of concurrent requests, and the rate of requests.

use std::{fmt::Write, sync::Arc, time::Duration};

use http::Uri;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use crate::{
    Error, Throttle, TimeLimit,
    attempts::Deadline,
    throttle::{Origin, Throttles},
};

/// What all calls of a client wait for.
#[derive(Debug)]
pub(crate) struct Turns {
    throttles: Throttles,
    places: Option<(Arc<Semaphore>, usize)>,
}

/// The right to send one request. Its place is free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    sent: Instant,
    origin: Option<Arc<Origin>>,
    pub(crate) place: Option<OwnedSemaphorePermit>,
}

/// What a call is waiting for, for the one who cuts it off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Waiting {
    ForPlace { places: usize },
    ForTurn { per_second: f64 },
}

impl Turns {
    pub(crate) fn new(throttle: Throttle, max_in_flight: Option<usize>) -> Self {
        Self {
            throttles: Throttles::new(throttle),
            places: max_in_flight.map(|places| {
                let places = places.clamp(1, Semaphore::MAX_PERMITS);
                (Arc::new(Semaphore::new(places)), places)
            }),
        }
    }

    /// Waits for a place and a turn. Dropping the future leaves the queues.
    pub(crate) async fn turn(
        &self,
        uri: &Uri,
        deadline: Deadline,
        waiting: &mut Option<Waiting>,
    ) -> Result<Turn, Error> {
        let mut place = None;
        if let Some((semaphore, places)) = &self.places {
            *waiting = Some(Waiting::ForPlace { places: *places });
            // Nothing closes the semaphore.
            place = Arc::clone(semaphore).acquire_owned().await.ok();
        }
        let origin = self.throttles.origin(uri);
        if let Some(origin) = &origin {
            *waiting = origin.per_second().map(|per_second| Waiting::ForTurn { per_second });
            let turn = origin.turn(|| deadline.remaining()).await;
            turn.map_err(|late| {
                let per_second = late.per_second;
                Waiting::ForTurn { per_second }.cut_off(deadline.limit)
            })?;
        }
        *waiting = None;
        Ok(Turn {
            sent: Instant::now(),
            origin,
            place,
        })
    }
}

impl Turn {
    /// Learns from the outcome of the attempt. Returns the new rate, in requests a second, where the client slows down.
    pub(crate) fn learn<T>(&self, outcome: &Result<T, Error>) -> Option<f64> {
        let origin = self.origin.as_ref()?;
        match outcome {
            Err(error) if error.is_throttling() => origin.refused(self.sent),
            // Without an answer nothing is known.
            Err(error) if error.status().is_none() => None,
            _ => {
                origin.answered(self.sent);
                None
            }
        }
    }
}

impl Waiting {
    /// The error of a call that its limit ended while it waited.
    pub(crate) fn cut_off(self, limit: Duration) -> Error {
        let mut reason = String::new();
        // Writing to a String cannot fail.
        _ = match self {
            Self::ForPlace { places } => write!(
                reason,
                " while the call waited for one of {places} places (`ClientBuilder::max_in_flight`)"
            ),
            Self::ForTurn { per_second } => write!(
                reason,
                " while the call waited for its turn: the server limits the rate of requests, so the client sends \
                {per_second:.1} a second (`ClientBuilder::throttle`)"
            ),
        };
        // What came before was repeated because it did no harm.
        Error::timeout_while(TimeLimit::Call, limit, &reason).not_sent()
    }
}
