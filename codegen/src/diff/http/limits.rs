//! Whether a changed limit allows fewer or more values.

/// How a limit changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::diff) enum Change {
    /// Some values are no longer allowed.
    Tighter,
    /// Some values are allowed now that were not.
    Looser,
    /// Both, or unknown.
    Other,
}

/// Returns how a limit changes from one value to another; a value of `None` means that there is no limit.
pub(in crate::diff) fn change(keyword: &str, old: Option<&str>, new: Option<&str>) -> Option<Change> {
    // An empty pattern allows every string.
    let limits = |text: Option<&'_ str>| text.is_some_and(|text| keyword != "pattern" || !text.is_empty());
    match (old.filter(|_| limits(old)), new.filter(|_| limits(new))) {
        (old, new) if old == new => None,
        (None, Some(_)) => Some(Change::Tighter),
        (Some(_), None) => Some(Change::Looser),
        (old, new) => {
            let number = |text: Option<&str>| text.map(|text| text.trim_end_matches(" excluded")).and_then(parse);
            let (Some(before), Some(after)) = (number(old), number(new)) else {
                return Some(Change::Other);
            };
            let is_upper = match keyword {
                "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" | "maxContains" => true,
                "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" | "minContains" => false,
                _ => return Some(Change::Other),
            };
            if before.total_cmp(&after).is_eq() {
                let is_excluded = new.is_some_and(|text| text.ends_with("excluded"));
                return Some(if is_excluded { Change::Tighter } else { Change::Looser });
            }
            Some(if (after < before) == is_upper {
                Change::Tighter
            } else {
                Change::Looser
            })
        }
    }
}

fn parse(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Change, change};

    #[test]
    fn limits_become_tighter_or_looser() {
        for (keyword, old, new, expected) in [
            ("maxLength", Some("10"), Some("10"), None),
            ("maxLength", Some("10"), Some("9"), Some(Change::Tighter)),
            ("maxLength", None, Some("9"), Some(Change::Tighter)),
            ("maxLength", Some("9"), None, Some(Change::Looser)),
            ("minimum", Some("1"), Some("2"), Some(Change::Tighter)),
            ("minimum", Some("1"), Some("1 excluded"), Some(Change::Tighter)),
            ("maximum", Some("1 excluded"), Some("1"), Some(Change::Looser)),
            ("pattern", Some("a"), Some("b"), Some(Change::Other)),
            ("pattern", Some("a"), Some(""), Some(Change::Looser)),
        ] {
            assert_eq!(change(keyword, old, new), expected, "{keyword} {old:?} {new:?}");
        }
    }
}
