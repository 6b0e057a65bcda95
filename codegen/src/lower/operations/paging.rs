//! Paging: what an operation's extension names has to exist.

use crate::{
    at::At,
    diagnostic::Code,
    ir::{Body, Location, Operation, PageField, Paging, Shape, TypeRef},
    lower::media::Contents,
};

/// What `x-client-paging` names has to exist.
pub(super) fn check_paging(contents: &mut Contents<'_, '_>, operation: &Operation, at: &At<'_>) {
    let Some(Paging {
        token,
        size,
        next,
        items,
    }) = &operation.paging
    else {
        return;
    };
    let at = at.key("x-client-paging");
    let fields = [Some(token), size.as_ref().map(|size| &size.field)];
    for field in fields.into_iter().flatten() {
        let (known, name) = match field {
            PageField::Query(name) => (is_in_query(operation, name), name),
            PageField::Body(name) => (
                operation
                    .body
                    .as_ref()
                    .and_then(Body::ty)
                    .is_some_and(|ty| has_field(contents, ty, name)),
                name,
            ),
        };
        if !known {
            let message = format!("`{name}` is neither a parameter nor a member of the body");
            contents.error(
                Code::InvalidExtension,
                &at,
                message,
                "name the field that the operation has",
            );
        }
    }
    for name in [next, items] {
        if !operation
            .output
            .json()
            .is_some_and(|output| has_field(contents, output, name))
        {
            let message = format!("`{name}` is no member of the answer");
            contents.error(
                Code::InvalidExtension,
                &at,
                message,
                "name a member that the answer has",
            );
        }
    }
}

fn has_field(contents: &Contents<'_, '_>, ty: &TypeRef, name: &str) -> bool {
    match contents.shape(ty) {
        Some(Shape::Struct(object)) => object.fields().any(|field| field.name == name),
        _ => false,
    }
}

fn is_in_query(operation: &Operation, name: &str) -> bool {
    let mut arguments = operation.arguments.iter();
    arguments.any(|argument| argument.location == Location::Query && argument.name == name)
}
