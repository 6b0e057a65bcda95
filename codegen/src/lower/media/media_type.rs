//! Media types.

/// A media type without its parameters.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON values, one a line or a record.
pub(super) fn is_lines(media: &str) -> bool {
    let essence = essence(media);
    matches!(
        essence.split('/').next_back().unwrap_or_default(),
        "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-seq" | "stream+json"
    )
}

/// Whether a media type is JSON under any name.
pub(in crate::lower) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether values of a media type are texts.
pub(super) fn is_text(media: &str) -> bool {
    essence(media).starts_with("text/")
}
