//! Path templates. Each argument stays within its segment.

use crate::encoding::{Keep, push_encoded};

/// Path arguments by name, each already written in its style and percent-encoded.
pub(crate) type Arguments = Vec<(&'static str, String)>;

/// Returns the reason why an argument is not allowed in a path, or `None` if it is allowed.
///
/// A dot segment would be removed together with the segment before it, and an empty one makes another resource.
pub(crate) fn refusal(encoded: &str) -> Option<&'static str> {
    match encoded {
        "" => Some("is empty"),
        "." => Some("is \".\""),
        ".." => Some("is \"..\""),
        _ => None,
    }
}

/// A path template with its arguments filled in, and the query that the template may hold.
///
/// The number of segments is that of the template; what would change it is an error.
pub(crate) fn fill(template: &str, arguments: &Arguments) -> Result<String, String> {
    let (template, query) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    };
    let mut path = String::with_capacity(template.len() + 32);
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut rest = template;
    while let Some((text, name, after)) = next_argument(rest) {
        push_encoded(&mut path, text, Keep::Path);
        let argument = arguments.iter().find(|(candidate, _)| *candidate == name);
        let (_, value) = argument.ok_or_else(|| format!("path argument `{name}` is missing"))?;
        path.push_str(value);
        rest = after;
    }
    push_encoded(&mut path, rest, Keep::Path);
    check_segments(template, &path)?;
    if let Some(query) = query {
        path.push('?');
        path.push_str(query);
    }
    Ok(path)
}

/// The names of a template's arguments, in their order, each once.
pub(crate) fn names(template: &'static str) -> impl Iterator<Item = &'static str> {
    places(template).enumerate().filter_map(move |(index, name)| {
        let mut before = places(template).take(index);
        before.all(|other| other != name).then_some(name)
    })
}

fn places(template: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (_, name, after) = next_argument(rest)?;
        rest = after;
        Some(name)
    })
}

/// Returns the string before the next `{name}`, the name, and the string after it.
fn next_argument(template: &str) -> Option<(&str, &str, &str)> {
    let (text, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((text, name, after))
}

/// What the arguments of a template are in a path that may have more segments before those of the template; `None` if the
/// path is not one of the template.
#[cfg(feature = "test-util")]
pub(crate) fn arguments_of<'p>(template: &'static str, path: &'p str) -> Option<Vec<(&'static str, &'p str)>> {
    let template = template.split('?').next().unwrap_or_default();
    let templates: Vec<&'static str> = template.trim_start_matches('/').split('/').collect();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let own = segments.get(segments.len().checked_sub(templates.len())?..)?;
    let mut arguments = Vec::new();
    for (template, segment) in templates.into_iter().zip(own) {
        match_segment(template, segment, &mut arguments)?;
    }
    Some(arguments)
}

/// Takes the arguments of one segment, such as `{id}:start`.
#[cfg(feature = "test-util")]
fn match_segment<'p>(
    mut template: &'static str,
    mut segment: &'p str,
    arguments: &mut Vec<(&'static str, &'p str)>,
) -> Option<()> {
    while let Some((text, name, after)) = next_argument(template) {
        let mut encoded = String::new();
        push_encoded(&mut encoded, text, Keep::Path);
        segment = segment.strip_prefix(encoded.as_str())?;
        let literal = after.split('{').next().unwrap_or_default();
        let mut next = String::new();
        push_encoded(&mut next, literal, Keep::Path);
        let end = if literal.is_empty() {
            segment.len()
        } else if literal.len() == after.len() {
            segment
                .len()
                .checked_sub(next.len())
                .filter(|_| segment.ends_with(&next))?
        } else {
            segment.find(&next)?
        };
        let (value, rest) = segment.split_at_checked(end)?;
        if value.is_empty() {
            return None;
        }
        arguments.push((name, value));
        (segment, template) = (rest, after);
    }
    let mut encoded = String::new();
    push_encoded(&mut encoded, template, Keep::Path);
    (segment == encoded).then_some(())
}

fn check_segments(template: &str, path: &str) -> Result<(), String> {
    let wanted = template.strip_prefix('/').unwrap_or(template).split('/').count();
    let segments = path.strip_prefix('/').unwrap_or(path).split('/');
    if segments.clone().count() != wanted {
        return Err("an argument changes the number of path segments".to_owned());
    }
    if let Some(dots) = segments.clone().find(|segment| is_dot_segment(segment)) {
        return Err(format!("the arguments form the path segment `{dots}`"));
    }
    Ok(())
}

