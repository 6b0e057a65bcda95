//! Types and formats: which ones allow more than others.

use super::{
    flat::{Additional, Flat},
    limits::Change,
};

/// How the allowed types change.
pub(super) fn types_change(old: &Flat, new: &Flat) -> Option<Change> {
    let ty = |flat: &Flat| flat.ty.clone().or_else(|| implied_type(flat));
    let (before, after) = (ty(old), ty(new));
    if before == after {
        return formats_change(old.format.as_deref(), new.format.as_deref());
    }
    match (before.as_deref(), after.as_deref()) {
        (Some("integer"), Some("number")) => Some(Change::Looser),
        (Some("number"), Some("integer")) => Some(Change::Tighter),
        // A choice says of which types it is.
        (Some(_), None) if new.choices.is_empty() => Some(Change::Looser),
        (None, Some(_)) if old.choices.is_empty() => Some(Change::Tighter),
        (Some(_), None) | (None, Some(_)) => None,
        _ => Some(Change::Other),
    }
}

/// The type of a schema that declares none and has keywords of one.
pub(super) fn implied_type(flat: &Flat) -> Option<String> {
    if !flat.properties.is_empty() || flat.additional != Additional::Any {
        return Some("object".to_owned());
    }
    (flat.items.is_some() || !flat.prefix_items.is_empty()).then(|| "array".to_owned())
}

pub(super) fn formats_change(old: Option<&str>, new: Option<&str>) -> Option<Change> {
    match (old, new) {
        (old, new) if old == new => None,
        // Bytes are not a string with a format.
        (Some("binary"), _) | (_, Some("binary")) => Some(Change::Other),
        (None, Some(_)) | (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Some(Change::Tighter),
        (Some(_), None) | (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Some(Change::Looser),
        _ => Some(Change::Other),
    }
}

pub(super) fn described(flat: &Flat) -> String {
    let ty = flat.ty.clone().or_else(|| implied_type(flat));
    let ty = ty.unwrap_or_else(|| "any type".to_owned());
    match &flat.format {
        Some(format) => format!("{ty} ({format})"),
        None => ty,
    }
}
