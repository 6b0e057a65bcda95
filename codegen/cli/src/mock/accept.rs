//! Selects the media type of a response.

use super::{
    answer::Asked,
    media::{includes, is_json},
};

/// Returns the index of the declared media type that `Accept` prefers. JSON comes first among equals, and then the order of the
/// document. Returns `None` if `Accept` excludes all.
pub(super) fn select(asked: &Asked, declared: &[&str]) -> Option<usize> {
    let ranges: Vec<(&str, u32)> = asked
        .all("accept")
        .flat_map(|field| field.split(','))
        .map(range)
        .collect();
    let weight = |media_type: &str| {
        if ranges.is_empty() {
            return 1000;
        }
        // The most specific range decides.
        let fitting = ranges.iter().filter(|(range, _)| includes(range, media_type));
        let specific = |range: &str| {
            if range.starts_with('*') {
                0
            } else {
                2 - range.matches('*').count()
            }
        };
        fitting
            .max_by_key(|(range, _)| specific(range))
            .map_or(0, |(_, weight)| *weight)
    };
    let weighed = declared.iter().enumerate().map(|(index, media_type)| {
        let order = declared.len() - index;
        ((weight(media_type), is_json(media_type), order), index)
    });
    let best = weighed.filter(|((weight, _, _), _)| *weight > 0).max();
    best.map(|(_, index)| index)
}

/// Returns a range and its weight in thousandths.
fn range(text: &str) -> (&str, u32) {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (range, weight.map_or(1000, thousandths))
}

fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    let thousandths = digits.parse().unwrap_or(0);
    if whole == "0" { thousandths } else { 1000 }
}

#[cfg(test)]
mod tests {
    use super::{Asked, select};

    #[test]
    fn the_preferred_media_type_is_selected() {
        let declared = ["text/csv", "application/json", "text/plain"];
        for (accept, expected) in [
            (None, Some(1)),
            (Some("*/*"), Some(1)),
            (Some("text/*"), Some(0)),
            (Some("text/plain, text/csv;q=0.5"), Some(2)),
            (Some("application/json;q=0, */*;q=0.1"), Some(0)),
            (Some("image/png"), None),
        ] {
            let headers = accept.map(|accept| ("accept".to_owned(), accept.to_owned()));
            let asked = Asked {
                headers: headers.into_iter().collect(),
                ..Asked::default()
            };
            assert_eq!(select(&asked, &declared), expected, "{accept:?}");
        }
    }
}
