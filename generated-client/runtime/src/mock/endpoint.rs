//! Requests that are not of an operation, such as those for tokens.

use std::{convert::Infallible, fmt};

use bytes::Bytes;
use http::Request;

use super::{inputs::Inputs, operation::Mocked, written::Written};
use crate::{Operation, call::Call, wire::Value};

/// A request by method and path, whatever it is for; see [`Mock::endpoint`](super::Mock::endpoint).
///
/// The inputs are the whole request, and the answer is JSON.
#[derive(Debug)]
pub struct Endpoint(Infallible);

impl Mocked for Endpoint {
    /// Nothing reads its method and path: an expectation of an endpoint has its own.
    const OPERATION: &'static Operation = &Operation::get("endpoint", "/");

    type Request = Request<Bytes>;
    type Answer = Value;
    type Failure = Infallible;

    fn into_call(self) -> Call {
        match self.0 {}
    }

    fn request(inputs: &mut Inputs<'_>) -> Option<Request<Bytes>> {
        Some(inputs.whole())
    }

    fn write(answer: &Value) -> Written {
        Written::json(Self::OPERATION, answer).undeclared()
    }
}

/// What an expectation is for.
#[derive(Clone, Debug)]
pub(super) enum Route {
    Operation(&'static Operation),
    Endpoint { method: String, path: String },
}

/// `pets.get`, or the method and path of an endpoint.
impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(operation) => formatter.write_str(operation.id()),
            Self::Endpoint { method, path } => write!(formatter, "`{method} {path}`"),
        }
    }
}

impl Route {
    /// The same with the method and path of an operation.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Operation(operation) => {
                format!("{} (`{} {}`)", operation.id(), operation.method(), operation.path())
            }
            Self::Endpoint { .. } => self.to_string(),
        }
    }

    /// The number of segments of the path that can be anything.
    pub(super) fn arguments(&self) -> usize {
        match self {
            Self::Operation(operation) => crate::path::names(operation.path()).count(),
            Self::Endpoint { .. } => 0,
        }
    }
}
