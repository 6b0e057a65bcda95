//! Media types and how the parts of their bodies are written.

use openapiv3::{Content, Encoding, MediaType, QueryStyle};

use super::{
    build::reference_or,
    fields::{Names, Walk},
    parts::{QUERY_STYLES, header, query_style, quoted},
    schema,
};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::{did_you_mean, nearest},
    read::Node,
};

/// The extension of a media type whose schema is that of one item of a stream: `openapiv3` has no `itemSchema`.
pub const ITEM_SCHEMA: &str = "x-client-item-schema";

pub(super) fn content(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Content {
    misspelt_media_types(walk, node, at);
    walk.map(node, at, "`content`", Names::Any, |walk, node, at| {
        let mut fields = walk.object(node, at, "a media type")?;
        let whole = fields
            .get("schema")
            .and_then(|node| reference_or(walk, node, &at.key("schema"), schema::schema));
        let item = fields
            .get("itemSchema")
            .and_then(|node| reference_or(walk, node, &at.key("itemSchema"), schema::schema));
        let encoding = fields
            .get("encoding")
            .map(|node| walk.map(node, &at.key("encoding"), "`encoding`", Names::Any, encoding))
            .unwrap_or_default();
        fields.leave_out(walk, at, &["example", "examples"]);
        let mut extensions = fields.finish(walk, at);
        if item.is_some() {
            extensions.insert(ITEM_SCHEMA.to_owned(), true.into());
        }
        let schema = item.or(whole);
        Some(MediaType {
            schema,
            encoding,
            extensions,
            ..MediaType::default()
        })
    })
}

/// The top-level types that are registered, without `x-` ones, which anybody may use.
const TOP_LEVEL_TYPES: &[&str] = &[
    "application",
    "audio",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];
/// The media types that most documents have.
const COMMON_MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/xml",
    "application/yaml",
    "application/octet-stream",
    "application/pdf",
    "application/x-www-form-urlencoded",
    "application/problem+json",
    "application/merge-patch+json",
    "application/json-patch+json",
    "application/x-ndjson",
    "multipart/form-data",
    "multipart/mixed",
    "text/plain",
    "text/html",
    "text/csv",
    "text/event-stream",
];

/// Warns of media types that are nearly a common one, and of no registered kind or a letter away.
fn misspelt_media_types(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) {
    let members = node.as_object().into_iter().flatten();
    for member in members {
        let name = member.name.split(';').next().unwrap_or_default().trim();
        let Some((kind, _)) = name.split_once('/') else {
            continue;
        };
        let is_common = COMMON_MEDIA_TYPES
            .iter()
            .any(|common| common.eq_ignore_ascii_case(name));
        let is_registered = TOP_LEVEL_TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind));
        let is_private = kind.starts_with("x-") || kind == "*";
        let swapped = COMMON_MEDIA_TYPES
            .iter()
            .find(|common| is_one_letter_away(common, &name.to_ascii_lowercase()));
        let meant = match swapped {
            _ if is_common || is_private => None,
            Some(common) => Some(*common),
            None if !is_registered => nearest(name, COMMON_MEDIA_TYPES.iter().copied()),
            None => None,
        };
        if let Some(meant) = meant {
            let message = format!("the media type `{}` is not known: it is used as it is", member.name);
            let help = format!("did you mean `{meant}`?");
            walk.warn(Code::InvalidValue, &member.value, &at.key(&member.name), message, &help);
        }
    }
}

/// Short subtypes differ in a letter without being slips: `text/csv` and `text/css`, `json` and `bson`.
fn is_one_letter_away(common: &str, name: &str) -> bool {
    let subtype = common.rsplit('/').next().unwrap_or_default();
    (subtype.len() > 4 || name.len() < common.len()) && strsim::damerau_levenshtein(common, name) == 1
}

/// How a property of a form or of a multipart body is written; the style is there where anything is said of it.
fn encoding(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Encoding> {
    let mut fields = walk.object(node, at, "an encoding")?;
    let content_type = fields.text(walk, at, "contentType");
    let headers = fields
        .get("headers")
        .map(|node| {
            walk.map(node, &at.key("headers"), "`headers`", Names::Any, |walk, node, at| {
                reference_or(walk, node, at, header)
            })
        })
        .unwrap_or_default();
    let style = fields.text(walk, at, "style");
    let explode = fields.flag(walk, at, "explode");
    let allow_reserved = fields.flag(walk, at, "allowReserved");
    let extensions = fields.finish(walk, at);
    let is_styled = style.is_some() || explode.is_some() || allow_reserved.is_some();
    let known = query_style(style.as_deref());
    if known.is_none() {
        let style = style.as_deref().unwrap_or_default();
        let otherwise = format!("use {}", quoted(QUERY_STYLES));
        let help = did_you_mean(style, QUERY_STYLES.iter().copied(), &otherwise);
        let message = format!("an encoding cannot have the style `{style}`");
        walk.error(Code::InvalidValue, node, &at.key("style"), message, &help);
    }
    let style = known.filter(|_| is_styled);
    Some(Encoding {
        explode: explode.unwrap_or(matches!(style, Some(QueryStyle::Form))),
        content_type,
        headers,
        style,
        allow_reserved: allow_reserved.unwrap_or_default(),
        extensions,
    })
}
