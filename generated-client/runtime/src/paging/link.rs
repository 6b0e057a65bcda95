//! The header `Link` (RFC 8288).

use http::{HeaderMap, header};

/// The target of the first link with this relation. A link with an anchor is about something else than the response.
pub(super) fn target<'h>(headers: &'h HeaderMap, relation: &str) -> Option<&'h str> {
    let values = headers.get_all(header::LINK).iter();
    let mut texts = values.filter_map(|value| value.to_str().ok());
    texts.find_map(|text| in_text(text, relation))
}

fn in_text<'h>(text: &'h str, relation: &str) -> Option<&'h str> {
    let mut rest = text;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let (parameters, after) = after.split_at(end_of_link(after));
        if has_relation(parameters, relation) {
            return Some(target.trim());
        }
        rest = after;
    }
}

/// Where the parameters of a link end: at a comma that is not in quotes.
fn end_of_link(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return index,
            _ => {}
        }
    }
    text.len()
}

fn has_relation(parameters: &str, relation: &str) -> bool {
    let mut is_related = None;
    for parameter in split_unquoted(parameters) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "anchor" => return false,
            // Only the first `rel` counts.
            "rel" if is_related.is_none() => {
                let mut relations = value.split_ascii_whitespace();
                is_related = Some(relations.any(|own| own.eq_ignore_ascii_case(relation)));
            }
            _ => {}
        }
    }
    is_related == Some(true)
}

/// The parameters of a link, which semicolons separate.
fn split_unquoted(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |char| {
        quoted ^= char == '"';
        char == ';' && !quoted
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn next(lines: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::LINK, line.parse().unwrap());
        }
        target(&headers, "next").map(str::to_owned)
    }

    #[test]
    fn the_target_of_a_relation_is_found() {
        let rows: [(&[&str], Option<&str>); 11] = [
            (&[r#"<https://a.b/c?page=2>; rel="next""#], Some("https://a.b/c?page=2")),
            (
                &[r#"<https://a.b/?p=1>; rel="prev", <https://a.b/?p=3>; rel="next", <x>; rel="last""#],
                Some("https://a.b/?p=3"),
            ),
            (&["</a,b;c>; rel=next"], Some("/a,b;c")),
            (
                &[r#"<a>; title="a, <b>; rel=next"; rel="up", <c>; REL="Last NEXT""#],
                Some("c"),
            ),
            (&[r#"<a>; title="q\", <b>; rel=next"; rel=up"#], None),
            (&["<a>; rel=prev", "<b>; rel=next"], Some("b")),
            (&[r#"<a>; rel="prev"; rel="next""#], None),
            (&[r##"<a>; rel="next"; anchor="#x""##], None),
            (&["<>; rel=next"], Some("")),
            (&["a; rel=next", "<b"], None),
            (&[], None),
        ];
        for (lines, expected) in rows {
            assert_eq!(next(lines).as_deref(), expected, "{lines:?}");
        }
    }
}
