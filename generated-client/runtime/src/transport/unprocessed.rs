//! Requests that the server has not processed, because it reports so or because they were never written (R34).

use std::error::Error;

/// Causes that are searched: as deep as reqwest, hyper and h2 nest, with room to spare.
const CHECKED_CAUSES: usize = 16;

/// Whether the request can go out again whatever its method (RFC 9113, 6.8 and 8.7).
///
/// hyper cancels a request that it has not begun to write, as on a connection that was closed meanwhile. h2 reports a
/// remote GOAWAY only for streams that the server has not taken: earlier ones end with their own answer or error.
pub(super) fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |&cause| cause.source())
        .take(CHECKED_CAUSES)
        .any(|cause| {
            cause
                .downcast_ref::<hyper::Error>()
                .is_some_and(hyper::Error::is_canceled)
                || cause.downcast_ref::<h2::Error>().is_some_and(is_refused)
        })
}

fn is_refused(error: &h2::Error) -> bool {
    let is_refused_stream = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    error.is_remote() && (error.is_go_away() || is_refused_stream)
}