/// Whether a URL parser takes the segment for `.` or `..`, percent-encoded dots included.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let dots = segment.replace("%2e", ".").replace("%2E", ".");
    dots == "." || dots == ".."
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;
    use crate::{Parameter, Style, style::path_text};

    fn filled(template: &str, arguments: &[(&'static str, &str)]) -> Result<String, String> {
        let write =
            |(name, value): &(&'static str, &str)| (*name, path_text(name, &value.parameter(), Style::SIMPLE).unwrap());
        fill(template, &arguments.iter().map(write).collect())
    }

    /// R20: whatever the argument, segments keep their number and their order.
    #[test]
    fn an_argument_is_one_segment() {
        let nasty = [
            "/",
            "//",
            "a/b",
            "../..",
            "%2e%2e",
            "%2E%2E",
            "%2f",
            "?",
            "#",
            "a?b=c#d",
            ";",
            "a;b",
            "\\",
            "..\\..",
            " ",
            "\n",
            "\r\nHost: evil",
            "\u{0}",
            "é",
            "日本語",
            "𝄞",
            "@",
            "user:pass@host",
            ":80",
            "...",
            "{x}",
            "}",
            "*",
            "&",
            "=",
            "+",
            "%",
            "%%",
            "%zz",
            "|",
            "\"",
            "<>",
            "`",
            "^",
            "[]",
            "\u{202e}",
            "~",
            "a.b",
            ".a",
            "-",
        ];
        for argument in nasty {
            let path = filled("/api/v1/apps/{id}/owners", &[("id", argument)]).unwrap();
            let segments: Vec<&str> = path.split('/').collect();
            assert_eq!(segments.len(), 6, "{argument:?} makes {path}");
            assert_eq!((segments[3], segments[5]), ("apps", "owners"));
            assert!(!path.contains(['?', '#', '\\', ' ', '\n', '\r']), "{path}");
            assert_eq!(decoded(segments[4]), argument.as_bytes());
        }
    }

    fn decoded(text: &str) -> Vec<u8> {
        let mut bytes = text.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            let mut digit = || (bytes.next().unwrap() as char).to_digit(16).unwrap();
            out.push(if byte == b'%' {
                u8::try_from(digit() * 16 + digit()).unwrap()
            } else {
                byte
            });
        }
        out
    }

    #[test]
    fn arguments_that_vanish_are_refused() {
        assert_eq!(
            ["", ".", ".."].map(refusal),
            [Some("is empty"), Some("is \".\""), Some("is \"..\"")]
        );
        assert_eq!(refusal("..."), None);
        assert_eq!(refusal("%252E"), None);
    }

    /// R20: neither a style nor a list nor an object makes a segment of dots, none, or two of one.
    #[test]
    fn an_argument_is_one_segment_in_every_style() {
        let styles = [Style::SIMPLE, Style::LABEL, Style::MATRIX, Style::JSON];
        let texts = [
            "[]",
            "{}",
            "null",
            "\"\"",
            "\".\"",
            "\"..\"",
            "[\"\"]",
            "[\"\",\"\"]",
            "[\".\",null]",
            "[\"/\",\"..\"]",
            "{\"\":\"\"}",
            "{\"/\":\"/../\"}",
            "{\".\":\"\"}",
            "{\"a\":[\"/\"]}",
        ];
        for style in styles.into_iter().flat_map(|style| [style, style.explode(true)]) {
            for text in texts {
                let value = crate::ParameterValue::Json(text.into());
                let argument = path_text("id", &value, style).unwrap();
                let path = fill("/apps/{id}/owners", &vec![("id", argument.clone())]);
                match refusal(&argument) {
                    Some(_) => continue,
                    None => assert_eq!(path.unwrap(), format!("/apps/{argument}/owners")),
                }
                assert!(
                    !argument.contains(['/', '?', '#']) && !is_dot_segment(&argument),
                    "{argument}"
                );
            }
        }
    }

    #[test]
    fn arguments_that_make_a_dot_segment_together_are_refused() {
        let dots = vec![("a", ".".to_owned()), ("b", ".".to_owned())];
        assert!(fill("/x/{a}{b}/y", &dots).unwrap_err().contains("`..`"));
        assert!(fill("/x/%2e{a}/y", &dots).unwrap_err().contains("%2e."));
    }

    #[test]
    fn arguments_that_were_not_encoded_are_noticed() {
        let raw = vec![("a", "b/c".to_owned())];
        assert!(fill("/x/{a}", &raw).unwrap_err().contains("number of path segments"));
    }

    #[test]
    fn a_place_that_stands_twice_takes_one_argument() {
        assert_eq!(names("/p/{a}/{a}/{b}/{a}").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn templates_of_every_form() {
        let arguments = [("a", "1 2"), ("b", "x:y")];
        let rows = [
            ("/p/{a}", "/p/1%202"),
            ("/p/{b}.json", "/p/x%3Ay.json"),
            ("/p/{a}:verb", "/p/1%202:verb"),
            ("/p/{a}..{b}", "/p/1%202..x%3Ay"),
            ("p", "/p"),
            ("/", "/"),
            ("/p/", "/p/"),
            ("/p/é {", "/p/%C3%A9%20%7B"),
            ("/p/{a}/{b}/{a}", "/p/1%202/x%3Ay/1%202"),
            ("/p?x=1", "/p?x=1"),
            ("/p#X-Target=a", "/p%23X-Target=a"),
        ];
        for (template, expected) in rows {
            assert_eq!(filled(template, &arguments).unwrap(), expected);
        }
        assert_eq!(
            filled("/p/{c}", &arguments).unwrap_err(),
            "path argument `c` is missing"
        );
    }
}
