//! Values of a JSON text by the names of the members around them, read without building a tree.

use super::{Json, Pieces, Reader, Result, error::not_utf8};

/// The members that lead to a value from the outermost one; none is the whole text.
pub(crate) type MemberPath = &'static [&'static str];

/// Where a value is in a JSON text.
pub(crate) type Span = (usize, usize);

/// The values at several paths, found in one pass. What is absent, or is not in an object, is `None`.
pub(crate) fn find<const N: usize>(text: &str, paths: [Option<MemberPath>; N]) -> Result<[Option<Span>; N]> {
    let mut found = [None; N];
    let active: Vec<usize> = (0..N)
        .filter(|index| paths.get(*index).is_some_and(Option::is_some))
        .collect();
    let mut reader = Reader::new(text);
    descend(&mut reader, (&paths, &active), 0, &mut found)?;
    reader.finish()?;
    Ok(found)
}

/// Reads one value: records it where a path ends here, and looks into it where one goes on.
fn descend(
    json: &mut Reader<'_>,
    (paths, active): (&[Option<MemberPath>], &[usize]),
    level: usize,
    found: &mut [Option<Span>],
) -> Result<()> {
    let step = |index: &usize| paths.get(*index)?.as_ref()?.get(level).copied();
    let start = json.at;
    if json.peek() == Some(b'{') && active.iter().any(|index| step(index).is_some()) {
        json.members(&mut |name, json| {
            let inside = active.iter().copied().filter(|index| step(index) == Some(&*name));
            let inside: Vec<usize> = inside.collect();
            if inside.is_empty() {
                return Ok(false);
            }
            descend(json, (paths, &inside), level + 1, found).map(|()| true)
        })?;
    } else {
        json.skip()?;
    }
    for index in active.iter().filter(|index| step(index).is_none()) {
        if let Some(found) = found.get_mut(*index) {
            *found = Some((start, json.at));
        }
    }
    Ok(())
}

/// The array at a path of a JSON text; no elements where it is absent or null.
pub(crate) fn list<T: Json>(body: &[u8], path: MemberPath) -> Result<Vec<T>> {
    let text = std::str::from_utf8(body).map_err(|error| not_utf8(body, error.valid_up_to()))?;
    let [found] = find(text, [Some(path)])?;
    let Some(span) = found.filter(|span| part(text, *span) != "null") else {
        return Ok(Vec::new());
    };
    let mut reader = Reader::new(text);
    reader.at = span.0;
    reader.value()
}

/// Returns the span of a value in JSON.
pub(crate) fn part(text: &str, (start, end): Span) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The number of elements of an array and the last of them; `None` where the value is not an array.
pub(crate) fn elements(value: &str) -> Option<(u64, Option<&str>)> {
    let mut reader = Reader::new(value);
    let (mut count, mut last) = (0, None);
    let read = reader.elements(&mut |json| {
        let start = json.at;
        json.skip()?;
        count += 1;
        last = Some(json.slice(start, json.at));
        Ok(())
    });
    read.ok().map(|()| (count, last))
}

/// The characters of a string, or a number or a boolean as it is written; `None` of anything else.
pub(crate) fn scalar(value: &str) -> Option<String> {
    match Pieces::read(value)? {
        Pieces::Text(text) => Some(text.into_owned()),
        Pieces::Null | Pieces::Array(_) | Pieces::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn values_are_found_at_any_depth_in_one_pass() {
        let text = r#" {"a":{"b":[1, 2],"c":null},"a.b":"x","d":{"e":true},"z":[{"a":1}]} "#;
        let paths: [Option<MemberPath>; 7] = [
            Some(&["a", "b"]),
            Some(&["a.b"]),
            Some(&["d", "e"]),
            Some(&["a", "c"]),
            Some(&["a", "b", "c"]),
            None,
            Some(&["a"]),
        ];
        let found = find(text, paths).unwrap();
        let texts = found.map(|span| span.map(|span| part(text, span)));
        assert_eq!(
            texts,
            [
                Some("[1, 2]"),
                Some("\"x\""),
                Some("true"),
                Some("null"),
                None,
                None,
                Some(r#"{"b":[1, 2],"c":null}"#)
            ]
        );
    }

    #[test]
    fn the_whole_text_is_a_value_too() {
        let text = "[1,{},[2]] ";
        let [whole, inside] = find(text, [Some(&[]), Some(&["a"])]).unwrap();
        assert_eq!(elements(part(text, whole.unwrap())), Some((3, Some("[2]"))));
        assert_eq!(inside, None);
        assert!(find("{", [Some(&["a"])]).is_err());
        assert!(find("{} {}", [Some(&["a"])]).is_err());
    }

    #[test]
    fn elements_are_those_of_arrays_alone() {
        assert_eq!(elements("[]"), Some((0, None)));
        assert_eq!(elements("null"), None);
        assert_eq!(elements(r#"{"a":[]}"#), None);
    }

    #[test]
    fn scalars_are_read_as_they_are_written() {
        assert_eq!(scalar(r#""a\"b""#).as_deref(), Some("a\"b"));
        assert_eq!(scalar("1.50").as_deref(), Some("1.50"));
        assert_eq!(scalar("true").as_deref(), Some("true"));
        assert_eq!(scalar("null"), None);
        assert_eq!(scalar("{}"), None);
    }
}
