//! Media types.

/// Returns a media type without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns whether values of a media type are JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Returns whether values of a media type are XML.
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}

/// Returns whether a range such as `text/*` includes a media type. Both can be ranges.
pub(super) fn includes(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (essence(range), essence(media_type));
    let parts = |text: &str| {
        let (kind, subtype) = text.split_once('/').unwrap_or((text, "*"));
        (kind.to_owned(), subtype.to_owned())
    };
    let ((kind, subtype), (other_kind, other_subtype)) = (parts(&range), parts(&media_type));
    let fits = |a: &str, b: &str| a == "*" || b == "*" || a == b;
    fits(&kind, &other_kind) && fits(&subtype, &other_subtype)
}

/// Returns a media type that a range includes.
pub(super) fn concrete(range: &str, has_schema: bool) -> String {
    match essence(range).as_str() {
        "*/*" | "*" | "application/*" if has_schema => "application/json".to_owned(),
        "*/*" | "*" | "application/*" => "application/octet-stream".to_owned(),
        "text/*" => "text/plain".to_owned(),
        "image/*" => "image/png".to_owned(),
        "audio/*" => "audio/mpeg".to_owned(),
        "video/*" => "video/mp4".to_owned(),
        _ => range.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{includes, is_json};

    #[test]
    fn ranges_include_media_types() {
        for (range, media_type, expected) in [
            ("*/*", "text/plain", true),
            ("text/*;q=0.1", "text/plain; charset=utf-8", true),
            ("text/html", "text/*", true),
            ("text/html", "text/plain", false),
            ("image/*", "text/plain", false),
        ] {
            assert_eq!(includes(range, media_type), expected, "{range} {media_type}");
        }
        assert!(is_json("application/vnd.a+json; charset=utf-8") && !is_json("application/jsonl"));
    }
}
