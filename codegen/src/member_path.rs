//! Paths of members: the part of `JSONPath` that paging needs.

use std::fmt::Write as _;

/// Returns the properties that a path names from the outermost one: `$` names none, `$.a.b` and `$['a']["b"]` name two. A
/// string without `$` is the name of one property. `[*]` at the end means the items, and changes nothing.
#[must_use]
pub fn parse(path: &str) -> Option<Vec<String>> {
    let Some(mut rest) = path.strip_prefix('$') else {
        return (!path.is_empty()).then(|| vec![path.to_owned()]);
    };
    let mut members = Vec::new();
    while !rest.is_empty() {
        if rest == "[*]" {
            break;
        }
        let (member, after) = match rest.strip_prefix('.') {
            Some(dotted) => dotted.split_at(dotted.find(['.', '[']).unwrap_or(dotted.len())),
            None => in_brackets(rest)?,
        };
        if member.is_empty() {
            return None;
        }
        members.push(member.to_owned());
        rest = after;
    }
    Some(members)
}

fn in_brackets(rest: &str) -> Option<(&str, &str)> {
    let quoted = rest.strip_prefix('[')?;
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (member, after) = quoted.get(1..)?.split_once(quote)?;
    Some((member, after.strip_prefix(']')?))
}

/// The path as it is written.
pub(crate) fn written(path: &[impl AsRef<str>]) -> String {
    let mut text = String::from("$");
    for member in path {
        let member = member.as_ref();
        let is_plain = member.chars().all(|c| c.is_alphanumeric() || "_-@".contains(c));
        // A string never fails to be written to.
        let _ = if is_plain && !member.is_empty() {
            write!(text, ".{member}")
        } else {
            write!(text, "['{member}']")
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        let rows: [(&str, &[&str]); 8] = [
            ("$", &[]),
            ("$.a", &["a"]),
            ("$.a.b-c.@d", &["a", "b-c", "@d"]),
            ("$['@odata.nextLink']", &["@odata.nextLink"]),
            ("$.a[\"b.c\"].d", &["a", "b.c", "d"]),
            ("nextPageToken", &["nextPageToken"]),
            ("@odata.nextLink", &["@odata.nextLink"]),
            ("$.a[*]", &["a"]),
        ];
        for (text, members) in rows {
            let parsed = parse(text).unwrap_or_default();
            assert_eq!(parsed, members, "{text}");
            assert_eq!(parse(&written(&parsed)), Some(parsed), "{text}");
        }
        for text in ["", "$.", "$a", "$..a", "$.a[0]", "$['a", "$[a]", "$.a[*].b"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
