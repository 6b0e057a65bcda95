//! The extensions of ours, and references: everything that names another part of the document.

use openapiv3::SchemaData;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::{Lowering, update_mask};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Field, Idempotency, Member, Oneof, PageField, PageSize, Paging, Presence, Stability},
    nearest::nearest,
};

impl Lowering<'_> {
    /// Reports a reference to a component that is not there. One that is there and could not be read has been reported.
    pub(super) fn unresolved<'a>(
        &mut self,
        kind: &str,
        section: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
        at: &At<'_>,
    ) {
        let place = At::of("/components");
        let place = place.key(section);
        if self.document.source.root.at(&place.key(name).pointer()).is_none() {
            let help = did_you_mean(name, known, &format!("#/components/{section}/"));
            self.error(
                Code::UnresolvedReference,
                &at.key("$ref"),
                format!("there is no {kind} `{name}`"),
                help,
            );
        }
    }

    /// The name of the component that a reference leads to. All other references have been reported: the bundled document
    /// has none.
    pub(super) fn component_name(reference: &str, section: &str) -> Option<String> {
        let name = reference
            .strip_prefix("#/components/")?
            .strip_prefix(section)?
            .strip_prefix('/')?;
        (!name.contains('/')).then(|| unescape(name))
    }

    /// Reads an extension of a known form; a value of another form is an error.
    pub(super) fn extension<T: DeserializeOwned>(
        &mut self,
        extensions: &indexmap::IndexMap<String, Json>,
        key: &str,
        form: &str,
        at: &At<'_>,
    ) -> Option<T> {
        let value = extensions.get(key)?;
        match serde_json::from_value(value.clone()) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("`{key}` has another form than `{form}`: {error}");
                self.error(
                    Code::InvalidExtension,
                    &at.key(key),
                    message,
                    format!("write `{key}: {form}`"),
                );
                None
            }
        }
    }

    /// Reports the extensions that look like ours and are none.
    pub(super) fn unknown_extensions(
        &mut self,
        extensions: &indexmap::IndexMap<String, Json>,
        known: &[&str],
        at: &At<'_>,
    ) {
        let of_the_document = extensions.keys().filter(|key| key.starts_with("x-"));
        for key in of_the_document.filter(|key| !known.contains(&key.as_str())) {
            let message = format!("the extension `{key}` is not known here: it is ignored");
            let help = did_you_mean(key, known.iter().copied(), "");
            self.warn(Code::UnknownExtension, &at.key(key), message, help);
        }
    }
}

/// `x-client-enum-prefix`: what the names of the variants leave out.
pub(super) fn enum_prefix(lowering: &mut Lowering<'_>, data: &SchemaData, values: &[String], at: &At<'_>) -> String {
    const KEY: &str = "x-client-enum-prefix";
    lowering.unknown_extensions(&data.extensions, &[KEY], at);
    let prefix: String = lowering
        .extension(&data.extensions, KEY, "TEXT", at)
        .unwrap_or_default();
    if prefix.is_empty() {
        return prefix;
    }
    let outside = values
        .iter()
        .find(|value| !value.starts_with(&prefix) || **value == prefix);
    if let Some(value) = outside {
        let message = format!("the value `{value}` does not start with `{prefix}`: its variant keeps the whole name");
        lowering.warn(
            Code::InvalidExtension,
            &at.key(KEY),
            message,
            "choose a prefix that all the values share",
        );
    }
    prefix
}

