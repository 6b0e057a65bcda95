//! Notifies a transport that a connection is abandoned because it reached a time limit.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// Travels with a request in its extensions, through any layer around the transport.
#[derive(Clone, Default)]
pub(crate) struct ConnectionWatch(Arc<OnceLock<Retire>>);

type Retire = Box<dyn Fn() + Send + Sync>;

impl ConnectionWatch {
    /// Retires the connection that the request was sent over.
    #[cfg_attr(
        not(feature = "reqwest"),
        expect(dead_code, reason = "other transports keep their connections")
    )]
    pub(crate) fn retire_by(&self, retire: impl Fn() + Send + Sync + 'static) {
        // A request goes out once; the first one is kept.
        _ = self.0.set(Box::new(retire));
    }

    /// The connection did not answer in time.
    pub(crate) fn stalled(&self) {
        if let Some(retire) = self.0.get() {
            retire();
        }
    }
}

impl fmt::Debug for ConnectionWatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ConnectionWatch")
    }
}
