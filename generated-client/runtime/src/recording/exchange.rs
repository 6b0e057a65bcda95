//! A request and its response.

use std::{borrow::Cow, collections::BTreeMap};

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};

use crate::{
    Body, TransportError, TransportErrorKind,
    wire::{Base64, mark},
};

/// A request and its response. It does not contain the headers of the request or cookies, so it does not contain credentials.
#[derive(Default)]
#[non_exhaustive]
pub struct Exchange {
    /// The method of the request.
    pub method: String,
    /// The path and the query of the request, encoded as they were sent, without credentials.
    pub target: String,
    /// The body of the request. `None` matches any body.
    pub request_body: Option<String>,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response. Without a content type, a body that is not empty is JSON.
    pub headers: BTreeMap<String, String>,
    /// The body of the response, if it is text.
    pub body: Option<String>,
    /// The body of the response, if it is not text.
    pub bytes: Option<Base64>,
}

crate::__model! {
    Exchange = "Exchange";
    method target request_body status headers body bytes;
    [
        ("method", mark::REQUIRED),
        ("target", mark::REQUIRED),
        ("request_body", mark::OPTIONAL),
        ("status", mark::REQUIRED),
        ("headers", mark::OPTIONAL),
        ("body", mark::OPTIONAL),
        ("bytes", mark::OPTIONAL),
    ]
    []
    []
}

impl Exchange {
    /// Creates an exchange for a request with any body.
    pub fn new(method: impl Into<String>, target: impl Into<String>, status: u16, answer: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            target: target.into(),
            status,
            body: Some(answer.into()),
            ..Self::default()
        }
    }

    /// Sets the body that a request must have.
    #[must_use]
    pub fn with_request_body(mut self, body: impl Into<String>) -> Self {
        self.request_body = Some(body.into());
        self
    }

    /// Adds a header to the response.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    pub(super) fn answers(&self, method: &str, target: &str, sent: &[u8]) -> bool {
        self.method == method
            && self.target == target
            && self
                .request_body
                .as_ref()
                .is_none_or(|expected| expected.as_bytes() == sent)
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
        *response.status_mut() = StatusCode::from_u16(self.status)
            .map_err(|error| wrong(format!("the recorded status is invalid: {error}")))?;
        for (name, value) in &self.headers {
            let name = name.parse::<HeaderName>();
            let name = name.map_err(|error| wrong(format!("a recorded header is invalid: {error}")))?;
            let value = HeaderValue::from_str(value);
            let value = value.map_err(|error| wrong(format!("the recorded header {name} is invalid: {error}")))?;
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