/// `x-client-oneof`: takes the arms out of the fields and puts them into groups.
pub(super) fn oneofs(
    lowering: &mut Lowering<'_>,
    data: &SchemaData,
    fields: &mut Vec<Field>,
    at: &At<'_>,
) -> Vec<Member> {
    const KEY: &str = "x-client-oneof";
    lowering.unknown_extensions(&data.extensions, &[KEY, update_mask::KEY], at);
    let form = "{group: [property, ...]}";
    let groups: indexmap::IndexMap<String, Vec<String>> =
        lowering.extension(&data.extensions, KEY, form, at).unwrap_or_default();
    let here = at.key(KEY);
    let mut members = Vec::with_capacity(groups.len());
    for (name, arms) in groups {
        let at = here.key(&name);
        let mut oneof = Oneof {
            name: name.clone(),
            arms: Vec::with_capacity(arms.len()),
        };
        for (index, arm) in arms.iter().enumerate() {
            let Some(position) = fields.iter().position(|field| field.name == *arm) else {
                let message = format!("`{arm}` is no property of this schema, or is in another group already");
                let help = did_you_mean(arm, fields.iter().map(|field| field.name.as_str()), "");
                lowering.error(Code::UnknownProperty, &at.index(index), message, help);
                continue;
            };
            let field = fields.remove(position);
            // Not set, and set to null, are the same for an arm: protobuf knows no null.
            oneof.arms.push(Field {
                presence: Presence::Optional,
                ..field
            });
        }
        members.push(Member::Oneof(oneof));
    }
    members
}

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
    pub(super) const BODY_REQUIRED: &'static str = "x-client-body-required";

    const KNOWN: [&'static str; 7] = [
        "x-client-group",
        "x-client-method",
        "x-client-stability",
        "x-client-idempotent",
        "x-client-paging",
        "x-client-events-end",
        Self::BODY_REQUIRED,
    ];

    pub(super) fn read(lowering: &mut Lowering<'_>, operation: &openapiv3::Operation, at: &At<'_>) -> Self {
        let extensions = &operation.extensions;
        lowering.unknown_extensions(extensions, &Self::KNOWN, at);
        let stability: Option<String> = lowering.extension(extensions, "x-client-stability", "draft", at);
        let stability = match stability.as_deref() {
            None | Some("stable") => Stability::Stable,
            Some("draft") => Stability::Draft,
            Some(other) => {
                let message = format!("`{other}` is no stability");
                lowering.error(
                    Code::InvalidExtension,
                    &at.key("x-client-stability"),
                    message,
                    "write `draft` or `stable`",
                );
                Stability::Stable
            }
        };
        let idempotent: Option<bool> = lowering.extension(extensions, "x-client-idempotent", "true", at);
        Self {
            group: lowering.extension(extensions, "x-client-group", "NAME", at),
            method: lowering.extension(extensions, "x-client-method", "NAME", at),
            stability,
            idempotency: if idempotent == Some(true) {
                Idempotency::Declared
            } else {
                Idempotency::OfMethod
            },
            paging: paging(lowering, extensions, at),
            events_end: lowering.extension(extensions, "x-client-events-end", "\"[DONE]\"", at),
            body_required: lowering.extension(extensions, Self::BODY_REQUIRED, "true", at) == Some(true),
        }
    }
}

fn paging(lowering: &mut Lowering<'_>, extensions: &indexmap::IndexMap<String, Json>, at: &At<'_>) -> Option<Paging> {
    const KEY: &str = "x-client-paging";
    let form = "{token: {in: query, name: NAME}, size: {in: query, name: NAME}, next: NAME, items: NAME}";
    let paging: PagingForm = lowering.extension(extensions, KEY, form, at)?;
    let mut field = |form: FieldForm| match PageField::from_str(&form.location, form.name) {
        Some(field) => Some((field, form.minimum, form.maximum)),
        None => {
            let message = format!("a page field cannot be in `{}`", form.location);
            lowering.error(Code::InvalidExtension, &at.key(KEY), message, "use `query` or `body`");
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

/// The next step for a name that leads nowhere: the nearest known one, if any is near.
pub(super) fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>, prefix: &str) -> String {
    match nearest(name, known) {
        Some(candidate) => format!("did you mean `{prefix}{candidate}`?"),
        None => "check the spelling".to_owned(),
    }
}

/// A segment of a reference as the name that it stands for: percent-encoding first, then the pointer's own.
pub(super) fn unescape(segment: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
    decoded.replace("~1", "/").replace("~0", "~")
}
