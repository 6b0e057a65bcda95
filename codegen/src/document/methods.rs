//! Operations of other methods than OpenAPI 3.0's eight, for which `openapiv3` has no place.

use std::collections::HashMap;

use openapiv3::Operation;

use super::{
    build::operation,
    fields::{Fields, Names, Walk},
};
use crate::at::At;

/// Such an operation.
#[derive(Debug)]
pub struct OtherMethod {
    /// The method as it stands on the wire.
    pub method: String,
    /// The operation.
    pub operation: Operation,
    /// Its pointer.
    pub pointer: String,
}

/// By the pointer of their path item.
pub type OtherMethods = HashMap<String, Vec<OtherMethod>>;

/// Reads `query` and `additionalOperations` of a path item.
pub(super) fn read(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) {
    let query = fields.get("query").and_then(|node| {
        let at = at.key("query");
        Some(("QUERY".to_owned(), (operation(walk, node, &at)?, at.pointer())))
    });
    let others = fields.get("additionalOperations").map(|node| {
        let at = at.key("additionalOperations");
        walk.map(node, &at, "`additionalOperations`", Names::Any, |walk, node, at| {
            Some((operation(walk, node, at)?, at.pointer()))
        })
    });
    let found = query.into_iter().chain(others.into_iter().flatten());
    let found: Vec<OtherMethod> = found
        .map(|(method, (operation, pointer))| OtherMethod {
            method,
            operation,
            pointer,
        })
        .collect();
    if !found.is_empty() {
        walk.other_methods.insert(at.pointer(), found);
    }
}
