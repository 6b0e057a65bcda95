//! The extensions of operations.

use serde_json::Value as Json;

use super::paging_form;
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Idempotency, Paging, Stability},
    lower::report::Report,
};

/// What the extensions of an operation say.
pub(super) struct OperationExtensions {
    pub(super) group: Option<String>,
    pub(super) method: Option<String>,
    pub(super) stability: Stability,
    pub(super) idempotency: Idempotency,
    pub(super) paging: Option<Paging>,
    pub(super) events_end: Option<String>,
    /// The body is an argument, although the document lets it be left out (`x-client-body-required`).
    pub(super) body_required: bool,
}

impl OperationExtensions {
    pub(super) const GROUP: &'static str = "x-client-group";
    pub(super) const BODY_REQUIRED: &'static str = "x-client-body-required";

    const KNOWN: [&'static str; 7] = [
        Self::GROUP,
        "x-client-method",
        "x-client-stability",
        "x-client-idempotent",
        "x-client-paging",
        "x-client-events-end",
        Self::BODY_REQUIRED,
    ];

    pub(super) fn read(report: &mut Report<'_>, operation: &openapiv3::Operation, at: &At<'_>) -> Self {
        let extensions = &operation.extensions;
        report.unknown_extensions(extensions, &Self::KNOWN, at);
        let stability: Option<String> = report.extension(extensions, "x-client-stability", "draft", at);
        let stability = match stability.as_deref() {
            None | Some("stable") => Stability::Stable,
            Some("draft") => Stability::Draft,
            Some(other) => {
                let message = format!("`{other}` is not a valid stability level");
                report.error(
                    Code::InvalidExtension,
                    &at.key("x-client-stability"),
                    message,
                    "use `draft` or `stable`",
                );
                Stability::Stable
            }
        };
        let idempotent: Option<bool> = report.extension(extensions, "x-client-idempotent", "true", at);
        Self {
            group: report.extension(extensions, Self::GROUP, "NAME", at),
            method: report.extension(extensions, "x-client-method", "NAME", at),
            stability,
            idempotency: if idempotent == Some(true) {
                Idempotency::Declared
            } else {
                Idempotency::OfMethod
            },
            paging: paging(report, extensions, at),
            events_end: report.extension(extensions, "x-client-events-end", "\"[DONE]\"", at),
            body_required: report.extension(extensions, Self::BODY_REQUIRED, "true", at) == Some(true),
        }
    }
}

fn paging(report: &mut Report<'_>, extensions: &indexmap::IndexMap<String, Json>, at: &At<'_>) -> Option<Paging> {
    const KEY: &str = "x-client-paging";
    let value = extensions.get(KEY)?;
    report.claim(at, KEY);
    paging_form::read(report, value, &at.key(KEY))
}
