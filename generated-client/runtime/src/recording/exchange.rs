//! One request and its answer.

use std::{borrow::Cow, collections::BTreeMap};

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

use crate::{
    Body, TransportError, TransportErrorKind,
    wire::{Base64, mark},
};

/// A request and its answer. Headers of requests are no part of it, nor are cookies: neither holds a credential.
#[derive(Default)]
#[non_exhaustive]
pub struct Exchange {
    /// The request's method.
    pub method: String,
    /// The path and the query of the request, encoded as they were sent, without a key of the client's.
    pub target: String,
    /// The request's body; where it is `None`, any body is answered.
    pub sent: Option<String>,
    /// The answer's status.
    pub status: u16,
    /// The answer's headers. Without a content type the body is JSON where it is not empty.
    pub headers: BTreeMap<String, String>,
    /// The answer's body, where it is text.
    pub body: Option<String>,
    /// The answer's body, where it is no text.
    pub bytes: Option<Base64>,
}

crate::__model! {
    Exchange = "Exchange";
    method target sent status headers body bytes;
    [
        ("method", mark::REQUIRED),
        ("target", mark::REQUIRED),
        ("sent", mark::OPTIONAL),
        ("status", mark::REQUIRED),
        ("headers", mark::OPTIONAL),
        ("body", mark::OPTIONAL),
        ("bytes", mark::OPTIONAL),
    ]
    []
    []
}

impl Exchange {
    /// A request with any body, and its answer.
    pub fn new(method: impl Into<String>, target: impl Into<String>, status: u16, answer: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            status,
            body: Some(answer.into()),
            ..Self::default()
        }
    }

    /// Answers requests with this body only.
    #[must_use]
    pub fn with_sent(mut self, body: impl Into<String>) -> Self {
        self.sent = Some(body.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    pub(super) fn answers(&self, method: &str, target: &str, sent: &[u8]) -> bool {
        self.method == method
            && self.target == target
            && self.sent.as_ref().is_none_or(|expected| expected.as_bytes() == sent)
    }

    pub(super) fn answer(&self) -> std::result::Result<Response<Body>, TransportError> {
        let wrong = |reason: String| TransportError::new(TransportErrorKind::Request, reason);
        let body = match (&self.body, &self.bytes) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(bytes)) => bytes.clone().into_vec(),
            (None, None) => Vec::new(),
        };
        let is_empty = body.is_empty();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).map_err(|error| wrong(format!("a recorded status: {error}")))?;
        for (name, value) in &self.headers {
            let name = name.parse::<HeaderName>();
            let name = name.map_err(|error| wrong(format!("a recorded header: {error}")))?;
            let value = HeaderValue::from_str(value);
            let value = value.map_err(|error| wrong(format!("the recorded header {name}: {error}")))?;
            response.headers_mut().insert(name, value);
        }
        if !is_empty {
            let content_type = response.headers_mut().entry(header::CONTENT_TYPE);
            content_type.or_insert(HeaderValue::from_static("application/json"));
        }
        Ok(response)
    }
}

/// The headers of an answer that are recorded: cookies are secrets, and the framing is the connection's.
pub(super) fn recorded(headers: &HeaderMap) -> BTreeMap<String, String> {
    const LEFT_OUT: [HeaderName; 4] = [
        header::SET_COOKIE,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
    ];
    let headers = headers
        .iter()
        .filter(|(name, value)| !LEFT_OUT.contains(name) && !value.is_sensitive());
    headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

/// A body as text, or else as bytes.
pub(super) fn text_or_bytes(body: &[u8]) -> (Option<String>, Option<Base64>) {
    match String::from_utf8_lossy(body) {
        _ if body.is_empty() => (None, None),
        Cow::Borrowed(text) => (Some(text.to_owned()), None),
        Cow::Owned(_) => (None, Some(Base64::from(body.to_vec()))),
    }
}
