//! The response of a call.

use std::{ops::Deref, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use tokio::sync::OwnedSemaphorePermit;

use crate::{
    Body, Client, Error, Header, Operation, Secret, call::Prepared, error::redacted, transport::watch::ConnectionWatch,
    wire::Json,
};

/// A successful response: the decoded value, which `Deref` returns, with its status and headers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    value: T,
    pub(crate) head: Head,
}

/// Everything of a response but its body.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
}

impl Head {
    /// Takes secrets that the server has sent back out of what is shown: the request's id and `Debug` of the headers.
    pub(crate) fn without(mut self, secrets: &[Secret]) -> Self {
        self.request_id = self.request_id.map(|id| redacted(&id, secrets));
        for value in self.headers.values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes());
            if redacted(&text, secrets) != text {
                value.set_sensitive(true);
            }
        }
        self
    }
}

/// A response with status 2xx whose body is not decoded yet.
pub(crate) struct Received {
    pub(crate) operation: &'static Operation,
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    /// The body where the caller reads it.
    pub(crate) stream: Option<Body>,
    /// How long the pause before a piece of it may be, and how long one of its lines.
    pub(crate) stream_limits: (Duration, usize),
    /// Its place among the requests in flight.
    pub(crate) place: Option<OwnedSemaphorePermit>,
    /// The connection that it comes over.
    pub(crate) watch: Option<ConnectionWatch>,
    /// How it is asked for again.
    pub(crate) origin: Option<Box<(Client, Prepared)>>,
    /// Whether its JSON is read strictly.
    pub(crate) is_strict: bool,
    /// How many attempts it took, and how long.
    pub(crate) effort: (u32, Duration),
    /// What authorized the request: no message may repeat it.
    pub(crate) secrets: Vec<Secret>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: Head) -> Self {
        Self { value, head }
    }

    /// Returns the decoded body.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the decoded body without the status and headers.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Converts the value, and keeps the status and headers.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            head: self.head,
        }
    }

    /// Returns the status, which is always 2xx.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns a header that the document declares, by the constant of its call, such as `ListPets::X_REMAINING`. Returns
    /// `None` if it is absent.
    ///
    /// # Errors
    ///
    /// Returns an error if the header does not match the document.
    pub fn header<H: Json>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header.read(&self.head.headers)
    }

    /// Returns the server's id of the request, if the client has a request id header. A credential in it is redacted.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }
}

impl<T> From<Response<T>> for http::Response<T> {
    fn from(response: Response<T>) -> Self {
        let mut made = Self::new(response.value);
        *made.status_mut() = response.head.status;
        *made.headers_mut() = response.head.headers;
        made
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
