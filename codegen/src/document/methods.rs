//! Operations of other methods than OpenAPI 3.0's eight, for which `openapiv3` has no place.

use std::collections::HashMap;

use openapiv3::{Operation, PathItem};

use super::{
    build::operation,
    fields::{Fields, Names, Walk},
};
use crate::{
    at::At,
    methods::{self, KnownMethod},
};

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

/// Reads the operations of a path item, and puts those into it that it has a place for.
pub(super) fn read(walk: &mut Walk<'_>, fields: &mut Fields<'_>, item: &mut PathItem, at: &At<'_>) {
    let mut without_slot = Vec::new();
    for KnownMethod { key, wire, .. } in &methods::KNOWN {
        let here = at.key(key);
        let Some(operation) = fields.get(key).and_then(|node| operation(walk, node, &here)) else {
            continue;
        };
        match slot(item, key) {
            Some(slot) => *slot = Some(operation),
            None => without_slot.push(((*wire).to_owned(), (operation, here.pointer()))),
        }
    }
    let others = fields.get(methods::ADDITIONAL).map(|node| {
        let at = at.key(methods::ADDITIONAL);
        walk.map(node, &at, "`additionalOperations`", Names::Any, |walk, node, at| {
            Some((operation(walk, node, at)?, at.pointer()))
        })
    });
    let found = without_slot.into_iter().chain(others.into_iter().flatten());
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

/// The place of a method's operation in `openapiv3`'s path item.
fn slot<'i>(item: &'i mut PathItem, key: &str) -> Option<&'i mut Option<Operation>> {
    Some(match key {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        "trace" => &mut item.trace,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use openapiv3::PathItem;

    use super::slot;
    use crate::methods::{KNOWN, Since};

    #[test]
    fn every_method_of_openapi_3_0_has_its_own_place() {
        for method in &KNOWN {
            let mut item = PathItem::default();
            if let Some(slot) = slot(&mut item, method.key) {
                *slot = Some(openapiv3::Operation::default());
            }
            let keys: Vec<&str> = item.iter().map(|(key, _)| key).collect();
            let expected: &[&str] = match method.since {
                Since::Swagger20 | Since::OpenApi30 => &[method.key],
                Since::OpenApi32 => &[],
            };
            assert_eq!(keys, expected);
        }
    }
}
