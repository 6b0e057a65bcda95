//! A server in the process that takes so many requests a second.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use specwright_runtime::{
    Body, BoxFuture, Transport, TransportError,
    http::{Request, Response},
};
use tokio::time::{Instant, sleep};

/// How many requests are taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// A second, continuously.
    pub(crate) rate: f64,
    /// At once.
    pub(crate) burst: f64,
    /// After this time the burst is there again; never, where it is zero.
    pub(crate) window: Duration,
    /// Whether a refusal says when to come again.
    pub(crate) says_when: bool,
    pub(crate) latency: Duration,
}

impl Limit {
    pub(crate) const WITH_RETRY_AFTER: Self = Self {
        rate: 100.0,
        burst: 10.0,
        window: Duration::ZERO,
        says_when: true,
        latency: Duration::from_millis(1),
    };
    pub(crate) const SILENT: Self = Self {
        says_when: false,
        ..Self::WITH_RETRY_AFTER
    };
}

/// A bucket of tokens that is filled at a constant rate.
pub(crate) struct Bucket {
    limit: Limit,
    tokens: f64,
    filled: Instant,
    window_began: Instant,
}

impl Bucket {
    pub(crate) fn new(limit: Limit) -> Self {
        Self {
            limit,
            tokens: limit.burst,
            filled: Instant::now(),
            window_began: Instant::now(),
        }
    }

    /// Takes a token, or says for how many seconds there is none.
    pub(crate) fn take(&mut self) -> Result<(), u64> {
        let now = Instant::now();
        let limit = self.limit;
        let more = (now - self.filled).as_secs_f64() * limit.rate;
        self.tokens = (self.tokens + more).min(limit.burst);
        self.filled = now;
        if !limit.window.is_zero() && now - self.window_began >= limit.window {
            self.tokens = limit.burst;
            self.window_began = now;
        }
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let rest = limit.window.saturating_sub(now - self.window_began);
        Err(rest.as_secs().max(1))
    }
}

#[derive(Clone)]
pub(crate) struct Limited(Arc<Inner>);

struct Inner {
    bucket: Mutex<Option<Bucket>>,
    limit: Limit,
    requests: AtomicUsize,
}

impl Limited {
    pub(crate) fn new(limit: Limit) -> Self {
        Self(Arc::new(Inner {
            bucket: Mutex::new(None),
            limit,
            requests: AtomicUsize::new(0),
        }))
    }

    pub(crate) fn requests(&self) -> usize {
        self.0.requests.load(Ordering::Relaxed)
    }
}

impl Transport for Limited {
    fn send(&self, _request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let limit = self.0.limit;
            sleep(limit.latency / 2).await;
            self.0.requests.fetch_add(1, Ordering::Relaxed);
            let taken = {
                let mut bucket = self.0.bucket.lock().unwrap();
                bucket.get_or_insert_with(|| Bucket::new(limit)).take()
            };
            sleep(limit.latency / 2).await;
            Ok(match taken {
                Ok(()) => Response::new(Body::from("\"done\"")),
                Err(seconds) => {
                    let response = Response::builder().status(429);
                    let response = if limit.says_when {
                        response.header("retry-after", seconds)
                    } else {
                        response
                    };
                    response.body(Body::from("")).unwrap()
                }
            })
        })
    }
}
