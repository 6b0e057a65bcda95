//! Which version of OpenAPI a document is written in.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    read::{Source, Value},
};

/// A version that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V20,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1.
    V31,
    /// OpenAPI 3.2.
    V32,
}

impl Version {
    /// What messages call it.
    #[must_use]
    pub const fn text(self) -> &'static str {
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
    let (key, value) = match (object.get("openapi"), object.get("swagger")) {
        (Some(_), Some(_)) => {
            let message = "the document says `openapi` and `swagger`: it cannot be both".to_owned();
            return refuse(message, "remove the one that it is not");
        }
        (Some(value), None) => ("openapi", value),
        (None, Some(value)) => ("swagger", value),
        (None, None) => {
            return refuse(
                "this is no OpenAPI document: it has no text under `openapi`".to_owned(),
                "add `openapi: 3.0.3` at the top",
            );
        }
    };
    let declared = match &value.value {
        Value::String(text) => text.trim(),
        Value::Number(number) => number.text(),
        _ => {
            return refuse(
                format!("the value of `{key}` is no text"),
                "write the version in quotes, as in `openapi: '3.0.3'`",
            );
        }
    };
    let Some(version) = known(key, declared) else {
        let name = if key == "openapi" { "OpenAPI" } else { "Swagger" };
        return refuse(
            format!("{name} {declared} is not supported; OpenAPI 3.0 to 3.2 and Swagger 2.0 are"),
            "write the document in one of these versions",
        );
    };
    if value.as_number().is_some() {
        let message = format!("the version is a number: it is read as `{declared}`");
        let warning = Diagnostic::warning(Code::WrongKind, Some(value.place), format!("/{key}"), message);
        diagnostics.push(warning.help("write it in quotes, as in `openapi: '3.0.3'`"));
    }
    Some(version)
}

fn known(key: &str, declared: &str) -> Option<Version> {
    let versions: &[(&str, Version)] = match key {
        "openapi" => &[("3.0", Version::V30), ("3.1", Version::V31), ("3.2", Version::V32)],
        _ => &[("2.0", Version::V20)],
    };
    let found = versions.iter().find(|(minor, _)| is_of(declared, minor));
    found.map(|(_, version)| *version)
}

/// Whether a version is of a minor one: `3.1.0` and `3.1` are of `3.1`, and `3.10` is not.
fn is_of(version: &str, minor: &str) -> bool {
    let rest = version.strip_prefix(minor);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}
