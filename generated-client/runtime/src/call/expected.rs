//! A call as the example of a request, for the mock.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Uri, header};

use super::Call;
use crate::{Error, Operation, payload::Payload};

/// What a call says about the requests that are like it.
pub(crate) struct Expected {
    pub(crate) operation: &'static Operation,
    pub(crate) uri: Uri,
    /// The headers that the call sets itself.
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: String,
    /// The body with its content type, if the call sets a body that is not a stream.
    pub(crate) body: Option<(Option<HeaderValue>, Bytes)>,
}

impl Call {
    /// Returns what the call says about requests like it.
    pub(crate) fn expected(self) -> Result<Expected, Error> {
        let operation = self.draft.operation;
        let mut headers = self.draft.headers.clone();
        headers.remove(header::CONTENT_TYPE);
        let cookies = self.draft.cookies.clone();
        let has_body = self.draft.body.is_some();
        let (_, prepared) = self.into_request();
        let prepared = prepared?;
        let body = match prepared.body {
            Payload::Bytes(bytes) if has_body => Some((prepared.headers.get(header::CONTENT_TYPE).cloned(), bytes)),
            _ => None,
        };
        Ok(Expected {
            operation,
            uri: prepared.uri,
            headers,
            cookies,
            body,
        })
    }
}
