//! Uploads: bytes as a body, or as a file in a body.

use std::{
    error, fmt,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;

use crate::{Body, TransportError, TransportErrorKind, payload::Payload};

/// Bytes to send, with their content type, file name and headers.
///
/// ```
/// use specwright_runtime::Upload;
///
/// let photo = Upload::from(vec![0xff, 0xd8]).file_name("rex.jpg").content_type("image/jpeg");
/// # let _ = photo;
/// let text = Upload::from("name,age\nRex,3\n");
/// # let _ = text;
/// ```
#[derive(Clone)]
#[must_use = "an upload does nothing until it is given to a call"]
pub struct Upload {
    pub(crate) payload: Payload,
    pub(crate) content_type: Option<String>,
    pub(crate) file_name: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Upload {
    /// Creates an upload from a stream of bytes.
    ///
    /// A stream can be read only once, so a call is not retried after a part of the stream was sent. The time limit of an
    /// attempt starts when the stream is complete. While it is sent, the time limit of the call applies, and the idle limit if
    /// the server stops receiving.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Self::of(Payload::stream(Body::new(Streamed(Box::pin(stream))), None))
    }

    /// Sets the number of bytes of the stream. Otherwise the server does not know the number before they are sent.
    pub fn length(mut self, bytes: u64) -> Self {
        if let Payload::Stream(once) = &mut self.payload {
            once.length = Some(bytes);
        }
        self
    }

    /// Sets the content type, such as `image/png`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sets the name of the file in a multipart body.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Adds a header to the file in a multipart body.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn of(payload: Payload) -> Self {
        Self {
            payload,
            content_type: None,
            file_name: None,
            headers: Vec::new(),
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("length", &self.payload.length())
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

macro_rules! from_bytes {
    ($($bytes:ty),*) => {
        $(impl From<$bytes> for Upload {
            fn from(bytes: $bytes) -> Self {
                Self::of(Payload::Bytes(bytes.into()))
            }
        })*
    };
}

from_bytes!(Bytes, Vec<u8>, String);

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Self::of(Payload::Bytes(Bytes::copy_from_slice(bytes)))
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

/// A stream as a body. Its errors are the caller's own: they are shown.
struct Streamed<S>(Pin<Box<S>>);

impl<S, E> http_body::Body for Streamed<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|chunk| {
            chunk.map(|chunk| {
                chunk
                    .map(Frame::data)
                    .map_err(|error| TransportError::new(TransportErrorKind::Request, error))
            })
        })
    }
}
