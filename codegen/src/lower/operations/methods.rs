//! The operations of a path item.

use openapiv3::PathItem;

use crate::{
    at::At,
    diagnostic::Code,
    document::Document,
    ir::Method,
    lower::{report::Report, token::is_token},
};

/// The operations of a path item, with their pointers.
pub(super) fn operations_of<'d>(
    document: &'d Document,
    item: &'d PathItem,
    at: &At<'_>,
    report: &mut Report<'_>,
) -> Vec<(Method, &'d openapiv3::Operation, String)> {
    let usual = methods(item).map(|(method, key, operation)| (method, operation, at.key(key).pointer()));
    let mut operations: Vec<_> = usual.collect();
    for other in document.other_methods.get(&at.pointer()).into_iter().flatten() {
        let here = At::of(&other.pointer);
        let is_taken = operations.iter().any(|(method, ..)| method.as_str() == other.method);
        if is_taken || !is_token(&other.method) {
            let message = if is_taken {
                format!(
                    "the path has an operation of the method `{}` already: this one is left out",
                    other.method
                )
            } else {
                format!("`{}` is no method: the operation is left out", other.method)
            };
            report.warn(
                Code::Weakened,
                &here,
                message,
                "write the method as it is sent, each one once",
            );
            continue;
        }
        let method = Method::Other(other.method.clone());
        operations.push((method, &other.operation, other.pointer.clone()));
    }
    operations
}

/// The methods with a key of their own in a path item.
fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &'static str, &openapiv3::Operation)> {
    let methods = [
        (Method::Get, "get", &item.get),
        (Method::Put, "put", &item.put),
        (Method::Post, "post", &item.post),
        (Method::Delete, "delete", &item.delete),
        (Method::Options, "options", &item.options),
        (Method::Head, "head", &item.head),
        (Method::Patch, "patch", &item.patch),
        (Method::Trace, "trace", &item.trace),
    ];
    methods
        .into_iter()
        .filter_map(|(method, key, operation)| operation.as_ref().map(|operation| (method, key, operation)))
}
