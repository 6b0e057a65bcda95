//! Which version of OpenAPI a document is written in.

use super::foreign;
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

/// Whether a document may have a version that is understood; else it is refused before anything that it refers to is read. One
/// that is a reference to another file has that of the file.
pub fn may_have_version(source: &Source, diagnostics: &mut Diagnostics) -> bool {
    let reference = source.root.get("$ref").and_then(|reference| reference.as_str());
    let is_elsewhere = reference.is_some_and(|reference| !reference.starts_with('#'));
    let mut said = Diagnostics::new();
    let has_version = is_elsewhere || version(source, &mut said).is_some();
    if !has_version {
        diagnostics.extend(said);
    }
    has_version
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
            "this is not an OpenAPI document: its root is not an object".to_owned(),
            "use an OpenAPI document",
        );
    };
    let (key, value) = match (object.get("openapi"), object.get("swagger")) {
        (Some(_), Some(_)) => {
            let message = "the document has both `openapi` and `swagger`, but must have only one".to_owned();
            return refuse(message, "remove the key of the other version");
        }
        (Some(value), None) => ("openapi", value),
        (None, Some(value)) => ("swagger", value),
        (None, None) => {
            let text = source.files.get(root.place.file).map_or("", |file| file.text());
            let refusal = foreign::refusal(object, text);
            let code = if refusal.is_other_format {
                Code::OtherFormat
            } else {
                Code::UnknownVersion
            };
            let error = Diagnostic::error(code, Some(root.place), "", refusal.message).help(refusal.help);
            diagnostics.push(error);
            return None;
        }
    };
    let declared = match &value.value {
        Value::String(text) => text.trim(),
        Value::Number(number) => number.text(),
        _ => {
            return refuse(
                format!("the value of `{key}` is not a string"),
                "quote the version, as in `openapi: '3.0.3'`",
            );
        }
    };
    let Some(version) = known(key, declared) else {
        let name = if key == "openapi" { "OpenAPI" } else { "Swagger" };
        return refuse(
            format!("{name} {declared} is not supported: use OpenAPI 3.0 to 3.2 or Swagger 2.0"),
            "convert the document to one of these versions",
        );
    };
    if !is_whole(declared) {
        let message = format!("`{declared}` is not a version number: it is read as {}", version.text());
        let warning = Diagnostic::warning(Code::InvalidValue, Some(value.place), format!("/{key}"), message);
        diagnostics.push(warning.help("write only the version, such as `3.0.3`"));
    }
    if value.as_number().is_some() {
        let message = format!("the version is a number: it is read as `{declared}`");
        let warning = Diagnostic::warning(Code::WrongKind, Some(value.place), format!("/{key}"), message);
        diagnostics.push(warning.help("quote the version, as in `openapi: '3.0.3'`"));
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

/// Whether nothing but a patch number, or the name of a draft, follows the minor version.
fn is_whole(version: &str) -> bool {
    let (numbers, name) = version.split_once('-').unwrap_or((version, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    numbers.split('.').count() <= 3
        && numbers.split('.').all(is_number)
        && !name.is_empty()
        && name.chars().all(is_name)
}
