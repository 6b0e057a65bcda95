//! The operations of a path item.

use crate::{
    at::At,
    diagnostic::Code,
    document::PathItem,
    ir::Method,
    lower::{report::Report, token::is_token},
};

/// The operations of a path item, with their pointers.
pub(super) fn operations_of<'d>(
    item: &'d PathItem,
    report: &mut Report<'_>,
) -> Vec<(Method, &'d openapiv3::Operation, &'d str)> {
    let mut operations: Vec<(Method, _, _)> = Vec::with_capacity(item.operations.len());
    for one in &item.operations {
        let here = At::of(&one.pointer);
        let is_taken = operations.iter().any(|(method, ..)| method.as_str() == one.method);
        if is_taken || !is_token(&one.method) {
            let message = if is_taken {
                format!(
                    "the path already has an operation of method `{}`: this one is ignored",
                    one.method
                )
            } else {
                format!("`{}` is not a valid HTTP method: the operation is ignored", one.method)
            };
            report.warn(
                Code::Weakened,
                &here,
                message,
                "write each method once, in the case in which it is sent",
            );
            continue;
        }
        operations.push((Method::from(one.method.clone()), &one.operation, one.pointer.as_str()));
    }
    operations
}
