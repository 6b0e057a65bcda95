//! A response before its status has decided what its body is.

use std::{error, fmt};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use crate::{
    ErrorKind, Operation,
    content_encoding::undecoded,
    encoding::one_line,
    error::snippet,
    wire::{
        self, Json,
        find::{self, MemberPath},
    },
};

/// Bytes of a content type that a message shows.
const SHOWN_CONTENT_TYPE: usize = 200;

/// One of several responses of an operation, selected by status. Generated enums implement it.
pub trait Outcome: Sized {
    /// Reads the response by its status.
    fn read(answer: &Answer<'_>) -> Result<Self, Mismatch>;
}

/// A response with a body that is decoded by its status.
#[derive(Debug)]
pub struct Answer<'a> {
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// Whether JSON is refused if its content type is another one or if it has a byte order mark.
    pub(crate) is_strict: bool,
    /// Whether an empty body is refused, as it is among errors.
    pub(crate) needs_body: bool,
}

impl Answer<'_> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as JSON. An empty one is read as `{}`, and where that does not fit as `null`.
    ///
    /// Unless the client reads [strictly](crate::ClientBuilder::strict_json), a byte order mark is skipped, white space alone
    /// is an empty body, and JSON may have the content type `text/plain`.
    pub fn json<T: Json>(&self) -> Result<T, Mismatch> {
        if self.body.is_empty() {
            return self.absent();
        }
        self.expect_decoded()?;
        if self.is_strict {
            self.expect("JSON", is_json)?;
            return decoded(self.body);
        }
        self.expect("JSON", |essence| is_json(essence) || essence == "text/plain")?;
        let body = without_mark(self.body);
        if body.trim_ascii().is_empty() {
            return self.absent();
        }
        // What is plain text after all is named by its content type.
        decoded(body).or_else(|mismatch| {
            self.expect("JSON", is_json)?;
            Err(mismatch)
        })
    }

    /// The array at a path of a JSON body; no elements where the body is empty or the array is absent.
    pub(crate) fn list<T: Json>(&self, path: MemberPath) -> Result<Vec<T>, Mismatch> {
        let body = if self.is_strict {
            self.body
        } else {
            without_mark(self.body)
        };
        if body.trim_ascii().is_empty() {
            return Ok(Vec::new());
        }
        self.expect_decoded()?;
        let is_strict = self.is_strict;
        self.expect("JSON", |essence| {
            is_json(essence) || (essence == "text/plain" && !is_strict)
        })?;
        let list = find::list(body, path);
        list.map_err(|error| Mismatch::decode(format!("the response does not decode: {error}"), error))
    }

    /// The value of a body that is empty.
    fn absent<T: Json>(&self) -> Result<T, Mismatch> {
        let read = if self.needs_body {
            wire::from_slice(b"")
        } else {
            wire::from_slice(b"{}").or_else(|_| wire::from_slice(b"null"))
        };
        read.map_err(|error| Mismatch::decode(format!("the response has no body: {error}"), error))
    }

    /// Whether the body is the JSON `null`, which some servers send where an optional answer is absent.
    pub(crate) fn is_null(&self) -> bool {
        !self.is_strict && without_mark(self.body).trim_ascii() == b"null"
    }

    /// Returns the body as a string. The error is that it is not UTF-8.
    pub fn text(&self) -> Result<String, Mismatch> {
        self.expect_decoded()?;
        self.expect_no_page()?;
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Mismatch::decode(format!("the response is not text: {error}"), error)),
        }
    }

    /// Returns the body unchanged.
    pub fn bytes(&self) -> Result<Bytes, Mismatch> {
        self.expect_no_page()?;
        Ok(self.body.clone())
    }

    /// Returns the error of a status that the document does not declare.
    pub fn undeclared<T>(&self) -> Result<T, Mismatch> {
        Err(Mismatch {
            kind: ErrorKind::Decode,
            message: format!("the document declares no response with status {}", self.status()),
            cause: None,
        })
    }

    /// Refuses a body that is still compressed.
    pub(crate) fn expect_decoded(&self) -> Result<(), Mismatch> {
        match undecoded(self.headers) {
            None => Ok(()),
            Some(message) => Err(Mismatch {
                kind: ErrorKind::Decode,
                message,
                cause: None,
            }),
        }
    }

    /// Whether the response is without a body by its status, or by what the operation says of its status.
    pub(crate) fn has_no_content(&self) -> bool {
        let declared = self.operation.map_or(&[][..], |operation| operation.without_body);
        matches!(self.status(), 204 | 205) || declared.contains(&self.status())
    }

    /// Something between here and the server answers with a page of its own, whatever was asked for.
    pub(crate) fn expect_no_page(&self) -> Result<(), Mismatch> {
        let accepted = self.operation.and_then(|operation| operation.accept).unwrap_or("*/*");
        let takes_pages = ["html", "*/*", "text/*"].iter().any(|media| accepted.contains(media));
        if self.body.is_empty() || takes_pages || self.operation.is_none_or(|operation| operation.accept.is_none()) {
            return Ok(());
        }
        self.expect(accepted, |essence| essence != "text/html")
    }

    /// Refuses another content type. Without one the body decides.
    pub(crate) fn expect(&self, expected: &str, is_expected: impl FnOnce(&str) -> bool) -> Result<(), Mismatch> {
        let Some(content_type) = self.headers.get(header::CONTENT_TYPE) else {
            return Ok(());
        };
        let content_type = String::from_utf8_lossy(content_type.as_bytes());
        let essence = content_type.split(';').next().unwrap_or_default();
        if is_expected(&essence.trim().to_ascii_lowercase()) {
            return Ok(());
        }
        Err(Mismatch {
            kind: ErrorKind::UnexpectedContentType,
            message: format!(
                "{} with content type {} instead of {expected}: {}",
                self.status(),
                one_line(&content_type, SHOWN_CONTENT_TYPE),
                snippet(self.body)
            ),
            cause: None,
        })
    }
}

fn decoded<T: Json>(body: &[u8]) -> Result<T, Mismatch> {
    wire::from_slice(body).map_err(|error| Mismatch::decode(format!("the response does not decode: {error}"), error))
}

/// A body without the byte order mark that some servers put before JSON.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

pub(crate) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Why a response is not what the document says.
pub struct Mismatch {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) cause: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Mismatch {
    pub(crate) fn decode(message: String, cause: impl error::Error + Send + Sync + 'static) -> Self {
        Self {
            kind: ErrorKind::Decode,
            message,
            cause: Some(Box::new(cause)),
        }
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mismatch")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
