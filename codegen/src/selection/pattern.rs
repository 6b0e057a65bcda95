//! Patterns of paths.

/// Whether a path is meant by a pattern: it is this path or lies below it. `*` is any one segment, `**` any number of them,
/// and within a segment `*` is any text.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let segments = |text: &str| -> Vec<String> { text.trim_matches('/').split('/').map(str::to_owned).collect() };
    is_start(&segments(pattern), &segments(path))
}

fn is_start(pattern: &[String], path: &[String]) -> bool {
    // Where the pattern may have come to after each segment; so no pattern takes long.
    let mut places = vec![false; pattern.len() + 1];
    places[0] = true;
    let skip = |places: &mut Vec<bool>| {
        for (at, segment) in pattern.iter().enumerate() {
            if segment == "**" && places[at] {
                places[at + 1] = true;
            }
        }
    };
    skip(&mut places);
    for segment in path {
        if places[pattern.len()] {
            return true;
        }
        let mut next = vec![false; pattern.len() + 1];
        for (at, wanted) in pattern.iter().enumerate().filter(|(at, _)| places[*at]) {
            if wanted == "**" {
                next[at] = true;
            } else if is_segment(wanted, segment) {
                next[at + 1] = true;
            }
        }
        places = next;
        skip(&mut places);
    }
    places[pattern.len()]
}

/// One segment, in which `*` is any text.
fn is_segment(pattern: &str, segment: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == segment;
    };
    let Some(mut left) = segment.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_mean_paths() {
        for (pattern, path) in [
            ("/pets", "/pets"),
            ("/pets", "/pets/{id}"),
            ("/pets/", "/pets"),
            ("/*/owners", "/pets/owners/x"),
            ("/**/owners", "/a/b/owners"),
            ("/**/owners", "/owners"),
            ("/v*/pets", "/v2/pets"),
            ("/**", "/"),
            ("/", "/"),
            ("/a*b*c", "/axbxbc"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/pets", "/petshop"),
            ("/pets/{id}", "/pets"),
            ("/*/owners", "/a/b/owners"),
            ("/v*/pets", "/w2/pets"),
            ("/a*bb", "/ab"),
        ] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        let pattern = "/**/a".repeat(200);
        assert!(!matches(&pattern, &"/b".repeat(2_000)));
    }
}
