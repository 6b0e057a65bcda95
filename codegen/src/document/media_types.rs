//! Media types that are nearly a common one.

use super::fields::Walk;
use crate::{at::At, diagnostic::Code, nearest::nearest, read::Node};

/// The registered top-level types. Types that begin with `x-` need no registration.
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
pub(super) fn misspelt_media_types(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) {
    let members = node.as_object().into_iter().flatten();
    for member in members {
        let name = member.name.split(';').next().unwrap_or_default().trim();
        let Some((kind, _)) = name.split_once('/') else {
            continue;
        };
        let is_common = COMMON_MEDIA_TYPES
            .iter()
            .any(|common| common.eq_ignore_ascii_case(name));
        let is_private = kind.starts_with("x-") || kind == "*";
        // Nearly all are common: distances are for the others.
        if is_common || is_private {
            continue;
        }
        let lowercase = name.to_ascii_lowercase();
        let common = COMMON_MEDIA_TYPES.iter().copied();
        let swapped = common.clone().find(|common| is_one_letter_away(common, &lowercase));
        let is_registered = TOP_LEVEL_TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind));
        let meant = swapped.or_else(|| if is_registered { None } else { nearest(name, common) });
        if let Some(meant) = meant {
            let message = format!("media type `{}` is unknown: the client uses it unchanged", member.name);
            let help = format!("did you mean `{meant}`?");
            walk.warn(Code::InvalidValue, &member.value, &at.key(&member.name), message, &help);
        }
    }
}

/// Short subtypes differ in a letter without being slips: `text/csv` and `text/css`, `json` and `bson`.
fn is_one_letter_away(common: &str, name: &str) -> bool {
    let subtype = common.rsplit('/').next().unwrap_or_default();
    let is_as_long = common.len().abs_diff(name.len()) <= 1;
    is_as_long && (subtype.len() > 4 || name.len() < common.len()) && strsim::damerau_levenshtein(common, name) == 1
}
