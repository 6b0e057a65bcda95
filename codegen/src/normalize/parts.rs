//! What OpenAPI 3.1 has changed outside of schemas.

use super::{rewrite::Rewrite, vendor, version::Version};
use crate::{
    at::At,
    diagnostic::{Code, Place},
    nearest::nearest,
    read::{Node, Object, Value},
};

/// The vocabularies that schemas are read by start so; what older drafts say otherwise is understood too.
const KNOWN_DIALECTS: &[&str] = &["spec.openapis.org/oas/3.", "json-schema.org/draft"];

pub(super) fn document(rewrite: &mut Rewrite<'_>, node: &mut Node, at: &At<'_>) {
    let place = node.place;
    let Some(root) = node.as_object_mut() else { return };
    if let Some(version) = root.get_mut("openapi") {
        version.value = Value::from("3.0.3");
    }
    if let Some(dialect) = root.remove("jsonSchemaDialect") {
        rewrite.removed.claimed.push(dialect.name_place);
        schema_dialect(rewrite, &dialect.value, &at.key("jsonSchemaDialect"));
    }
    if let Some(info) = root.get_mut("info").and_then(Node::as_object_mut) {
        summary(rewrite, info);
    }
    let has_other_parts = root.contains("webhooks") || root.contains("components");
    // One that is misspelt is an error of who reads it.
    let is_misspelt = || {
        root.iter()
            .any(|member| nearest(&member.name, std::iter::once("paths")).is_some())
    };
    if !root.contains("paths") && has_other_parts && !is_misspelt() {
        root.insert("paths", place, empty(place));
        if rewrite.version >= Version::V31 {
            rewrite.changed(place, "paths", "no paths");
        } else {
            let message = format!(
                "`paths` is required in {} but missing: the rest of the document is used",
                rewrite.version.text()
            );
            rewrite.warn(Code::MissingKey, place, at, message, "add `paths: {}`");
        }
    }
    if let Some(webhooks) = root.member("webhooks") {
        rewrite.foreign(Version::V31, webhooks.name_place, &at.key("webhooks"), "`webhooks`");
    }
}

/// OpenAPI 3.1 allows an operation to be silent about its responses.
pub(super) fn operation(rewrite: &mut Rewrite<'_>, node: &mut Node, at: &At<'_>) {
    let place = node.place;
    let Some(operation) = node.as_object_mut() else { return };
    vendor::operation(rewrite, operation, at);
    if rewrite.version >= Version::V31 && !operation.contains("responses") {
        operation.insert("responses", place, empty(place));
        rewrite.changed(place, "responses", "no responses");
    }
}

/// Another vocabulary than JSON Schema's is not known here.
pub(super) fn schema_dialect(rewrite: &mut Rewrite<'_>, node: &Node, at: &At<'_>) {
    let uri = node.as_str().unwrap_or_default();
    let name = uri.trim_start_matches("https://").trim_start_matches("http://");
    if KNOWN_DIALECTS.iter().any(|known| name.starts_with(known)) {
        rewrite.changed(node.place, "$schema", "the same");
        return;
    }
    let message = format!("dialect `{uri}` is not supported: schemas are read as JSON Schema 2020-12");
    rewrite.weakened(
        node.place,
        at,
        message,
        "check that the keywords have the same meaning in both dialects",
    );
}

/// `info.summary` becomes the first paragraph of the description.
fn summary(rewrite: &mut Rewrite<'_>, info: &mut Object) {
    let Some(summary) = info.get("summary") else { return };
    let place = summary.place;
    let Some(summary) = summary.as_str() else { return };
    let description = info.get("description").and_then(Node::as_str).unwrap_or_default();
    let text = if description.is_empty() {
        summary.to_owned()
    } else {
        format!("{summary}\n\n{description}")
    };
    info.remove("summary");
    info.insert("description", place, Node::new(place, Value::from(text.as_str())));
    rewrite.changed(place, "summary", "the start of `description`");
}

fn empty(place: Place) -> Node {
    Node::new(place, Value::Object(Object::new()))
}
