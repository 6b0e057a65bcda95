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
    let known = item.iter().filter_map(|(key, operation)| {
        let pointer = at.key(key).pointer();
        Some((Method::by_key(key)?, operation, pointer))
    });
    let mut operations: Vec<_> = known.collect();
    for other in document.other_methods.get(&at.pointer()).into_iter().flatten() {
        let here = At::of(&other.pointer);
        let is_taken = operations.iter().any(|(method, ..)| method.as_str() == other.method);
        if is_taken || !is_token(&other.method) {
            let message = if is_taken {
                format!(
                    "the path already has an operation of method `{}`: this one is ignored",
                    other.method
                )
            } else {
                format!(
                    "`{}` is not a valid HTTP method: the operation is ignored",
                    other.method
                )
            };
            report.warn(
                Code::Weakened,
                &here,
                message,
                "write each method once, in the case in which it is sent",
            );
            continue;
        }
        let method = Method::from(other.method.clone());
        operations.push((method, &other.operation, other.pointer.clone()));
    }
    operations
}
