//! Paging (`x-client-paging`): what it names has to exist, with types by which the client can follow pages.

use crate::{
    at::At,
    diagnostic::Code,
    ir::{BodyForm, Location, NoPages, Operation, PageField, Paging, Primitive, Shape, TypeRef},
    lower::media::Contents,
};

/// Reports what of an operation's paging does not exist, and takes out a paging that the client cannot follow.
pub(super) fn check_paging(contents: &mut Contents<'_, '_>, operation: &mut Operation, at: &At<'_>) {
    let Some(paging) = operation.paging.clone() else { return };
    let at = at.key("x-client-paging");
    let has_inputs = check_inputs(contents, operation, &paging, &at);
    let has_outputs = check_outputs(contents, operation, &paging, &at);
    if !has_inputs || !has_outputs {
        return;
    }
    if let Some((key, reason)) = obstacle(contents, operation, &paging) {
        let message = format!("the operation is not paged in the client: {reason}");
        let help = "use an array for `items`, a string for `next`, and a string for a token in the body";
        contents.warn(Code::InvalidExtension, &at.key(key), message, help);
        operation.paging = None;
    }
}

fn check_inputs(contents: &mut Contents<'_, '_>, operation: &Operation, paging: &Paging, at: &At<'_>) -> bool {
    let fields = [Some(&paging.token), paging.size.as_ref().map(|size| &size.field)];
    let mut exist = true;
    for field in fields.into_iter().flatten() {
        let (PageField::Query(name) | PageField::Body(name)) = field;
        if input(contents, operation, field).is_none() {
            let message = format!("`{name}` is not a parameter and not a property of the body");
            let help = "use the name of a parameter or of a property of the body";
            contents.error(Code::InvalidExtension, at, message, help);
            exist = false;
        }
    }
    exist
}

fn check_outputs(contents: &mut Contents<'_, '_>, operation: &Operation, paging: &Paging, at: &At<'_>) -> bool {
    let mut exist = true;
    for name in [&paging.next, &paging.items] {
        let output = operation.output.json();
        if output.and_then(|output| field_of(contents, output, name)).is_none() {
            let message = format!("`{name}` is not a property of the response");
            let help = "use the name of a property of the response";
            contents.error(Code::InvalidExtension, at, message, help);
            exist = false;
        }
    }
    exist
}

/// Why the client cannot follow pages, and the key of the extension that says so.
fn obstacle(contents: &Contents<'_, '_>, operation: &Operation, paging: &Paging) -> Option<(&'static str, String)> {
    match operation.page(|id| contents.types.registry.def(id)) {
        Err(NoPages::NotAnArray(name)) => return Some(("items", format!("`{name}` is not an array"))),
        Err(NoPages::NotAString(name)) => return Some(("next", format!("`{name}` is not a string"))),
        Err(NoPages::Recursive(name)) => {
            let key = if name == paging.items { "items" } else { "next" };
            return Some((key, format!("`{name}` contains itself")));
        }
        // That these are missing has been reported.
        Err(NoPages::NotDeclared | NoPages::NotAnObject | NoPages::NoProperty(_)) | Ok(_) => {}
    }
    let size = paging.size.as_ref().map(|size| ("size", &size.field));
    for (key, field) in [("token", &paging.token)].into_iter().chain(size) {
        let PageField::Body(name) = field else { continue };
        let body = operation.body.as_ref().map(|body| &body.form);
        if !matches!(body, Some(BodyForm::Json { .. })) {
            return Some((key, format!("`{name}` is in a body that is not JSON")));
        }
        if key == "token" && !is_string(input(contents, operation, field)?) {
            return Some((key, format!("`{name}` is not a string")));
        }
    }
    None
}

/// The type of a field of the request.
fn input<'o>(contents: &'o Contents<'_, '_>, operation: &'o Operation, field: &PageField) -> Option<&'o TypeRef> {
    match field {
        PageField::Query(name) => {
            let mut in_query = operation
                .arguments
                .iter()
                .filter(|argument| argument.location == Location::Query);
            let found = in_query.find(|argument| argument.name == *name);
            found.map(|argument| &argument.ty)
        }
        PageField::Body(name) => field_of(contents, operation.body.as_ref()?.ty()?, name),
    }
}

/// The type of a property of an object; those of oneof groups are not among them.
fn field_of<'o>(contents: &'o Contents<'_, '_>, ty: &TypeRef, name: &str) -> Option<&'o TypeRef> {
    let Some(Shape::Struct(object)) = contents.shape(ty) else {
        return None;
    };
    object.fields().find(|field| field.name == name).map(|field| &field.ty)
}

fn is_string(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Nullable(inner) => is_string(inner),
        other => *other == TypeRef::Primitive(Primitive::String),
    }
}
