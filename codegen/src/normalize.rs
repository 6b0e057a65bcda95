//! From a value tree to the canonical document: OpenAPI 3.0, whatever the source is written in.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    document::Document,
    read::{Object, Source, Value},
};

/// Brings a source to the canonical form; `None` where there is nothing to lower. There may be errors all the same.
#[must_use]
pub fn normalize(source: Source, diagnostics: &mut Diagnostics) -> Option<Document> {
    Document::build(canonical(source, diagnostics)?, diagnostics)
}

/// The canonical form as a tree.
#[must_use]
pub(crate) fn canonical(source: Source, diagnostics: &mut Diagnostics) -> Option<Source> {
    check_version(&source, diagnostics)?;
    Some(source)
}

/// Refuses what is no OpenAPI document of a version that is understood here.
fn check_version(source: &Source, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = &source.root;
    let mut refuse = |message: String, help: &str| {
        diagnostics.push(Diagnostic::error(Code::UnknownVersion, Some(root.place), "", message).help(help));
        None
    };
    let Value::Object(object) = &root.value else {
        return refuse(
            "this is no OpenAPI document: its root is no object".to_owned(),
            "point at an OpenAPI 3.0 document",
        );
    };
    if object.get("openapi").is_some() && object.get("swagger").is_some() {
        let message = "the document says `openapi` and `swagger`: it cannot be both".to_owned();
        return refuse(message, "remove the one that it is not");
    }
    match version(object, "openapi") {
        Some(version) if version.starts_with("3.0.") => Some(()),
        Some(version) => refuse(
            format!("OpenAPI {version} is not supported yet"),
            "write the document in OpenAPI 3.0",
        ),
        None if object.get("swagger").is_some() => refuse(
            "Swagger 2.0 is not supported yet".to_owned(),
            "convert the document to OpenAPI 3.0",
        ),
        None if object.get("openapi").is_some() => refuse(
            "the value of `openapi` is no text".to_owned(),
            "write the version in quotes, as in `openapi: '3.0.3'`",
        ),
        None => refuse(
            "this is no OpenAPI document: it has no text under `openapi`".to_owned(),
            "add `openapi: 3.0.3` at the top",
        ),
    }
}

fn version<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(|node| node.as_str())
}
