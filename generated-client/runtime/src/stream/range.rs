//! Requests for the rest of an interrupted body, with `Range` (RFC 9110, 14).

use std::task::{Context, Poll};

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

use super::{
    Reconnect,
    reconnect::{Reconnecting, is_lost},
};
use crate::{
    Client, Error, ErrorKind,
    call::Prepared,
    response::{Head, Received},
};

/// Whether the transport may decompress bodies: their bytes are then not those that the server counts.
const DECOMPRESSES: bool = cfg!(any(feature = "gzip", feature = "brotli", feature = "zstd"));

/// What tells whether the server still has the same body.
#[derive(Clone, Debug)]
pub(super) struct Range {
    etag: HeaderValue,
}

impl Range {
    /// `None` where parts of the body cannot be asked for.
    pub(super) fn of(request: &Prepared, head: &Head) -> Option<Self> {
        let is_whole = head.status == StatusCode::OK && !request.headers.contains_key(header::RANGE);
        let takes_ranges = has_word(&head.headers, &header::ACCEPT_RANGES, "bytes");
        let is_as_sent = !head.headers.contains_key(header::CONTENT_ENCODING)
            && (!DECOMPRESSES || head.headers.contains_key(header::CONTENT_LENGTH));
        let etag = head.headers.get(header::ETAG)?;
        let is_strong = etag.as_bytes().starts_with(b"\"");
        let is_resumable = request.method == Method::GET && is_whole && takes_ranges && is_as_sent && is_strong;
        is_resumable.then(|| Self { etag: etag.clone() })
    }
}

fn has_word(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let text = headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    text.split(',').any(|found| found.trim().eq_ignore_ascii_case(word))
}

/// A body that is asked for again from where it was lost.
#[derive(Debug)]
pub(super) struct Resumption {
    reconnecting: Reconnecting,
    range: Range,
    /// The number of received bytes.
    position: u64,
    is_opening: bool,
}

impl Resumption {
    pub(super) fn new(policy: Reconnect, source: &(Client, Prepared), range: Range) -> Option<Self> {
        Some(Self {
            reconnecting: Reconnecting::new(policy, source)?,
            range,
            position: 0,
            is_opening: false,
        })
    }

    pub(super) fn received(&mut self, bytes: usize) {
        self.position = self.position.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.reconnecting.succeeded();
    }

    pub(super) fn is_opening(&self) -> bool {
        self.is_opening
    }

    /// Begins another call; `false` where none is left, or none helps.
    pub(super) fn begin(&mut self, error: &Error) -> bool {
        let Ok(range) = HeaderValue::try_from(format!("bytes={}-", self.position)) else {
            return false;
        };
        let headers = vec![(header::RANGE, range), (header::IF_RANGE, self.range.etag.clone())];
        self.is_opening = is_lost(error) && self.reconnecting.begin(error.retry_after(), headers);
        self.is_opening
    }

    pub(super) fn poll_opened(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Received, Error>>> {
        let opened = self.reconnecting.poll_opened(context);
        if opened.is_ready() {
            self.is_opening = false;
        }
        opened
    }

    /// The answer, if it is the rest of the same body.
    pub(super) fn check(&self, received: Received) -> Result<Received, Error> {
        let headers = &received.head.headers;
        let begins = headers
            .get(header::CONTENT_RANGE)
            .and_then(|range| range.to_str().ok())
            .and_then(|range| range.trim().strip_prefix("bytes "))
            .and_then(|range| range.split('-').next()?.trim().parse::<u64>().ok());
        let is_same = headers.get(header::ETAG).is_none_or(|etag| *etag == self.range.etag);
        if received.head.status == StatusCode::PARTIAL_CONTENT && begins == Some(self.position) && is_same {
            return Ok(received);
        }
        let message = format!(
            "the response was interrupted after {} bytes and cannot be continued: the body has changed, or the server \
            does not support ranges",
            self.position
        );
        // It must not be taken for a lost connection.
        let error = Error::new(ErrorKind::Decode, message);
        Err(error.with_response(received.head, bytes::Bytes::new()))
    }
}
