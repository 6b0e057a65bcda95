//! Operations of other methods than OpenAPI 3.0's eight, for which `openapiv3` has no place.

use std::collections::HashMap;

use openapiv3::Operation;

/// Such an operation.
#[derive(Debug)]
pub struct OtherMethod {
    /// The method as it is sent.
    pub method: String,
    /// The operation.
    pub operation: Operation,
    /// Its pointer.
    pub pointer: String,
}

/// By the pointer of their path item.
pub type OtherMethods = HashMap<String, Vec<OtherMethod>>;
