//! Path items. `openapiv3`'s has no place for other methods than OpenAPI 3.0's eight, and eight operations by value, which are
//! 9 KB for each path although most of them are absent.

use std::borrow::Cow;

use openapiv3::{Operation, Parameter, ReferenceOr, Server};

/// A path item.
#[derive(Debug)]
pub struct PathItem {
    /// The servers of its operations.
    pub servers: Vec<Server>,
    /// The parameters of its operations.
    pub parameters: Vec<ReferenceOr<Parameter>>,
    /// Its operations: those of methods with a keyword in the order of the specification, then the others.
    pub operations: Vec<MethodOperation>,
}

/// An operation with its method.
#[derive(Debug)]
pub struct MethodOperation {
    /// The method as it is sent.
    pub method: Cow<'static, str>,
    /// The operation.
    pub operation: Operation,
    /// Its pointer.
    pub pointer: String,
}
