//! Connection pools. A pool with a connection that does not respond is replaced by a new pool (R34).
//!
//! reqwest cannot remove a single connection from its pool. Later requests therefore use a new pool. The old pool exists until
//! its requests are complete and their responses are read.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::Error;

type Make = dyn Fn() -> Result<reqwest::Client, Error> + Send + Sync;

/// The pool in use, and how another one is made. Clones share it.
#[derive(Clone)]
pub(super) struct Pools(Arc<Inner>);

struct Inner {
    current: RwLock<(u64, reqwest::Client)>,
    /// Locked while a new pool is created, which reads certificates and can take some time.
    making: Mutex<()>,
    /// `None` for a client of the caller, because its settings are unknown.
    make: Option<Box<Make>>,
}

impl Pools {
    pub(super) fn new(
        make: impl Fn() -> Result<reqwest::Client, Error> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let first = make()?;
        Ok(Self(Arc::new(Inner {
            current: RwLock::new((0, first)),
            making: Mutex::default(),
            make: Some(Box::new(make)),
        })))
    }

    /// The one pool of a client that was made elsewhere.
    pub(super) fn only(client: reqwest::Client) -> Self {
        Self(Arc::new(Inner {
            current: RwLock::new((0, client)),
            making: Mutex::default(),
            make: None,
        }))
    }

    /// The pool in use, with its number.
    pub(super) fn current(&self) -> (u64, reqwest::Client) {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the pool of this number. Of many requests that were not answered over one pool the first replaces it.
    pub(super) fn retire(&self, number: u64) {
        let Some(make) = &self.0.make else { return };
        let _making = self.0.making.lock().unwrap_or_else(PoisonError::into_inner);
        if self.current().0 != number {
            return;
        }
        // What could be set up once can be set up again; where it cannot, the old one stays.
        if let Ok(client) = make() {
            let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
            *current = (number.wrapping_add(1), client);
        }
    }
}

impl std::fmt::Debug for Pools {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pools")
    }
}
