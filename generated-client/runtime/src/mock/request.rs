//! A request that a mock received.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri, header};

use super::endpoint::Route;
use crate::{Body, Operation, credential::KeyInQuery};

/// The operation of a request, which the client tells a transport in the same process.
#[derive(Clone, Copy)]
pub(crate) struct OperationOf(pub(crate) &'static Operation);

/// A request as it was received, with its whole body.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// The operation, if the client is in the same process.
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The path and query without credentials.
    target: String,
}

impl Seen {
    /// Creates a request without its body.
    pub(super) fn of(request: &Request<Body>) -> Self {
        Self {
            operation: request.extensions().get::<OperationOf>().map(|operation| operation.0),
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            body: request.body().as_bytes().cloned().unwrap_or_default(),
            target: KeyInQuery::without_key(request),
        }
    }

    /// Whether an expectation can be for the request.
    pub(super) fn is_for(&self, route: &Route) -> bool {
        match route {
            Route::Operation(operation) => self.is_of(operation),
            Route::Endpoint { method, path } => self.method.as_str() == method && self.uri.path() == path,
        }
    }

    /// The request itself.
    pub(super) fn whole(&self) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }

    /// Whether the request is one of this operation.
    pub(super) fn is_of(&self, operation: &'static Operation) -> bool {
        match self.operation {
            Some(own) => std::ptr::eq(own, operation) || (own.id() == operation.id() && own.path() == operation.path()),
            None => {
                self.method.as_str() == operation.method()
                    && crate::path::arguments_of(operation.path(), self.uri.path()).is_some()
                    && self.has_constants(operation)
            }
        }
    }

    /// Whether the query has the pairs that a path template declares.
    fn has_constants(&self, operation: &'static Operation) -> bool {
        let Some((_, constants)) = operation.path().split_once('?') else {
            return true;
        };
        let query = self.uri.query().unwrap_or_default();
        constants
            .split('&')
            .all(|constant| query.split('&').any(|pair| pair == constant))
    }

    pub(super) fn content_type(&self) -> &str {
        let content_type = self.headers.get(header::CONTENT_TYPE);
        content_type.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// `GET /pets/7`, with the operation's id if it is known.
    pub(super) fn shown(&self) -> String {
        let request = format!("{} {}", self.method, self.target);
        match self.operation {
            Some(operation) => format!("{} (`{request}`)", operation.id()),
            None => format!("`{request}`"),
        }
    }
}

/// A content type without its parameters, in lower case.
pub(super) fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a content type is JSON.
pub(super) fn is_json(content_type: &str) -> bool {
    crate::answer::is_json(&essence(content_type))
}

/// Whether a content type is a form.
pub(super) fn is_form(content_type: &str) -> bool {
    content_type.starts_with("application/x-www-form-urlencoded")
}
