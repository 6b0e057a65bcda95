//! Which version of OpenAPI a document is written in.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    read::{Object, Source, Value},
};

/// A version that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V20,
    V30,
    V31,
    V32,
}

impl Version {
    /// What messages call it.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::V20 => "Swagger 2.0",
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
            Self::V32 => "OpenAPI 3.2",
        }
    }
}

/// The version of a document; what has none that is understood is refused.
pub(super) fn version(source: &Source, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = &source.root;
    let mut refuse = |message: String, help: &str| {
        diagnostics.push(Diagnostic::error(Code::UnknownVersion, Some(root.place), "", message).help(help));
        None
    };
    let Value::Object(object) = &root.value else {
        return refuse(
            "this is no OpenAPI document: its root is no object".to_owned(),
            "point at an OpenAPI document",
        );
    };
    if object.get("openapi").is_some() && object.get("swagger").is_some() {
        let message = "the document says `openapi` and `swagger`: it cannot be both".to_owned();
        return refuse(message, "remove the one that it is not");
    }
    match text(object, "openapi") {
        Some(version) if is_of(version, "3.0") => Some(Version::V30),
        Some(version) if is_of(version, "3.1") => Some(Version::V31),
        Some(version) if is_of(version, "3.2") => Some(Version::V32),
        Some(version) => refuse(
            format!("OpenAPI {version} is not supported; OpenAPI 3.0 to 3.2 and Swagger 2.0 are"),
            "write the document in one of these versions",
        ),
        None if is_swagger(object) => Some(Version::V20),
        None if object.get("swagger").is_some() => refuse(
            "this version of Swagger is not supported; 2.0 is".to_owned(),
            "write the document in Swagger 2.0 or OpenAPI 3",
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

/// Whether a document says that it is of Swagger 2.0, be it as a number.
fn is_swagger(object: &Object) -> bool {
    let version = object.get("swagger").map(|node| &node.value);
    match version {
        Some(Value::String(text)) => matches!(text.trim(), "2.0" | "2" | "2.0.0"),
        Some(Value::Number(number)) => number.as_f64() == Some(2.0),
        _ => false,
    }
}

/// Whether a version is of a minor one: `3.1.0` and `3.1` are of `3.1`, and `3.10` is not.
fn is_of(version: &str, minor: &str) -> bool {
    let rest = version.trim().strip_prefix(minor);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object.get(key).and_then(|node| node.as_str())
}
