//! The extensions of operations.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::{
    at::At,
    diagnostic::Code,
    ir::{Idempotency, PageField, PageSize, Paging, Stability},
    lower::report::Report,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PagingForm {
    token: FieldForm,
    size: Option<FieldForm>,
    next: String,
    items: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldForm {
    #[serde(rename = "in")]
    location: String,
    name: String,
    minimum: Option<i64>,
    maximum: Option<i64>,
}

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
    let form = "{token: {in: query, name: NAME}, size: {in: query, name: NAME}, next: NAME, items: NAME}";
    let paging: PagingForm = report.extension(extensions, KEY, form, at)?;
    let mut field = |form: FieldForm| match PageField::from_str(&form.location, form.name) {
        Some(field) => Some((field, form.minimum, form.maximum)),
        None => {
            let message = format!("a page field cannot be in `{}`", form.location);
            report.error(Code::InvalidExtension, &at.key(KEY), message, "use `query` or `body`");
            None
        }
    };
    let (token, _, _) = field(paging.token)?;
    let size = match paging.size {
        Some(size) => {
            let (field, minimum, maximum) = field(size)?;
            Some(PageSize {
                field,
                minimum,
                maximum,
            })
        }
        None => None,
    };
    Some(Paging {
        token,
        size,
        next: paging.next,
        items: paging.items,
    })
}

impl PageField {
    fn from_str(location: &str, name: String) -> Option<Self> {
        match location {
            "query" => Some(Self::Query(name)),
            "body" => Some(Self::Body(name)),
            _ => None,
        }
    }
}
