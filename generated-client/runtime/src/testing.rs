//! Responses and errors for tests of programs.

use bytes::Bytes;

use crate::{Error, Response, Upload, execute::refused, payload::Payload, response::Head};

impl<T> Response<T> {
    /// Creates a response with a value, a status and headers, for tests. A status other than 2xx is kept.
    ///
    /// ```
    /// use specwright_runtime::{Response, http};
    ///
    /// let owners = http::Response::builder().status(201).header("etag", "\"1\"").body(vec!["Ada"])?;
    /// let owners = Response::from_http(owners).with_request_id("t-1");
    /// assert_eq!((owners.status().as_u16(), owners.request_id(), owners.len()), (201, Some("t-1"), 1));
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn from_http(response: http::Response<T>) -> Self {
        let (parts, value) = response.into_parts();
        Self::new(value, head(parts))
    }

    /// Sets the request id, for tests.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.head.request_id = Some(id.into());
        self
    }
}

impl Error {
    /// Creates the error of a response that is not successful, for tests. Its kind is
    /// [`ErrorKind::Status`](crate::ErrorKind::Status).
    ///
    /// ```
    /// use specwright_runtime::{Error, RpcCode, http};
    ///
    /// let missing = http::Response::builder().status(404).body(r#"{"code": 5, "message": "no such app"}"#)?;
    /// let error = Error::from_http(missing);
    /// assert_eq!((error.rpc_code(), error.is_retryable()), (Some(RpcCode::NotFound), false));
    /// assert_eq!(error.to_string(), "404 Not Found: NOT_FOUND: no such app");
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn from_http(response: http::Response<impl Into<Bytes>>) -> Self {
        let (parts, body) = response.into_parts();
        refused(head(parts), body.into())
    }
}

fn head(parts: http::response::Parts) -> Head {
    Head {
        status: parts.status,
        headers: parts.headers,
        request_id: None,
    }
}

impl Upload {
    /// Returns the bytes, for tests. `None` if the upload is a stream.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        match &self.payload {
            Payload::Bytes(bytes) => Some(bytes),
            Payload::Stream(_) => None,
        }
    }
}
